"""The order of an agenda: items, and papers under an item, one step up or down. What is out keeps its order."""

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction

from torbay_reports.access.models import User
from torbay_reports.agenda.desk.history import note
from torbay_reports.agenda.desk.items import held_item
from torbay_reports.agenda.models import AgendaItem, Paper

T = TypeVar("T", AgendaItem, Paper)

FIRST: Final = "{} is the first already, so it cannot go up."
LAST: Final = "{} is the last already, so it cannot go down."
BOTH_OUT: Final = "{} and the one that it would pass are published, and what is published keeps its order."
MOVED_MEANWHILE: Final = (
    "Meanwhile somebody has changed the order. {} was not moved: look at the order now, and move it."
)


@transaction.atomic
def move_item(*, item: AgendaItem, up: bool, past: int, by: User) -> AgendaItem:
    """Let an item and the one above or below it change places; `past` is the key of that one as it was shown.

    Raises ValidationError, AgendaItem.DoesNotExist, Meeting.DoesNotExist.
    """
    meeting, kept, standing = held_item(item)
    called = f"Item {kept.number}"
    ordered = _moved(list(meeting.items.order_by("position", "pk")), kept.pk, up, past, called, standing.has_item)
    _store(ordered)
    note(meeting=meeting, says=f"{called} is moved {'up' if up else 'down'}.", by=by)
    return kept


@transaction.atomic
def move_paper(*, paper: Paper, up: bool, past: int, by: User) -> Paper:
    """The same for a paper under its item; no sentence names it by its title, which may be restricted.

    Raises ValidationError, Paper.DoesNotExist, AgendaItem.DoesNotExist, Meeting.DoesNotExist.
    """
    meeting, item, standing = held_item(paper.item)
    papers = list(item.papers.order_by("position", "pk"))
    _store(_moved(papers, paper.pk, up, past, "The paper", standing.has_paper))
    note(meeting=meeting, says=f"A paper of item {item.number} is moved {'up' if up else 'down'}.", by=by)
    return next(each for each in papers if each.pk == paper.pk)


def _moved(rows: Sequence[T], key: int, up: bool, past: int, called: str, is_out: Callable[[T], bool]) -> list[T]:
    """The rows in their new order. Raises ValidationError."""
    ordered = list(rows)
    place = next((number for number, each in enumerate(ordered) if each.pk == key), None)
    if place is None:
        raise ValidationError(MOVED_MEANWHILE.format(called))
    other = place - 1 if up else place + 1
    if not 0 <= other < len(ordered):
        raise ValidationError((FIRST if up else LAST).format(called))
    if ordered[other].pk != past:
        raise ValidationError(MOVED_MEANWHILE.format(called))
    if is_out(ordered[place]) and is_out(ordered[other]):
        raise ValidationError(BOTH_OUT.format(called))
    ordered[place], ordered[other] = ordered[other], ordered[place]
    return ordered


def _store(ordered: Sequence[AgendaItem | Paper]) -> None:
    """Number them from 1 on; rows that keep their place are not written."""
    for position, each in enumerate(ordered, start=1):
        if each.position != position:
            each.position = position
            each.save(update_fields=["position"])
