"""The media types of published files. `published.nginx.conf` says the same to nginx."""

from typing import Final

ANY: Final = "application/octet-stream"

_TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/atom+xml; charset=utf-8",  # the feed; nothing else that is published is XML
    ".json": "application/json",  # always UTF-8, and has no parameter for it: RFC 8259, section 11
    ".pdf": "application/pdf",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
}


def media_type(ending: str) -> str:
    """What a file with this ending (`.html`) is, with its charset where it has one."""
    return _TYPES.get(ending, ANY)
