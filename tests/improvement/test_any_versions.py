"""Whatever versions come, and whoever comes at the same moment, nothing that was said is lost."""

from datetime import date
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.db.models import Max
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from improvement.calculations.tracker import ActionEntry, MeasureEntry, StepEntry, TrackerEntry
from improvement.kinds import Status
from improvement.models import (
    Change,
    Plan,
    PlanVersion,
    Step,
    Update,
)
from improvement.selectors.trackers import differences, tracker_of
from improvement.services import versions
from improvement.services.refusals import ImportRefused, NothingNew, PlanHasChanged
from improvement.services.writing import count_up, locked_step
from tests.access.cast import TODAY
from tests.access.services.racing import at_once
from tests.improvement.trackers import (
    NEXT_PAPER,
    PAPER,
    WRITE,
    actions,
    changed,
    invented,
    note,
    one_action,
    rows,
    step,
    store,
    the_step,
)
from torbay_reports.core import clock

pytestmark = pytest.mark.django_db
MARCH = date(2017, 3, 31)


def entries() -> st.SearchStrategy[TrackerEntry]:
    """Small plans whose actions and steps come from few words, so that two of them have much in common."""
    words = st.sampled_from(["Write", "Read", "Sum", "Read and write", "Sum and write", "Spell"])
    steps = st.builds(
        StepEntry,
        number=st.integers(1, 4),
        how=words,
        when=st.sampled_from(["", "soon"]),
        status=st.sampled_from([Status.DONE, Status.NOT_STARTED]),
        owners=st.lists(st.sampled_from("AB"), unique=True).map(tuple),
        updates=st.lists(st.sampled_from([note("a"), note("b", MARCH)]), max_size=2).map(tuple),
        measures=st.lists(st.sampled_from([MeasureEntry("m"), MeasureEntry("n")]), max_size=2, unique=True).map(tuple),
    )
    in_order = st.lists(steps, max_size=4, unique_by=lambda each: each.number).map(
        lambda found: tuple(sorted(found, key=lambda each: each.number))
    )
    made = st.builds(ActionEntry, reference=st.sampled_from(["1.1", "1.2", "1.3"]), what=words, steps=in_order)
    plans = st.lists(made, min_size=1, max_size=3, unique_by=lambda each: each.reference)
    return plans.map(lambda found: actions(*found)).filter(lambda tracker: any(True for _ in tracker.steps()))


def outline(tracker: TrackerEntry) -> list[Any]:
    """What a version decides alone: updates and measures may stay from earlier ones, and owners too."""
    return [
        (action.reference, action.what, [(each.number, each.how, each.when, each.status) for each in action.steps])
        for theme in tracker.themes
        for priority in theme.priorities
        for action in priority.actions
    ]


class TestAnyTwoVersions(TestCase):
    @given(st.lists(entries(), min_size=2, max_size=4))
    @settings(max_examples=min(settings().max_examples, 300))
    def test_the_plan_is_as_the_newest_says_and_nothing_that_was_said_is_lost(self, newer: list[TrackerEntry]) -> None:
        said: set[int] = set()
        for tracker in newer:
            try:
                plan = store(tracker, NEXT_PAPER).plan
            except NothingNew:
                plan = Plan.objects.get()
            assert outline(tracker_of(plan)) == outline(tracker)
            assert not differences(plan, tracker, NEXT_PAPER).changes_something
            still = set(Update.objects.values_list("pk", flat=True))
            assert said <= still
            said = still


@pytest.mark.django_db(transaction=True)
class TestSeveralAtOnce:
    """On connections of their own, as the web server's workers have them."""

    @staticmethod
    def bring(tracker: TrackerEntry, as_at: date, revision: int | None) -> PlanVersion | ImportRefused:
        try:
            return store(tracker, as_at, revision=revision)
        except ImportRefused as refusal:
            return refusal

    def test_of_two_who_compared_the_same_plan_the_second_is_told(self) -> None:
        tracker = invented().tracker
        seen = store(tracker).plan.revision
        statuses = (Status.STOPPED, Status.NOT_STARTED, Status.IN_PROGRESS)
        results = at_once(
            lambda number: self.bring(changed(tracker, WRITE, status=statuses[number]), NEXT_PAPER, seen), 3
        )
        done = [at for at, each in enumerate(results) if isinstance(each, PlanVersion)]
        assert len(done) == 1
        assert sum(isinstance(each, PlanHasChanged) for each in results) == 2
        assert the_step(WRITE).status == statuses[done[0]]
        assert Change.objects.filter(field="status").count() == 1

    def test_of_two_who_make_the_same_plan_one_makes_it(self) -> None:
        trackers = [one_action(step(1, "Write")), one_action(step(1, "Read"), title="B plan")]
        results = at_once(lambda number: self.bring(trackers[number], PAPER, 0), 2)
        assert sorted(type(each).__name__ for each in results) == ["PlanHasChanged", "PlanVersion"]
        assert (Plan.objects.count(), Step.objects.count()) == (1, 1)

    def test_an_update_written_while_a_version_comes_in_is_not_lost(self) -> None:
        tracker = invented().tracker
        store(tracker)
        held = the_step(WRITE)

        @transaction.atomic
        def write() -> int:
            found = locked_step(held.pk)
            last = found.updates.aggregate(last=Max("position"))["last"]
            Update.objects.create(
                step=found, text="Meanwhile.", position=last + 1, recorded_on=TODAY, written_at=clock.now()
            )
            count_up(plan=found.action.plan, step=found)
            return found.revision

        newer = changed(tracker, WRITE, updates=(note("From the file."),))
        results = at_once(lambda number: write() if number else self.bring(newer, NEXT_PAPER, None), 2)
        assert not [each for each in results if isinstance(each, Exception)]
        texts = list(held.updates.values_list("text", flat=True))
        assert sorted(texts[2:]) == ["From the file.", "Meanwhile."]
        assert the_step(WRITE).revision == 2

    def test_a_connection_that_breaks_off_in_the_middle_leaves_every_row_as_it_was(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tracker = invented().tracker
        store(tracker)
        before = rows()

        def breaks(*args: Any) -> None:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

        monkeypatch.setattr(versions, "index_steps", breaks)
        with pytest.raises(OperationalError):
            store(changed(tracker, WRITE, status=Status.STOPPED), NEXT_PAPER)
        connection.close()
        assert rows() == before
