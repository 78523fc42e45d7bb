"""The tracker as a paper for a meeting."""
