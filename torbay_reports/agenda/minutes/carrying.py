"""Writes: an item carried to a later meeting of its committee, and a recommendation brought to another body."""

from collections.abc import Collection
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction

from torbay_reports.access.models import User
from torbay_reports.agenda.desk.history import note
from torbay_reports.agenda.desk.standing import standing_of
from torbay_reports.agenda.letters import with_article
from torbay_reports.agenda.minutes.decisions import replacement_of
from torbay_reports.agenda.minutes.holding import check_no_file_on_its_way, held_meetings
from torbay_reports.agenda.minutes.placing import add_item, bring_along, papers_of, place_at, share
from torbay_reports.agenda.minutes.words import reference
from torbay_reports.agenda.models import AgendaItem, Decision, Instalment, ItemKind, Meeting, Paper
from torbay_reports.agenda.published import contents_of, standing_bundles
from torbay_reports.core import clock
from torbay_reports.core.formatting import count, long_date
from torbay_reports.publishing.packplan import Edition, Restriction

OTHER_BODY: Final = "An item is carried to a later meeting of the same committee. Choose one of those."
NOT_LATER: Final = "The meeting of {day} does not come after this one. Choose a later one."
IS_PAST: Final = "The meeting of {day} is past. Choose one to come."
CARRIED_ALREADY: Final = "Item {number} is carried already, to the meeting of {day}."
NOT_BUSINESS: Final = (
    "The resolution to exclude the public is no business to be carried: the later meeting has one of its own."
)
SAY_WHY: Final = "Say why it is carried."
NOT_RECOMMENDED: Final = "This decision recommends nothing to another body."
NOT_PUBLISHED: Final = "This decision is not published yet. A recommendation goes on once it is."
WITHDRAWN: Final = "This decision was withdrawn, so it goes to nobody."
REPLACED: Final = "This decision was replaced by {reference}. Bring that one."
WRONG_BODY: Final = "It recommends to {to}. Choose a meeting of that body."
BROUGHT_ALREADY: Final = "It is on the agenda of {meeting} already."
UNKNOWN_PAPER: Final = "One of these papers does not stand in the public pack any more. Look at them again."
QUOTED: Final = "{committee} recommended on {day}: “{words}” ({reference})"


def meetings_for(item: AgendaItem) -> list[Meeting]:
    """The meetings to which the item can be carried, the soonest first; one query."""
    first = max(item.meeting.held_on, clock.today())
    later = Meeting.objects.filter(committee=item.meeting.committee_id, moved_to=None, held_on__gte=first)
    return list(later.exclude(pk=item.meeting_id).select_related("committee").order_by("held_on"))


def meetings_of(decision: Decision) -> list[Meeting]:
    """The meetings to come of the body to which it recommends, the soonest first; one query."""
    coming = Meeting.objects.filter(committee=decision.to, moved_to=None, held_on__gte=clock.today())
    return list(coming.select_related("committee").order_by("held_on"))


@transaction.atomic
def carry_item(*, item: AgendaItem, to: Meeting, why: str, by: User) -> AgendaItem:
    """Put the item on the agenda of a later meeting of its committee; the old one stays and says so.

    Papers that nobody has seen move with it; those that are out stay there too, restricted ones on their grounds but
    without the readers who were admitted. What was withdrawn is left. Raises ValidationError, AgendaItem.DoesNotExist,
    Meeting.DoesNotExist.
    """
    meetings = held_meetings(item.meeting_id, to.pk)
    kept = AgendaItem.objects.get(pk=item.pk)
    kept.meeting, target = meetings[item.meeting_id], meetings[to.pk]
    reason = why.strip()
    if not reason:
        raise ValidationError({"why": SAY_WHY})
    if sentence := refusal(kept):
        raise ValidationError(sentence)
    if target.committee_id != kept.meeting.committee_id:
        raise ValidationError({"to": OTHER_BODY})
    if target.held_on <= kept.meeting.held_on:
        raise ValidationError({"to": NOT_LATER.format(day=long_date(target.held_on))})
    place = _place(target, by)
    check_no_file_on_its_way([kept])
    there = add_item(place=place, title=kept.title, words=kept.words, carried_from=kept)
    papers = papers_of([kept])
    bring_along(papers=papers, under={kept.pk: there}, place=place, out=standing_of(kept.meeting).listed, by=by)
    Decision.objects.filter(carried_item=kept).update(carried_item=there)
    says = f"Item {kept.number} is carried to {target}, as item {there.number}. Why: {reason}"
    note(meeting=kept.meeting, says=says, by=by)
    note(meeting=target, says=f"Item {there.number} is carried from {kept.meeting}, item {kept.number}.", by=by)
    return there


