"""Reads: a quarter's whole position in a constant number of queries, however many services there are."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from budget.calculations.position import Position, roll_up
from budget.models import (
    BorrowingLimit,
    BorrowingPosition,
    BorrowingTaken,
    LaterEvent,
    NamedFigure,
    Quarter,
    QuarterReport,
    ReportBlock,
    ReportMeeting,
    Risk,
    ServiceNarrative,
    WriteOff,
)
from budget.selectors.figures import figures_of
from budget.selectors.quarters import UnknownQuarter
from torbay_reports.core import periods
from torbay_reports.core.money import Unit


@dataclass(frozen=True)
class QuarterPosition:
    """Everything that a quarter's report is made from, read once. Amounts in `unit` unless a row names its own.

    `reasons` is what budget holders gave as theirs, by their services' short names.
    """

    period: periods.Quarter
    unit: Unit
    positions: tuple[Position, ...]
    has_previous: bool
    has_last_year: bool
    narratives: tuple[ServiceNarrative, ...]
    reasons: dict[str, str]
    risks: tuple[Risk, ...]
    write_offs: tuple[WriteOff, ...]
    named_figures: tuple[NamedFigure, ...]
    later_events: tuple[LaterEvent, ...]
    borrowing_positions: tuple[BorrowingPosition, ...]
    borrowing_taken: tuple[BorrowingTaken, ...]
    limits: tuple[BorrowingLimit, ...]
    report: QuarterReport
    meetings: tuple[ReportMeeting, ...]
    blocks: tuple[ReportBlock, ...]

    @cached_property
    def by_slug(self) -> dict[str, Position]:
        return {position.slug: position for position in self.positions}


def quarter_position(period: periods.Quarter) -> QuarterPosition:
    """All figures and words of a quarter. Raises UnknownQuarter where the quarter has no report or no services."""
    quarter = (
        Quarter.objects.select_related("year", "report").filter(
            year__start_year=period.year.start, number=period.number
        )
    ).first()
    if quarter is None or not hasattr(quarter, "report"):
        raise UnknownQuarter(f"There is no report for {period.label}.")
    year = quarter.year
    found = figures_of(quarter)
    positions = roll_up(found.lines)
    if not positions:
        raise UnknownQuarter(f"No services are entered for {period.year.label}.")
    return QuarterPosition(
        period=period,
        unit=Unit(year.unit),
        positions=positions,
        has_previous=found.has_previous,
        has_last_year=found.has_last_year,
        narratives=tuple(quarter.narratives.select_related("service")),
        reasons=dict(quarter.returns.exclude(reason="").order_by().values_list("service__slug", "reason")),
        risks=tuple(quarter.risks.all()),
        write_offs=tuple(quarter.write_offs.all()),
        named_figures=tuple(quarter.named_figures.all()),
        later_events=tuple(quarter.later_events.all()),
        borrowing_positions=tuple(year.borrowing_positions.filter(as_at__lt=_next_quarters_last_day(period))),
        borrowing_taken=tuple(year.borrowing_taken.all()),
        limits=tuple(year.borrowing_limits.all()),
        report=quarter.report,
        meetings=tuple(quarter.report.meetings.all()),
        blocks=tuple(quarter.report.blocks.all()),
    )


def _next_quarters_last_day(period: periods.Quarter) -> date:
    """A report may cite a position after its own quarter, but not the one that the next quarter's report is for."""
    following = periods.Quarter(periods.FinancialYear(period.year.start + period.number // 4), period.number % 4 + 1)
    return following.last_day
