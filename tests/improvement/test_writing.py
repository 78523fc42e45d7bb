"""What every service that changes a plan shares."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from improvement.calculations.tracker import MeasureEntry
from improvement.calculations.versions.change_words import in_text, in_words
from improvement.kinds import Status
from improvement.models import Plan, Step
from improvement.services.writing import count_up, locked_step, record_change
from tests.access.cast import TODAY, person
from tests.improvement.trackers import invented, store

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("value", "text", "words"),
    [
        (None, "", ""),
        (date(2017, 9, 5), "2017-09-05", "5 September 2017"),
        (Status.DONE, "done", "done"),
        (Status.DONE_CONTINUING, "done_continuing", "done, continuing"),
        (Decimal("1E+2"), "100", "100"),
        (3, "3", "3"),
        ("as printed", "as printed", "as printed"),
        (("A", "B", "C"), "A; B; C", "A, B and C"),
        (["A"], "A", "A"),
        ((), "", ""),
        ((MeasureEntry("in time"),), "in words: in time", "in words: in time"),
    ],
)
def test_a_value_is_noted_and_read_in_one_way(value: object, text: str, words: str) -> None:
    assert (in_text(value), in_words(value)) == (text, words)


def test_a_change_is_noted_and_both_revisions_grow() -> None:
    someone = person()
    store(invented().tracker)
    with transaction.atomic():
        step = locked_step(Step.objects.get(how="Sweep").pk)
        plan = step.action.plan
        before = (plan.revision, step.revision)
        change = record_change(
            plan=plan, step=step, about=step.reference, field="due_on", before=None, after=date(2018, 1, 1), by=someone
        )
    assert (change.before, change.after, change.effective_on, change.made_by) == ("", "2018-01-01", TODAY, someone)
    assert (plan.revision, step.revision) == (before[0] + 1, before[1] + 1)
    step.refresh_from_db()
    assert (Plan.objects.get().revision, step.revision) == (before[0] + 1, before[1] + 1)


def test_a_change_of_no_step_counts_the_plan_alone_up() -> None:
    plan = store(invented().tracker).plan
    record_change(plan=plan, step=None, about="x" * 300, field="notice", before="", after="New", by=None)
    assert plan.revision == Plan.objects.get().revision == 2
    assert set(Step.objects.values_list("revision", flat=True)) == {0}
    count_up(plan=plan)
    assert Plan.objects.get().revision == 3


def test_the_plan_is_held_before_the_step() -> None:
    """Everybody who writes does so in this order, or two of them would wait for each other for ever."""
    store(invented().tracker)
    pk = Step.objects.get(how="Sweep").pk
    with CaptureQueriesContext(connection) as queries, transaction.atomic():
        locked_step(pk)
    held = [each["sql"] for each in queries if "FOR NO KEY UPDATE" in each["sql"]]
    assert [sql.split('FROM "')[1].split('"')[0] for sql in held] == ["improvement_plan", "improvement_step"]
    with pytest.raises(Step.DoesNotExist), transaction.atomic():
        locked_step(0)
