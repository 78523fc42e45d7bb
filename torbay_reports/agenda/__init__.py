"""Committees, meetings, agenda items and the packs made for them."""
