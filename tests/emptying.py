"""Tables emptied after a test that commits.

Django truncates them all, which takes PostgreSQL a quarter of a second, because it makes new files for each table and
each index. Few of them hold rows after a test: those are deleted, by the server's administrator, without triggers.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

import psycopg
from django.core.management.commands import flush
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from torbay_reports.core.embedded_postgres import ADMINISTRATOR

_NAME = "sql_flush"
_truncating: Callable[..., list[str]] = getattr(flush, _NAME)


def delete_instead() -> None:
    """From now on `flush` deletes what there is. Only for a server that lets its administrator in."""
    setattr(flush, _NAME, _statements)


@contextmanager
def put_off() -> Iterator[None]:
    """While it is open, rows stay after a test that commits, for the next ones. Whoever opens it flushes after it."""
    with mock.patch.object(flush, "sql_flush", return_value=[]):
        yield


def _statements(style: Any, connection: BaseDatabaseWrapper, **options: bool) -> list[str]:
    if options.get("reset_sequences"):
        return _truncating(style, connection, **options)
    _delete_all(connection)
    # For nothing at all `flush` would not call the receivers of `post_migrate`.
    return ["SELECT 1"]


def _delete_all(connection: BaseDatabaseWrapper) -> None:
    there = connection.get_connection_params()
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    tables = [sql.Identifier(name) for name in names]
    with psycopg.connect(
        host=there["host"], port=there["port"], user=ADMINISTRATOR, dbname=there["dbname"]
    ) as administrator:
        asked = sql.SQL(", ").join(sql.SQL("EXISTS (SELECT FROM {})").format(table) for table in tables)
        holds_rows = administrator.execute(sql.SQL("SELECT {}").format(asked)).fetchone()
        assert holds_rows is not None
        administrator.execute("SET session_replication_role = replica")
        for table, is_filled in zip(tables, holds_rows, strict=True):
            if is_filled:
                administrator.execute(sql.SQL("DELETE FROM {}").format(table))
