"""What a step is found by."""

import pytest
from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.test.utils import CaptureQueriesContext
from msgspec.structs import replace

from improvement.models import Step, Update
from improvement.selectors.finding import SEARCH_CONFIG
from improvement.services.searching import LONGEST, index_steps
from tests.access.cast import TODAY, person
from tests.improvement.trackers import NEXT_PAPER, changed, invented, note, one_action, step, store
from torbay_reports.core import clock

pytestmark = pytest.mark.django_db


def found(words: str) -> list[str]:
    query = SearchQuery(words, config=SEARCH_CONFIG, search_type="websearch")
    return list(Step.objects.filter(search=query).order_by("pk").values_list("how", flat=True))


@pytest.mark.parametrize(
    ("words", "steps"),
    [
        ("training", ["Train the divers"]),
        ("7.1/2", ["Sweep"]),
        ("7.1", ["Buy brooms", "Sweep"]),
        ("purser", []),
        ("clerk quay -broom", ["Publish the list", "Sweep"]),
        (
            "inspection 2016",
            ["Write the plan of inspections", "Train the divers", "Report the inspections to the Board"],
        ),
        ('"divers have been told"', ["Write the plan of inspections"]),
        ("ongoing", ["Train the divers"]),
        ("ten brooms", ["Buy brooms"]),
        ("tidy", ["Buy brooms", "Sweep"]),
        ("swept", ["Buy brooms", "Sweep"]),
    ],
)
def test_a_step_is_found_by_its_words_and_by_what_it_stands_under(words: str, steps: list[str]) -> None:
    store(invented().tracker)
    assert found(words) == steps


def test_a_draft_is_not_found_until_it_is_accepted() -> None:
    store(invented().tracker)
    sweep = Step.objects.get(how="Sweep")
    Update.objects.create(
        step=sweep, text="Leaves", position=0, recorded_on=TODAY, written_at=clock.now(), written_by=person()
    )
    index_steps([sweep.pk])
    assert found("leaves") == []
    Update.objects.create(step=sweep, text="Ice", position=1, recorded_on=TODAY, written_at=clock.now())
    assert found("ice") == []
    index_steps([sweep.pk])
    assert found("ice") == ["Sweep"]


def test_a_newer_version_changes_what_is_found() -> None:
    tracker = invented().tracker
    store(tracker)
    store(replace(changed(tracker, "Sweep", how="Mop"), title="Quay"), NEXT_PAPER)
    assert (found("sweep mop"), found("mop")) == (["Mop"], ["Mop"])


def test_one_statement_serves_any_number_of_steps() -> None:
    store(invented().tracker)
    for steps in (Step.objects.all()[:1], Step.objects.all()):
        wanted = [each.pk for each in steps]
        with CaptureQueriesContext(connection) as queries:
            index_steps(wanted)
        assert len(queries) == 1
    with CaptureQueriesContext(connection) as queries:
        index_steps([])
    assert len(queries) == 0


def test_words_beyond_what_postgresql_takes_are_left_out_and_not_refused() -> None:
    endless = " ".join(f"word{at}" for at in range(100_000))
    store(one_action(step(1, f"Begin {endless}", success=endless, updates=(note(endless),)), what=endless))
    assert len(endless) > 10 * LONGEST
    assert found("begin") == [f"Begin {endless}"]