def refusal(item: AgendaItem) -> str:
    """Why the item is carried nowhere; nothing where it can be. One query."""
    if item.kind == ItemKind.EXCLUSION:
        return NOT_BUSINESS
    carried = AgendaItem.objects.filter(carried_from=item).select_related("meeting").first()
    return CARRIED_ALREADY.format(number=item.number, day=long_date(carried.meeting.held_on)) if carried else ""


def offered_papers(item: AgendaItem) -> list[Paper]:
    """The item's open papers that stand in the public pack, with what is published of each; five queries at most."""
    papers = Paper.objects.open().filter(item=item, withdrawn=None).select_related("instalment__meeting__committee")
    own = {paper.pk: paper for paper in papers.order_by("position")}
    entries = {
        entry.row: entry
        for bundle in standing_bundles([paper.instalment for paper in own.values()], Edition.PUBLIC).values()
        for each in contents_of(bundle)
        for entry in each.papers
        if entry.restriction == Restriction.OPEN and (entry.publication or entry.upload)
    }
    found = []
    for paper in own.values():
        if paper.pk in entries:
            entry = entries[paper.pk]
            paper.title, paper.publication_id, paper.upload_id = entry.title, entry.publication, entry.upload
            found.append(paper)
    return found


@transaction.atomic
def carry_recommendation(*, decision: Decision, to: Meeting, papers: Collection[int], by: User) -> AgendaItem:
    """Put a published recommendation on the agenda of a meeting of the body that it goes to, with its words.

    Of the papers on which it was decided those with these keys stand under the new item too, as they were published.
    Raises ValidationError, Decision.DoesNotExist, Meeting.DoesNotExist.
    """
    meetings = held_meetings(decision.item.meeting_id, to.pk)
    kept = Decision.objects.select_related("item__meeting__committee", "to").get(pk=decision.pk)
    target = meetings[to.pk]
    if sentence := recommendation_refusal(kept):
        raise ValidationError(sentence)
    if target.committee_id != kept.to_id:
        raise ValidationError({"to": WRONG_BODY.format(to=with_article(str(kept.to)))})
    place = _place(target, by)
    offered = {paper.pk: paper for paper in offered_papers(kept.item)}
    if not set(papers) <= set(offered):
        raise ValidationError({"papers": UNKNOWN_PAPER})
    there = add_item(place=place, title=kept.item.title, words=quoted(kept))
    for paper in offered.values():
        if paper.pk in papers:
            share(paper=paper, item=there, place=place, by=by)
    kept.carried_item = there
    kept.save(update_fields=["carried_item"])
    with_papers = f", with {count(len(set(papers)), 'paper', 'papers')}" if papers else ""
    note(meeting=target, says=f"Item {there.number} brings {reference(kept)}{with_papers}.", by=by)
    note(meeting=kept.item.meeting, says=f"{reference(kept)} is on the agenda of {target}.", by=by)
    return there


def recommendation_refusal(decision: Decision) -> str:
    """Why the decision is brought nowhere; nothing where it can be. Three queries at most."""
    if decision.to_id is None:
        return NOT_RECOMMENDED
    if decision.published_at is None:
        return NOT_PUBLISHED
    if decision.is_withdrawn:
        return WITHDRAWN
    if newer := replacement_of(decision):
        return REPLACED.format(reference=reference(newer))
    if decision.carried_item_id is not None:
        there = AgendaItem.objects.select_related("meeting__committee").get(pk=decision.carried_item_id)
        return BROUGHT_ALREADY.format(meeting=there.meeting)
    return ""


def quoted(decision: Decision) -> str:
    """The recommendation as the agenda of the other body quotes it."""
    meeting = decision.item.meeting
    return QUOTED.format(
        committee=_capital(with_article(meeting.committee.name)),
        day=long_date(meeting.held_on),
        words=decision.words,
        reference=reference(decision),
    )


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _place(meeting: Meeting, by: User) -> Instalment:
    """Where the meeting takes an item. Raises ValidationError where it takes none."""
    if meeting.held_on < clock.today():
        raise ValidationError({"to": IS_PAST.format(day=long_date(meeting.held_on))})
    return place_at(meeting, by)
