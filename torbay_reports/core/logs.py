"""Keeps from the logs what opens an account, and what rows say: secrets in addresses, rows that PostgreSQL quotes."""

import logging
import re
from collections.abc import Iterator
from typing import Final

import psycopg

SECRET: Final = re.compile(r"(/invitation/|/password/new/|/themes/|/items/[^/\s?]+/|papers/item-[^-/\s?]+-)[^/\s?]+")
"""What opens an account, and what names of papers and of a letter's themes are made of."""


class WithoutSecrets(logging.Filter):
    """Replaces each secret in the message by dots, and in the traceback each row that the database refused: that may
    be one about a paper that is not for publication. Lets every record pass."""

    def filter(self, record: logging.LogRecord) -> bool:
        """True, after message and traceback have lost their secrets."""
        try:
            message = record.getMessage()
        except (TypeError, ValueError):
            return True  # its arguments do not fit; the handler says so
        given = record.args if isinstance(record.args, tuple) else ()
        raised = [each for each in (*given, record.exc_info and record.exc_info[1]) if isinstance(each, BaseException)]
        rows = [row for error in raised for row in _rows(error)]
        clean = _without(SECRET.sub(r"\1…", message), rows)
        if clean != message:
            record.msg, record.args = clean, ()
        if rows and record.exc_info:
            record.exc_text = _without(record.exc_text or logging.Formatter().formatException(record.exc_info), rows)
        return True


def _rows(error: BaseException | None) -> Iterator[str]:
    """The rows that PostgreSQL quotes in this error and in those that it came from."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if isinstance(error, psycopg.Error) and error.diag.message_detail:
            yield error.diag.message_detail
        error = error.__cause__ or error.__context__


def _without(text: str, rows: list[str]) -> str:
    for row in rows:
        text = text.replace(row, "…")
    return text
