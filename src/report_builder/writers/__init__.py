"""Typeset HTML: one module an output format, values in and bytes out."""
