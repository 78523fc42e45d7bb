"""The database role under which public editions are made: it can read nothing that is not for publication.

Each room names the tables that the role may read or write; every other table is closed to it, and a table that is new
is closed until somebody names it. `migrate` makes the role and grants it that.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction
from django.db.backends.signals import connection_created
from django.db.models import Model
from django.db.models.signals import post_migrate
from psycopg import sql

from torbay_reports.core.embedded_postgres import PUBLIC_ROLE

ROLE: Final = PUBLIC_ROLE
NO_ROLE: Final = (
    "The database has no role “{role}”, under which public editions are built, and its user may not make it. Have its "
    "administrator run: CREATE ROLE {role} NOLOGIN; GRANT {role} TO {user};"
)

_rights: dict[type[Model], str] = {}
_taken: ContextVar[bool] = ContextVar("public role taken", default=False)


class WrongRole(RuntimeError):
    """What only the public role may do is done under another one."""


def readable(*models: type[Model]) -> None:
    """Let the role read these models' tables. Call it from an AppConfig's `ready`."""
    _rights.update(dict.fromkeys(models, "SELECT"))


def readable_in_part(model: type[Model], *columns: str) -> None:
    """Let it read these columns of the model's table and no other."""
    _rights[model] = f"SELECT ({', '.join(columns)})"


def lockable(model: type[Model], column: str) -> None:
    """Let it read the model's table and hold its rows, which PostgreSQL allows to who may update a column."""
    _rights[model] = f"SELECT, UPDATE ({column})"


def writable(*models: type[Model]) -> None:
    """Let it read and write these models' tables: what it makes itself."""
    _rights.update(dict.fromkeys(models, "SELECT, INSERT, UPDATE, DELETE"))


def register() -> None:
    """Have every `migrate` grant what was named, and every connection that is opened meanwhile take the role too."""
    post_migrate.connect(_grant, sender=None, dispatch_uid="rights of the public role")
    connection_created.connect(_take_again, dispatch_uid="public role")


@contextmanager
def public_role() -> Iterator[None]:
    """Ask the database under the public role meanwhile; within itself it changes nothing.

    A connection that is lost and opened anew takes the role again.
    """
    if _taken.get():
        yield
        return
    before = _taken.set(True)
    try:
        _set_role(ROLE)
        yield
    finally:
        _taken.reset(before)
        _give_back()


def require_public_role() -> None:
    """Raises WrongRole where the database is asked under another role."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        (role,) = cursor.fetchone()
    if role != ROLE:
        raise WrongRole(f"A public edition is built under the role {ROLE} only, not under {role}.")


def _set_role(role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(role)))


def _give_back() -> None:
    if connection.connection is None:
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
    except DatabaseError:
        # A transaction that has failed takes the role back when it is rolled back; a connection that is lost has none.
        if not connection.in_atomic_block:
            connection.close()


def _take_again(connection: Any, **told: Any) -> None:
    if _taken.get():
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(ROLE)))


def _grant(app_config: Any, **told: Any) -> None:
    """Once for each `migrate`: all tables are there when the first app is told."""
    if app_config.label != "core" or told.get("using", "default") != "default":
        return
    _make_role()
    tables = set(connection.introspection.table_names())
    rights = sql.SQL("").join(
        sql.SQL("GRANT {} ON {} TO {};").format(
            sql.SQL(right), sql.Identifier(model._meta.db_table), sql.Identifier(ROLE)
        )
        for model, right in _rights.items()
        if model._meta.db_table in tables
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}").format(sql.Identifier(ROLE)))
        cursor.execute(rights)


def _make_role() -> None:
    if _may_take_role():
        return
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE])
            if cursor.fetchone() is None:
                cursor.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(ROLE)))
            cursor.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(ROLE)))
    except DatabaseError as error:
        # Two databases of one server may be set up at the same moment: the role is the server's.
        if not _may_take_role():
            with connection.cursor() as cursor:
                cursor.execute("SELECT current_user")
                (user,) = cursor.fetchone()
            raise CommandError(NO_ROLE.format(role=ROLE, user=user)) from error


def _may_take_role() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = %s AND pg_has_role(current_user, oid, 'MEMBER'))",
            [ROLE],
        )
        (may,) = cursor.fetchone()
    return bool(may)
