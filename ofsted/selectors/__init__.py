"""Reads of inspections, letters and findings, in a constant number of queries."""
