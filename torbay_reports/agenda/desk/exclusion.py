"""The resolution to exclude the public (Local Government Act 1972, s100A(4)), put in its place on the agenda.

It is made of what the public may know alone: numbers and titles of items, and the descriptions of Schedule 12A on which
their exempt papers rest. Confidential papers need no resolution (s100A(2)).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction

from torbay_reports.access.models import User
from torbay_reports.agenda.desk.history import note
from torbay_reports.agenda.desk.holding import held_meeting
from torbay_reports.agenda.desk.standing import instalments_out, standing_of
from torbay_reports.agenda.grounds import descriptions_of, list_of
from torbay_reports.agenda.models import AgendaItem, Instalment, ItemKind, Meeting, Paper
from torbay_reports.publishing import schedule12a
from torbay_reports.publishing.packplan import Restriction
from torbay_reports.publishing.schedule12a_lists import Description

TITLE: Final = "Exclusion of the public"
NOT_NEEDED: Final = (
    "No paper of this meeting is exempt with its grounds given, so there is nothing to resolve. Give the grounds of "
    "its exempt papers first."
)
THERE_ALREADY: Final = "Item {number} is the resolution to exclude the public already, and says what it has to say."
STANDS_LATER: Final = (
    "Item {number} stands after item {before}, for which it has to exclude the public: bring it up to date."
)
STANDS_LATER_AND_OUT: Final = (
    "Item {number} stands after item {before}, for which it has to exclude the public, and is published, so it keeps "
    "its place. The meeting has to take it before that item."
)
NO_SUPPLEMENT: Final = (
    "The agenda is out, and no supplement is open that could add the resolution. Add a supplement on the desk first."
)
LEADING: Final = re.compile(r"\d+")


@dataclass(frozen=True)
class Resolution:
    """The words that a meeting's resolution has to say, a line for each item, and the first of the items."""

    words: str
    before: AgendaItem

    def is_met_by(self, item: AgendaItem) -> bool:
        """Whether the item says these words before the business that they exclude the public from."""
        return item.words == self.words and not self.comes_before(item)

    def comes_before(self, item: AgendaItem) -> bool:
        """Whether the first of the business stands before the item."""
        return (self.before.position, self.before.pk) < (item.position, item.pk)


def propose(meeting: Meeting) -> Resolution | None:
    """The resolution that the meeting needs; None where no paper is exempt with its grounds given. Two queries."""
    lines: list[str] = []
    first: AgendaItem | None = None
    for item, chosen in _exempt(meeting):
        first = first or item
        lines.append(schedule12a.resolution(item.number, item.title, chosen))
    return Resolution("\n".join(lines), first) if first is not None else None


def is_missing(meeting: Meeting) -> bool:
    """Whether the meeting needs a resolution and has none."""
    return propose(meeting) is not None and item_of(meeting) is None


def is_out_of_date(meeting: Meeting) -> bool:
    """Whether the resolution that the agenda has does not say what it has to say, or says it too late."""
    proposed, item = propose(meeting), item_of(meeting)
    return proposed is not None and item is not None and not proposed.is_met_by(item)


def advice(meeting: Meeting) -> str:
    """What the check list says of the resolution; nothing where it stands as it has to. Five queries at most."""
    proposed, item = propose(meeting), item_of(meeting)
    if proposed is None:
        return f"No paper is exempt any more: take item {item.number} off on the desk." if item is not None else ""
    if item is None:
        return f"The agenda lacks the resolution to exclude the public before item {proposed.before.number}."
    if item.words != proposed.words:
        return f"Item {item.number} no longer names what is exempt, as it has to."
    if not proposed.comes_before(item):
        return ""
    says = STANDS_LATER_AND_OUT if standing_of(meeting).has_item(item) else STANDS_LATER
    return says.format(number=item.number, before=proposed.before.number)


def item_of(meeting: Meeting) -> AgendaItem | None:
    """The meeting's item that is the resolution; one query."""
    return meeting.items.filter(kind=ItemKind.EXCLUSION).order_by("position").first()


