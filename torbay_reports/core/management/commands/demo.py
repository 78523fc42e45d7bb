"""`manage.py demo`: load the demonstration, say where everything is, and serve it."""

import contextlib
import os
import shutil
import socket
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection, transaction
from django.db.migrations.exceptions import MigrationSchemaMissing
from django.utils.module_loading import autodiscover_modules

from torbay_reports.core import demo, side_by_side
from torbay_reports.core.database_faults import database_fault
from torbay_reports.core.progress import Progress
from torbay_reports.core.reading import UnreadableFile

HOST = "127.0.0.1"
# Any number will do, so long as no other program on the server uses it for a lock of its own.
LOCK = 20170905


class Command(BaseCommand):
    """Load the demonstration; a second run finds it loaded and takes seconds."""

    help = (
        "Migrate, load the demonstration, build its pack, print the addresses, serve them on 127.0.0.1 with a worker."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Two options: where to serve, and whether."""
        parser.add_argument("--no-serve", action="store_true", help="do everything but serve")
        parser.add_argument("--port", type=int, default=8000, help="the port to serve on (default: 8000)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the steps. Raises `CommandError` with one sentence when something is missing or in the way."""
        port: int = options["port"]
        serves = not options["no_serve"]
        _check_prerequisites(serves)
        if serves:
            _check_port(port)
        autodiscover_modules("demo")
        with _errors_as_sentences(), _one_demonstration_at_a_time():
            with Progress("Preparing the database"):
                call_command("migrate", verbosity=0, interactive=False)
            self._run_steps()
        self._print_announcements(port, serves)
        if serves:
            connection.close()
            _serve(port)

    def _run_steps(self) -> None:
        steps = demo.steps()
        with transaction.atomic():
            for step in steps:
                if step.loads_rows:
                    _run(step)
        for step in steps:
            if not step.loads_rows:
                _run(step)

    def _print_announcements(self, port: int, serves: bool) -> None:
        self.stdout.write("")
        self.stdout.write(f"The demonstration's address: http://{HOST}:{port}/")
        if serves:
            self.stdout.write("Packs are built by a worker that starts and ends with the server.")
        for line in demo.announcements():
            self.stdout.write(line.replace("{address}", f"http://{HOST}:{port}"))
        self.stdout.flush()


def _run(step: demo.Step) -> None:
    with Progress(step.title) as progress:
        step.run(progress)


@contextlib.contextmanager
def _errors_as_sentences() -> Iterator[None]:
    try:
        yield
    except (demo.DemoConflict, UnreadableFile) as refusal:
        raise CommandError(str(refusal)) from refusal
    except OperationalError as error:
        raise CommandError(database_fault(error)) from error
    except MigrationSchemaMissing as error:
        raise CommandError(
            "The account in DATABASE_URL may not make tables there: let it own the database, then run this again."
        ) from error


@contextlib.contextmanager
def _one_demonstration_at_a_time() -> Iterator[None]:
    """Make a second `demo` wait for the first, so that neither sees the other's half."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    try:
        yield
    finally:
        with contextlib.suppress(OperationalError), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _check_prerequisites(serves: bool) -> None:
    if not settings.DEMO:
        raise CommandError("The setting DEMO is off: write DEMO=on to .env, but never on a site with real reports.")
    if not settings.CHROMIUM or shutil.which(settings.CHROMIUM) is None:
        raise CommandError(
            "Chromium is missing, which draws the charts: run `apt-get install chromium`, or name it in CHROMIUM."
        )
    if not any(settings.FONTS_DIR.glob("*.woff2")):
        raise CommandError(f"The font is missing from {settings.FONTS_DIR}: run `make frontend`.")
    if serves and not (settings.STATIC_ROOT / "staticfiles.json").exists():
        raise CommandError(f"The style sheets are missing from {settings.STATIC_ROOT}: run `make frontend`.")


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} cannot be used ({error.strerror}): stop what listens there, or name another with --port."
            ) from None
        except OverflowError:
            raise CommandError(f"There is no port {port}: choose one from 1024 to 65535.") from None


def _serve(port: int) -> None:
    """Become the program that runs the web server and a worker, and ends both when a signal or Ctrl-C ends it."""
    python = sys.executable
    granian = str(Path(python).with_name("granian"))
    server = [granian, "--interface", "wsgi", "--host", HOST, "--port", str(port), "--log-level", "warning"]
    server += ["--blocking-threads", "4", "--backpressure", "64", "torbay_reports.wsgi:application"]
    worker = [python, "manage.py", "procrastinate", "worker"]
    sys.stdout.flush()
    os.chdir(settings.BASE_DIR)
    os.execv(python, [python, "-m", "torbay_reports.core.side_by_side", *server, side_by_side.AND, *worker])
