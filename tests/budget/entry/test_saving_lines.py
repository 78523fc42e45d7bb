"""What is entered is saved whole or not at all, never over another's change, and stays in the history."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pghistory.models
import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from budget.calculations.lines import FIELDS, Clash, Line
from budget.models import CloseStep, Forecast, Quarter, ServiceReturn
from budget.selectors.grid import stored_lines
from budget.services.entry import Clashed, Saved, save_lines
from budget.services.writing import QuarterLocked
from tests.budget.entry.world import CARE, LEDGER, PROJECTS, SUPPORT, edit, finance, put_in
from torbay_reports.access.models import User
from torbay_reports.core import clock

pytestmark = pytest.mark.django_db


def test_all_fields_of_a_line_are_saved_and_the_history_says_who_and_why(quarter: Quarter, flo: User) -> None:
    wanted: dict[str, Any] = {"forecast": 95_000, "actual": 20_000, "ledger_date": LEDGER, "reason": "Agency staff."}
    saved = save_lines(quarter=quarter, edits=[edit(quarter, **wanted)], by=flo, why="As told by phone.")
    assert saved == Saved(tuple((CARE, each) for each in FIELDS), ())
    assert saved.number == 4
    assert stored_lines(quarter)[CARE] == Line(Decimal(95_000), Decimal(20_000), LEDGER, "Agency staff.")
    assert ServiceReturn.objects.get().state == ServiceReturn.State.DRAFT
    for table in ("ForecastEvent", "ActualEvent", "ServiceReturnEvent"):
        (event,) = apps.get_model("budget", table)._default_manager.all()
        context = pghistory.models.Context.objects.get(pk=event.pgh_context_id).metadata
        assert (context["by"], context["why"]) == (flo.pk, "As told by phone.")


def test_a_sum_is_changed_and_taken_away_again(quarter: Quarter, flo: User) -> None:
    values: dict[str, Any]
    for values in ({"forecast": 1, "actual": 2, "ledger_date": LEDGER}, {"forecast": 3, "actual": 4}):
        save_lines(quarter=quarter, edits=[edit(quarter, **values)], by=flo)
    assert stored_lines(quarter)[CARE] == Line(Decimal(3), Decimal(4), LEDGER)
    away: dict[str, Any] = {"forecast": None, "actual": None, "ledger_date": None}
    assert save_lines(quarter=quarter, edits=[edit(quarter, **away)], by=flo).number == 3
    assert stored_lines(quarter)[CARE] == Line()
    labels = apps.get_model("budget", "ForecastEvent")._default_manager.order_by("pgh_id")
    assert list(labels.values_list("pgh_label", flat=True)) == ["insert", "update", "delete"]


def test_a_writer_who_changes_nothing_saves_nothing(quarter: Quarter, flo: User) -> None:
    assert save_lines(quarter=quarter, edits=[edit(quarter), edit(quarter, PROJECTS)], by=flo).number == 0
    assert not ServiceReturn.objects.exists()


def test_what_two_writers_change_apart_is_brought_together(quarter: Quarter, flo: User) -> None:
    theirs, mine = edit(quarter, forecast=95_000), edit(quarter, reason="Agency staff.")
    save_lines(quarter=quarter, edits=[theirs], by=finance("Ann Other"))
    assert save_lines(quarter=quarter, edits=[mine], by=flo).changed == ((CARE, "reason"),)
    assert stored_lines(quarter)[CARE] == Line(Decimal(95_000), reason="Agency staff.")


def test_the_second_writer_of_a_field_is_told_and_nothing_of_theirs_is_saved(quarter: Quarter, flo: User) -> None:
    mine = [edit(quarter, SUPPORT, forecast=1), edit(quarter, forecast=91_000, reason="Mine.")]
    save_lines(quarter=quarter, edits=[edit(quarter, forecast=95_000)], by=finance("Ann Other"))
    with pytest.raises(Clashed) as met:
        save_lines(quarter=quarter, edits=mine, by=flo)
    assert met.value.clashes == (Clash(CARE, "forecast", None, Decimal(95_000), Decimal(91_000)),)
    assert stored_lines(quarter)[SUPPORT] == Line()
    assert stored_lines(quarter)[CARE] == Line(Decimal(95_000))


def test_two_writers_who_want_the_same_do_not_clash(quarter: Quarter, flo: User) -> None:
    mine = edit(quarter, forecast=95_000)
    save_lines(quarter=quarter, edits=[edit(quarter, forecast=95_000)], by=finance("Ann Other"))
    assert save_lines(quarter=quarter, edits=[mine], by=flo).number == 0


def test_an_actual_taken_away_while_its_date_is_changed_leaves_no_half(quarter: Quarter, flo: User) -> None:
    save_lines(quarter=quarter, edits=[edit(quarter, actual=1, ledger_date=LEDGER)], by=flo)
    seen = stored_lines(quarter)[CARE]
    save_lines(quarter=quarter, edits=[edit(quarter, ledger_date=date(2018, 7, 1))], by=flo)
    away = edit(quarter, seen=replace(seen, ledger_date=None), actual=None)
    with pytest.raises(ValidationError, match="Adults Care: there is a ledger date without an actual"):
        save_lines(quarter=quarter, edits=[away], by=flo)
    assert stored_lines(quarter)[CARE].actual == Decimal(1)


@pytest.mark.parametrize(
    ("slug", "wanted", "sentence"),
    [
        ("adults-caer", {"forecast": 1}, "There is no service “adults-caer” in 2018/19. Choose one of the list."),
        ("adults", {"forecast": 1}, "Adults is a total: it is computed from what is in it, and never entered."),
        (CARE, {"actual": 1}, "Adults Care: the actual to date wants the ledger's date. Type it beside it."),
        (CARE, {"ledger_date": LEDGER}, "Adults Care: there is a ledger date without an actual."),
        (
            CARE,
            {"actual": 1, "ledger_date": date(2017, 6, 30)},
            "Adults Care: the ledger date, 30 June 2017, is not in 2018/19. Type a day from 1 April 2018 to 31 March",
        ),
        (CARE, {"forecast": Decimal("0.001")}, "Adults Care: the forecast has more than two decimals"),
        (CARE, {"forecast": Decimal(10) ** 16}, "Adults Care: the forecast is too large to be kept."),
        (CARE, {"forecast": Decimal("NaN")}, "Adults Care: the forecast is too large to be kept."),
        (CARE, {"reason": "x" * 5_001}, "Adults Care: the reason is too long. Write at most 5,000 characters."),
        (CARE, {"reason": "a\x00b"}, "Adults Care: the reason has a character that cannot be kept."),
    ],
)
def test_what_cannot_be_is_refused_by_name_and_nothing_is_saved(
    quarter: Quarter, flo: User, slug: str, wanted: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        save_lines(quarter=quarter, edits=[edit(quarter, PROJECTS, forecast=1), edit(quarter, slug, **wanted)], by=flo)
    (said,) = refusal.value.messages
    assert said.startswith(sentence)
    assert not Forecast.objects.exists()


def test_one_line_twice_among_the_changes_is_refused(quarter: Quarter, flo: User) -> None:
    with pytest.raises(ValidationError, match="Adults Care stands twice among these changes"):
        save_lines(quarter=quarter, edits=[edit(quarter, forecast=1), edit(quarter, forecast=2)], by=flo)


def test_every_fault_is_said_and_of_very_many_the_first_fifty(quarter: Quarter, flo: User) -> None:
    unknown = [edit(quarter, f"x-{number}", forecast=1) for number in range(60)]
    with pytest.raises(ValidationError) as refusal:
        save_lines(quarter=quarter, edits=unknown, by=flo)
    assert len(refusal.value.messages) == 51
    assert refusal.value.messages[-1] == "And 10 more like these."


def test_a_holder_enters_what_is_below_their_group_and_nothing_else(quarter: Quarter, hal: User) -> None:
    assert save_lines(quarter=quarter, edits=[edit(quarter, forecast=1)], by=hal).number == 1
    with pytest.raises(ValidationError, match="You may not enter Homes Projects: .*Leave it out, or ask finance"):
        save_lines(quarter=quarter, edits=[edit(quarter, PROJECTS, forecast=1)], by=hal)


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (
            "submitted",
            "Adults Care is submitted, so that it is not changed any more. Take it back first, or ask finance.",
        ),
        ("agreed", "Adults Care is agreed, so that it is not changed any more. Ask finance."),
    ],
)
def test_a_holder_changes_only_a_draft(quarter: Quarter, hal: User, state: str, sentence: str) -> None:
    put_in(quarter, CARE, state, hal)
    with pytest.raises(ValidationError) as refusal:
        save_lines(quarter=quarter, edits=[edit(quarter, forecast=1)], by=hal)
    assert refusal.value.messages == [sentence]


@pytest.mark.parametrize("wanted", [{"forecast": 1}, {"actual": 1, "ledger_date": LEDGER}, {"reason": "New."}])
def test_an_agreed_return_that_finance_changes_is_to_be_agreed_again(
    quarter: Quarter, flo: User, hal: User, wanted: dict[str, Any]
) -> None:
    put_in(quarter, CARE, "agreed", hal)
    saved = save_lines(quarter=quarter, edits=[edit(quarter, **wanted)], by=flo, why="A late invoice.")
    assert saved.to_agree_again == (CARE,)
    now = ServiceReturn.objects.get()
    assert (now.state, now.submitted_by, now.agreed_by, now.agreed_at) == ("submitted", flo, None, None)
    step = CloseStep.objects.get()
    assert (step.kind, step.service, step.by, step.why) == ("changed", now.service, flo, "A late invoice.")


@pytest.mark.parametrize(
    ("wanted", "whose"),
    [({"forecast": 1}, "Flo Example"), ({"actual": 1, "ledger_date": LEDGER}, "Hal Example")],
)
def test_who_changes_a_submitted_return_has_submitted_it_but_an_actual_is_the_ledgers(
    quarter: Quarter, flo: User, hal: User, wanted: dict[str, Any], whose: str
) -> None:
    put_in(quarter, CARE, "submitted", hal)
    assert save_lines(quarter=quarter, edits=[edit(quarter, **wanted)], by=flo).to_agree_again == ()
    now = ServiceReturn.objects.select_related("submitted_by").get()
    assert now.submitted_by is not None
    assert (now.state, now.submitted_by.full_name) == ("submitted", whose)
    assert [each.kind for each in CloseStep.objects.all()] == (["submitted"] if whose == "Flo Example" else [])


def test_a_signed_quarter_is_locked_though_the_writer_still_holds_it_open(quarter: Quarter, flo: User) -> None:
    Quarter.objects.update(signed_at=clock.now(), signed_by=flo)
    with pytest.raises(QuarterLocked, match="was signed by Flo Example on 5 September 2017, so it is locked"):
        save_lines(quarter=quarter, edits=[edit(quarter, forecast=1)], by=flo)
    assert not Forecast.objects.exists()


def test_a_reasons_line_ends_are_kept_as_one_kind(quarter: Quarter, flo: User) -> None:
    save_lines(quarter=quarter, edits=[edit(quarter, reason=" One.\r\nTwo.\n")], by=flo)
    assert stored_lines(quarter)[CARE].reason == "One.\nTwo."


def test_forty_services_are_saved_with_as_many_queries_as_one(
    quarter: Quarter, flo: User, django_assert_num_queries: Any
) -> None:
    slugs = [slug for slug in stored_lines(quarter) if slug != "funding"]
    one = [edit(quarter, slugs[0], forecast=1, actual=1, ledger_date=LEDGER)]
    many = [edit(quarter, slug, forecast=1, actual=1, ledger_date=LEDGER) for slug in slugs[1:]]
    assert len(many) == 39
    for edits in (one, many):
        # The person's roles are read once for all questions about them.
        with django_assert_num_queries(16 if edits is one else 15):
            save_lines(quarter=quarter, edits=edits, by=flo)
