"""Why a brought PDF is not taken: each is one sentence or two for the person who brings it, with the cure."""

from typing import Final

ANEW: Final = "Open it, print or save it as a new PDF, and bring that."
"""The cure for most: a program that can show the file writes it whole."""


class RefusedPdf(ValueError):
    """The file cannot stand in a pack; the message says why and what to do. Nothing of it was kept."""


def broken() -> RefusedPdf:
    """A file that no reading gets through."""
    return RefusedPdf(f"This PDF is broken and cannot be read. {ANEW}")


def broken_page(page: int) -> RefusedPdf:
    """A page, from 1, that cannot be read."""
    return RefusedPdf(f"Page {page} of this PDF is broken and cannot be read. {ANEW}")


def too_much(what: str) -> RefusedPdf:
    """A file that unpacks to more than any council paper holds."""
    return RefusedPdf(f"This PDF {what}, more than a paper may hold. {ANEW}")


class RefusedReason(ValueError):
    """A warning that cannot be passed like this; the message says why and what to do."""
