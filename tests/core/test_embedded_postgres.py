"""The checkout's own PostgreSQL server: started once, closed to others, and back after a crash."""

import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from torbay_reports.core import embedded_postgres, postgres_programs
from torbay_reports.core.embedded_postgres import Server
from torbay_reports.core.postgres_programs import EmbeddedPostgresError

START = """
import sys
from pathlib import Path
from torbay_reports.core.embedded_postgres import Server
Server(Path(sys.argv[1])).start()
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server of this module's own, in a folder that any account can reach."""
    folder = Path(tempfile.mkdtemp(prefix="torbay-reports-test-", dir="/tmp"))
    folder.chmod(0o755)
    server = Server(folder / "state with a space")
    yield server
    server.stop()
    shutil.rmtree(folder)


def _query(server: Server, statement: str) -> object:
    connection = server.connection()
    with psycopg.connect(
        host=connection["HOST"], port=connection["PORT"], user=connection["USER"], dbname=connection["NAME"]
    ) as opened:
        row = opened.execute(statement.encode()).fetchone()
    assert row is not None
    return row[0]


def _as_administrator(server: Server, statement: str) -> None:
    with psycopg.connect(
        host=str(server.socket_folder), user=embedded_postgres.ADMINISTRATOR, dbname="postgres", autocommit=True
    ) as connection:
        connection.execute(statement.encode())


def _server_process(server: Server) -> int:
    return int((server.data / "postmaster.pid").read_text().split("\n")[0])


def test_two_starters_at_once_both_find_one_server(server: Server, checkout: Path) -> None:
    command = [sys.executable, "-c", START, str(server.state)]
    starters = [subprocess.Popen(command, cwd=checkout) for _ in range(3)]
    assert [starter.wait(timeout=120) for starter in starters] == [0, 0, 0]
    assert server.is_ready()


def test_a_second_start_finds_the_running_server(server: Server) -> None:
    server.start()
    process = _server_process(server)
    server.start()
    assert _server_process(server) == process


def test_the_server_listens_on_its_socket_only_and_writes_to_disk(server: Server) -> None:
    server.start()
    assert _query(server, "SHOW listen_addresses") == ""
    # Its log quotes neither rows nor statements.
    assert _query(server, "SHOW log_error_verbosity") == "terse"
    assert _query(server, "SHOW log_min_error_statement") == "panic"
    assert _query(server, "SHOW fsync") == "on"
    assert _query(server, "SHOW server_encoding") == "UTF8"


def test_no_rule_trusts_and_no_other_account_is_named(server: Server) -> None:
    server.start()
    assert (server.data / "pg_hba.conf").read_text() == "local all all peer map=checkout\n"
    mapped = {line.split()[1].strip('"') for line in (server.data / "pg_ident.conf").read_text().splitlines()}
    assert mapped == {pwd.getpwuid(os.geteuid()).pw_name, postgres_programs.account().name}


def test_the_site_role_may_make_databases_but_is_no_administrator(server: Server) -> None:
    server.start()
    assert _query(server, "SELECT rolcreatedb AND NOT rolsuper FROM pg_roles WHERE rolname = current_user") is True


def test_the_site_role_may_take_the_public_editions_role_which_cannot_sign_in(server: Server) -> None:
    server.start()
    public = embedded_postgres.PUBLIC_ROLE
    assert _query(server, f"SELECT set_config('role', '{public}', false)") == public
    assert _query(server, f"SELECT rolcanlogin OR rolsuper FROM pg_roles WHERE rolname = '{public}'") is False


def test_a_server_from_before_the_public_editions_role_is_given_it(server: Server) -> None:
    server.start()
    _as_administrator(server, f"DROP ROLE {embedded_postgres.PUBLIC_ROLE}")
    assert not server.is_ready()
    server.start()
    assert server.is_ready()


