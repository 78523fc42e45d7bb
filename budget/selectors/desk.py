"""Reads: the desk of a quarter, how far each service's return is and who answers for it, in a constant number of
queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from budget.calculations.closing import needs_return
from budget.calculations.lines import FIELDS, Field
from budget.models import CloseStep, Quarter, ServiceReturn
from budget.selectors.closing import Neighbours, neighbours
from budget.selectors.grid import NOTHING_IN, Grid, GridRow, grid
from budget.selectors.holders import holders_of
from budget.selectors.lastchanges import LastChange, last_changes
from torbay_reports.access.models import User
from torbay_reports.core import clock

STATES = (NOTHING_IN, "draft", "submitted", "agreed")


@dataclass(frozen=True)
class DeskRow:
    """A service's return: who answers for it, who brought it to its state and when, and what was last asked of it.

    `who` is empty where a fixture did it, `at` None where nobody did anything.
    """

    row: GridRow
    holders: tuple[User, ...]
    who: str
    at: datetime | None
    sent_back: CloseStep | None
    reminded: CloseStep | None
    submitted_by: User | None

    @property
    def slug(self) -> str:
        return self.row.slug

    @property
    def name(self) -> str:
        return self.row.position.name

    @property
    def state(self) -> str:
        return self.row.state

    @property
    def wants(self) -> tuple[str, ...]:
        return self.row.wants

    @property
    def is_ready(self) -> bool:
        """Whether it is a draft that wants nothing, so that it can be submitted."""
        return self.state == "draft" and not self.wants


@dataclass(frozen=True)
class Desk:
    """A quarter's returns in print order: of every service with a budget or a forecast."""

    quarter: Quarter
    grid: Grid
    rows: tuple[DeskRow, ...]
    neighbours: Neighbours
    last_step: CloseStep | None

    @cached_property
    def by_state(self) -> dict[str, tuple[DeskRow, ...]]:
        return {state: tuple(each for each in self.rows if each.state == state) for state in STATES}

    @cached_property
    def theirs(self) -> tuple[DeskRow, ...]:
        """Those that the person answers for, or may enter as finance."""
        return tuple(each for each in self.rows if each.row.is_theirs)

    @property
    def days_left(self) -> int | None:
        """Days from today to the last day for returns: nil on that day, negative afterwards; None without one."""
        due: date | None = self.quarter.returns_due
        return None if due is None else (due - clock.today()).days

    @property
    def unsigned_before(self) -> Quarter | None:
        """The quarter before, where that one has to be signed first."""
        before = self.neighbours.before
        return before if before is not None and not before.is_signed else None


def desk(quarter: Quarter, person: User) -> Desk:
    """The desk as that person sees it; the quarter comes with its year."""
    found = grid(quarter, person=person)
    wanted = [row for row in found.leaves if needs_return(row.position)]
    returns = {
        each.service.slug: each
        for each in ServiceReturn.objects.filter(quarter=quarter).select_related("service", "submitted_by", "agreed_by")
    }
    steps = list(CloseStep.objects.filter(quarter=quarter).select_related("by", "service").order_by("pk"))
    of_service = {(each.service.slug, each.kind): each for each in steps if each.service is not None}
    holders = holders_of({row.slug: row.above for row in wanted}, clock.today())
    drafts = [row.slug for row in wanted if row.state == "draft"]
    changed = last_changes(quarter, [(slug, field) for slug in drafts for field in FIELDS])
    rows = []
    for row in wanted:
        who, at = _brought(row, returns.get(row.slug), changed)
        back = of_service.get((row.slug, CloseStep.Kind.SENT_BACK))
        submitted = of_service.get((row.slug, CloseStep.Kind.SUBMITTED))
        rows.append(
            DeskRow(
                row=row,
                holders=holders[row.slug],
                who=who,
                at=at,
                sent_back=back if _still(back, submitted, row) else None,
                reminded=of_service.get((row.slug, CloseStep.Kind.REMINDED)),
                submitted_by=returns[row.slug].submitted_by if row.slug in returns else None,
            )
        )
    of_quarter = [each for each in steps if each.service is None]
    return Desk(quarter, found, tuple(rows), neighbours(quarter), of_quarter[-1] if of_quarter else None)


def _still(back: CloseStep | None, submitted: CloseStep | None, row: GridRow) -> bool:
    """Whether a return that was sent back has not been submitted since."""
    return back is not None and row.state in (NOTHING_IN, "draft") and (submitted is None or submitted.pk < back.pk)


def _brought(
    row: GridRow, found: ServiceReturn | None, changed: Mapping[tuple[str, Field], LastChange]
) -> tuple[str, datetime | None]:
    """Who brought the return to its state, by name, and when."""
    if found is not None and row.state == "agreed":
        return (found.agreed_by.full_name if found.agreed_by else "", found.agreed_at)
    if found is not None and row.state == "submitted":
        return (found.submitted_by.full_name if found.submitted_by else "", found.submitted_at)
    changes = [changed[row.slug, field] for field in FIELDS if (row.slug, field) in changed]
    last = max(changes, key=lambda each: each.at, default=None)
    return (last.who, last.at) if last is not None else ("", None)
