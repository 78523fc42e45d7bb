"""Writes: keyword arguments, one transaction each, by a named person or, for fixtures, by nobody."""

from itertools import count
from typing import Any

from django.db import transaction
from msgspec.structs import asdict

from budget.importing.quarter_file import QuarterFile
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
from budget.reports.monitoring import quarterly_report
from torbay_reports.core import clock, periods
from torbay_reports.core.reading import Entry


@transaction.atomic
def load_quarter(*, content: QuarterFile) -> FinancialYear:
    """Store a whole quarter, new year included, and build its report once to prove that its words and figures agree.

    The quarter counts as signed before it came here: its file is what the council published.

    All or nothing: raises BrokenReport for prose that cites nothing, IntegrityError where the year exists already.
    """
    year = FinancialYear.objects.create(
        start_year=periods.FinancialYear.from_slug(content.year).start, unit=content.unit
    )
    quarter = Quarter.objects.create(year=year, number=content.quarter, signed_at=clock.now())
    services = _store_services(content, year, quarter)
    _store_words(content, quarter, services)
    _store_figures(content, quarter)
    _store_borrowing(content, year)
    _store_report(content, quarter)
    quarterly_report(content.subject)
    return year


def _store_services(content: QuarterFile, year: FinancialYear, quarter: Quarter) -> dict[str, Service]:
    services: dict[str, Service] = {}
    for position, entry in enumerate(content.services, start=1):
        services[entry.slug] = Service.objects.create(
            year=year,
            slug=entry.slug,
            name=entry.name,
            kind=entry.kind,
            position=position,
            parent=services[entry.parent] if entry.parent else None,
        )
    BudgetLine.objects.bulk_create(
        BudgetLine(service=services[entry.slug], kind=kind, opening=current, original=original)
        for entry in content.services
        for kind, current, original in (
            (BudgetLine.Kind.EXPENDITURE, entry.expenditure, entry.original_expenditure),
            (BudgetLine.Kind.INCOME, entry.income, entry.original_income),
        )
        if current is not None
    )
    Forecast.objects.bulk_create(
        Forecast(quarter=quarter, service=services[entry.slug], net=entry.forecast_net)
        for entry in content.services
        if entry.forecast_net is not None
    )
    return services


def _store_words(content: QuarterFile, quarter: Quarter, services: dict[str, Service]) -> None:
    ServiceNarrative.objects.bulk_create(
        ServiceNarrative(
            quarter=quarter, service=services[entry.service], heading=entry.heading, text=entry.text, position=position
        )
        for position, entry in enumerate(content.narratives, start=1)
    )
    Risk.objects.bulk_create(
        Risk(quarter=quarter, position=position, **asdict(entry))
        for position, entry in enumerate(content.risks, start=1)
    )


def _store_figures(content: QuarterFile, quarter: Quarter) -> None:
    WriteOff.objects.bulk_create(
        WriteOff(quarter=quarter, position=position, unit=content.unit, **asdict(entry))
        for position, entry in enumerate(content.write_offs, start=1)
    )
    LaterEvent.objects.bulk_create(
        LaterEvent(quarter=quarter, position=position, **asdict(entry))
        for position, entry in enumerate(content.events, start=1)
    )
    figures = {
        entry.slug: NamedFigure.objects.create(quarter=quarter, **_without(entry, "parts"))
        for entry in content.named_figures
    }
    for entry in content.named_figures:
        parts = [figures[part].pk for part in entry.parts]
        NamedFigure.objects.filter(pk__in=parts).update(part_of=figures[entry.slug])


def _store_borrowing(content: QuarterFile, year: FinancialYear) -> None:
    borrowing = content.borrowing
    if borrowing is None:
        return
    BorrowingPosition.objects.bulk_create(
        BorrowingPosition(year=year, unit=borrowing.unit, **asdict(entry)) for entry in borrowing.positions
    )
    BorrowingTaken.objects.bulk_create(
        BorrowingTaken(year=year, unit=borrowing.unit, **asdict(entry)) for entry in borrowing.borrowed
    )
    BorrowingLimit.objects.bulk_create(
        BorrowingLimit(
            year=year, unit=borrowing.unit, position=position, stated_total=entry.total, **_without(entry, "total")
        )
        for position, entry in enumerate(borrowing.limits, start=1)
    )


def _without(entry: Entry, field: str) -> dict[str, Any]:
    """An entry's fields but one, which the table keeps under another name."""
    return {name: value for name, value in asdict(entry).items() if name != field}


def _store_report(content: QuarterFile, quarter: Quarter) -> None:
    entry = content.report
    report = QuarterReport.objects.create(
        quarter=quarter,
        title=entry.title,
        wards=entry.wards,
        key_decision=entry.key_decision,
        implement_by=entry.implement_by,
        executive_lead=entry.executive_lead,
        supporting_officer="\n".join(entry.supporting_officer),
        background_papers="\n".join(entry.background_papers),
        notice=content.notice,
    )
    ReportMeeting.objects.bulk_create(
        ReportMeeting(report=report, name=name, held_on=held_on) for name, held_on in entry.meetings
    )
    position = count(1)
    ReportBlock.objects.bulk_create(
        ReportBlock(
            report=report,
            kind=block.kind,
            slug=block.slug,
            text="\n".join(block.items) if block.items else block.text,
            role=block.role,
            position=next(position),
        )
        for block in entry.blocks
    )
