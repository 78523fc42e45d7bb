"""Reads a file with one quarter's budget, forecasts and report into checked rows; saves nothing.

`fixtures/budget.json` is the example. Sums are in the unit that the file names; expenditure positive, income negative.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from budget.models import ReportBlock
from torbay_reports.core.periods import FinancialYear
from torbay_reports.core.reading import Entry, Name, Slug, UnreadableFile, read_json
from torbay_reports.documents.prose import typed_sums

Label = Annotated[str, msgspec.Meta(max_length=100)]
UnitName = Literal["pounds", "thousands", "millions"]


class ServiceEntry(Entry, frozen=True):
    """A line of the tree. Groups have no figures; a figure of a service is null where there is none."""

    slug: Slug
    name: Name
    kind: Literal["service", "directorate", "gross", "funding", "net"]
    parent: str | None
    expenditure: Decimal | None = None
    income: Decimal | None = None
    original_expenditure: Decimal | None = None
    original_income: Decimal | None = None
    forecast_net: Decimal | None = None

    @property
    def has_figures(self) -> bool:
        return any(each is not None for each in (self.expenditure, self.income, self.forecast_net))


class NarrativeEntry(Entry, frozen=True):
    service: str
    text: str
    heading: Annotated[str, msgspec.Meta(max_length=200)] = ""


class RiskEntry(Entry, frozen=True):
    risk: str
    impact: Literal["High", "Medium", "Low"]
    mitigation: str


class NamedFigureEntry(Entry, frozen=True):
    slug: Slug
    name: Name
    value: Decimal
    unit: Literal["pounds", "thousands", "millions", "posts", "percent", "count"]
    source: Annotated[str, msgspec.Meta(max_length=200)]
    as_at: date | None = None
    parts: tuple[str, ...] = ()


class EventEntry(Entry, frozen=True):
    slug: Slug
    name: Name
    happened: Annotated[str, msgspec.Meta(max_length=60)]
    in_forecast: Literal["included", "not included", "not stated"]
    source: Annotated[str, msgspec.Meta(max_length=200)]
    amount: Decimal | None = None
    unit: UnitName | Literal[""] = ""


class PositionEntry(Entry, frozen=True):
    as_at: date
    external_borrowing: Decimal
    other_long_term_liabilities: Decimal | None = None


class BorrowedEntry(Entry, frozen=True):
    slug: Slug
    first_day: date
    last_day: date
    amount: Decimal


class LimitEntry(Entry, frozen=True):
    slug: Slug
    kind: Literal["operational boundary", "authorised limit"]
    basis: Literal["approved", "recommended"]
    decided: Label = ""
    external_borrowing: Decimal | None = None
    other_long_term_liabilities: Decimal | None = None
    total: Decimal | None = None


class BorrowingEntry(Entry, frozen=True):
    unit: UnitName
    positions: tuple[PositionEntry, ...] = ()
    borrowed: tuple[BorrowedEntry, ...] = ()
    limits: tuple[LimitEntry, ...] = ()


Counted = Annotated[int, msgspec.Meta(ge=0)]


class WriteOffEntry(Entry, frozen=True):
    stream: Label
    number: Counted
    value: Decimal
    over_5000: Counted


class BlockEntry(Entry, frozen=True):
    kind: str
    slug: Slug
    text: str = ""
    items: tuple[str, ...] = ()
    role: Literal["", "summary", "recommendation"] = ""


class ReportEntry(Entry, frozen=True):
    title: Name
    wards: Name
    key_decision: Label
    implement_by: Label
    executive_lead: str
    supporting_officer: tuple[str, ...]
    meetings: tuple[tuple[Name, date], ...]
    blocks: tuple[BlockEntry, ...]
    background_papers: tuple[str, ...] = ()


class QuarterFile(Entry, frozen=True):
    """A whole quarter, as the file holds it."""

    year: str
    quarter: Literal[1, 2, 3, 4]
    unit: UnitName
    services: tuple[ServiceEntry, ...]
    report: ReportEntry
    notice: Annotated[str, msgspec.Meta(max_length=300)] = ""
    narratives: tuple[NarrativeEntry, ...] = ()
    risks: tuple[RiskEntry, ...] = ()
    named_figures: tuple[NamedFigureEntry, ...] = ()
    events: tuple[EventEntry, ...] = ()
    borrowing: BorrowingEntry | None = None
    write_offs: tuple[WriteOffEntry, ...] = ()

    @property
    def subject(self) -> str:
        """The quarter as the report registry knows it: 2017-18/q1."""
        return f"{self.year}/q{self.quarter}"


SAYS_SOMETHING = {
    ReportBlock.Kind.HEADING,
    ReportBlock.Kind.NUMBERED_HEADING,
    ReportBlock.Kind.SUB_HEADING,
    ReportBlock.Kind.PARAGRAPH,
    ReportBlock.Kind.TEXT,
}
RESERVED_SLUGS = {"header", "background-papers", "background-papers-none", "background-papers-list"}


def read_quarter(path: Path) -> QuarterFile:
    """Read and check a quarter's file. Raises UnreadableFile at the first thing that is wrong."""
    content = read_json(path, QuarterFile)
    for problem in _problems(content):
        raise UnreadableFile(f"{path.name}, {problem}")
    return content


