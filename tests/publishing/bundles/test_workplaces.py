"""Bundles are made where nobody else reads, and nothing stays there."""

from pathlib import Path

import pytest
from django.conf import settings

from torbay_reports.publishing.bundles.workplaces import clear, left, workplace
from torbay_reports.publishing.packplan import Edition

KEY = "a--b/2031-09-06/supplement-1"


def test_a_place_is_empty_nobody_elses_and_gone_afterwards() -> None:
    with workplace(KEY, Edition.RESTRICTED) as folder:
        assert list(folder.iterdir()) == []
        assert folder.stat().st_mode & 0o077 == 0
        (folder / "pack.pdf").write_bytes(b"%PDF")
        assert left() == [(KEY, Edition.RESTRICTED)]
    assert left() == []
    assert not folder.exists()


def test_a_place_is_gone_after_a_failure() -> None:
    with pytest.raises(KeyError), workplace(KEY, Edition.PUBLIC):
        raise KeyError
    assert left() == []


def test_what_a_killed_process_left_is_found_and_is_not_there_for_the_next() -> None:
    with workplace(KEY, Edition.PUBLIC) as killed:
        (killed / "half.html").write_text("half", encoding="utf-8")
        with workplace(KEY, Edition.PUBLIC) as again:
            assert (again, list(again.iterdir())) == (killed, [])
    with workplace(KEY, Edition.PUBLIC) as folder:
        (folder / "half.html").write_text("half", encoding="utf-8")
        clear(KEY, Edition.PUBLIC)
        assert left() == []


def test_where_nothing_was_ever_made_nothing_is_left() -> None:
    assert not (Path(settings.PUBLICATIONS_DIR) / "making").exists()
    assert left() == []
