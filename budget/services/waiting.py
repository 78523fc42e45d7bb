"""Keeps an uploaded budget until its uploader has looked at what it would change, and then brings it in."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction

from budget.importing.budgets import BudgetFile, read_budgets
from budget.importing.stated import Stated, from_builtins, to_builtins
from budget.models import WaitingBudget
from budget.services.bringing import Brought, bring, require_open
from budget.services.changes import service_paths, unit_of_year
from torbay_reports.access.models import User
from torbay_reports.core import clock, periods

KEPT_FOR: Final = timedelta(days=1)


def read_budget_file(
    *,
    year: periods.FinancialYear,
    data: bytes,
    file_name: str,
    stated: Stated,
    done: Callable[[int], None] = lambda rows: None,
) -> BudgetFile:
    """The file's lines in the unit of the year. Raises BudgetRefused, and what `read_budgets` raises."""
    require_open(year)
    held_in = unit_of_year(year.start)
    return read_budgets(data, file_name, stated, held_in=held_in, known=service_paths(year.start), done=done)


@transaction.atomic
def hold_budget(
    *, year: periods.FinancialYear, data: bytes, file_name: str, stated: Stated, why: str, by: User
) -> WaitingBudget:
    """Keep the file for a day, and remove what others left for longer."""
    now = clock.now()
    WaitingBudget.objects.filter(uploaded_at__lt=now - KEPT_FOR).delete()
    return WaitingBudget.objects.create(
        start_year=year.start,
        file_name=file_name,
        data=data,
        stated=to_builtins(stated),
        why=why,
        uploaded_at=now,
        uploaded_by=by,
    )


def waiting_budget(*, year: periods.FinancialYear, pk: int, by: User) -> WaitingBudget | None:
    """The file that this person has uploaded for the year, or None: nobody else sees it, and after a day nobody."""
    since = clock.now() - KEPT_FOR
    return WaitingBudget.objects.filter(pk=pk, start_year=year.start, uploaded_by=by, uploaded_at__gte=since).first()


def read_waiting(waiting: WaitingBudget) -> BudgetFile:
    """The file read again, with what was said of it. Raises what `read_budget_file` does."""
    return read_budget_file(
        year=periods.FinancialYear(waiting.start_year),
        data=bytes(waiting.data),
        file_name=waiting.file_name,
        stated=from_builtins(waiting.stated),
    )


@transaction.atomic
def bring_waiting(*, waiting: WaitingBudget, agreed: str, removes: bool, by: User) -> Brought:
    """Bring it in as it was looked at, and forget the file. Raises what `bring` does."""
    held = WaitingBudget.objects.select_for_update().filter(pk=waiting.pk, uploaded_by=by).first()
    if held is None:
        raise ValidationError("This file was brought in or removed already. Look at the budget, or upload it again.")
    brought = bring(
        year=periods.FinancialYear(held.start_year),
        content=read_waiting(held),
        by=by,
        why=held.why,
        removes=removes,
        agreed=agreed,
    )
    held.delete()
    return brought
