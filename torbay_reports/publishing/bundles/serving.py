"""What is published, served under /published/ before Django: no session, no cookie, no query.

It says the same as nginx does with `published.nginx.conf`, byte for byte and with the same ETags. Nothing is kept in
memory, so that what is withdrawn is gone with its files.
"""

import os
import re
import stat
from collections.abc import Iterable, Iterator
from email.utils import formatdate
from functools import lru_cache
from io import FileIO
from pathlib import Path
from posixpath import splitext
from typing import Final
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import settings

from torbay_reports.publishing.bundles.bundlestore import is_plain
from torbay_reports.publishing.bundles.mediatypes import media_type

PREFIX: Final = "/published/"

SECURITY: Final = [
    (
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
]
BRIEFLY: Final = ("Cache-Control", "public, max-age=60, must-revalidate")
"""For papers too, although none changes: one may be withdrawn, and no copy may outlive that by more than a minute."""
FOREVER: Final = ("Cache-Control", "public, max-age=31536000, immutable")
"""For the shared assets, whose address has their digest and which say nothing of any paper."""
_UNKEPT: Final = ("Cache-Control", "no-store")

_PIECE: Final = 1 << 20
"""Bytes that are held in memory at once."""
_RANGE: Final = re.compile(r"bytes=(?:(\d{1,18})-(\d{1,18})?|-(\d{1,18}))")
_NOT_FOUND: Final = (
    b'<!DOCTYPE html><html lang="en"><title>Not found</title><h1>Not found</h1>'
    b'<p>Nothing is published here, or not any more. <a href="/published/">See what is published</a>.</p></html>'
)


def published(application: WSGIApplication, folder: Path | None) -> WSGIApplication:
    """The application, with what stands in `folder` under /published/.

    None stands for a bucket: who asks is sent on to its file below PUBLISHED_URL, as a bucket has no index pages.
    """
    answer = _Files(folder).answer if folder else _send_on

    def layered(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path: str = environ["PATH_INFO"]
        if not path.startswith(PREFIX) and path != PREFIX[:-1]:
            return application(environ, start_response)
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            refusal = [("Allow", "GET, HEAD"), ("Content-Length", "0"), _UNKEPT, *_security(environ)]
            start_response("405 Method Not Allowed", refusal)
            return []
        return answer(environ, start_response, path[len(PREFIX) :])

    return layered


def _send_on(environ: WSGIEnvironment, start_response: StartResponse, name: str) -> Iterable[bytes]:
    if name.endswith("/") or not name:
        name += "index.html"
    if not is_plain(name):
        return _not_found(environ, start_response)
    address = ("Location", f"{settings.PUBLISHED_URL}{name}")
    start_response("302 Found", [address, ("Content-Length", "0"), _UNKEPT, *_security(environ)])
    return []


class _Files:
    """The files of a folder; links are not followed."""

    def __init__(self, folder: Path) -> None:
        self._root = os.path.realpath(folder)

    def answer(self, environ: WSGIEnvironment, start_response: StartResponse, name: str) -> Iterable[bytes]:
        """Answer for the path below /published/."""
        if environ["PATH_INFO"] == PREFIX[:-1]:
            return _redirect(environ, start_response)
        if name.endswith("/") or not name:
            name += "index.html"
        descriptor = self._open(name)
        if descriptor is None:
            return _not_found(environ, start_response)
        found = os.fstat(descriptor)
        if stat.S_ISREG(found.st_mode):
            return _send(environ, start_response, name, os.fdopen(descriptor, "rb", buffering=0), found)
        os.close(descriptor)
        return (_redirect if stat.S_ISDIR(found.st_mode) else _not_found)(environ, start_response)

    def _open(self, name: str) -> int | None:
        """The file or folder, unless the way to it leads over a link."""
        if not is_plain(name):
            return None
        path = f"{self._root}/{name}"
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError:
            return None
        # Where the kernel says that it is: one call instead of one for each folder on the way. By a Path it would take
        # as long as everything else here.
        if os.readlink(f"/proc/self/fd/{descriptor}") != path:  # noqa: PTH115
            os.close(descriptor)
            return None
        return descriptor


def _send(
    environ: WSGIEnvironment, start_response: StartResponse, name: str, file: FileIO, found: os.stat_result
) -> Iterable[bytes]:
    modified, size = int(found.st_mtime), found.st_size
    etag, date = f'"{modified:x}-{size:x}"', _http_date(modified)
    cache = FOREVER if name.startswith("assets/") else BRIEFLY
    headers = [("ETag", etag), ("Last-Modified", date), cache, *_security(environ)]
    if _is_known(environ, etag, date):
        file.close()
        start_response("304 Not Modified", headers)
        return []
    status, start, length = "200 OK", 0, size
    asked = _RANGE.fullmatch(environ.get("HTTP_RANGE", ""))
    if asked and environ.get("HTTP_IF_RANGE", etag) in (etag, date):
        start, length = _part(asked, size)
        if not length:
            file.close()
            start_response(
                "416 Range Not Satisfiable",
                [("Content-Range", f"bytes */{size}"), ("Content-Length", "0"), _UNKEPT, *_security(environ)],
            )
            return []
        status = "206 Partial Content"
        headers.append(("Content-Range", f"bytes {start}-{start + length - 1}/{size}"))
    else:
        headers.append(("Accept-Ranges", "bytes"))
    headers += [("Content-Type", media_type(splitext(name)[1])), ("Content-Length", str(length))]
    start_response(status, headers)
    if environ["REQUEST_METHOD"] == "HEAD":
        file.close()
        return []
    if length > _PIECE:
        return _pieces(file, start, start + length)
    with file:
        return [os.pread(file.fileno(), length, start)]


def _pieces(file: FileIO, start: int, end: int) -> Iterator[bytes]:
    with file:
        while start < end and (piece := os.pread(file.fileno(), min(_PIECE, end - start), start)):
            start += len(piece)
            yield piece


def _is_known(environ: WSGIEnvironment, etag: str, date: str) -> bool:
    """Whether whoever asks has this very file already; a date counts when it is the same, as to nginx."""
    tags: str | None = environ.get("HTTP_IF_NONE_MATCH")
    if tags is None:
        return bool(environ.get("HTTP_IF_MODIFIED_SINCE") == date)
    return tags.strip() == "*" or etag in (tag.strip().removeprefix("W/") for tag in tags.split(","))


def _part(asked: re.Match[str], size: int) -> tuple[int, int]:
    """Where the part begins and how long it is; 0 where there is none (RFC 9110, section 14.1.2)."""
    first, last, final = asked.groups()
    if final is not None:
        length = min(int(final), size)
        return size - length, length
    start = int(first)
    end = min(int(last), size - 1) if last is not None else size - 1
    return start, max(0, end - start + 1)


def _redirect(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """To the folder's own address, by which the links of its page count."""
    query = environ.get("QUERY_STRING", "")
    address = f"{environ.get('SCRIPT_NAME', '')}{environ['PATH_INFO']}/{'?' if query else ''}{query}"
    start_response("301 Moved Permanently", [("Location", address), ("Content-Length", "0"), *_security(environ)])
    return []


def _not_found(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    length = ("Content-Length", str(len(_NOT_FOUND)))
    kind = ("Content-Type", media_type(".html"))
    start_response("404 Not Found", [kind, length, _UNKEPT, *_security(environ)])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [_NOT_FOUND]


def _security(environ: WSGIEnvironment) -> list[tuple[str, str]]:
    if settings.SECURE_HSTS_SECONDS and _is_secure(environ):
        return [*SECURITY, ("Strict-Transport-Security", f"max-age={settings.SECURE_HSTS_SECONDS}")]
    return SECURITY


def _is_secure(environ: WSGIEnvironment) -> bool:
    """Whether the reader came by HTTPS, as Django would say it."""
    proxy = settings.SECURE_PROXY_SSL_HEADER
    if proxy and (said := environ.get(proxy[0])) is not None:
        return bool(said.partition(",")[0].strip() == proxy[1])
    return bool(environ["wsgi.url_scheme"] == "https")


@lru_cache(maxsize=1000)
def _http_date(seconds: int) -> str:
    return formatdate(seconds, usegmt=True)
