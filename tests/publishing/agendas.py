"""An invented meeting whose pack grows: an agenda of eight items, and supplements after it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tests.publishing import packs
from torbay_reports.documents.blocks import Document, Heading, Paragraph, words
from torbay_reports.publishing.packplan import (
    AgendaSheet,
    Edition,
    PackPlan,
    PlannedItem,
    PlannedPaper,
    Reached,
    Restriction,
)

RESOLUTION = (
    "To consider passing the following resolution:\n\n“That under Section 100A(4) of the Local Government Act 1972 the "
    "press and public be excluded from the meeting for the following item of business on the grounds that it involves "
    "the likely disclosure of exempt information as defined in paragraph 3 of Part 1 of Schedule 12A to the Act: "
    "information relating to the financial or business affairs of any particular person (including the authority "
    "holding that information), and that the public interest in maintaining the exemption outweighs the public "
    "interest in disclosing the information.”"
)
SHEET = AgendaSheet(
    clerk="Robin Vale",
    telephone="01632 960001",
    email="clerk@council.invalid",
    dated=date(2031, 8, 28),
    office=("Governance", "Old Hall", "Quay Road"),
    heading="Harbour Board",
    when="Saturday 6 September 2031 at 5.30 pm",
    place="Board Room, Old Hall",
    presiding="Councillor Ash (Chairman)",
)


def paper(key: str, title: str, pages: int = 1) -> PlannedPaper:
    """An open paper of so many pages, kept by its key whatever it says."""
    text = tuple(Paragraph(f"p{number}", words(packs.STORY * 14), f"1.{number}") for number in range(1, pages + 1))
    return PlannedPaper(key, title, Document("a", key, title, (Heading("h", "Purpose", 2), *text)), place=key)


def debts(document: Document | None) -> PlannedPaper:
    """A paper not for publication, or that it is to follow."""
    return PlannedPaper("item-8-debts", "Debts given up", document, Restriction.EXEMPT, place="debts")


def items(edition: Edition, late: PlannedPaper | None = None) -> tuple[PlannedItem, ...]:
    """Eight items, some without a paper; `late` is the report of item 6, which is to follow without it."""
    following = PlannedPaper("item-6-plan", "Action tracker", None, place="plan")
    restricted = (debts(packs.appendix()),) if edition is Edition.RESTRICTED else ()
    return (
        PlannedItem("1", "Apologies", (), "To receive apologies for absence."),
        PlannedItem("2", "Minutes", (paper("minutes", "Minutes of 2 July 2031"),), "To confirm the minutes."),
        PlannedItem("3", "Declarations of interests", (), "(a) To receive declarations.\n(b) To receive reasons."),
        PlannedItem("4", "Urgent items", (), "To consider any other items that the Chairman decides are urgent."),
        PlannedItem("5", "Revenue Budget 2031/32", (paper("budget", "Quarter 1 report", 2), paper("fees", "Fees"))),
        PlannedItem("6", "Improvement plan", (late or following, PlannedPaper("item-6-letter", "Letter", None))),
        PlannedItem("7", "Exclusion of the press and public", (), RESOLUTION),
        PlannedItem("8", "Debts given up", restricted),
    )


def agenda(edition: Edition = Edition.PUBLIC) -> PackPlan:
    """The agenda with what was ready when it went out."""
    plan = packs.plan(edition=edition)
    return replace(plan, title="Harbour Board, 6 September 2031: agenda", letter=SHEET, items=items(edition))


def supplement(number: int, papers: Sequence[PlannedPaper], reached: Reached, edition: Edition) -> PackPlan:
    """A later instalment with late papers of item 6, which begins after what is reached."""
    letter = replace(
        packs.letter(),
        reasons=("Item 6: the service's figures were agreed on 2 September 2031, after the agenda had gone out.",),
        urgency=(
            "The Chairman will be asked to consider item 9 as a matter of urgency (Local Government Act 1972, "
            "section 100B(4)(b))."
        ),
    )
    return replace(
        packs.plan(edition=edition),
        title=f"Harbour Board, 6 September 2031: supplement {number}",
        letter=letter,
        items=(PlannedItem("6", "Improvement plan", tuple(papers)),),
        reached=reached,
    )
