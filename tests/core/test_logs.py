"""The logs hold nothing that opens an account."""

import logging
import sys

import pytest
from django.db import DatabaseError, connection, transaction

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
        ("Not Found: %s", ("/ofsted/services/themes/lodgings/",), "Not Found: /ofsted/services/themes/…/"),
        ("Not Found: %s", ("/meetings/",), "Not Found: /meetings/"),
        ("100 % plain", (), "100 % plain"),
    ],
)
def test_the_secret_of_a_link_becomes_dots(message: str, args: tuple[object, ...], logged: str) -> None:
    record = logging.LogRecord("django.request", logging.WARNING, __file__, 1, message, args, None)
    assert WithoutSecrets().filter(record)
    assert record.getMessage() == logged


@pytest.mark.django_db
def test_a_row_that_the_database_refuses_becomes_dots_in_message_and_traceback() -> None:
    row = ["Peregrine\nMarlowe"]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE kiosk (words text CHECK (words = ''))")
        try:
            with transaction.atomic():
                cursor.execute("INSERT INTO kiosk VALUES (%s)", row)
        except DatabaseError as error:
            said = ("It failed: %s", (error,), sys.exc_info())
    record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, *said)
    assert WithoutSecrets().filter(record)
    logged = logging.Formatter().format(record)
    assert "violates check constraint" in logged
    assert "DETAIL:  …" in logged
    assert "Peregrine" not in logged
    assert "Marlowe" not in logged
