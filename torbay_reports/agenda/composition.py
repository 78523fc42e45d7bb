"""Lays down a pack: the cover letter, then items and papers in the order of business."""

from collections.abc import Iterable

from torbay_reports.agenda.business import Business
from torbay_reports.agenda.models import Instalment, Meeting
from torbay_reports.core.formatting import full_date, long_date
from torbay_reports.publishing.packplan import (
    CoverLetter,
    Edition,
    PackPlan,
    PlannedItem,
    PlannedPaper,
    Restriction,
)
from torbay_reports.publishing.selectors import document_of


def pack_key(instalment: Instalment) -> str:
    """The name under which an instalment's packs are stored: overview-and-scrutiny-board/2017-09-06/supplement-1."""
    meeting = instalment.meeting
    name = f"supplement-{instalment.number}" if instalment.number else "agenda"
    return f"{meeting.committee.slug}/{meeting.held_on}/{name}"


def paper_key(item: str, slug: str) -> str:
    """A paper's name inside a pack: item-5-revenue-budget-monitoring."""
    return f"item-{item.replace('.', '_')}-{slug}"


def compose(instalment: Instalment, business: Iterable[Business], *, edition: Edition, council: str) -> PackPlan:
    """The plan of one edition of an instalment from its business, in which the public edition has no restricted paper.

    Raises DamagedPublication where a frozen Document's bytes are not what was frozen.
    """
    meeting = instalment.meeting
    return PackPlan(
        council=council,
        committee=meeting.committee.name,
        meeting_on=meeting.held_on,
        title=f"{meeting.committee.name}, {full_date(meeting.held_on)}: {instalment.name}",
        edition=edition,
        letter=_letter(instalment, meeting),
        items=tuple(
            PlannedItem(
                number=each.item.number,
                title=each.item.title,
                papers=tuple(
                    PlannedPaper(
                        key=paper_key(each.item.number, paper.slug),
                        title=paper.title,
                        document=document_of(paper.publication) if paper.publication else None,
                        restriction=Restriction(paper.restriction),
                    )
                    for paper in each.papers
                ),
            )
            for each in business
        ),
        notice=meeting.notice,
    )


def letter_heading(meeting: Meeting) -> str:
    """The letter's heading: OVERVIEW AND SCRUTINY BOARD - WEDNESDAY, 6 SEPTEMBER 2017."""
    return f"{meeting.committee.name} - {meeting.held_on:%A}, {long_date(meeting.held_on)}".upper()


def _letter(instalment: Instalment, meeting: Meeting) -> CoverLetter:
    return CoverLetter(
        clerk=instalment.clerk,
        telephone=instalment.telephone,
        email=instalment.email,
        dated=instalment.dated,
        office=tuple(instalment.office.splitlines()),
        salutation=instalment.salutation,
        heading=letter_heading(meeting),
        opening=instalment.opening,
        closing=instalment.closing,
        signatory=instalment.signatory,
        signatory_title=instalment.signatory_title,
    )
