"""What every test has: the database's server, and templates in which an undefined variable is an error."""

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.contrib.contenttypes.management import create_contenttypes
from django.db.models.signals import post_migrate
from django.template import engines
from django.template.backends.django import DjangoTemplates
from django.template.base import VariableNode
from psycopg import sql

from tests.emptying import delete_instead
from tests.environment import STORES, TEST_DATABASE
from torbay_reports.core import embedded_postgres

CREATE_PERMISSIONS = "django.contrib.auth.management.create_permissions"


class UndefinedVariable(str):
    """Stands in for `string_if_invalid`: false to `{% if %}` and `default`, a failure once our templates show it."""

    __slots__ = ()

    def __str__(self) -> str:
        return self._show()

    def __html__(self) -> str:
        return self._show()

    def _show(self) -> str:
        frame = sys._getframe()
        while frame.f_back is not None:
            frame = frame.f_back
            node = frame.f_locals.get("self")
            if isinstance(node, VariableNode):
                if Path(node.origin.name).is_relative_to(settings.BASE_DIR / "templates"):
                    line = node.token.lineno if node.token else "?"
                    expression = node.filter_expression.token
                    pytest.fail(f"{node.origin.name}, line {line}: the context has nothing for {expression!r}.")
                break
        return ""


@pytest.fixture(autouse=True)
def _undefined_variables_fail() -> None:
    """For each test anew: a test that changes settings of templates leaves another engine behind."""
    backend = engines["django"]
    assert isinstance(backend, DjangoTemplates)
    backend.engine.string_if_invalid = UndefinedVariable()


@pytest.fixture(autouse=True)
def _empty_stores() -> Iterator[None]:
    """Takes what a test has published out of the stores again."""
    yield
    for left in Path(STORES).iterdir():
        shutil.rmtree(left)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """Start the server only once a test asks for rows, and clear away what runs that were killed left there.

    Nothing asks for Django's own permissions: they are not made, in each new table and after each test that commits.
    """
    assert post_migrate.disconnect(dispatch_uid=CREATE_PERMISSIONS)
    assert post_migrate.disconnect(create_contenttypes)
    embedded_postgres.start_if_configured()
    if settings.EMBEDDED_POSTGRES:
        _drop_left_databases()
        delete_instead()


def _drop_left_databases() -> None:
    server = embedded_postgres.for_checkout(settings.BASE_DIR).connection()
    with psycopg.connect(
        host=server["HOST"], port=server["PORT"], user=server["USER"], dbname="postgres", autocommit=True
    ) as connection:
        for (name,) in connection.execute("SELECT datname FROM pg_database").fetchall():
            process = re.match(rf"{TEST_DATABASE}(\d+)", name)
            if process and not Path(f"/proc/{process[1]}").exists():
                connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The checkout's root folder."""
    root = settings.BASE_DIR
    assert isinstance(root, Path)
    return root


@pytest.fixture(scope="session")
def soak(pytestconfig: pytest.Config) -> bool:
    """Whether to try the full numbers (`make soak`) instead of a seeded sample."""
    return bool(pytestconfig.getoption("--soak"))
