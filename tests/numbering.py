"""Open and restricted publications with the same numbers, as no migration leaves them."""

from django.db import connection
from psycopg import sql

TABLES = ("publishing_publication", "publishing_restrictedpublication")


def number_alike(first: int) -> None:
    """Let the next publications of both tables be numbered from there, until the transaction is rolled back."""
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table])
            (sequence,) = cursor.fetchone()
            # Unlike setval, a restart is undone with its transaction.
            name = sql.Identifier(*sequence.split("."))
            cursor.execute(sql.SQL("ALTER SEQUENCE {} RESTART WITH {}").format(name, sql.Literal(first)))
