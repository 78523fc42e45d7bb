"""Items and papers put on the agenda of another meeting: moved where nobody has seen them, otherwise shared.

What is shared stays under its old item as it is: the new row has the same frozen content, and pages of its own.
"""

from collections.abc import Collection, Iterable
from typing import Final

from django.core.exceptions import ValidationError
from django.db.models import Max

from torbay_reports.access.models import User
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.agenda.desk.instalments import instalment_for_new
from torbay_reports.agenda.desk.items import next_number
from torbay_reports.agenda.desk.refusals import check_kept
from torbay_reports.agenda.desk.standing import standing_of
from torbay_reports.agenda.history import note as note_held_back
from torbay_reports.agenda.models import AgendaItem, Instalment, ItemKind, Meeting, Paper, RestrictedPaper
from torbay_reports.agenda.slugs import free_slug

NOT_TAKEN_ALONG: Final = ("paper", "released_on")
"""The fields of a restricted paper that its new row has by itself."""
SHARED_GROUNDS: Final = "Carried from {meeting}, item {number}, with the grounds that were given there."


def place_at(meeting: Meeting, by: User) -> Instalment:
    """Where the meeting takes an item: its agenda, which is made with the first one, or the supplement not yet out.

    In the transaction that holds it. Raises ValidationError on the field `to` where it takes none.
    """
    try:
        check_kept(meeting)
        place = instalment_for_new(meeting=meeting, standing=standing_of(meeting), by=by)
    except ValidationError as error:
        raise ValidationError({"to": f"{meeting}: {' '.join(error.messages)}"}) from error
    place.meeting = meeting
    return place


def last_position(meeting: Meeting) -> int:
    """The position of its last item, 0 where it has none; one query."""
    return meeting.items.aggregate(last=Max("position"))["last"] or 0


def add_item(*, place: Instalment, title: str, words: str, carried_from: AgendaItem | None = None) -> AgendaItem:
    """One more item at the end of the agenda that this instalment is of, in the transaction that holds its meeting."""
    meeting = place.meeting
    return AgendaItem.objects.create(
        meeting=meeting,
        number=next_number(meeting),
        title=title,
        words=words,
        kind=ItemKind.BUSINESS.value,
        added_in=place if place.number else None,
        carried_from=carried_from,
        position=last_position(meeting) + 1,
    )


def papers_of(items: Iterable[AgendaItem]) -> list[Paper]:
    """All papers of these items that were not withdrawn, held until the transaction ends."""
    papers = Paper.objects.filter(item__in=list(items))
    list(papers.order_by("pk").select_for_update(no_key=True).values("pk"))
    # Two queries: a row that had to be waited for comes without what is joined to it.
    there = papers.select_related("held_back", "item__meeting__committee").filter(withdrawn=None)
    return list(there.order_by("item__position", "position"))


def bring_along(
    *, papers: Iterable[Paper], under: dict[int, AgendaItem], place: Instalment, out: Collection[int], by: User
) -> None:
    """Put papers under the items that follow theirs, by the old items' keys: those whose keys are among `out` are
    shared, the others move. None of them is to follow from an earlier instalment or late there."""
    for paper in papers:
        item = under[paper.item_id]
        if paper.pk in out:
            share(paper=paper, item=item, place=place, by=by)
        else:
            paper.item, paper.instalment, paper.listed_in, paper.why_late = item, place, None, ""
            paper.save(update_fields=["item", "instalment", "listed_in", "why_late"])


def share(*, paper: Paper, item: AgendaItem, place: Instalment, by: User) -> Paper:
    """A paper under another item that says the same, by the same frozen content; its readers are not admitted there.

    What is exempt or confidential stays that, on the same grounds.
    """
    row = Paper.objects.create(
        item=item,
        instalment=place,
        slug=free_slug(item, paper.slug),
        restriction=paper.restriction,
        descriptions=paper.descriptions,
        description_list=paper.description_list,
        title=paper.title,
        source=paper.source,
        subject=paper.subject,
        publication_id=paper.publication_id,
        upload_id=paper.upload_id,
        position=paper.position,
    )
    if paper.is_restricted:
        names = [each.attname for each in RestrictedPaper._meta.concrete_fields if each.name not in NOT_TAKEN_ALONG]
        row.held_back = RestrictedPaper.objects.create(
            paper=row, **{name: getattr(paper.held_back, name) for name in names}
        )
        said = SHARED_GROUNDS.format(meeting=paper.item.meeting, number=paper.item.number)
        if row.has_grounds:
            note_held_back(paper=row, kind=RecordKind.GROUNDS_SET, says=said, by=by)
    return row