def _problems(content: QuarterFile) -> Iterator[str]:
    try:
        FinancialYear.from_slug(content.year)
    except ValueError as error:
        yield f"year: {error}"
    yield from _twice("services", (each.slug for each in content.services))
    yield from _twice("named_figures", (each.slug for each in content.named_figures))
    yield from _twice("report, blocks", (each.slug for each in content.report.blocks))
    yield from _twice("narratives", (each.service for each in content.narratives))
    yield from _twice("events", (each.slug for each in content.events))
    yield from _twice("write_offs", (each.stream for each in content.write_offs))
    if content.borrowing is not None:
        yield from _twice("positions", (f"{each.as_at}" for each in content.borrowing.positions))
        yield from _twice("borrowed", (each.slug for each in content.borrowing.borrowed))
        yield from _twice("limits", (each.slug for each in content.borrowing.limits))
    yield from _service_problems(content)
    yield from _figure_problems(content)
    yield from _event_problems(content)
    yield from _debt_problems(content)
    yield from _limit_problems(content)
    yield from _prose_problems(content)
    yield from _block_problems(content.report)
    known = set(ReportBlock.Kind.values)
    for block in content.report.blocks:
        if block.kind not in known:
            yield f"report, block '{block.slug}': '{block.kind}' is no kind of block. Choose one of {', '.join(known)}."


def _twice(place: str, slugs: Iterable[str]) -> Iterator[str]:
    for slug, times in Counter(slugs).items():
        if times > 1:
            yield f"{place}: '{slug}' stands there {times} times. Give each its own name."


def _service_problems(content: QuarterFile) -> Iterator[str]:
    above: set[str] = set()
    parents = {each.parent for each in content.services}
    for service in content.services:
        place = f"service '{service.slug}'"
        if service.parent is not None and service.parent not in above:
            yield f"{place}: its group '{service.parent}' is not listed above it. List groups before their services."
        if service.slug in parents and service.has_figures:
            yield f"{place}: a group's figures are added up from its services. Remove the figures."
        if service.income is not None and service.income > 0:
            yield f"{place}: income of {service.income} has the wrong sign. Income is negative: put a minus before it."
        above.add(service.slug)
    tops = [each.slug for each in content.services if each.parent is None]
    if len(tops) != 1:
        yield f"services: exactly one line stands at the top of the tree, not {len(tops)}."
    for narrative in content.narratives:
        if narrative.service not in above:
            yield f"narratives: there is no service '{narrative.service}'. Correct its spelling."


def _figure_problems(content: QuarterFile) -> Iterator[str]:
    figures = {each.slug: each for each in content.named_figures}
    for figure in content.named_figures:
        missing = [part for part in figure.parts if part not in figures]
        if missing:
            yield f"named figure '{figure.slug}': there is no part '{missing[0]}'. Correct its spelling."
            return
        if units := {figures[part].unit for part in figure.parts} - {figure.unit}:
            yield f"named figure '{figure.slug}': it is in {figure.unit}, a part in {units.pop()}. Use one unit."
        if figure.slug in figure.parts:
            yield f"named figure '{figure.slug}': it is named as a part of itself. Remove that part."
        total = sum((figures[part].value for part in figure.parts), Decimal(0))
        if figure.parts and total != figure.value:
            yield f"named figure '{figure.slug}': its parts add up to {total}, not {figure.value}. Correct one of them."


def _event_problems(content: QuarterFile) -> Iterator[str]:
    for event in content.events:
        if (event.amount is None) != (event.unit == ""):
            yield f"event '{event.slug}': give an amount with its unit, or neither."


def _debt_problems(content: QuarterFile) -> Iterator[str]:
    for entry in content.write_offs:
        if entry.over_5000 > entry.number or entry.value < 0:
            yield (
                f"write-offs of '{entry.stream}': no more than all of them are over £5,000, and their value is not "
                "negative. Correct the figures."
            )
    for taken in content.borrowing.borrowed if content.borrowing else ():
        if taken.last_day < taken.first_day:
            yield f"borrowed '{taken.slug}': it ends before it begins. Correct one of the days."


def _limit_problems(content: QuarterFile) -> Iterator[str]:
    for limit in content.borrowing.limits if content.borrowing else ():
        parts = (limit.external_borrowing, limit.other_long_term_liabilities)
        if (None in parts) == (limit.total is None):
            yield f"limit '{limit.slug}': give both parts and no total, or the total where a part is unknown."


def _block_problems(report: ReportEntry) -> Iterator[str]:
    headings = 0
    for block in report.blocks:
        place = f"report, block '{block.slug}'"
        headings += block.kind == ReportBlock.Kind.HEADING
        if block.slug in RESERVED_SLUGS:
            yield f"{place}: the report itself uses this name. Choose another."
        if block.kind in (ReportBlock.Kind.PARAGRAPH, ReportBlock.Kind.NUMBERED_HEADING) and not headings:
            yield f"{place}: it has a number, so a heading must stand above it. Add one."
        if block.kind in SAYS_SOMETHING and not block.text.strip():
            yield f"{place}: it has no text. Write some, or remove the block."
        if block.kind == ReportBlock.Kind.BULLETS and not all(item.strip() for item in block.items or ("",)):
            yield f"{place}: a list needs items, and none of them empty. Correct the items."


def _prose_problems(content: QuarterFile) -> Iterator[str]:
    texts = [(f"block '{block.slug}'", text) for block in content.report.blocks for text in (block.text, *block.items)]
    texts += [(f"narrative of '{each.service}'", each.text) for each in content.narratives]
    texts += [(f"risk {n}", text) for n, each in enumerate(content.risks, 1) for text in (each.risk, each.mitigation)]
    for place, text in texts:
        if sums := typed_sums(text):
            yield f"{place}: '{sums[0]}' is typed, so nothing keeps it true. Name the figure and refer to it."
        if "\n" in text:
            yield f"{place}: the text breaks into lines. Write one line; a list has `items`."
