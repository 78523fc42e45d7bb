"""Writes about letters, findings and their links; each in one transaction, with who did it."""
