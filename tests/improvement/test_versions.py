"""Bringing versions in: the first makes the plan, a later one is compared before it comes, and it is all or nothing."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from msgspec.structs import replace

from improvement.kinds import Status
from improvement.models import (
    Change,
    Deadline,
    InspectionReference,
    Plan,
    Reading,
    Step,
    Update,
)
from improvement.selectors.trackers import differences, tracker_of
from improvement.services import versions
from improvement.services.refusals import NothingNew, OlderVersion, PlanHasChanged, UnfitTracker
from tests.access.cast import TODAY, person
from tests.improvement.trackers import (
    NEXT_PAPER,
    PAPER,
    SLUG,
    WRITE,
    changed,
    changes,
    invented,
    large,
    note,
    one_action,
    rows,
    step,
    store,
    the_step,
    with_steps,
)

pytestmark = pytest.mark.django_db


class TestTheFirstVersion:
    def test_it_is_stored_whole_and_reads_back_as_it_was(self) -> None:
        file = invented()
        version = store(file.tracker, notice=file.notice)
        assert tracker_of(version.plan) == file.tracker
        plan = Plan.objects.get()
        assert (plan.slug, plan.title, plan.notice, plan.revision) == (
            SLUG,
            "Harbour improvement plan",
            "Invented for tests.",
            1,
        )

    def test_it_is_remembered_with_its_file_and_its_report(self) -> None:
        someone = person()
        version = store(invented().tracker, file_name="plan.xlsx", checksum="abc", by=someone)
        assert (version.as_at, version.file_name, version.checksum) == (PAPER, "plan.xlsx", "abc")
        assert (version.applied_by, version.applied_at.date()) == (someone, TODAY)
        assert version.report["steps"] == 6

    def test_nothing_in_it_is_a_change_and_nobody_knows_when_its_steps_began(self) -> None:
        store(invented().tracker)
        assert not Change.objects.exists()
        assert set(Step.objects.values_list("begun_on", "dropped_on", "revision")) == {(None, None, 0)}

    def test_each_step_with_due_words_has_its_first_deadline(self) -> None:
        store(invented().tracker)
        assert set(Deadline.objects.values_list("when", "due_on", "set_on")) == {
            ("Dec 2016", date(2016, 12, 31), PAPER),
            ("From Jan 2017 and ongoing", None, PAPER),
            ("22/23 Feb", None, PAPER),
            ("31.1.17", date(2017, 1, 31), PAPER),
        }

    def test_its_updates_count_from_the_paper_and_were_written_by_nobody_here(self) -> None:
        store(invented().tracker)
        assert {(each.recorded_on, each.written_by) for each in Update.objects.all()} == {(PAPER, None)}
        assert list(the_step(WRITE).updates.values_list("position", flat=True)) == [0, 1]
        assert {(each.recorded_on, each.recorded_by) for each in Reading.objects.all()} == {(PAPER, None)}

    def test_inspections_are_found_in_its_words(self) -> None:
        store(invented().tracker)
        found = InspectionReference.objects.get()
        assert (found.action.reference, found.step, found.month) == ("6.1", None, date(2016, 12, 1))

    def test_its_steps_are_found_by_their_words(self) -> None:
        store(invented().tracker)
        assert [each.how for each in Step.objects.filter(search="brooms")] == ["Buy brooms"]

    def test_a_file_without_a_title_names_the_plan_after_its_short_name(self) -> None:
        store(replace(invented().tracker, title=""))
        assert Plan.objects.get().title == "Harbour plan"

    @pytest.mark.parametrize("revision", [1, 7])
    def test_a_plan_that_is_not_there_was_not_compared(self, revision: int) -> None:
        with pytest.raises(PlanHasChanged):
            store(invented().tracker, revision=revision)
        assert not Plan.objects.exists()

    def test_what_cannot_be_stored_is_refused_and_nothing_is_saved(self) -> None:
        with pytest.raises(UnfitTracker, match=r"Action 1\.1 has two steps with the number 1\. .* with 1 more places"):
            store(one_action(step(1, "a", owners=("",)), step(1, "b")))
        assert not Plan.objects.exists()


class TestTheSameAgain:
    def test_the_very_file_is_known_and_changes_nothing(self) -> None:
        store(invented().tracker, checksum="abc")
        before = rows()
        with pytest.raises(NothingNew, match="This very file is in already, as at 6 September 2017."):
            store(one_action(step(1, "a")), NEXT_PAPER, checksum="abc")
        assert rows() == before

    def test_another_file_with_the_same_in_it_makes_no_version(self) -> None:
        store(invented().tracker)
        before = rows()
        with pytest.raises(NothingNew, match="holds all that is in this file already. Nothing was changed."):
            store(invented().tracker, NEXT_PAPER)
        assert rows() == before

    def test_a_file_that_only_lacks_updates_makes_no_version(self) -> None:
        store(invented().tracker)
        with pytest.raises(NothingNew):
            store(with_steps(invented().tracker, lambda each: replace(each, updates=())), NEXT_PAPER)
        assert Update.objects.count() == 3

    def test_an_older_file_is_refused_with_both_dates(self) -> None:
        store(invented().tracker)
        before = rows()
        with pytest.raises(OlderVersion, match="is as at 6 September 2017, and this file is as at 5 September 2017"):
            store(one_action(step(1, "a")), date(2017, 9, 5))
        assert rows() == before


class TestTheComparisonBefore:
    def test_it_says_just_what_is_then_stored_and_changes_nothing(self) -> None:
        tracker = invented().tracker
        plan = store(tracker).plan
        before = rows()
        newer = changed(tracker, WRITE, status=Status.STOPPED, updates=(note("No more."),))
        found = differences(plan, newer, NEXT_PAPER)
        assert rows() == before
        store(newer, NEXT_PAPER, revision=plan.revision)
        assert [(each.about, each.field) for each in found.differences if each.field == "status"] == [
            (about, field) for about, field, _, _ in changes()
        ]

    def test_a_plan_that_changed_since_is_compared_anew(self) -> None:
        tracker = invented().tracker
        plan = store(tracker).plan
        seen = plan.revision
        store(changed(tracker, WRITE, status=Status.STOPPED), NEXT_PAPER)
        before = rows()
        with pytest.raises(PlanHasChanged, match="Somebody changed “Harbour improvement plan” since"):
            store(changed(tracker, WRITE, status=Status.NOT_STARTED), NEXT_PAPER, revision=seen)
        assert rows() == before


class TestAllOrNothing:
    @pytest.mark.parametrize(
        "part", ["store_levels", "store_steps", "store_details", "store_measures", "store_inspections", "index_steps"]
    )
    def test_whatever_fails_leaves_every_row_as_it_was(self, part: str, monkeypatch: pytest.MonkeyPatch) -> None:
        tracker = invented().tracker
        store(tracker)
        before = rows()
        whole: Callable[..., None] = getattr(versions, part)

        def breaks(*args: Any) -> None:
            whole(*args)
            raise ZeroDivisionError

        monkeypatch.setattr(versions, part, breaks)
        newer = replace(tracker, themes=tracker.themes[:1])
        with pytest.raises(ZeroDivisionError):
            store(changed(newer, WRITE, how="Write", owners=("A",), updates=(note("b"),)), NEXT_PAPER)
        assert rows() == before


def test_the_number_of_queries_does_not_grow_with_the_plan() -> None:
    """As far as one statement takes all rows: a thousand go into each."""
    counted = []
    for actions_, steps in ((1, 1), (20, 10)):
        tracker = large(actions_, steps)
        with CaptureQueriesContext(connection) as first:
            store(tracker, slug=f"plan-{steps}")
        newer = with_steps(tracker, lambda each: replace(each, how=f"{each.how} now", status=Status.STOPPED))
        with CaptureQueriesContext(connection) as second:
            store(newer, NEXT_PAPER, slug=f"plan-{steps}")
        counted.append((len(first), len(second)))
    assert counted[0] == counted[1]