def test_socket_and_data_are_closed_to_other_accounts(server: Server) -> None:
    server.start()
    for folder in (server.socket_folder, server.data):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another account")
def test_as_root_the_server_runs_without_rights_and_refuses_a_third_account(server: Server) -> None:
    server.start()
    account = postgres_programs.account()
    assert account.uid != 0
    assert Path(f"/proc/{_server_process(server)}").stat().st_uid == account.uid
    probe = f"import socket; socket.socket(socket.AF_UNIX).connect({str(server.socket_folder / '.s.PGSQL.5432')!r})"
    nobody = pwd.getpwnam("nobody")
    refused = subprocess.run(
        ["/usr/bin/python3", "-c", probe], user=nobody.pw_uid, group=nobody.pw_gid, cwd="/", capture_output=True
    )
    assert b"PermissionError" in refused.stderr


def test_a_killed_server_comes_back_with_its_rows(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    # As the program has it: here a commit waits for the disk.
    monkeypatch.delenv("PGOPTIONS")
    server.start()
    with psycopg.connect(
        host=str(server.socket_folder), user=embedded_postgres.ROLE, dbname=embedded_postgres.DATABASE
    ) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    os.kill(_server_process(server), signal.SIGKILL)
    time.sleep(0.1)
    server.start()
    assert _query(server, "SELECT answer FROM kept") == 42


def test_a_lock_that_names_another_living_process_is_seen_through(server: Server) -> None:
    server.start()
    server.stop()
    account = postgres_programs.account()
    (server.data / "postmaster.pid").write_text(f"{os.getpid()}\n{server.data}\n0\n5432\n\n\n")
    os.chown(server.data / "postmaster.pid", account.uid, account.gid)
    server.start()
    assert _server_process(server) != os.getpid()


def test_an_emptied_database_has_no_rows_and_answers(server: Server) -> None:
    server.start()
    connection = server.connection()
    with psycopg.connect(
        host=connection["HOST"], port=connection["PORT"], user=connection["USER"], dbname=connection["NAME"]
    ) as opened:
        opened.execute("CREATE TABLE tried_out (row int)")
    server.empty()
    assert server.is_ready()
    assert _query(server, "SELECT count(*) FROM pg_tables WHERE tablename = 'tried_out'") == 0


def test_stopping_says_whether_it_ran(server: Server) -> None:
    server.start()
    assert server.stop() is True
    assert server.stop() is False
    assert not server.is_ready()


def test_data_of_another_major_version_is_refused_with_a_sentence(server: Server) -> None:
    server.start()
    server.stop()
    marker = server.data / "PG_VERSION"
    original = marker.read_text()
    marker.write_text("9\n")
    with pytest.raises(EmbeddedPostgresError, match=r"made by PostgreSQL 9, .* move it away"):
        server.start()
    marker.write_text(original)


def test_two_checkouts_have_two_servers(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    assert embedded_postgres.for_checkout(first) == embedded_postgres.for_checkout(first)
    assert embedded_postgres.for_checkout(first) != embedded_postgres.for_checkout(second)


def test_a_long_path_still_has_a_socket_that_fits() -> None:
    server = Server(Path("/" + "long/" * 30))
    assert len(str(server.socket_folder / ".s.PGSQL.5432.lock")) <= embedded_postgres.SOCKET_LIMIT


def test_a_folder_that_cannot_be_written_ends_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EmbeddedPostgresError, match="name a server in DATABASE_URL"):
        Server(tmp_path / "file" / "state").start()


@pytest.mark.parametrize(
    ("arguments", "needed"),
    [
        (["migrate"], True),
        (["build_pack", "board", "2017-09-06"], True),
        (["build_pack", "--help"], False),
        (["collectstatic", "--no-input"], False),
        ([], False),
    ],
)
def test_only_commands_that_need_rows_start_the_server(arguments: list[str], needed: bool) -> None:
    assert embedded_postgres.is_needed_by(arguments) is needed
