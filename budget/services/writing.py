"""How every write about a quarter begins: its row held, so that two writers take turns, and its state known."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import transaction

from budget.models import FinancialYear, Quarter
from torbay_reports.access.models import User
from torbay_reports.core.formatting import long_date
from torbay_reports.core.history import acting


class QuarterLocked(ValidationError):
    """The quarter is signed, so nothing in it changes until it is reopened."""


@contextmanager
def writing(*, quarter: Quarter, by: User, why: str = "") -> Iterator[Quarter]:
    """One transaction that holds the quarter, as it stands now, for a change by that person with that reason.

    Raises QuarterLocked where it is signed, whether the caller knew of that or not.
    """
    with holding(quarter=quarter, by=by, why=why) as held:
        if held.signed_at is not None:
            who = held.signed_by.full_name if held.signed_by else "the council, before it came here,"
            raise QuarterLocked(
                f"{held} was signed by {who} on {long_date(held.signed_at.date())}, so it is locked. Nothing was "
                "saved. The head of finance can reopen it, with a reason."
            )
        yield held


@contextmanager
def holding(*, quarter: Quarter, by: User, why: str = "") -> Iterator[Quarter]:
    """The same for a quarter in any state: signing and reopening."""
    with keeping(year=quarter.year, by=by, why=why):
        yield Quarter.objects.select_related("year", "signed_by").get(pk=quarter.pk)


@contextmanager
def keeping(*, year: FinancialYear, by: User, why: str = "") -> Iterator[FinancialYear]:
    """One transaction that holds the whole year: who writes about one of its quarters or its budget takes turns.

    A budget and a virement count in several quarters, and each write takes milliseconds.
    """
    with transaction.atomic(), acting(by=by.pk, why=why):
        yield FinancialYear.objects.select_for_update().get(pk=year.pk)
