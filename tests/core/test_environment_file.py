"""The demonstration's `.env`."""

import stat
from pathlib import Path

from torbay_reports.core import environment_file


def test_a_new_file_is_the_owners_alone_and_has_a_key_of_its_own(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    assert environment_file.write_if_missing(first) is True
    assert environment_file.write_if_missing(second) is True
    assert stat.S_IMODE(first.stat().st_mode) == 0o600
    lines = dict(line.split("=", 1) for line in first.read_text().splitlines() if not line.startswith("#"))
    assert lines["DEMO"] == "on"
    assert lines["TODAY"] == "2017-09-05"
    assert lines["ALLOWED_HOSTS"] == "127.0.0.1,localhost"
    assert len(lines["SECRET_KEY"]) >= 50
    assert first.read_text() != second.read_text()


def test_a_file_that_exists_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("SECRET_KEY=mine\n")
    assert environment_file.write_if_missing(path) is False
    assert path.read_text() == "SECRET_KEY=mine\n"
