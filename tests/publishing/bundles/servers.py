"""Other servers on this machine's own address: nginx with the settings that the program brings, and the program."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

UNPACKED = Path(settings.BUILD_DIR) / "debian"
SNIPPET = Path(settings.BASE_DIR) / "torbay_reports" / "publishing" / "bundles" / "published.nginx.conf"
PATIENCE_SECONDS = 30

_CONFIGURATION = """
daemon off; pid {folder}/pid; error_log stderr warn; worker_processes {workers}; {user}
events {{ worker_connections 512; }}
http {{
    access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000;
    client_body_temp_path {folder}/1; proxy_temp_path {folder}/2; fastcgi_temp_path {folder}/3;
    uwsgi_temp_path {folder}/4; scgi_temp_path {folder}/5;
    server {{ listen 127.0.0.1:{port}; set $published {root}; include {snippet}; }}
}}
"""


def program(name: str) -> str:
    """Where a program of Debian's is that only tests start."""
    folders = [str(UNPACKED / "usr" / kind) for kind in ("sbin", "bin")]
    found = shutil.which(name, path=os.pathsep.join([*folders, os.environ["PATH"], "/usr/sbin"]))
    if not found:
        pytest.fail(f"{name} is missing: run `.ci/unpack-servers`.")
    return found


def environment(**more: str) -> dict[str, str]:
    """What such a program starts with; its libraries stand beside it."""
    libraries = [str(folder) for folder in (UNPACKED / "usr" / "lib").glob("*")]
    return {**os.environ, "LD_LIBRARY_PATH": os.pathsep.join(libraries), **more}


def free_port() -> int:
    """One that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def nginx(root: Path, folder: Path, *, workers: int = 1) -> Iterator[int]:
    """The port of nginx, which serves the bundles in `root`; `folder` is for its own files."""
    port = free_port()
    user = "user root;" if os.geteuid() == 0 else ""
    text = _CONFIGURATION.format(folder=folder, workers=workers, user=user, port=port, root=root, snippet=SNIPPET)
    (folder / "nginx.conf").write_text(text)
    command = [program("nginx"), "-e", "stderr", "-p", str(folder), "-c", str(folder / "nginx.conf")]
    with _running(command, environment(), folder / "nginx.log", port):
        yield port


@contextmanager
def granian(stores: Path, folder: Path, *, workers: int) -> Iterator[int]:
    """The port of the program, as README.md says to run it, with PUBLICATIONS_DIR in `stores`."""
    port = free_port()
    command = [str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--log-level", "warning"]
    command += [
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--workers",
        str(workers),
        "--blocking-threads",
        "1",
        "--http",
        "1",
        "--no-ws",
    ]
    command.append("torbay_reports.wsgi:application")
    with _running(command, environment(PUBLICATIONS_DIR=str(stores)), folder / "granian.log", port):
        yield port


@contextmanager
def _running(command: list[str], environment: dict[str, str], log: Path, port: int) -> Iterator[None]:
    with log.open("wb") as said:
        process = subprocess.Popen(command, env=environment, stdout=said, stderr=said, cwd=settings.BASE_DIR)
    try:
        end = time.monotonic() + PATIENCE_SECONDS
        while not _listens(port):
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < end, log.read_text()
            time.sleep(0.05)
        yield
        assert process.poll() is None, log.read_text()
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True
