"""Lays down a pack: the cover letter, then items and papers in the order of business."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Final

from django.utils import timezone

from torbay_reports.agenda.business import Business, OpenWarnings, PdfFinding, pdf_findings, upload_keys
from torbay_reports.agenda.grounds import markings
from torbay_reports.agenda.letters import reasons, urgency_sentence, when_words
from torbay_reports.agenda.models import Instalment, Meeting, Paper, WithdrawnPaper
from torbay_reports.core.formatting import count, full_date, long_date
from torbay_reports.publishing import checksums
from torbay_reports.publishing.models import AnyPdf, RestrictedPdf, UploadedPdf, bundles_of
from torbay_reports.publishing.numbering import RESTRICTED_PREFIX, highest_of
from torbay_reports.publishing.packplan import (
    AgendaSheet,
    CoverLetter,
    Edition,
    GivenNumbers,
    PackPlan,
    PlannedItem,
    PlannedPaper,
    PlannedUpload,
    Reached,
)
from torbay_reports.publishing.pagemaps import from_stored
from torbay_reports.publishing.selectors import DamagedPublication, document_of

WARNINGS_NAMED: Final = 10
"""How many open warnings a refusal names one by one; the check list names all."""


def pack_key(instalment: Instalment) -> str:
    """The name under which an instalment's packs are stored: overview-and-scrutiny-board/2017-09-06/supplement-1."""
    meeting = instalment.meeting
    return f"{meeting_key(meeting)}{instalment.slug}"


def meeting_key(meeting: Meeting) -> str:
    """How the keys of all a meeting's packs begin: overview-and-scrutiny-board/2017-09-06/."""
    return f"{meeting.committee.slug}/{meeting.held_on}/"


def paper_key(number: str, paper: Paper) -> str:
    """A paper's name inside a pack, under the item of that number: item-5-revenue-budget-monitoring.

    That of a brought PDF names the file too, so that the pages of one are never taken for those of another: a pack may
    be under way while a newer file is brought.
    """
    key = f"item-{number.replace('.', '_')}-{paper.slug}"
    upload = None if paper.is_withdrawn else paper.content.upload
    return f"{key}-{upload.checksum[:16]}" if upload else key


def place_of(paper: Paper) -> str:
    """A paper's name through all versions of a pack, by which it keeps its page numbers whatever it is called."""
    return f"paper-{paper.pk}"


def withdrawn_sentence(withdrawn: WithdrawnPaper) -> str:
    """What the pages of a withdrawn paper say: when, and by which office."""
    return f"Withdrawn on {long_date(timezone.localtime(withdrawn.at).date())} by {withdrawn.office}."


def compose(instalment: Instalment, business: Collection[Business], *, edition: Edition, council: str) -> PackPlan:
    """The plan of one edition of an instalment from its business, in which the public edition has no restricted paper.

    Page numbers that earlier versions gave stay. Raises OpenWarnings while a warning about a brought PDF waits to be
    passed, and DamagedPublication where the bytes of a frozen Document or of a brought PDF are not what they were. A
    constant number of queries.
    """
    uploads = _uploads(business)
    _check_warnings(business, uploads)

    def planned(number: str, paper: Paper) -> PlannedPaper:
        if paper.is_withdrawn:
            return _without_content(number, paper)
        content = paper.content
        brought = uploads[content.upload_id] if content.upload_id is not None else None
        return replace(
            _without_content(number, paper),
            document=document_of(content.publication) if content.publication else None,
            upload=_planned_upload(brought) if brought else None,
        )

    return _laid(instalment, business, edition, council, planned)


def outline(instalment: Instalment, business: Collection[Business], *, edition: Edition, council: str) -> PackPlan:
    """The plan that `compose` makes, without Documents and brought pages: what a pack is made of, not what it says."""
    return _laid(instalment, business, edition, council, _without_content)


def _laid(
    instalment: Instalment,
    business: Collection[Business],
    edition: Edition,
    council: str,
    planned: Callable[[str, Paper], PlannedPaper],
) -> PackPlan:
    meeting = instalment.meeting
    return PackPlan(
        council=council,
        committee=meeting.committee.name,
        meeting_on=meeting.held_on,
        title=f"{meeting.committee.name}, {full_date(meeting.held_on)}: {instalment.name}",
        edition=edition,
        letter=_letter(instalment, business) if instalment.number else _agenda_sheet(instalment),
        items=tuple(
            PlannedItem(
                number=each.item.number,
                title=each.item.title,
                papers=tuple(planned(each.item.number, paper) for paper in each.papers),
                words=each.item.words,
            )
            for each in business
        ),
        notice=meeting.notice,
        numbered=_numbered(pack_key(instalment), edition),
        reached=reached(instalment, edition),
    )


def _numbered(key: str, edition: Edition) -> tuple[GivenNumbers, ...]:
    """The page numbers that the newest version gave: they are permanent. The restricted edition takes those of open
    pages from the public one, where there is one, so that the two agree."""
    given: dict[tuple[str, bool], GivenNumbers] = {}
    for each in [Edition.PUBLIC] if edition is Edition.PUBLIC else [Edition.RESTRICTED, Edition.PUBLIC]:
        newest = bundles_of(each).written().filter(key=key).order_by("-version").values_list("pages", flat=True).first()
        if newest is not None:
            given |= {(number.place, number.is_restricted): number for number in from_stored(newest).numbered}
    return tuple(given.values())


