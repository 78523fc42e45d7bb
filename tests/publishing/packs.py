"""Invented papers and packs: tables longer than a page, a chart, links, a draft, a paper not for publication."""

from datetime import date
from decimal import Decimal
from typing import Any

from torbay_reports.documents.blocks import (
    Block,
    BulletList,
    CallOut,
    Cell,
    Chart,
    Column,
    Document,
    Facts,
    Figure,
    Heading,
    Paragraph,
    ParagraphLink,
    Row,
    Table,
    Text,
    Tone,
    WebLink,
    words,
)
from torbay_reports.publishing.packplan import (
    CoverLetter,
    Edition,
    PackPlan,
    PlannedItem,
    PlannedPaper,
    Restriction,
)

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 60" width="400" height="60">'
    '<rect x="150" y="10" width="180" height="20" fill="#a3000f"/><text x="5" y="25">Harbours</text></svg>'
)
STORY = (
    "The service expects to end the year close to its plan, and the board is asked to look at the two largest "
    "movements, which together make up most of the difference between forecast and budget. "
)
NOTICE = "Invented figures for tests."


def cell(text: str, tone: Tone = "") -> Cell:
    return Cell(content=words(text), tone=tone)


def row(anchor: str, *texts: str | Cell, level: str = "", depth: int = 0) -> Row:
    cells = tuple(cell(each) if isinstance(each, str) else each for each in texts)
    return Row(anchor=anchor, cells=cells, level=level, depth=depth)


def budget_table() -> Table:
    money: dict[str, Any] = {"unit": "£000s", "numeric": True}
    return Table(
        anchor="budget",
        caption="Budget position for each service",
        columns=(
            Column("service", "Service"),
            Column("expenditure", "Expenditure", group="2031/32 Budget", **money),
            Column("income", "Income", group="2031/32 Budget", **money),
            Column("variance", "Forecast Variance", **money),
            Column("direction", "Direction of Travel"),
        ),
        rows=(
            row("harbours", "Harbours", "900", "(120)", cell("1,377", "adverse"), cell("R", "adverse"), depth=1),
            row(
                "parks",
                "Parks & gardens",
                "1,200",
                "(80)",
                cell("(43)", "favourable"),
                cell("G", "favourable"),
                depth=1,
            ),
            row("outdoors", "Outdoors", "2,100", "(200)", cell("1,334", "adverse"), "R", level="directorate"),
            row("net", "Net Budget", "2,100", "(2,100)", "0", "", level="net"),
        ),
        notes=("Brackets are income or an underspend.",),
    )


def long_table(rows: int) -> Table:
    return Table(
        anchor="risks",
        caption="Risks to the budget and what is done about each of them now",
        columns=(Column("risk", "Risk"), Column("impact", "Impact"), Column("answer", "Mitigation")),
        rows=tuple(row(f"risk-{n}", f"Risk {n}", "High", f"Answer {n}: {STORY}") for n in range(rows)),
    )


def chart(svg: str = SVG) -> Chart:
    return Chart(
        anchor="chart",
        title="Variance by service",
        sentence=words("Harbours is £1,377k over; Parks is £43k under."),
        figure='{"data": []}',
        table=Table(
            anchor="chart-table",
            caption="Variance by service, as drawn",
            columns=(
                Column("s", "Service"),
                Column("v", "Variance", unit="£000s", numeric=True),
                Column("w", "In words"),
            ),
            rows=(
                row("c-harbours", "Harbours", "1,377", "over"),
                row("c-parks", "Parks", "(43)", "under"),
                row("c-quays", "Quays", "0", "on budget"),
            ),
        ),
        svg=svg,
    )


