"""Finds the tracker's rows in a grid: heads, bands, page labels, rows that are shifted or split over pages."""
