"""`import_tracker` brings a file in whole or not at all, and says what it found and what changes."""

import os
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from improvement.calculations.tracker import TrackerEntry
from improvement.calculations.versions.comparing import Comparison
from improvement.kinds import Status
from improvement.management.commands import import_tracker
from improvement.models import Plan, PlanVersion, Step
from improvement.reports.export import tracker_file
from improvement.selectors.trackers import differences, tracker_of
from tests.access.cast import TODAY
from tests.improvement.trackers import PAPER, SLUG, WRITE, changed, invented, note, rows, store, with_steps

pytestmark = pytest.mark.django_db
GOOD = tracker_file(invented().tracker, "csv")


def file(folder: Path, tracker: TrackerEntry, name: str = "plan.xlsx") -> Path:
    path = folder / name
    path.write_bytes(tracker_file(tracker, "csv" if name.endswith("csv") else "xlsx"))
    return path


def bring(path: Path | str, plan: str = SLUG, **options: Any) -> str:
    said = StringIO()
    call_command("import_tracker", str(path), plan=plan, stdout=said, **options)
    return said.getvalue()


@pytest.mark.parametrize("name", ["plan.xlsx", "plan.csv"])
def test_a_first_file_makes_the_plan_and_says_what_it_found(tmp_path: Path, name: str) -> None:
    tracker = invented().tracker
    said = bring(file(tmp_path, tracker, name))
    for line in ("2 themes", "4 priorities", "4 actions", "6 steps", "1 dated update\n", "2 undated updates"):
        assert f" {line}" in said
    assert "1 COMPLETED AND ONGOING" in said
    assert "2 not stated" in said
    assert "There is no plan 'harbour-plan' yet: this file makes it." in said
    assert "“Harbour improvement plan” now stands as at 5 September 2017." in said
    assert tracker_of(Plan.objects.get()) == tracker
    version = PlanVersion.objects.get()
    assert (version.as_at, version.file_name, version.applied_by) == (TODAY, name, None)
    assert version.report["steps"] == 6


def test_the_day_of_the_paper_may_be_given(tmp_path: Path) -> None:
    said = bring(file(tmp_path, invented().tracker), as_at="2017-09-06")
    assert "now stands as at 6 September 2017." in said
    assert PlanVersion.objects.get().as_at == PAPER


def test_a_second_file_shows_the_differences_and_applies_them(tmp_path: Path) -> None:
    tracker = invented().tracker
    store(tracker, date(2017, 9, 1))
    said = bring(file(tmp_path, changed(tracker, WRITE, status=Status.STOPPED, updates=(note("No more."),))))
    assert "Differences from “Harbour improvement plan”: 4" in said
    assert "  6.1/1: status from “done” to “stopped”" in said
    assert "  6.1/1: this update is added: “No more.”" in said
    assert "  6.1/1: the file lacks this update, which stays: “The divers have been told.”" in said
    assert Step.objects.get(how=WRITE).status == Status.STOPPED
    assert Step.objects.get(how=WRITE).updates.count() == 3


@pytest.mark.parametrize("is_there", [False, True])
def test_a_dry_run_says_the_same_and_saves_nothing(tmp_path: Path, is_there: bool) -> None:
    tracker = invented().tracker
    if is_there:
        store(tracker, date(2017, 9, 1))
    before = rows()
    path = file(tmp_path, changed(tracker, WRITE, status=Status.STOPPED))
    dry = bring(path, dry_run=True)
    assert rows() == before
    assert dry.endswith("This was a dry run: nothing was saved.\n")
    assert bring(path).startswith(dry.removesuffix("This was a dry run: nothing was saved.\n"))
    assert rows() != before


def test_steps_leave_the_plan_only_where_that_is_said_to_be_meant(tmp_path: Path) -> None:
    tracker = invented().tracker
    store(tracker, date(2017, 9, 1))
    before = rows()
    path = file(tmp_path, with_steps(tracker, lambda each: each if each.how == WRITE else None))
    sentence = "5 of 6 steps are not in this file and would leave the plan."
    dry = bring(path, dry_run=True)
    assert dry.endswith(f"{sentence}\nThis was a dry run: nothing was saved.\n")
    with pytest.raises(CommandError) as refused:
        bring(path)
    assert str(refused.value) == f"{sentence} Nothing was saved. Run it again with --drop if that is meant."
    assert rows() == before
    bring(path, drop=True)
    assert list(Step.objects.filter(dropped_on=None).values_list("how", flat=True)) == [WRITE]


@pytest.mark.parametrize("dry_run", [False, True])
def test_the_same_again_is_no_error_and_changes_nothing(tmp_path: Path, dry_run: bool) -> None:
    path = file(tmp_path, invented().tracker)
    bring(path)
    before = rows()
    assert "This very file is in already, as at 5 September 2017. Nothing was changed." in bring(path, dry_run=dry_run)
    assert rows() == before


