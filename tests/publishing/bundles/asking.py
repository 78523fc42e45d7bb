"""Asks a WSGI application as a web server does, and another server over HTTP; both answers read the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from http.client import HTTPConnection
from io import BytesIO
from typing import Any
from urllib.parse import unquote_to_bytes
from wsgiref.types import WSGIApplication


@dataclass(frozen=True)
class Answer:
    """Header names are in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes


def no_django(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Stands where Django's handler does, and says so."""
    start_response("299 Django", [])
    return []


def ask(
    application: WSGIApplication,
    address: str,
    headers: dict[str, str] | None = None,
    *,
    method: str = "GET",
    **more: Any,
) -> Answer:
    """Ask for an address such as /published/a%20b?c; `more` goes into the request's environment."""
    path, _, query = address.partition("?")
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": unquote_to_bytes(path.encode("utf-8", "surrogateescape")).decode("latin-1"),
        "QUERY_STRING": query,
        "SCRIPT_NAME": "",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        **{f"HTTP_{name.upper().replace('-', '_')}": value for name, value in (headers or {}).items()},
        **more,
    }
    said: list[tuple[str, list[tuple[str, str]]]] = []

    def start_response(status: str, found: list[tuple[str, str]], exc_info: Any = None) -> Any:
        said.append((status, found))

    body = b"".join(application(environ, start_response))
    [(status, found)] = said
    assert len({name.lower() for name, _ in found}) == len(found)
    return Answer(int(status.split()[0]), {name.lower(): value for name, value in found}, body)


def ask_server(port: int, address: str, headers: dict[str, str] | None = None, *, method: str = "GET") -> Answer:
    """Ask a server on this machine; the address goes out as it is."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(method, address, headers=headers or {})
        response = connection.getresponse()
        body = response.read()
        return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, body)
    finally:
        connection.close()
