"""The demonstration's register, and the command that runs its steps."""

import io
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.exceptions import MigrationSchemaMissing
from pytest_django import Settings

from torbay_reports.core import demo, side_by_side
from torbay_reports.core.management.commands import demo as command
from torbay_reports.core.models import DemoLoad
from torbay_reports.core.progress import Progress


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> demo.Register:
    """A register without the apps' own steps."""
    empty = demo.Register()
    monkeypatch.setattr(demo, "_register", empty)
    monkeypatch.setattr(command, "autodiscover_modules", lambda name: None)
    return empty


@pytest.fixture
def _built(settings: Settings, tmp_path: Path) -> None:
    """A machine on which everything that the demonstration needs is installed and built."""
    settings.CHROMIUM = "/bin/true"
    settings.FONTS_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "letters.woff2").touch()
    (tmp_path / "staticfiles.json").touch()


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port on which something listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


@pytest.fixture
def free_port(monkeypatch: pytest.MonkeyPatch, checkout: Path) -> int:
    """A port on which nothing listens; the command goes to the checkout, where the tests are already."""
    monkeypatch.chdir(checkout)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _load(name: str) -> DemoLoad:
    demo.record_load(name, "0")
    return DemoLoad.objects.get(name=name)


def test_steps_that_load_rows_run_first_and_each_kind_by_its_order(register: demo.Register) -> None:
    def nothing(progress: Progress) -> None: ...

    demo.register_step(1, "the pack", nothing, loads_rows=False)
    demo.register_step(30, "budget", nothing)
    demo.register_step(10, "people", nothing)
    demo.register_step(10, "people", nothing)
    assert [step.title for step in demo.steps()] == ["people", "budget", "the pack"]


def test_a_line_is_announced_once(register: demo.Register) -> None:
    demo.announce("Sign in as Clerk")
    demo.announce("Sign in as Clerk")
    assert demo.announcements() == ["Sign in as Clerk"]


@pytest.mark.django_db
def test_only_rows_that_were_remembered_are_its_own() -> None:
    mine, theirs = _load("mine"), _load("theirs")
    demo.remember(mine)
    demo.remember(mine)
    assert demo.demo_owns(mine)
    assert not demo.demo_owns(theirs)
    demo.own_or_conflict(mine)
    demo.own_or_conflict(None)
    with pytest.raises(demo.DemoConflict, match="“theirs”, which the demonstration did not make"):
        demo.own_or_conflict(theirs)


@pytest.mark.django_db
def test_a_load_is_known_by_its_checksum() -> None:
    demo.record_load("budget", demo.checksum(b"one"))
    assert demo.is_loaded("budget", demo.checksum(b"one"))
    assert not demo.is_loaded("budget", demo.checksum(b"two"))
    demo.record_load("budget", demo.checksum(b"two"))
    assert demo.is_loaded("budget", demo.checksum(b"two"))
    assert demo.checksum(b"ab", b"c") != demo.checksum(b"a", b"bc")


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_built")
def test_when_a_later_step_breaks_the_earlier_ones_have_loaded_nothing(register: demo.Register) -> None:
    def first(progress: Progress) -> None:
        demo.record_load("first", "0")

    def second(progress: Progress) -> None:
        raise demo.DemoConflict(DemoLoad(name="somebody's row"))

    demo.register_step(10, "first", first)
    demo.register_step(20, "second", second)
    with pytest.raises(CommandError, match=r"somebody's row.*nothing was changed"):
        call_command("demo", "--no-serve")
    assert not DemoLoad.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_built")
def test_the_command_prints_address_and_announcements(register: demo.Register) -> None:
    demo.register_step(10, "people", lambda progress: demo.announce("Sign in at {address}/sign-in"))
    said = io.StringIO()
    call_command("demo", "--no-serve", "--port", "8001", stdout=said)
    assert "http://127.0.0.1:8001/\nSign in at http://127.0.0.1:8001/sign-in\n" in said.getvalue()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_built")
def test_the_migrations_too_wait_for_another_demonstration(
    register: demo.Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[int] = []

    def migrate(name: str, **options: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = %s", [command.LOCK])
            held.extend(row[0] for row in cursor.fetchall())

    monkeypatch.setattr(command, "call_command", migrate)
    call_command("demo", "--no-serve")
    assert len(held) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_built")
def test_an_account_that_may_not_make_tables_ends_with_a_sentence(
    register: demo.Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    def migrate(name: str, **options: object) -> None:
        raise MigrationSchemaMissing("permission denied for schema public")

    monkeypatch.setattr(command, "call_command", migrate)
    with pytest.raises(CommandError, match="DATABASE_URL may not make tables there: let it own the database"):
        call_command("demo", "--no-serve")


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_built", "register")
def test_it_serves_with_a_worker_beside_the_web_server(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], free_port: int
) -> None:
    become: list[list[str]] = []
    monkeypatch.setattr("os.execv", lambda program, arguments: become.append(arguments))
    call_command("demo", "--port", str(free_port))
    [arguments] = become
    assert arguments[1:3] == ["-m", side_by_side.__name__]
    parted = arguments.index(side_by_side.AND)
    assert str(free_port) in arguments[:parted]
    assert "torbay_reports.wsgi:application" in arguments[:parted]
    assert arguments[parted + 1 :] == [sys.executable, "manage.py", "procrastinate", "worker"]
    assert "a worker that starts and ends with the server" in capsys.readouterr().out


@pytest.mark.usefixtures("_built")
def test_a_port_in_use_ends_with_a_sentence(taken_port: int) -> None:
    with pytest.raises(CommandError, match=rf"Port {taken_port} cannot be used .*--port"):
        call_command("demo", "--port", str(taken_port))


@pytest.mark.usefixtures("_built")
@pytest.mark.parametrize(
    ("setting", "value", "sentence"),
    [
        ("DEMO", False, "write DEMO=on"),
        ("CHROMIUM", "", "apt-get install chromium"),
        ("FONTS_DIR", Path("/nowhere"), "run `make frontend`"),
        ("STATIC_ROOT", Path("/nowhere"), "run `make frontend`"),
    ],
)
def test_what_is_missing_is_named_with_its_cure(settings: Settings, setting: str, value: object, sentence: str) -> None:
    setattr(settings, setting, value)
    with pytest.raises(CommandError, match=sentence):
        call_command("demo")