def test_another_file_with_the_same_in_it_changes_nothing(tmp_path: Path) -> None:
    tracker = invented().tracker
    bring(file(tmp_path, tracker))
    before = rows()
    said = bring(file(tmp_path, tracker, "again.csv"))
    assert "Differences from “Harbour improvement plan”: none" in said
    assert "holds all that is in this file already. Nothing was changed." in said
    assert rows() == before


@pytest.mark.parametrize("dry_run", [False, True])
@pytest.mark.parametrize(
    ("name", "content", "options", "sentence"),
    [
        ("plan.xlsx", b"not a workbook", {}, "Nothing was saved. plan.xlsx is named as an Excel workbook"),
        ("plan.xlsx", b"", {}, "Nothing was saved. plan.xlsx is empty."),
        ("plan.xlsm", b"PK\x03\x04", {}, "Nothing was saved. plan.xlsm is a file with macros."),
        ("plan.csv", b"a,b\n1,2\n", {}, "Nothing was saved. plan.csv"),
        ("missing.csv", None, {}, "missing.csv cannot be read: No such file or directory."),
        (".", None, {}, "cannot be read: "),
        ("plan.csv", b"a", {"plan": "no such plan"}, "'no such plan' is no short name."),
        ("plan.csv", b"a", {"plan": "a" * 81}, "is no short name. Use letters, digits and hyphens"),
        ("plan.csv", b"a", {"plan": "\udcff"}, "'\\udcff' is no short name."),
        ("plan.csv", b"a", {"plan": "mine"}, "“mine” is an address of its own."),
        ("plan.csv", b"a", {"as_at": "6.9.17"}, "'6.9.17' is no date. Write it like 2017-09-06."),
        ("plan.csv", b"a", {"as_at": "2017-W36-3"}, "'2017-W36-3' is no date."),
        ("plan.csv", b"a", {"as_at": "2017-02-30"}, "'2017-02-30' is no date."),
        (
            "plan.csv",
            GOOD,
            {"as_at": "2107-09-06"},
            "6 September 2107 is more than 31 days ahead. A paper is dated for",
        ),
    ],
)
def test_what_is_wrong_is_said_in_one_line_and_nothing_is_saved(
    tmp_path: Path, name: str, content: bytes | None, options: dict[str, Any], sentence: str, dry_run: bool
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(CommandError) as refused:
        bring(tmp_path / name, dry_run=dry_run, **options)
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)
    assert refused.value.returncode == 1
    assert not Plan.objects.exists()


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.xlsx"
    with path.open("wb") as made:
        os.truncate(made.fileno(), 100 * 1024 * 1024)
    with pytest.raises(CommandError, match="huge.xlsx has 100 MB; 10 MB is the most that is taken in"):
        bring(path)


def test_an_older_file_is_refused(tmp_path: Path) -> None:
    store(invented().tracker)
    before = rows()
    path = file(tmp_path, changed(invented().tracker, WRITE, status=Status.STOPPED))
    for dry_run in (False, True):
        with pytest.raises(CommandError, match="Nothing was saved. The newest version of “Harbour improvement plan”"):
            bring(path, dry_run=dry_run)
    assert rows() == before


def test_what_somebody_changed_between_the_comparison_and_the_storing_is_not_overrun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tracker = invented().tracker
    store(tracker, date(2017, 9, 1))
    path = file(tmp_path, changed(tracker, WRITE, status=Status.STOPPED))

    def meanwhile(plan: Plan, *rest: Any) -> Comparison:
        found = differences(plan, *rest)
        store(changed(tracker, WRITE, status=Status.NOT_STARTED), date(2017, 9, 2))
        return found

    monkeypatch.setattr(import_tracker, "differences", meanwhile)
    with pytest.raises(CommandError, match="Nothing was saved. Somebody changed “Harbour improvement plan” since"):
        bring(path)
    assert Step.objects.get(how=WRITE).status == Status.NOT_STARTED


@pytest.mark.parametrize("dry_run", [False, True])
def test_a_file_name_that_is_no_text_is_written_with_a_question_mark(tmp_path: Path, dry_run: bool) -> None:
    path = tmp_path / os.fsdecode(b"our\n plan\xff.csv")
    path.write_bytes(GOOD)
    bring(path, dry_run=dry_run)
    assert list(PlanVersion.objects.values_list("file_name", flat=True)) == ([] if dry_run else ["our plan?.csv"])


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "plan.csv")
    with pytest.raises(CommandError, match=r"plan\.csv cannot be read: it is no file\."):
        bring(tmp_path / "plan.csv")
