"""Who changed which figure when, from what to what and why, in sentences."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from budget.models import BudgetLine, Forecast, Quarter, Service
from budget.selectors.changes import NOBODY, changes_by, changes_of_line, changes_of_quarter
from budget.services.entry import save_lines
from budget.services.returns import submit
from tests.budget.entry.world import CARE, SUPPORT, edit
from tests.budget.history.reading import entered, past_the_program
from torbay_reports.access.models import User
from torbay_reports.core.history import acting


def test_a_change_says_who_what_from_to_and_why(quarter: Quarter, flo: User) -> None:
    entered(quarter, flo, 90_000, 91_500)
    assert [each.sentence for each in changes_of_quarter(quarter)] == [
        "Flo Example changed the forecast of Adults Care from £90,000 to £91,500: Agency staff.",
        "Flo Example set the forecast of Adults Care to £90,000: Agency staff.",
    ]


def test_a_nil_forecast_is_a_figure_and_a_removed_one_says_what_it_was(quarter: Quarter, flo: User) -> None:
    entered(quarter, flo, 0)
    with acting(by=None):
        past_the_program()
    Forecast.objects.all().delete()
    assert [each.sentence for each in changes_of_quarter(quarter)] == [
        f"{NOBODY} removed the forecast of Adults Care, which was £0.",
        "Flo Example set the forecast of Adults Care to £0: Agency staff.",
    ]


def test_a_bulk_change_past_the_program_is_told_without_a_name(quarter: Quarter, flo: User) -> None:
    entered(quarter, flo, 90_000)
    with acting(by=None):
        past_the_program()
    Forecast.objects.update(net=Decimal("-3.5"))
    newest = changes_of_quarter(quarter)[0]
    assert (newest.who, newest.before, newest.after) == (NOBODY, "£90,000", "(£3.5)")


def test_steps_of_the_close_stand_among_the_changes(quarter: Quarter, flo: User) -> None:
    entered(quarter, flo, 90_000)
    submit(quarter=quarter, slugs=[CARE], by=flo)
    entered(quarter, flo, 91_000)
    assert [each.field for each in changes_of_quarter(quarter)[:3]] == ["submitted", "forecast", "submitted"]


def test_a_line_tells_its_budget_too_and_no_other_line(quarter: Quarter, flo: User) -> None:
    save_lines(quarter=quarter, edits=[edit(quarter, slug, forecast=1_000) for slug in (CARE, SUPPORT)], by=flo)
    with acting(by=None):
        past_the_program()
    BudgetLine.objects.filter(service__slug=CARE, kind="income").update(opening=-12_000)
    told = changes_of_line(quarter, Service.objects.get(slug=CARE))
    assert {each.slug for each in told} == {CARE}
    assert told[0].sentence == (
        f"{NOBODY} changed the opening budget (income) of Adults Care from (£10,000) to (£12,000)."
    )


def test_a_person_has_only_their_own_changes_with_what_stood_before(quarter: Quarter, flo: User, hal: User) -> None:
    entered(quarter, hal, 90_000)
    entered(quarter, flo, 95_000)
    assert [(each.before, each.after) for each in changes_by(flo)] == [("£90,000", "£95,000")]


@pytest.mark.parametrize("services", [1, 5])
def test_the_history_takes_the_same_queries_for_one_line_and_for_five(
    quarter: Quarter, flo: User, services: int
) -> None:
    slugs = [f"adults-{name}" for name in ("care", "commissioning", "support", "operations", "projects")]
    edits = [edit(quarter, slug, forecast=1_000) for slug in slugs[:services]]
    save_lines(quarter=quarter, edits=edits, by=flo)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert len(changes_of_quarter(quarter)) == services
    assert len(asked) == 7


def test_the_page_filters_by_service(quarter: Quarter, flo: User, client: Client) -> None:
    save_lines(quarter=quarter, edits=[edit(quarter, slug, forecast=1_000) for slug in (CARE, SUPPORT)], by=flo)
    client.force_login(flo)
    page = client.get("/budget/2018-19/q1/history/", {"service": CARE}).content.decode()
    assert "set the forecast of Adults Care to £1,000" in page
    assert "set the forecast of Adults Support" not in page
    wrong = client.get("/budget/2018-19/q1/history/", {"service": "no-such"})
    assert "Nothing here is of that service" in wrong.content.decode()
