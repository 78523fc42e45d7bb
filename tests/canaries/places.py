"""What is left behind by whoever asks: mails, lines of the log, rows of the database."""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from email import message_from_bytes
from types import TracebackType
from typing import Final, Self

from django.contrib.sessions.models import Session
from django.core.mail import EmailMessage
from django.db import connection, transaction
from psycopg import sql

from tests.canaries.reading import Text, header_texts, texts_of
from torbay_reports.core.logs import WithoutSecrets

LEFT_BEHIND: Final = ("cache", "access_accessrecord", "procrastinate_jobs", "procrastinate_events")
"""Tables of what is kept about the asking itself; sessions are read by `session_texts`."""

_READABLE: Final = """
    SELECT n.nspname, c.relname, array_agg(a.attname::text ORDER BY a.attnum)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND a.attnum > 0 AND NOT a.attisdropped
        AND has_schema_privilege(n.oid, 'USAGE') AND has_column_privilege(c.oid, a.attnum, 'SELECT')
    GROUP BY n.nspname, c.relname ORDER BY n.nspname, c.relname
"""


def mail_texts(mails: Iterable[EmailMessage]) -> Iterator[Text]:
    """Each mail as it goes out: headers, whoever gets it, bodies, names and contents of what is attached."""
    for number, mail in enumerate(mails, start=1):
        place = f"mail {number}"
        yield Text(place, " ".join(mail.recipients()).encode())
        for part in message_from_bytes(mail.message().as_bytes()).walk():
            for name, value in part.items():
                yield from (Text(f"{place}, {text.place}", text.data) for text in header_texts(name, str(value)))
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                name = part.get_filename() or part.get_content_type()
                yield from texts_of(payload, f"{place}, {name}")


class Logs(logging.Handler):
    """While it is open, it alone gets every line that any logger of this process has to say, from DEBUG on, without the
    secrets that every handler of the settings takes away."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.addFilter(WithoutSecrets())
        self.lines: list[tuple[str, str]] = []
        self._before: list[tuple[logging.Logger, int, list[logging.Handler]]] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps the line as it is written, with its traceback."""
        self.lines.append((f"log of {record.name}, {record.levelname}", self.format(record)))

    def texts(self) -> Iterator[Text]:
        """The lines so far."""
        for place, line in self.lines:
            yield from texts_of(line.encode("utf-8", "backslashreplace"), place)

    def __enter__(self) -> Self:
        known = [logger for logger in logging.root.manager.loggerDict.values() if isinstance(logger, logging.Logger)]
        for logger in (logging.root, *known):
            self._before.append((logger, logger.level, logger.handlers))
            logger.setLevel(logging.DEBUG)
            logger.handlers = [self] if logger is logging.root or not logger.propagate else []
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for logger, level, handlers in self._before:
            logger.setLevel(level)
            logger.handlers = handlers


def session_texts() -> Iterator[Text]:
    """What each session holds, decoded."""
    for session in Session.objects.all():
        yield from texts_of(repr(session.get_decoded()).encode(), "session")


def left_behind() -> Iterator[Text]:
    """Everything that is kept about the asking: sessions, the cache, the record, jobs with their arguments."""
    yield from session_texts()
    yield from row_texts(LEFT_BEHIND)


def row_texts(tables: Collection[str] = (), *, role: str = "") -> Iterator[Text]:
    """Every value of these tables, or of every relation of the database, PostgreSQL's own among them.

    Read as the database's `role` where one is given: relations and columns that it may not read are left out.
    """
    words: dict[str, list[str]] = defaultdict(list)
    for place, value in _values(tables, role):
        if isinstance(value, memoryview | bytes):
            yield from texts_of(bytes(value), place, is_whole=False)
        elif value is not None:
            words[place].append(str(value))
    for place, values in words.items():
        yield from texts_of("\n".join(values).encode("utf-8", "backslashreplace"), place, is_whole=False)


def _values(tables: Collection[str], role: str) -> list[tuple[str, object]]:
    values: list[tuple[str, object]] = []
    with transaction.atomic(), connection.cursor() as cursor:
        if role:
            cursor.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(role)))
        cursor.execute(_READABLE)
        for schema, table, columns in cursor.fetchall():
            if not tables or table in tables:
                names = sql.SQL(", ").join(map(sql.Identifier, columns))
                query = sql.SQL("SELECT {} FROM {}").format(names, sql.Identifier(schema, table))
                cursor.execute(query)
                places = [f"table {table}, {column}" for column in columns]
                values += [pair for row in cursor.fetchall() for pair in zip(places, row, strict=True)]
        # Ends the role too, which would else last as long as a transaction around this one.
        transaction.set_rollback(True)
    return values
