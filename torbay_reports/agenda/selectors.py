"""Reads: meetings, their business and the packs made for them, in a constant number of queries."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q

from torbay_reports.agenda.business import Business
from torbay_reports.agenda.models import AgendaItem, Committee, Instalment, Meeting, Paper, PaperQuerySet
from torbay_reports.publishing.models import Bundle
from torbay_reports.publishing.packplan import Edition, Restriction


class UnknownMeeting(LookupError):
    """A committee, a meeting or an instalment that is not in the books; the message says which."""


def meeting(committee: str, held_on: date) -> Meeting:
    """The meeting of a committee, by slug, on a day. Raises UnknownMeeting with a sentence that names the cure."""
    found = Meeting.objects.select_related("committee").filter(committee__slug=committee, held_on=held_on).first()
    if found is not None:
        return found
    committees = dict(Committee.objects.values_list("slug", "name"))
    if committee not in committees:
        known = ", ".join(committees) or "none yet"
        raise UnknownMeeting(f"There is no committee '{committee}'. Committees are: {known}.")
    days = Meeting.objects.filter(committee__slug=committee).values_list("held_on", flat=True)
    known = ", ".join(f"{day}" for day in days) or "none yet"
    raise UnknownMeeting(f"The {committees[committee]} has no meeting on {held_on}. Its meetings are: {known}.")


def committee_names() -> dict[str, str]:
    """Short name and name of every committee, in the order of their names; one query."""
    return dict(Committee.objects.order_by("name").values_list("slug", "name"))


def latest_instalment(of: Meeting, name: str = "") -> Instalment:
    """The newest part of the meeting's pack, or the one of that name (agenda, supplement-1).

    Raises UnknownMeeting where there is none.
    """
    found = list(Instalment.objects.select_related("meeting__committee").filter(meeting=of).order_by("-number"))
    if not found:
        raise UnknownMeeting(f"Nothing has gone out yet for the {of}: no agenda and no supplement.")
    named = next((each for each in found if name in ("", each.slug)), None)
    if named is None:
        known = ", ".join(each.slug for each in reversed(found))
        raise UnknownMeeting(f"The {of} has no instalment '{name}'. It has: {known}.")
    return named


def newest_instalment_of(meetings: list[Meeting]) -> Instalment | None:
    """The newest instalment of the first of these meetings that has any."""
    instalments = Instalment.objects.select_related("meeting__committee").filter(meeting__in=meetings)
    return instalments.order_by("meeting__held_on", "-number").first()


def business(
    of: Meeting, *, edition: Edition, instalment: Instalment | None = None, with_documents: bool = True
) -> list[Business]:
    """The meeting's items with their papers; for the public edition the rows of restricted papers are not read.

    Of an `instalment` the agenda has every item but those that a later one added, a supplement those with papers in it
    and those that it adds; a paper that it lists and another brings is to follow there (`Paper.is_listed_only`).
    Frozen Documents are long: `with_documents=False` leaves them in the database, for who reads none of them.
    """
    restricted = edition is Edition.RESTRICTED
    papers = Paper.objects.with_content(restricted=restricted).filter(item__meeting=of).order_by("position")
    if not with_documents:
        papers = papers.defer("publication__document_json")
        papers = papers.defer("held_back__publication__document_json") if restricted else papers
    if not restricted:
        papers = papers.open()
    if instalment is not None:
        papers = papers.filter(Q(instalment=instalment) | Q(listed_in=instalment))
    under: dict[int, list[Paper]] = {}
    for paper in papers:
        is_elsewhere = instalment is not None and paper.instalment_id != instalment.pk
        under.setdefault(paper.item_id, []).append(_to_follow(paper) if is_elsewhere else paper)
    return [
        Business(item, tuple(under.get(item.pk, ())))
        for item in of.items.order_by("position")
        if instalment is None or item.pk in under or _is_of(item, instalment)
    ]


def _is_of(item: AgendaItem, instalment: Instalment) -> bool:
    """Whether an instalment lists the item even without a paper."""
    if item.at_meeting:
        return False
    return item.added_in_id == instalment.pk or (item.added_in_id is None and not instalment.number)


def _to_follow(paper: Paper) -> Paper:
    """The paper as an instalment lists it that does not bring it; never saved."""
    paper.is_listed_only = True
    paper.publication = paper.upload = None
    if paper.is_restricted:
        paper.held_back.publication = paper.held_back.upload = None
    return paper


def paper(committee: str, held_on: date, item: str, slug: str) -> Paper | None:
    """The paper of that address, published or not; None where there is none. One query."""
    return _papers_of(committee, held_on).filter(item__number=item, slug=slug).first()


def paper_of_file(committee: str, held_on: date, file: int) -> Paper | None:
    """The meeting's paper for which the file of that number was brought, where it was closed meanwhile, perhaps by that
    very file, so that it has another address; one query."""
    closed = _papers_of(committee, held_on).exclude(restriction=Restriction.OPEN.value)
    return closed.filter(brought_files__pk=file).first()


def _papers_of(committee: str, held_on: date) -> PaperQuerySet:
    found = Paper.objects.with_content(restricted=True)
    found = found.select_related("item__meeting__committee", "instalment__meeting__committee")
    return found.filter(item__meeting__committee__slug=committee, item__meeting__held_on=held_on)


def meetings_around(day: date, *, before: int, after: int) -> tuple[list[Meeting], list[Meeting]]:
    """The next meetings from that day on, soonest first, and the most recent before it, newest first."""
    meetings = Meeting.objects.select_related("committee")
    coming = list(meetings.filter(held_on__gte=day).order_by("held_on", "committee__name")[:after])
    past = list(meetings.filter(held_on__lt=day).order_by("-held_on", "committee__name")[:before])
    return coming, past


def latest_papers_from(sources: Collection[str]) -> dict[str, Paper]:
    """Of each of these report sources the newest open paper that stands in a pack, for the home page; one query."""
    papers = (
        Paper.objects.open()
        .select_related("item__meeting__committee", "instalment__meeting__committee", "publication", "withdrawn")
        .filter(source__in=sources, publication__isnull=False, withdrawn=None)
        .filter(pk__in=Bundle.objects.standing().paper_keys())
        .order_by("source", "-publication__frozen_at", "item__meeting__held_on")
        .distinct("source")
    )
    return {paper.source: paper for paper in papers}
