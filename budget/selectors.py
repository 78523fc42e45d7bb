"""Reads: a quarter's whole position in a constant number of queries, however many services there are."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from budget.calculations import Position, ServiceFigures, roll_up
from budget.models import (
    BorrowingLimit,
    BorrowingPosition,
    BorrowingTaken,
    BudgetLine,
    FinancialYear,
    Forecast,
    LaterEvent,
    NamedFigure,
    Quarter,
    QuarterReport,
    ReportBlock,
    ReportMeeting,
    Risk,
    Service,
    ServiceNarrative,
    WriteOff,
)
from torbay_reports.core import periods
from torbay_reports.core.money import Unit


class UnknownQuarter(LookupError):
    """A quarter, or its report, that is not in the books."""


@dataclass(frozen=True)
class QuarterPosition:
    """Everything that a quarter's report is made from, read once. Amounts in `unit` unless a row names its own."""

    period: periods.Quarter
    unit: Unit
    positions: tuple[Position, ...]
    has_previous: bool
    narratives: tuple[ServiceNarrative, ...]
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


def quarter_from_subject(subject: str) -> periods.Quarter:
    """Read "2017-18/q1". Raises UnknownQuarter."""
    year, _, quarter = subject.partition("/q")
    try:
        return periods.Quarter(periods.FinancialYear.from_slug(year), int(quarter))
    except ValueError as error:
        raise UnknownQuarter(f"'{subject}' names no quarter: write it like 2017-18/q1.") from error


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
    positions = roll_up(_service_figures(year, quarter))
    if not positions:
        raise UnknownQuarter(f"No services are entered for {period.year.label}.")
    return QuarterPosition(
        period=period,
        unit=Unit(year.unit),
        positions=positions,
        has_previous=Forecast.objects.filter(quarter__year=year, quarter__number=period.number - 1).exists(),
        narratives=tuple(quarter.narratives.select_related("service")),
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


def quarters_in_books() -> list[Quarter]:
    """The quarters that have a report, newest first."""
    return list(
        Quarter.objects.filter(report__isnull=False)
        .select_related("year", "report")
        .order_by("-year__start_year", "-number")
    )


def service_names() -> dict[str, str]:
    """Short name and name of every service and directorate of any year, by name; one query.

    A line that was renamed has its newest name. Totals and sources of funding are nobody's to answer for.
    """
    kinds = (Service.Kind.SERVICE, Service.Kind.DIRECTORATE)
    by_age = Service.objects.filter(kind__in=kinds).order_by("year__start_year").values_list("slug", "name")
    return dict(sorted(dict(by_age).items(), key=lambda each: each[1]))


def _service_figures(year: FinancialYear, quarter: Quarter) -> list[ServiceFigures]:
    budgets = {(line.service_id, line.kind): line.current for line in BudgetLine.objects.filter(service__year=year)}
    forecasts = {
        (forecast.service_id, forecast.quarter.number): forecast.net
        for forecast in Forecast.objects.filter(
            quarter__year=year, quarter__number__in=(quarter.number - 1, quarter.number)
        ).select_related("quarter")
    }
    return [
        ServiceFigures(
            key=service.pk,
            parent=service.parent_id,
            slug=service.slug,
            name=service.name,
            kind=service.kind,
            depth=service.tree_depth,
            expenditure=budgets.get((service.pk, BudgetLine.Kind.EXPENDITURE)),
            income=budgets.get((service.pk, BudgetLine.Kind.INCOME)),
            forecast_net=forecasts.get((service.pk, quarter.number)),
            previous_forecast_net=forecasts.get((service.pk, quarter.number - 1)),
        )
        for service in Service.objects.with_tree_fields().filter(year=year)
    ]
