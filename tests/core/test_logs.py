"""The logs hold nothing that opens an account."""

import logging

import pytest

from torbay_reports.core.logs import WithoutSecrets


@pytest.mark.parametrize(
    ("message", "args", "logged"),
    [
        (
            "Forbidden (%s): %s",
            ("CSRF cookie not set.", "/invitation/s3cr3t/"),
            "Forbidden (CSRF cookie not set.): /invitation/…/",
        ),
        (
            "Method Not Allowed (%s): %s",
            ("PUT", "/password/new/1-abc-def/?x=1"),
            "Method Not Allowed (PUT): /password/new/…/?x=1",
        ),
        ("Not Found: %s", ("/meetings/",), "Not Found: /meetings/"),
        ("100 % plain", (), "100 % plain"),
    ],
)
def test_the_secret_of_a_link_becomes_dots(message: str, args: tuple[object, ...], logged: str) -> None:
    record = logging.LogRecord("django.request", logging.WARNING, __file__, 1, message, args, None)
    assert WithoutSecrets().filter(record)
    assert record.getMessage() == logged
