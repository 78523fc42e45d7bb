"""PDFs that attack, made by code: by hand, each with what is to become of it, and by mutation of good ones."""

from tests.publishing.uploads.hostile import acting, built, drawn, tags
from tests.publishing.uploads.hostile.making import CASES, Case, annotated, field_of, first, layered, raw, small, stream
from tests.publishing.uploads.hostile.mutating import mutations

__all__ = [
    "CASES",
    "Case",
    "acting",
    "annotated",
    "built",
    "drawn",
    "field_of",
    "first",
    "layered",
    "mutations",
    "raw",
    "small",
    "stream",
    "tags",
]
