"""Progress is written a few times a second and shown a phase at a time."""

import io
import sys
from unittest import mock

import pytest

from tests.agenda.jobs import make_instalment
from torbay_reports.agenda.build_progress import (
    INTERVAL,
    PHASES,
    PUBLISHING,
    PhaseBars,
    WrittenProgress,
    per_cent,
    step,
)
from torbay_reports.agenda.models import JobState, PackBuild
from torbay_reports.core import clock


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time by the program's own clock, in seconds, for a test to change."""
    now = [100.0]
    monkeypatch.setattr("torbay_reports.agenda.build_progress.monotonic", lambda: now[0])
    return now


def test_within_a_phase_not_every_part_is_written_but_the_last_is(moment: list[float]) -> None:
    written: list[dict[str, object]] = []
    progress = WrittenProgress(1)
    with mock.patch.object(progress, "_write", written.append), progress:
        for done in range(10):
            progress("render", done, 9)
            if done == 4:
                moment[0] += 2 * INTERVAL
        progress("join", 0, 1)
        progress("join", 1, 1)
    assert [each.get("parts_done", each["phase"]) for each in written] == [0, 5, 9, "join", "join"]


@pytest.mark.django_db(transaction=True)
def test_only_a_build_that_runs_is_written_to() -> None:
    now = clock.now()
    build = PackBuild.objects.create(
        instalment=make_instalment(), edition="public", state=JobState.RUNNING, asked_at=now, started_at=now
    )
    with WrittenProgress(build.pk) as progress:
        progress("render", 3, 7)
    build.refresh_from_db()
    assert (build.phase, build.parts_done, build.parts_total) == ("render", 3, 7)
    PackBuild.objects.update(state=JobState.DONE, finished_at=now)
    with WrittenProgress(build.pk) as progress:
        progress("join", 0, 1)
    build.refresh_from_db()
    assert build.phase == "render"


def test_a_terminal_gets_a_bar_for_each_phase(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    with PhaseBars("the public edition") as bars:
        for done in range(6):
            bars("render", done, 5)
        bars("join", 0, 1)
        bars("join", 1, 1)
    setting, joining = (words + " of the public edition" for words in (PHASES["render"], PHASES["join"]))
    said = stream.getvalue()
    assert said.index(setting) < said.index("5/5") < said.index(joining)
    assert "1/1" in said[said.index(joining) :]


def test_a_build_that_finds_nothing_to_set_shows_that_it_read(capsys: pytest.CaptureFixture[str]) -> None:
    with PhaseBars("the public edition"):
        pass
    assert capsys.readouterr().err == "Reading the papers of the public edition …\n"


@pytest.mark.parametrize(
    ("phase", "done", "total", "so_far"),
    [
        ("", 0, 0, 0),
        ("read", 0, 0, 0),
        ("render", 0, 0, 5),
        ("render", 0, 58, 5),
        ("render", 29, 58, 40),
        ("render", 60, 58, 75),
        ("join", 58, 58, 75),
        ("check", 58, 58, 85),
        ("store", 58, 58, 96),
        ("switch", 58, 58, 99),
    ],
)
def test_one_bar_goes_through_all_phases(phase: str, done: int, total: int, so_far: int) -> None:
    assert per_cent(PackBuild(phase=phase, parts_done=done, parts_total=total)) == so_far


def test_the_bar_never_goes_back_and_each_phase_has_its_step() -> None:
    for publishes in (False, True):
        phases = [phase for phase in PHASES if publishes or phase not in PUBLISHING]
        builds = [PackBuild(phase=phase, publishes=publishes) for phase in phases]
        assert [per_cent(each) for each in builds] == sorted(per_cent(each) for each in builds)
        last = 9 if publishes else 6
        said = [step(each)[-len("step 1 of 6.") :] for each in builds]
        assert said == [f"step {n} of {last}." for n in range(1, last + 1)]
    assert step(PackBuild(phase="")) == step(PackBuild(phase="read")) == "Reading the papers: step 1 of 6."
