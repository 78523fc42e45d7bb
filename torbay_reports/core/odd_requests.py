"""Requests that no browser sends, and that would otherwise end as errors of ours."""

import re
from collections.abc import Callable, Iterable
from typing import Final
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.utils.http import parse_header_parameters

_SESSION_KEY: Final = re.compile("[a-z0-9]{1,40}")
"""What Django's sessions are known by, and the width of their column."""

_HEADERS: Final = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
]


class OddCookieMiddleware:
    """Overlooks a session cookie that this site cannot have set: no database can look it up.

    Stands in MIDDLEWARE before SessionMiddleware.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        name = settings.SESSION_COOKIE_NAME
        if not _SESSION_KEY.fullmatch(request.COOKIES.get(name, "")):
            request.COOKIES.pop(name, None)
        return self.get_response(request)


def only_readable(application: WSGIApplication) -> WSGIApplication:
    """The application, with the plain page of a 400 for a request of which Django cannot even make its own object.

    That is one which names another charset than UTF-8 (forms have no other: URL Standard, section 5.1), or one with
    such a charset and more parameters than Django reads. No middleware is asked by then.
    """

    def readable(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not _is_in_utf8(environ.get("CONTENT_TYPE", "")):
            return _refuse(start_response)
        try:
            return application(environ, start_response)
        except SuspiciousOperation:
            return _refuse(start_response)

    return readable


def _is_in_utf8(content_type: str) -> bool:
    try:
        _, parameters = parse_header_parameters(content_type)
    except (ValueError, LookupError):
        return False
    return parameters.get("charset", "utf-8").lower() == "utf-8"


def _refuse(start_response: StartResponse) -> list[bytes]:
    start_response("400 Bad Request", _HEADERS)
    return [get_template("400.html").render().encode()]
