"""What minutes add to a meeting's public page: where it was moved, what was carried on, what was urgent, what was
decided."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.db.models import QuerySet
from django.urls import reverse

from torbay_reports.agenda.minutes.words import (
    carried_sentence,
    decision_sentence,
    moved_sentence,
    reference,
    replaces_sentence,
    urgency_minute,
    withdrawn_sentence,
)
from torbay_reports.agenda.models import AgendaItem, Decision, Meeting
from torbay_reports.core.formatting import long_date

BROUGHT_BY: Final = "It was recommended to this meeting: {reference}."
BROUGHT_TO: Final = "It is on the agenda of {meeting}."
REPLACED_BY: Final = "This decision is replaced by {reference}. {why}"
CITED: Final = ("item__meeting__committee", "to", "replaces__item__meeting__committee", "withdrawn")
FOLLOWED: Final = (
    "replaced_by__item__meeting__committee",
    "replaced_by__withdrawn",
    "carried_item__meeting__committee",
)
"""What is read with a published decision."""


@dataclass(frozen=True)
class MinuteLine:
    """A sentence, and where it leads: the words of each link with its address."""

    says: str
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class PublicDecision:
    """A published decision: how it is cited, what it says or that it was withdrawn, and its own page; `lines` say what
    it replaces, what replaced it and where it went."""

    reference: str
    says: str
    address: str
    decision: Decision
    lines: tuple[MinuteLine, ...] = ()
    is_replaced: bool = False
    is_withdrawn: bool = False


@dataclass(frozen=True)
class ItemMinutes:
    """What is told beside one item: where it comes from, whether it was urgent, what was decided, where it went on.

    `is_minuted`: the meeting has dealt with it, so that it is told of even where no instalment lists it.
    """

    number: str
    title: str
    lines: tuple[MinuteLine, ...] = ()
    decisions: tuple[PublicDecision, ...] = ()
    is_minuted: bool = False


@dataclass(frozen=True)
class PublicMinutes:
    """All of a meeting: `items` by their number, in the order of business, only those of which there is something to
    tell."""

    moved: tuple[MinuteLine, ...] = ()
    items: dict[str, ItemMinutes] = field(default_factory=dict)
    decisions_address: str = ""

    def besides(self, shown: Collection[str]) -> list[ItemMinutes]:
        """What the meeting dealt with besides the items of these numbers, which the published instalments list: an
        urgent item that was admitted at the meeting."""
        return [each for each in self.items.values() if each.is_minuted and each.number not in shown]


def lines_for(meeting: Meeting) -> PublicMinutes:
    """What everybody may read of the meeting's minutes; four queries."""
    # Read anew: whoever asks has read the meeting without those that it was moved from or to.
    kept = Meeting.objects.select_related("committee", "moved_to__committee", "moved_from__committee").get(
        pk=meeting.pk
    )
    decisions = decisions_of(kept)
    brought = _published().filter(carried_item__meeting=kept).order_by("item__meeting__held_on", "pk")
    items = AgendaItem.objects.filter(meeting=kept).order_by("position")
    told = [
        _item(
            item,
            [each for each in brought if each.carried_item_id == item.pk],
            tuple(each for each in decisions if each.decision.item_id == item.pk),
        )
        for item in items.select_related(
            "urgency", "carried_from__meeting__committee", "carried_to__meeting__committee"
        )
    ]
    return PublicMinutes(
        moved=_moved(kept),
        items={each.number: each for each in told if each.lines or each.decisions},
        decisions_address=address(kept, "decisions") if decisions else "",
    )


def decisions_of(meeting: Meeting) -> list[PublicDecision]:
    """The meeting's published decisions in the order of business; one query."""
    rows = _published().filter(item__meeting=meeting).order_by("item__position", "number")
    return [public_decision(each) for each in rows]


def published_decision(meeting: Meeting, item: str, number: int) -> PublicDecision | None:
    """The published decision of that number on an item; None where there is none. One query."""
    found = _published().filter(item__meeting=meeting, item__number=item, number=number).first()
    return public_decision(found) if found else None


def public_decision(decision: Decision) -> PublicDecision:
    """A published decision, read with what its sentences name."""
    newer = _newer(decision)
    return PublicDecision(
        reference=reference(decision),
        says=withdrawn_sentence(decision.withdrawn) if decision.is_withdrawn else decision_sentence(decision),
        address=decision_address(decision),
        decision=decision,
        lines=tuple(_about(decision, newer)),
        is_replaced=newer is not None,
        is_withdrawn=decision.is_withdrawn,
    )


def decision_address(decision: Decision) -> str:
    """The page by which it is cited for good."""
    return address(decision.item.meeting, "decision", decision.item.number, decision.number)


def address(meeting: Meeting, page: str, *more: object) -> str:
    """One of the meeting's pages."""
    return reverse(f"agenda:{page}", args=[meeting.committee.slug, meeting.held_on, *more])


def _published() -> QuerySet[Decision]:
    return Decision.objects.filter(published_at__isnull=False).select_related(*CITED, *FOLLOWED)


def _newer(decision: Decision) -> Decision | None:
    newer: Decision | None = getattr(decision, "replaced_by", None)
    return newer if newer is not None and newer.published_at is not None else None


def _about(decision: Decision, newer: Decision | None) -> Iterable[MinuteLine]:
    if newer is not None:
        yield _replaced(newer)
    if decision.replaces is not None:
        says = replaces_sentence(decision)
        # Why it replaces the other may be what must not be read any more.
        yield _leads_to(
            f"It replaces {reference(decision.replaces)}." if decision.is_withdrawn else says, decision.replaces
        )
    if decision.carried_item is not None:
        there = decision.carried_item.meeting
        yield MinuteLine(BROUGHT_TO.format(meeting=there), _to_meetings([there]))


def _replaced(newer: Decision) -> MinuteLine:
    why = "" if newer.is_withdrawn else newer.why
    return _leads_to(REPLACED_BY.format(reference=reference(newer), why=why).strip(), newer)


def _leads_to(says: str, other: Decision) -> MinuteLine:
    return MinuteLine(says, ((reference(other), decision_address(other)),))


def _item(item: AgendaItem, brought: Sequence[Decision], decisions: tuple[PublicDecision, ...]) -> ItemMinutes:
    lines = []
    if said := carried_sentence(item):
        others = [item.carried_from, getattr(item, "carried_to", None)]
        lines.append(MinuteLine(said, _to_meetings([each.meeting for each in others if each is not None])))
    for decision in brought:
        lines.append(_leads_to(BROUGHT_BY.format(reference=reference(decision)), decision))
        if decision.is_withdrawn:
            lines.append(MinuteLine(withdrawn_sentence(decision.withdrawn)))
        if newer := _newer(decision):
            lines.append(_replaced(newer))
    urgency = getattr(item, "urgency", None)
    minute = urgency_minute(urgency) if urgency is not None else ""
    if minute:
        lines.append(MinuteLine(minute))
    return ItemMinutes(
        number=item.number,
        title=item.title,
        lines=tuple(lines),
        decisions=decisions,
        is_minuted=bool(minute or decisions),
    )


def _moved(meeting: Meeting) -> tuple[MinuteLine, ...]:
    said = moved_sentence(meeting)
    others = [meeting.moved_to, getattr(meeting, "moved_from", None)]
    return (MinuteLine(said, _to_meetings([each for each in others if each is not None])),) if said else ()


def _to_meetings(meetings: Sequence[Meeting]) -> tuple[tuple[str, str], ...]:
    return tuple((f"Meeting of {long_date(each.held_on)}", each.get_absolute_url()) for each in meetings)
