"""What processes need, and the programs that a pack's speed is held against."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from django.conf import settings
from django.db import connection

_KILOBYTES_A_MEGABYTE = 1000
CHROMIUM_OPTIONS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-pdf-header-footer"),
    *("--export-tagged-pdf", "--generate-pdf-document-outline", "--allow-file-access-from-files"),
)


def peak(process: Path) -> float:
    """The most memory in megabytes that a process (a folder of /proc) ever had."""
    found = re.search(r"^VmHWM:\s+(\d+) kB", (process / "status").read_text(), re.MULTILINE)
    return int(found[1]) * 1.024 / _KILOBYTES_A_MEGABYTE if found else 0.0


def forget_peak() -> None:
    """Count this process's peak from now on: what it needed before is no longer told."""
    Path("/proc/self/clear_refs").write_text("5")


def peaks(root: int) -> list[float]:
    """The peaks of a process and of all that it started, its own first."""
    parents: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue  # ended meanwhile
    family = [root]
    for one in family:
        family.extend(child for child, parent in parents.items() if parent == one)
    return [peak(Path(f"/proc/{one}")) for one in family if Path(f"/proc/{one}").exists()]


class PackWorker:
    """A warm worker in processes of its own, which sees what is committed to the test's database."""

    def __enter__(self) -> Self:
        name = str(connection.settings_dict["NAME"])
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.packworker", name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=settings.BASE_DIR,
        )
        self._answer()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def build(self, number: int) -> float:
        """Have a build run; the seconds that it took."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{number}\n")
        self._process.stdin.flush()
        return float(self._answer())

    def peaks(self) -> list[float]:
        """The most megabytes that each of its processes ever had, its own first."""
        return peaks(self._process.pid)

    def _answer(self) -> str:
        assert self._process.stdout is not None
        answer = self._process.stdout.readline()
        assert answer, "The worker ended; what it wrote above says why."
        return answer


def chromium_print(html: Path, pdf: Path) -> float:
    """The seconds of Chromium's whole run from a file to a tagged PDF."""
    assert settings.CHROMIUM, "Chromium is missing: install Debian's package chromium."
    with TemporaryDirectory() as profile:
        command = [settings.CHROMIUM, *CHROMIUM_OPTIONS, f"--user-data-dir={profile}"]
        start = time.perf_counter()
        subprocess.run(
            [*command, f"--print-to-pdf={pdf}", html.as_uri()],
            check=True,
            capture_output=True,
            env={**os.environ, "HOME": profile},
        )
        return time.perf_counter() - start


def weasyprint_run(html: Path, pdf: Path) -> tuple[float, float]:
    """The seconds and the megabytes of one plain run of WeasyPrint."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.bench.onerun", str(html), str(pdf)],
        check=True,
        capture_output=True,
        text=True,
        cwd=settings.BASE_DIR,
    )
    seconds, megabytes = run.stdout.split()
    return float(seconds), float(megabytes)