@transaction.atomic
def put_in_place(*, meeting: Meeting, by: User) -> AgendaItem:
    """Put the resolution before the first item with exempt papers, or let the one that is there say what it has to.

    With anything out it goes into the supplement that is open. Raises ValidationError.
    """
    kept = held_meeting(meeting.pk)
    proposed, item = propose(kept), item_of(kept)
    if proposed is None:
        raise ValidationError(NOT_NEEDED)
    if item is None:
        item = _added(kept, proposed)
        note(meeting=kept, says=f"Item {item.number}, the resolution to exclude the public, put in its place.", by=by)
        return item
    return update(meeting=kept, by=by)


@transaction.atomic
def update(*, meeting: Meeting, by: User) -> AgendaItem:
    """Let the resolution say what it has to say now, directly before the first item with exempt papers.

    Its number and its title stay. Where it is out its place stays too, and readers see its words with the next version
    of its part of the pack. Raises ValidationError.
    """
    kept = held_meeting(meeting.pk)
    proposed, item = propose(kept), item_of(kept)
    if proposed is None or item is None:
        raise ValidationError(NOT_NEEDED)
    is_out = standing_of(kept).has_item(item)
    if item.words == proposed.words and (is_out or proposed.is_met_by(item)):
        raise ValidationError(advice(kept) or THERE_ALREADY.format(number=item.number))
    item.words = proposed.words
    item.save(update_fields=["words"])
    if not is_out:
        _move_before(item, proposed.before)
    note(meeting=kept, says=f"Item {item.number}, the resolution to exclude the public, brought up to date.", by=by)
    return item


def _exempt(meeting: Meeting) -> Iterator[tuple[AgendaItem, list[Description]]]:
    """The items with exempt papers and the descriptions on which these rest, one list of the Act after the other."""
    papers = Paper.objects.filter(item__meeting=meeting, restriction=Restriction.EXEMPT.value, withdrawn=None)
    under: dict[int, dict[object, set[Description]]] = {}
    items: dict[int, AgendaItem] = {}
    for paper in papers.select_related("item__meeting").order_by("item__position", "position"):
        if paper.descriptions:
            items[paper.item_id] = paper.item
            lists = under.setdefault(paper.item_id, {})
            lists.setdefault(list_of(paper).since, set()).update(descriptions_of(paper))
    for key, lists in under.items():
        for chosen in lists.values():
            yield items[key], sorted(chosen, key=lambda each: each.number)


def _added(meeting: Meeting, proposed: Resolution) -> AgendaItem:
    items = list(meeting.items.order_by("position"))
    place = next(at for at, each in enumerate(items) if each.pk == proposed.before.pk)
    item = AgendaItem(
        meeting=meeting,
        number=_free_number(items, place),
        title=TITLE,
        words=proposed.words,
        kind=ItemKind.EXCLUSION,
        added_in=_open_part(meeting),
        position=proposed.before.position,
    )
    for each in items[place:]:
        each.position += 1
    AgendaItem.objects.bulk_update(items[place:], ["position"])
    item.save()
    return item


def _move_before(item: AgendaItem, other: AgendaItem) -> None:
    ordered = [each for each in item.meeting.items.order_by("position", "pk") if each.pk != item.pk]
    ordered.insert(next(at for at, each in enumerate(ordered) if each.pk == other.pk), item)
    for position, each in enumerate(ordered, start=1):
        each.position = position
    AgendaItem.objects.bulk_update(ordered, ["position"])


def _open_part(meeting: Meeting) -> Instalment | None:
    """The part of the pack that has to bring the item; None for the agenda as long as nothing is out."""
    out = instalments_out(meeting)
    if not out:
        return None
    part = meeting.instalments.filter(number__gt=max(out)).order_by("number").first()
    if part is None:
        raise ValidationError(NO_SUPPLEMENT)
    return part


def _free_number(items: list[AgendaItem], place: int) -> str:
    """8a between items 8 and 9, or the next whole number where no item stands before it."""
    taken = {each.number.lower() for each in items}
    whole = LEADING.match(items[place - 1].number) if place else None
    if whole is not None:
        for letter in ascii_lowercase:
            if whole[0] + letter not in taken:
                return whole[0] + letter
    highest = max((int(found[0]) for each in taken if (found := LEADING.match(each))), default=0)
    return str(highest + 1)
