"""Rows that never change, damaged on purpose."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from torbay_reports.publishing.models import (
    Bundle,
    Publication,
    RestrictedBundle,
    RestrictedPdf,
    RestrictedPublication,
    RestrictedWithdrawal,
    UploadedPdf,
    Withdrawal,
)

KEPT = (
    Publication,
    RestrictedPublication,
    UploadedPdf,
    RestrictedPdf,
    Bundle,
    RestrictedBundle,
    Withdrawal,
    RestrictedWithdrawal,
)


@contextmanager
def past_the_triggers() -> Iterator[None]:
    """Meanwhile what is frozen, brought or published can be changed, as who owns the tables could do."""
    with transaction.atomic():
        _triggers("DISABLE")
        yield
        _triggers("ENABLE")


def _triggers(what: str) -> None:
    tables = "".join(f"ALTER TABLE {model._meta.db_table} {what} TRIGGER USER;" for model in KEPT)
    with connection.cursor() as cursor:
        # A table with rows whose keys wait to be checked cannot be altered.
        cursor.execute(f"SET CONSTRAINTS ALL IMMEDIATE; {tables} SET CONSTRAINTS ALL DEFERRED")
