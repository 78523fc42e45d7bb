"""A database that cannot be used ends a command with one sentence; a fault of the program keeps its traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import DataError, OperationalError, ProgrammingError, connection, transaction

from torbay_reports.core.database_faults import database_fault


def test_a_server_that_does_not_answer_is_said_in_one_line(checkout: Path, tmp_path: Path) -> None:
    command = ["manage.py", "build_pack", "board", "2017-09-06", f"--output={tmp_path / 'pack.pdf'}"]
    environment = {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": "key",
        "DATABASE_URL": "postgres://me:hunter2@127.0.0.1:1/x",
    }
    done = subprocess.run(
        [sys.executable, *command], cwd=checkout, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith("The database does not answer (")
    assert done.stderr.endswith("): check DATABASE_URL.\n")
    assert len(done.stderr.splitlines()) == 1
    assert "hunter2" not in done.stderr


@pytest.mark.django_db
def test_missing_tables_name_the_command_that_makes_them() -> None:
    with pytest.raises(ProgrammingError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM no_such_table")
    assert database_fault(refused.value) == (
        "The database has not the tables of this version: run `manage.py migrate`."
    )


def test_only_the_first_line_of_the_servers_answer_is_said() -> None:
    assert database_fault(OperationalError("no route\n\tIs it running?")) == (
        "The database does not answer (no route): check DATABASE_URL."
    )


def test_any_other_fault_is_the_programs_own() -> None:
    assert database_fault(DataError("too long")) == ""
