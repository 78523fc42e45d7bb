"""The revenue budget monitoring report of one quarter, as a Document."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from budget.calculations.position import largest_variances
from budget.models import Quarter, ReportBlock
from budget.reports import tables
from budget.reports.chart import variance_chart
from budget.reports.figures import FigureBook, NotEntered
from budget.reports.freezing import freezing_obstacles
from budget.reports.limits import limits_sentence
from budget.reports.narrative import narrative_table
from budget.reports.outline import Numbered, numbered, targets
from budget.reports.wording import line_sentence, tone
from budget.selectors.position import QuarterPosition, quarter_position
from budget.selectors.quarters import quarter_from_subject
from torbay_reports.core import formatting
from torbay_reports.documents.blocks import (
    Block,
    BulletList,
    Cell,
    Chart,
    Document,
    Facts,
    Heading,
    Highlight,
    Paragraph,
    Prose,
    Row,
    Table,
    first_sentence,
    plain,
    words,
)
from torbay_reports.documents.prose import Target, UnboundProse, bind
from torbay_reports.documents.registry import ReportSource

SOURCE_NAME = "budget.quarterly"
LARGEST_SHOWN = 10
NOTHING_YET = "No forecast is entered yet: what this paragraph tells stands here once one is."
_Kind = ReportBlock.Kind
_ROLES: dict[str, Literal["", "summary", "recommendation"]] = {
    "": "",
    "summary": "summary",
    "recommendation": "recommendation",
}


class BrokenReport(ValueError):
    """A report whose words cite something that is not there; the message names the place."""


def quarterly_report(subject: str) -> Document:
    """The draft report of a quarter ("2017-18/q1"), from the rows as they stand now.

    Raises UnknownQuarter for a quarter without a report, BrokenReport for prose that cites nothing.
    """
    data = quarter_position(quarter_from_subject(subject))
    return _Builder(data).document(subject)


def subjects(_meets_on: date) -> list[str]:
    """Every quarter that has a report, the latest first; one query."""
    quarters = (
        Quarter.objects.filter(report__isnull=False).select_related("year").order_by("-year__start_year", "-number")
    )
    return [f"{each.year.period.slug}/q{each.number}" for each in quarters]


SOURCE = ReportSource(
    name=SOURCE_NAME,
    title="Revenue budget monitoring",
    build=quarterly_report,
    on_home="at a glance",
    obstacles=freezing_obstacles,
    subjects=subjects,
)


def _or_none(block: Block) -> Block:
    """A table without a row or a chart without a bar is said in words: a head over nothing reads as a fault."""
    if isinstance(block, Chart) and not block.table.rows:
        return Paragraph(anchor=block.anchor, content=block.sentence)
    if isinstance(block, Table) and not block.rows:
        return Paragraph(anchor=block.anchor, content=words(f"{block.caption}: none."))
    return block


class _Builder:
    """Holds what every block of one report needs: the figures by name and the paragraphs by slug."""

    def __init__(self, data: QuarterPosition) -> None:
        self.data = data
        self.figures = FigureBook(data)
        self.blocks = numbered(data.blocks)
        self.paragraphs: dict[str, Target] = targets(self.blocks)
        # A quarter that was opened a moment ago has a draft too. With its first forecast every figure must be there.
        self.is_empty = all(each.variance is None for each in data.positions)

    def prose(self, text: str, place: str) -> Prose:
        try:
            return bind(text, lookup=self.figures, paragraphs=self.paragraphs)
        except UnboundProse as error:
            if isinstance(error.__cause__, NotEntered) and self.is_empty:
                return words(NOTHING_YET)
            raise BrokenReport(f"{place}: {error}") from error

    def document(self, subject: str) -> Document:
        data = self.data
        return Document(
            source=SOURCE_NAME,
            subject=subject,
            title=data.report.title,
            as_at=data.period.last_day,
            draft=True,
            notice=data.report.notice,
            blocks=(self._header(), *self._body(), *self._background_papers()),
            highlights=tuple(self._highlights()),
            largest=tuple(self._largest()),
        )

    def _header(self) -> Facts:
        report, meetings = self.data.report, self.data.meetings
        return Facts(
            anchor="header",
            caption="About this report",
            rows=(
                ("Meeting", tuple(meeting.name for meeting in meetings)),
                ("Date", tuple(formatting.long_date(meeting.held_on) for meeting in meetings)),
                ("Wards Affected", (report.wards,)),
                ("Report Title", (report.title,)),
                ("Is the decision a key decision?", (report.key_decision,)),
                ("When does the decision need to be implemented?", (report.implement_by,)),
                ("Executive Lead Contact Details", tuple(report.executive_lead.splitlines())),
                ("Supporting Officer Contact Details", tuple(report.supporting_officer.splitlines())),
            ),
        )

    def _body(self) -> Iterator[Block]:
        for each in self.blocks:
            yield self._block(each)

    def _block(self, each: Numbered) -> Block:
        block, anchor = each.block, each.anchor
        place = f"Paragraph {each.number}" if each.number else f"Block '{block.slug}'"
        match block.kind:
            case _Kind.HEADING | _Kind.NUMBERED_HEADING | _Kind.SUB_HEADING:
                text = plain(self.prose(block.text, place))
                return Heading(anchor=anchor, text=text, level=each.level, number=each.number)
            case _Kind.PARAGRAPH | _Kind.TEXT:
                content = self.prose(block.text, place)
                return Paragraph(anchor=anchor, content=content, number=each.number, role=_ROLES[block.role])
            case _Kind.BULLETS:
                items = tuple(self.prose(line, place) for line in block.text.splitlines())
                return BulletList(anchor=anchor, items=items)
        return _or_none(self._figure_block(block.kind, anchor, place))

    def _figure_block(self, kind: str, anchor: str, place: str) -> Block:
        match kind:
            case _Kind.VARIANCE_CHART:
                return variance_chart(self.data, anchor=anchor)
            case _Kind.BUDGET_TABLE:
                return tables.budget_table(self.data, anchor=anchor)
            case _Kind.NARRATIVE_TABLE:
                return self._narratives(anchor)
            case _Kind.RISKS_TABLE:
                return self._risks(anchor)
            case _Kind.LATER_EVENTS_TABLE:
                return tables.later_events_table(self.data, anchor=anchor)
            case _Kind.LIMITS_TABLE:
                return tables.limits_table(self.data, anchor=anchor)
            case _Kind.WRITE_OFFS_TABLE:
                return tables.write_offs_table(self.data, anchor=anchor)
        raise BrokenReport(f"{place}: '{kind}' is no kind of block.")

    def _narratives(self, anchor: str) -> Table:
        rows = [(each, self.prose(each.text, f"Narrative of {each}")) for each in self.data.narratives]
        return narrative_table(self.data, rows, anchor=anchor)

    def _risks(self, anchor: str) -> Table:
        rows = [
            (self.prose(risk.risk, f"Risk {n}"), risk.impact, self.prose(risk.mitigation, f"Risk {n}"))
            for n, risk in enumerate(self.data.risks, start=1)
        ]
        return tables.risks_table(self.data, rows, anchor=anchor)

    def _background_papers(self) -> tuple[Block, Block]:
        papers = self.data.report.background_papers.splitlines()
        content: Block
        if papers:
            content = BulletList(anchor="background-papers-list", items=tuple(words(paper) for paper in papers))
        else:
            content = Paragraph(anchor="background-papers-none", content=words("None"))
        return Heading(anchor="background-papers", text="Background papers", level=2), content

    def _highlights(self) -> Iterator[Highlight]:
        for each in self.blocks:
            if each.block.role == ReportBlock.Role.SUMMARY:
                whole = self.prose(each.block.text, f"Paragraph {each.number}")
                yield Highlight(key="summary", content=first_sentence(whole))
        if limits := limits_sentence(self.data):
            yield Highlight(key="limits", content=words(limits))

    def _largest(self) -> Iterator[Row]:
        for position in largest_variances(self.data.positions, LARGEST_SHOWN):
            sentence = line_sentence(position, self.data.unit, has_previous=self.data.has_previous)
            yield Row(
                anchor=f"largest-{position.slug}",
                level=position.kind,
                tone=tone(position.variance),
                sentence=sentence,
                cells=(Cell(content=words(sentence)),),
            )
