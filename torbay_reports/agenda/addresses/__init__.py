"""Addresses of the room, a module for each part of it; `urls.py` puts them together."""
