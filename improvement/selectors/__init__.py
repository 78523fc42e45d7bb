"""Reads of the tracker, each in a constant number of queries."""
