"""Items of an agenda: added, changed and taken away. What is out keeps its number and its title."""

import re
from dataclasses import asdict, dataclass
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction

from torbay_reports.access.models import User
from torbay_reports.agenda.desk.history import note
from torbay_reports.agenda.desk.holding import held_meeting
from torbay_reports.agenda.desk.instalments import instalment_for_new
from torbay_reports.agenda.desk.refusals import check_kept, check_seen, mark_of
from torbay_reports.agenda.desk.standing import Standing, standing_of
from torbay_reports.agenda.models import AgendaItem, ItemKind, Meeting
from torbay_reports.agenda.secrets import check_words

NUMBER: Final = re.compile(r"[0-9A-Za-z]+(\.[0-9A-Za-z]+)*")
"""An item's number as printed. It stands in addresses and in the names of files: no stroke, no step up in a path."""
NO_NUMBER: Final = "“{}” is no number of an item. Type one like 5, 5a or 5.1: figures and letters, with points between."
TAKEN: Final = "Item {number} is “{title}” already. Give this one another number, such as {other}."
STAYS_NUMBER: Final = "Item {} is published, so its number stays."
STAYS_TITLE: Final = "Item {} is published, so its title stays."
ITEM_IS_OUT: Final = (
    "Item {} is published, so it stays on the agenda. What the meeting does with it is for the meeting to decide; its "
    "papers can be withdrawn."
)
IS_MINUTED: Final = (
    "What the meeting did with item {} is recorded and public, so it stays. Correct what is recorded, if that is wrong."
)
HAS_PAPERS: Final = "Item {} has papers. Take these away first, or move them under another item."
HAS_DECISIONS: Final = "Decisions are recorded under item {}, so it stays."
IS_CARRIED: Final = "Item {} was carried to another meeting, so it stays here."
NOT_HERE: Final = (
    "Urgent items and other business are added here. The resolution to exclude the public has its own page."
)


@dataclass(frozen=True, kw_only=True)
class ItemFacts:
    """An item's number as printed, its title, the words below it, and whether it is urgent."""

    number: str
    title: str
    words: str = ""
    kind: ItemKind = ItemKind.BUSINESS


@transaction.atomic
def add_item(*, meeting: Meeting, facts: ItemFacts, by: User) -> AgendaItem:
    """A new item at the end of the agenda. With the first of a meeting its agenda is made; one that is added after the
    agenda is out goes out with the supplement that is not out yet.

    Raises ValidationError, also where that supplement has still to be made and where its title or words say what an
    exempt or confidential paper says, and Meeting.DoesNotExist.
    """
    kept = held_meeting(meeting.pk)
    check_kept(kept)
    _check_facts(facts)
    _check_number(kept, facts.number)
    check_words(facts.title, facts.words)
    instalment = instalment_for_new(meeting=kept, standing=standing_of(kept), by=by)
    last = kept.items.order_by("-position").first()
    item = AgendaItem.objects.create(
        meeting=kept,
        position=last.position + 1 if last else 1,
        added_in=instalment if instalment.number else None,
        **asdict(facts),
    )
    note(meeting=kept, says=f"Item {item.number} is added: “{item.title}”.", by=by)
    return item


@transaction.atomic
def change_item(*, item: AgendaItem, facts: ItemFacts, seen: str, by: User) -> AgendaItem:
    """Another number, title or kind while it is not out; other words below it at any time.

    Raises ValidationError, also where they say what an exempt or confidential paper says, AgendaItem.DoesNotExist,
    Meeting.DoesNotExist.
    """
    meeting, kept, standing = held_item(item)
    check_seen(seen, item_mark(kept), {"number": kept.number, "title": kept.title, "words": kept.words})
    if standing.has_item(kept):
        if facts.number != kept.number:
            raise ValidationError({"number": STAYS_NUMBER.format(kept.number)})
        if facts.title != kept.title:
            raise ValidationError({"title": STAYS_TITLE.format(kept.number)})
    if kept.kind != ItemKind.EXCLUSION:
        _check_facts(facts)
        kept.kind = facts.kind
    _check_number(meeting, facts.number, but=kept)
    if (facts.title, facts.words) != (kept.title, kept.words):
        check_words(facts.title, facts.words)
    was = kept.number
    kept.number, kept.title, kept.words = facts.number, facts.title, facts.words
    kept.save(update_fields=["number", "title", "words", "kind"])
    renumbered = f"Item {was} is item {kept.number} from now on" if was != kept.number else f"Item {was} is changed"
    note(meeting=meeting, says=f"{renumbered}: “{kept.title}”.", by=by)
    return kept


