"""What a list needs follows from the definition of its flag, and leaves out no step that stands on it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from improvement.calculations.flags import StepFacts, flags
from improvement.calculations.narrowing import Needs, needs
from improvement.kinds import Flag, Outcome, Status

OPEN = frozenset(status for status in Status if status.is_open)
DONE = frozenset(status for status in Status if status.is_done)
DAYS = st.one_of(st.none(), st.dates(date(2015, 1, 1), date(2019, 1, 1)))


@pytest.mark.parametrize(
    ("flag", "expected"),
    [
        (Flag.OVERDUE, Needs(OPEN, has_due_date=True, has_owner=None)),
        (Flag.STALE, Needs(OPEN, has_due_date=None, has_owner=None)),
        (Flag.DONE_BELOW_TARGET, Needs(DONE, has_due_date=None, has_owner=None)),
        (Flag.DONE_WITHOUT_EVIDENCE, Needs(DONE, has_due_date=None, has_owner=None)),
        (Flag.NO_OWNER, Needs(frozenset(Status), has_due_date=None, has_owner=False)),
        (Flag.NO_DUE_DATE, Needs(frozenset(Status), has_due_date=False, has_owner=None)),
    ],
)
def test_each_list_needs_what_its_definition_says(flag: Flag, expected: Needs) -> None:
    assert needs(flag) == expected


@given(
    facts=st.builds(
        StepFacts,
        status=st.sampled_from(Status),
        due_on=DAYS,
        latest_update_on=DAYS,
        has_evidence=st.booleans(),
        has_owner=st.booleans(),
        outcome=st.sampled_from(Outcome),
        begun_on=DAYS,
    ),
    days=st.integers(-800, 800),
)
def test_a_step_on_a_list_has_all_that_the_list_needs(facts: StepFacts, days: int) -> None:
    for flag in flags(facts, date(2017, 1, 1) + timedelta(days=days)):
        wanted = needs(flag)
        assert facts.status in wanted.statuses
        assert wanted.has_due_date in (None, facts.due_on is not None)
        assert wanted.has_owner in (None, facts.has_owner)
