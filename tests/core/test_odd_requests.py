"""Requests that no browser sends are answered as others are, or with a plain page, and never as an error of ours."""

import io
from collections.abc import Iterable
from typing import Any

import pytest
from django.test import Client
from lxml import html

from tests.access.cast import person, sign_in
from torbay_reports.wsgi import application

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "messages"])
@pytest.mark.parametrize(
    "value", [r'"\000abcdefghijkl"', r'"\377\376abcdefgh"', "Ü" * 20, "a" * 5000, "'; --", '"', "%00", ""]
)
def test_a_cookie_that_this_site_never_set_is_overlooked(name: str, value: str) -> None:
    for address in ("/", "/sign-in/", "/no/such/page/"):
        client = Client(headers={"cookie": f"{name}={value}"})
        assert client.get(address).status_code == (404 if "such" in address else 200), address
    checked = Client(enforce_csrf_checks=True, headers={"cookie": f"{name}={value}"})
    assert checked.post("/sign-in/", {"login": "robin@council.invalid"}).status_code == 403


def test_the_cookie_of_a_session_still_counts(client: Client) -> None:
    sign_in(client, person())
    assert client.get("/me/").status_code == 200


def answered(
    content_type: str, *, method: str = "POST", query: str = "", body: bytes = b"login=a"
) -> tuple[str, bytes]:
    """The status and the page, as the web server gets them."""
    said: list[str] = []

    def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
        said.append(status)
        return said.append

    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": "/accessibility/",
        "QUERY_STRING": query,
        "CONTENT_TYPE": content_type,
        "CONTENT_LENGTH": str(len(body)),
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "HTTP_HOST": "testserver",
        "wsgi.input": io.BytesIO(body),
        "wsgi.url_scheme": "http",
    }
    page: Iterable[bytes] = application(environ, start)
    return said[0], b"".join(page)


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    "charset",
    [
        "charset=utf-7",
        "charset=utf-16",
        "charset=utf8",
        "charset=made-up",
        "charset=hex",
        "charset=idna",
        'charset="latin-1"',
        "charset*=utf-8''%00",
        "charset*=made-up''x",
    ],
)
@pytest.mark.parametrize("kind", [FORM, "multipart/form-data; boundary=x", "text/plain"])
def test_another_charset_than_utf_8_is_answered_with_a_plain_page(kind: str, charset: str, method: str) -> None:
    status, page = answered(f"{kind}; {charset}", method=method, query="on=%ff")
    assert status == "400 Bad Request"
    assert html.fromstring(page.decode()).findtext(".//h1") == "This request cannot be read"


def test_a_charset_with_more_parameters_than_are_read_is_answered_with_a_plain_page() -> None:
    status, page = answered(f"{FORM}; charset=utf-8", query="a=1&" * 2000, method="GET")
    assert status == "400 Bad Request"
    assert "This request cannot be read" in page.decode()


@pytest.mark.parametrize("charset", ["", "; charset=utf-8", "; charset=UTF-8", '; charset="utf-8"'])
def test_utf_8_is_read(charset: str) -> None:
    assert answered(f"{FORM}{charset}", method="GET")[0] == "200 OK"
