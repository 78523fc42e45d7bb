"""Committees, their feeds, and messages by e-mail."""
