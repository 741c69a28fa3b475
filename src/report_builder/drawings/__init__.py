"""What is drawn for documents: word clouds, charts, codes, and pages by WeasyPrint."""