def _without_content(number: str, paper: Paper) -> PlannedPaper:
    if paper.is_withdrawn:
        return PlannedPaper(
            key=paper_key(number, paper),
            title="",
            document=None,
            restriction=paper.held_back_as,
            place=place_of(paper),
            withdrawn=withdrawn_sentence(paper.withdrawn),
        )
    content = paper.content
    frozen = content.publication or content.upload
    marking, short_marking = markings(paper) if paper.is_restricted else ("", "")
    return PlannedPaper(
        key=paper_key(number, paper),
        title=content.title,
        document=None,
        restriction=paper.held_back_as,
        content=frozen.checksum if frozen else "",
        marking=marking,
        short_marking=short_marking,
        place=place_of(paper),
    )


def _uploads(business: Collection[Business]) -> dict[int, AnyPdf]:
    """The brought PDFs of this business and of no other, with their pages and with what was passed about them."""
    uploads: dict[int, AnyPdf] = {}
    if keys := upload_keys(business, restricted=False):
        uploads |= UploadedPdf.objects.defer("texts").prefetch_related("passed").in_bulk(keys)
    if keys := upload_keys(business, restricted=True):
        uploads |= RestrictedPdf.objects.defer("texts").prefetch_related("passed").in_bulk(keys)
    return uploads


def _check_warnings(business: Collection[Business], uploads: Mapping[int, AnyPdf]) -> None:
    waiting = [each for each in pdf_findings(business, uploads) if each.is_open]
    if not waiting:
        return
    named = [_named(each) for each in waiting[:WARNINGS_NAMED]]
    more = f" And {len(waiting) - WARNINGS_NAMED} more." if len(waiting) > WARNINGS_NAMED else ""
    waits = f"nobody has passed {count(len(waiting), 'warning', 'warnings')} on its check list."
    cure = "Pass each there with a reason, or bring a mended file."
    raise OpenWarnings(
        f"The pack is not built: {waits} {' '.join(named)}{more} {cure}",
        beside_the_list=f"When it was to be built, {waits.replace('has', 'had')} {cure}",
    )


def _named(each: PdfFinding) -> str:
    """A warning; of a restricted paper its place alone, because a console and its log may be read by others."""
    if each.paper.is_restricted:
        return f"Item {each.item.number}, a paper that is {each.paper.held_back_as}."
    return f"Item {each.item.number}, “{each.paper.content.title}” ({each.file}): {each.finding.sentence}"


def _planned_upload(upload: AnyPdf) -> PlannedUpload:
    part = bytes(upload.part)
    if checksums.of_bytes(part) != upload.checksum:
        brought_on = timezone.localtime(upload.uploaded_at).date()
        raise DamagedPublication(
            f"“{upload}” is not what was brought on {long_date(brought_on)}: its checksum differs. Restore the row "
            "from a backup, or bring the file again."
        )
    return PlannedUpload(part=part, checksum=upload.checksum, is_tagged=upload.is_tagged)


def letter_heading(meeting: Meeting) -> str:
    """The letter's heading: OVERVIEW AND SCRUTINY BOARD - WEDNESDAY, 6 SEPTEMBER 2017."""
    return f"{meeting.committee.name} - {meeting.held_on:%A}, {long_date(meeting.held_on)}".upper()


def _letter(instalment: Instalment, business: Collection[Business]) -> CoverLetter:
    return CoverLetter(
        clerk=instalment.clerk,
        telephone=instalment.telephone,
        email=instalment.email,
        dated=instalment.dated,
        office=tuple(instalment.office.splitlines()),
        salutation=instalment.salutation,
        heading=letter_heading(instalment.meeting),
        opening=instalment.opening,
        closing=instalment.closing,
        signatory=instalment.signatory,
        signatory_title=instalment.signatory_title,
        reasons=reasons(business),
        urgency=urgency_sentence(business, instalment.meeting),
    )


def _agenda_sheet(instalment: Instalment) -> AgendaSheet:
    meeting = instalment.meeting
    return AgendaSheet(
        clerk=instalment.clerk,
        telephone=instalment.telephone,
        email=instalment.email,
        dated=instalment.dated,
        office=tuple(instalment.office.splitlines()),
        heading=meeting.committee.name,
        when=when_words(meeting),
        place=meeting.place,
        presiding=meeting.presiding,
    )


def reached(instalment: Instalment, edition: Edition) -> Reached:
    """The highest page numbers that any published version of the meeting's other instalments has given; one query for
    each edition that is read."""
    own, every = pack_key(instalment), meeting_key(instalment.meeting)
    labels: set[str] = set()
    for each in [Edition.PUBLIC] if edition is Edition.PUBLIC else [Edition.RESTRICTED, Edition.PUBLIC]:
        versions = bundles_of(each).written().filter(key__startswith=every).exclude(key=own)
        labels.update(label for own_labels in versions.values_list("pages__labels", flat=True) for label in own_labels)
    restricted = {label for label in labels if label.startswith(RESTRICTED_PREFIX)}
    return Reached(open=highest_of(labels - restricted), restricted=highest_of(restricted))
