"""Writes to the tracker: keyword arguments, one transaction each, by a named person."""
