"""Forecasts entered one after another, and what is written without a person."""

from django.db import connection

from budget.models import Quarter
from budget.services.entry import save_lines
from tests.budget.entry.world import CARE, edit
from torbay_reports.access.models import User


def entered(quarter: Quarter, by: User, *forecasts: int) -> None:
    """Adults Care is forecast at each of these in turn, in pounds."""
    for each in forecasts:
        save_lines(quarter=quarter, edits=[edit(quarter, CARE, forecast=each)], by=by, why="Agency staff.")


def past_the_program() -> None:
    """What this transaction writes from here on is nobody's, as in a transaction of its own that names no one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pghistory.context_id', '', true)")
