"""The process that cleans knows no secrets, writes no files, and is stopped when it takes too much."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.publishing.uploads import good, hostile
from torbay_reports.publishing.uploads import limits, process
from torbay_reports.publishing.uploads.refusals import RefusedPdf

CONFINED = "from torbay_reports.publishing.uploads import limits; limits.confine(); "


def confined(program: str, root: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", CONFINED + program], cwd=root, capture_output=True, text=True, check=False
    )


def test_a_good_file_comes_back_cleaned() -> None:
    cleaned = process.clean(good.tagged())
    assert cleaned.is_tagged
    assert cleaned.pages == len(cleaned.texts)


def test_a_file_comes_back_without_its_tags_where_that_is_asked() -> None:
    cleaned = process.clean(good.tagged(), with_tags=False)
    assert not cleaned.is_tagged
    assert "tags-dropped" in {each.code for each in cleaned.findings}


def test_the_confined_process_looks_at_its_pages() -> None:
    covered = hostile.stream(good.shown("Not seen") + b"0 g 60 690 200 30 re f")
    codes = {each.code for each in process.clean(hostile.raw(hostile.small(content=covered))).findings}
    assert "hidden-text" in codes
    assert "not-looked-at" not in codes


def test_a_file_of_too_many_bytes_is_refused_with_the_bound() -> None:
    with pytest.raises(RefusedPdf, match="more than 50 MB"):
        process.clean(good.untagged().ljust(limits.FILE_BYTES + 1))


def test_a_process_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "WALL_SECONDS", 0.01)
    with pytest.raises(RefusedPdf, match="too long"):
        process.clean(good.untagged())


@pytest.mark.parametrize(
    ("program", "sentence"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "broken"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "too long"),
        ("print('no answer')", "broken"),
        ("raise SystemExit(3)", "broken"),
        ("import time; time.sleep(0)", "broken"),
    ],
)
def test_a_process_that_dies_or_says_nothing_refuses_the_file(
    program: str, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dying.py").write_text(program)
    monkeypatch.setattr(process, "_ROOT", tmp_path)
    monkeypatch.setattr(process, "_MODULE", "dying")
    with pytest.raises(RefusedPdf, match=sentence):
        process.clean(good.untagged())


def test_neither_settings_nor_secrets_go_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "asking.py").write_text(
        "import msgspec, os, sys\n"
        "said = ' '.join(sorted(os.environ)) + ' ' + str('django' in sys.modules)\n"
        "sys.stdout.buffer.write(msgspec.msgpack.encode([said]))\n"
    )
    monkeypatch.setattr(process, "_ROOT", tmp_path)
    monkeypatch.setattr(process, "_MODULE", "asking")
    with pytest.raises(RefusedPdf) as refused:
        process.clean(good.untagged())
    assert str(refused.value) == "LC_ALL PYTHONDONTWRITEBYTECODE PYTHONPATH False"


def test_cleaning_needs_no_django(checkout: Path) -> None:
    program = "import torbay_reports.publishing.uploads.cleaning, sys; print('django' in sys.modules)"
    assert confined(program, checkout).stdout == "False\n"


def test_a_confined_process_writes_no_file(checkout: Path, tmp_path: Path) -> None:
    done = confined(f"import pathlib; pathlib.Path({str(tmp_path / 'x')!r}).write_text('x')", checkout)
    assert "File too large" in done.stderr
    assert not (tmp_path / "x").read_text()


def test_a_confined_process_gets_no_more_memory_than_it_may_have(checkout: Path) -> None:
    assert "MemoryError" in confined(f"b' ' * {limits.MEMORY_BYTES}", checkout).stderr


def test_a_hostile_file_says_the_same_in_its_process() -> None:
    with pytest.raises(RefusedPdf, match="portfolio"):
        process.clean(next(case for case in hostile.CASES if case.name == "a portfolio").make())
