"""A quarter is opened after the one before is signed, signed when everything is agreed, and reopened with a reason."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from budget.calculations.closing import fingerprint
from budget.models import CloseStep, FinancialYear, Forecast, Service
from budget.reports.monitoring import quarterly_report
from budget.selectors.grid import grid
from budget.services.closing import open_quarter, reopen, sign
from budget.services.entry import save_lines
from budget.services.returns import send_back
from budget.services.writing import QuarterLocked
from tests.budget.closing import stages
from tests.budget.closing.conftest import Close
from tests.budget.entry.world import CARE, edit
from tests.budget.forty import forty_budgets
from torbay_reports.access.models import User
from torbay_reports.documents.blocks import Document

DUE = date(2018, 7, 13)


def opened(year: FinancialYear, by: User, number: int = 1) -> None:
    open_quarter(year=year, number=number, returns_due=DUE, by=by)


def test_a_year_begins_with_its_first_quarter_and_a_report(close: Close) -> None:
    year = forty_budgets(start_year=2019)
    quarter = open_quarter(year=year, number=1, returns_due=date(2019, 7, 12), by=close.flo)
    assert [(each.kind, each.by) for each in quarter.close_steps.all()] == [("opened", close.flo)]
    assert isinstance(quarterly_report(quarter.subject), Document)


def test_a_quarter_opens_with_the_signed_position_before_it(close: Close) -> None:
    with pytest.raises(ValidationError, match="is not signed yet. Quarter 2 2018/19 opens with its signed position"):
        opened(close.quarter.year, close.flo, 2)
    stages.sign_it_with_report(close, variance=10_000)
    second = open_quarter(year=close.quarter.year, number=2, returns_due=DUE, by=close.flo)
    care = grid(second).by_slug[CARE].position
    assert (care.previous_variance, care.variance, care.movement) == (Decimal(10_000), None, None)


@pytest.mark.parametrize(
    ("number", "due", "who", "sentence"),
    [
        (1, DUE, "flo", "is open already"),
        (3, DUE, "flo", "is not the next one"),
        (2, DUE, "hal", "You may not open a quarter"),
    ],
)
def test_what_cannot_be_opened_is_refused(close: Close, number: int, due: date, who: str, sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        open_quarter(year=close.quarter.year, number=number, returns_due=due, by=getattr(close, who))


def test_the_day_for_returns_lies_ahead(close: Close) -> None:
    with pytest.raises(ValidationError) as refused:
        open_quarter(year=forty_budgets(start_year=2019), number=1, returns_due=date(2017, 9, 5), by=close.flo)
    assert "returns_due" in refused.value.message_dict


def test_only_the_head_of_finance_signs_and_only_what_is_agreed(close: Close) -> None:
    stages.agree_all_with_report(close)
    with pytest.raises(ValidationError, match="You may not sign a quarter"):
        sign(quarter=close.quarter, by=close.flo)
    send_back(quarter=close.quarter, slugs=[CARE], by=close.flo, why="Look again.")
    with pytest.raises(ValidationError, match="1 service is a draft: Adults Care"):
        sign(quarter=close.quarter, by=close.head)
    close.quarter.refresh_from_db()
    assert not close.quarter.is_signed


def test_just_what_was_looked_at_is_signed(close: Close) -> None:
    stages.agree_all_with_report(close)
    seen = fingerprint(row.position for row in grid(close.quarter).rows)
    Forecast.objects.filter(service__slug=CARE).update(net=95_000)
    with pytest.raises(ValidationError, match="The figures have changed since you looked"):
        sign(quarter=close.quarter, by=close.head, seen=seen)
    sign(quarter=close.quarter, by=close.head)


def test_an_amount_against_a_group_stands_against_signing(close: Close) -> None:
    stages.agree_all_with_report(close)
    group = Service.objects.get(slug="adults")
    Forecast.objects.create(quarter=close.quarter, service=group, net=7)
    with pytest.raises(ValidationError, match="some of it is stored against a group"):
        sign(quarter=close.quarter, by=close.head)


def test_a_signed_quarter_is_locked_until_it_is_reopened_by_name_with_a_reason(close: Close) -> None:
    stages.sign_it_with_report(close)
    change = edit(close.quarter, CARE, forecast=91_000)
    with pytest.raises(QuarterLocked):
        save_lines(quarter=close.quarter, edits=[change], by=close.flo)
    with pytest.raises(ValidationError, match="Say why"):
        reopen(quarter=close.quarter, by=close.head, why=" ")
    with pytest.raises(ValidationError, match="You may not reopen"):
        reopen(quarter=close.quarter, by=close.flo, why="A grant came.")
    reopen(quarter=close.quarter, by=close.head, why="A grant came.")
    step = CloseStep.objects.latest("pk")
    assert (step.kind, step.by, step.why) == ("reopened", close.head, "A grant came.")
    saved = save_lines(quarter=close.quarter, edits=[change], by=close.flo)
    assert saved.to_agree_again == (CARE,)


def test_a_quarter_with_a_signed_one_after_it_stays_signed(close: Close) -> None:
    stages.sign_it_with_report(close)
    second = open_quarter(year=close.quarter.year, number=2, returns_due=DUE, by=close.flo)
    stages.sign_it(Close(second, close.hal, close.flo, close.fay, close.head))
    with pytest.raises(ValidationError, match="Reopen Quarter 2 2018/19 first"):
        reopen(quarter=close.quarter, by=close.head, why="Too late.")