def report(*, rows: int = 40, draft: bool = False, svg: str = SVG, extra: tuple[Block, ...] = ()) -> Document:
    forecast = Figure(text="an overspend of £1.3m", ref="net", value=Decimal("1334"), unit="thousands")
    return Document(
        source="invented.report",
        subject="2031-32/q1",
        title="Revenue Monitoring 2031/32 – Quarter 1",
        as_at=date(2031, 6, 30),
        draft=draft,
        blocks=(
            Facts("facts", "About this report", (("Meeting", ("Board", "Council")), ("Wards affected", ("All",)))),
            Heading("purpose", "Purpose", 2, "1."),
            Paragraph("p1-1", words(STORY * 3), "1.1"),
            Paragraph(
                "p1-2",
                (
                    Text(text="The forecast is "),
                    forecast,
                    Text(text=", as paragraph "),
                    ParagraphLink(text="2.1", anchor="p2-1"),
                    Text(text=" and "),
                    WebLink(text="the plan", address="https://council.invalid/plan.pdf"),
                    Text(text=" say."),
                ),
                "1.2",
                "summary",
            ),
            chart(svg),
            Heading("position", "Position", 2, "2."),
            Heading("detail", "Detailed position", 3, "2.1"),
            Paragraph("p2-1", words(STORY), ""),
            BulletList("points", (words("the first limit;"), words("the second limit."))),
            budget_table(),
            CallOut("event", words("After the period, £19m was borrowed.")),
            long_table(rows),
            *(Paragraph(f"p3-{n}", words(STORY * 6), f"3.{n}") for n in range(1, 12)),
            *extra,
        ),
    )


def appendix() -> Document:
    return Document(
        source="invented.appendix",
        subject="2031-32/q1",
        title="Appendix: debts given up",
        blocks=(
            Heading("debts", "Debts", 2),
            Table(
                "debts-table",
                "Debts above the limit",
                (Column("d", "Debtor"), Column("v", "Value", unit="£", numeric=True), Column("r", "Reason")),
                tuple(row(f"debt-{n}", f"Company {n}", f"{6000 + n:,}", "Wound up") for n in range(40)),
            ),
        ),
    )


def letter() -> CoverLetter:
    return CoverLetter(
        clerk="Robin Vale",
        telephone="01632 960001",
        email="clerk@council.invalid",
        dated=date(2031, 9, 4),
        office=("Governance", "Old Hall"),
        salutation="Dear Member",
        heading="HARBOUR BOARD - SATURDAY, 6 SEPTEMBER 2031",
        opening="The papers listed here were not ready when the agenda went out.",
        closing="Yours sincerely",
        signatory="Robin Vale",
        signatory_title="Clerk",
    )


def plan(
    *,
    edition: Edition = Edition.PUBLIC,
    document: Document | None = None,
    restricted: Document | None = None,
    restriction: Restriction = Restriction.EXEMPT,
) -> PackPlan:
    """A supplement of three items; `restricted` is the appendix, which only the restricted edition may hold."""
    return PackPlan(
        council="Example Council",
        committee="Harbour Board",
        meeting_on=date(2031, 9, 6),
        title="Harbour Board, 6 September 2031: supplement 1",
        edition=edition,
        letter=letter(),
        items=(
            PlannedItem(
                "5",
                "Revenue Budget 2031/32",
                (
                    PlannedPaper("item-5-report", "Quarter 1 report", document or report()),
                    PlannedPaper("item-5-appendix", "Exempt Appendix One", restricted, restriction),
                ),
            ),
            PlannedItem("6", "Improvement plan", (PlannedPaper("item-6-tracker", "Improvement plan", None),)),
            PlannedItem(
                "7",
                "Fees",
                (
                    PlannedPaper("item-7-fees", "Fees", Document("a", "b", "Harbour fees", (Heading("h", "Fees", 2),))),
                    PlannedPaper("item-7-late", "Fees of the north quay", None),
                ),
            ),
        ),
        notice=NOTICE,
    )


def restricted_plan() -> PackPlan:
    return plan(edition=Edition.RESTRICTED, restricted=appendix())
