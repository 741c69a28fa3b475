"""Simple drawings (SVG), painted at once: outlines in plain colours, as operators of a PDF."""
