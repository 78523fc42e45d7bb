"""Which steps are suggested for a finding: those that share its rarest words, never one that is linked or dropped."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from improvement.calculations.tracker import PlanFile
from improvement.importing.report import ImportReport
from improvement.models import Plan
from improvement.services.versions import bring_in
from ofsted.selectors.suggesting import MOST_FOUND, MOST_SUGGESTED, found_steps, step_called, suggestions
from tests.access.cast import TODAY
from tests.improvement.builders import large_plan, make_action, make_plan, make_step
from torbay_reports.core.reading import read_json

pytestmark = pytest.mark.django_db
AUDITS = (
    "Audits of pathway plans are over-optimistic: of six, inspectors judged four to be of lower quality than the "
    "authority's own auditors had."
)
ENTITLEMENTS = (
    "Young people who leave care know what they are entitled to: a handbook is handed to them, and a new website tells "
    "of their entitlements."
)
APPRENTICESHIPS = (
    "Too few care leavers are in education, employment or training, and the council offers them hardly any "
    "apprenticeships."
)


@pytest.fixture
def torbay(db: None) -> Plan:
    """The plan of the demonstration, with its 172 steps."""
    content = read_json(Path(settings.BASE_DIR) / "fixtures" / "improvement.json", PlanFile)
    report = ImportReport.of(content.tracker).to_builtins()
    version = bring_in(
        slug=content.slug,
        tracker=content.tracker,
        report=report,
        as_at=content.as_at,
        file_name="improvement.json",
        checksum="0" * 64,
        by=None,
    )
    return version.plan


def references(plan: Plan, words: str, linked: tuple[int, ...] = ()) -> list[str]:
    return [each.step.reference for each in suggestions(words, plan, linked)]


def test_of_the_demonstrations_plan_the_likely_steps_come_among_the_first_five(torbay: Plan) -> None:
    assert "13.2/1" in references(torbay, AUDITS)[:5]
    assert {"12.1/1", "12.1/2", "12.1/3"} <= set(references(torbay, ENTITLEMENTS)[:5])
    assert any(each.startswith("12.1/") for each in references(torbay, APPRENTICESHIPS)[:5])


def test_a_suggestion_names_the_shared_words_the_rarest_first(torbay: Plan) -> None:
    (audits,) = (each for each in suggestions(AUDITS, torbay, ()) if each.step.reference == "13.2/1")
    assert audits.shared == ("judged", "pathway", "quality", "audits")
    assert len(suggestions(AUDITS, torbay, ())) == MOST_SUGGESTED


def test_linked_and_dropped_steps_and_those_of_other_plans_are_left_out() -> None:
    plan = make_plan()
    action = make_action(plan)
    linked, dropped, other = (make_step(action, how=f"Audit the plans {number}") for number in range(3))
    dropped.dropped_on = TODAY
    dropped.save()
    make_step(make_action(make_plan("other")), how="Audit the plans")
    assert references(plan, "Audits of plans", (linked.pk,)) == [other.reference]


def test_words_that_half_of_the_steps_have_suggest_nothing() -> None:
    plan = make_plan()
    action = make_action(plan)
    for number in range(8):
        make_step(action, how=f"Tell the board about {'homes' if number == 5 else 'other things'}")
    assert references(plan, "The board is told of homes") == ["1.1/6"]


@pytest.mark.parametrize("words", ["", "the of and", "x' & !y :* \\", "zebra"])
def test_words_that_no_step_has_suggest_nothing(words: str) -> None:
    plan = make_plan()
    make_step(make_action(plan), how="Audit the plans")
    assert references(plan, words) == []


def test_suggestions_take_as_many_queries_for_one_step_as_for_many() -> None:
    small, large = make_plan("small"), large_plan("large", 2)
    make_step(make_action(small), how="Hold a workshop")
    counted = []
    for plan in (small, large):
        with CaptureQueriesContext(connection) as seen:
            suggestions("A workshop about practice number 7 was held.", plan, ())
        counted.append(len(seen))
    assert counted == [4, 4]


def test_steps_are_found_by_words_without_those_that_are_linked() -> None:
    plan = make_plan()
    action = make_action(plan)
    steps = [make_step(action, how=f"Audit the plans {number}") for number in range(MOST_FOUND + 5)]
    make_step(make_action(make_plan("other")), how="Audit the plans")
    found = found_steps("audits plan", plan, [steps[0].pk])
    assert len(found) == MOST_FOUND
    assert steps[0] not in found
    assert found_steps("zebra -plan", plan, []) == []


@pytest.mark.parametrize("typed", ["13.2/1", " 13.2 / 1 "])
def test_a_step_is_called_by_its_reference(typed: str) -> None:
    plan = make_plan()
    step = make_step(make_action(plan, "13.2"))
    assert step_called(plan, typed) == step


@pytest.mark.parametrize("typed", ["13.2/2", "13.2", "/", "13.2/x", "13.2/²", "13.2/99999999999999999999"])
def test_a_reference_that_no_step_has_calls_none(typed: str) -> None:
    plan = make_plan()
    make_step(make_action(plan, "13.2"))
    assert step_called(plan, typed) is None
