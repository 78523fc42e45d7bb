"""Rows of tables set by our own code, equal to what WeasyPrint makes of them and much faster."""
