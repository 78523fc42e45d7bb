"""Headings, paragraphs and lists set by our own code, equal to what WeasyPrint makes of them and much faster."""
