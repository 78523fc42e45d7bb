"""What is read in a file."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Found:
    """Some normalised words of a file and where they stand in it: "page 3", "title", "outline", "its name"."""

    place: str
    words: str


class Unreadable(Exception):
    """A file that the scan cannot read, or not to its end: what it holds cannot be vouched for."""
