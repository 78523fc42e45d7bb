"""A quarter brought so far: entered, submitted, agreed, signed."""

from decimal import Decimal

from budget.calculations.lines import Line, LineEdit
from budget.models import Quarter
from budget.selectors.grid import grid
from budget.services.closing import sign
from budget.services.entry import save_lines
from budget.services.outline import store_outline
from budget.services.returns import agree, submit
from tests.budget.closing.conftest import Close


def leaves(quarter: Quarter) -> list[str]:
    """The short names of what is returned."""
    return [row.slug for row in grid(quarter).leaves]


def enter_all(close: Close, variance: int = 0) -> None:
    """Every forecast is the budget and so much."""
    edits = [
        LineEdit(row.slug, row.line, Line(forecast=(row.position.net or Decimal(0)) + variance))
        for row in grid(close.quarter).leaves
    ]
    save_lines(quarter=close.quarter, edits=edits, by=close.flo)


def submit_all(close: Close, variance: int = 0) -> None:
    enter_all(close, variance)
    submit(quarter=close.quarter, slugs=leaves(close.quarter), by=close.flo)


def agree_all(close: Close, variance: int = 0) -> None:
    submit_all(close, variance)
    agree(quarter=close.quarter, slugs=leaves(close.quarter), by=close.fay)


def agree_all_with_report(close: Close, variance: int = 0) -> None:
    """For a quarter that no service opened: the report that opening it would have made comes with it."""
    store_outline(quarter=close.quarter, by=close.flo)
    agree_all(close, variance)


def sign_it_with_report(close: Close, variance: int = 0) -> None:
    store_outline(quarter=close.quarter, by=close.flo)
    sign_it(close, variance)


def sign_it(close: Close, variance: int = 0) -> None:
    agree_all(close, variance)
    sign(quarter=close.quarter, by=close.head)
    close.quarter.refresh_from_db()