@transaction.atomic
def take_item_away(*, item: AgendaItem, seen: str, by: User) -> None:
    """Take an item off the agenda, of which nothing is out and under which no paper stands any more.

    Raises ValidationError, AgendaItem.DoesNotExist, Meeting.DoesNotExist.
    """
    meeting, kept, standing = held_item(item)
    check_seen(seen, item_mark(kept), {"number": kept.number, "title": kept.title, "words": kept.words})
    if sentence := removal_refusal(kept, standing):
        raise ValidationError(sentence)
    number, title = kept.number, kept.title
    kept.delete()
    note(meeting=meeting, says=f"Item {number}, “{title}”, is taken off the agenda.", by=by)


def removal_refusal(item: AgendaItem, standing: Standing) -> str:
    """Why an item cannot be taken away, with the cure; nothing where it can. Three queries at most."""
    if standing.is_minuted(item):
        return IS_MINUTED.format(item.number)
    if standing.has_item(item):
        return ITEM_IS_OUT.format(item.number)
    if item.papers.exists():
        return HAS_PAPERS.format(item.number)
    if item.decisions.exists():
        return HAS_DECISIONS.format(item.number)
    return IS_CARRIED.format(item.number) if AgendaItem.objects.filter(carried_from=item).exists() else ""


def next_number(meeting: Meeting) -> str:
    """The number after the highest that an item of the meeting begins with; one query."""
    begins = (re.match(r"[0-9]+", number) for number in meeting.items.values_list("number", flat=True))
    return str(max((int(each.group()) for each in begins if each), default=0) + 1)


def item_facts(item: AgendaItem) -> ItemFacts:
    """What stands there now."""
    return ItemFacts(number=item.number, title=item.title, words=item.words, kind=ItemKind(item.kind))


def item_mark(item: AgendaItem) -> str:
    """What a form carries of the item that was shown."""
    return mark_of(item_facts(item))


def held_item(item: AgendaItem) -> tuple[Meeting, AgendaItem, Standing]:
    """The meeting, held until the transaction ends, its item as it stands, and what is out.

    Raises ValidationError where another meeting stands in its place, AgendaItem.DoesNotExist, Meeting.DoesNotExist.
    """
    meeting = held_meeting(item.meeting_id)
    check_kept(meeting)
    kept = AgendaItem.objects.get(pk=item.pk)
    kept.meeting = meeting
    return meeting, kept, standing_of(meeting)


def _check_facts(facts: ItemFacts) -> None:
    if facts.kind == ItemKind.EXCLUSION:
        raise ValidationError({"kind": NOT_HERE})


def _check_number(meeting: Meeting, number: str, but: AgendaItem | None = None) -> None:
    """Raises ValidationError for a number that cannot stand in an address, and for one that another item has."""
    if not NUMBER.fullmatch(number):
        raise ValidationError({"number": NO_NUMBER.format(number)})
    others = meeting.items.exclude(pk=but.pk) if but else meeting.items.all()
    taken = others.filter(number__iexact=number).first()
    if taken is not None:
        other = f"{number}a or {next_number(meeting)}" if number[-1:].isdigit() else next_number(meeting)
        raise ValidationError({"number": TAKEN.format(number=taken.number, title=taken.title, other=other)})
