"""Writes: that the person presiding be asked to take an item as urgent, and what they decided.

Only they decide, by special circumstances that the minutes have to specify (Local Government Act 1972, s100B(4)(b)).
"""

from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from torbay_reports.access.models import User
from torbay_reports.agenda.desk.history import note
from torbay_reports.agenda.desk.holding import held_meeting
from torbay_reports.agenda.desk.refusals import check_kept, check_seen, mark_of
from torbay_reports.agenda.minutes.holding import check_day_has_come, held_item
from torbay_reports.agenda.minutes.placing import last_position
from torbay_reports.agenda.models import AgendaItem, ItemKind, Meeting, Paper, Urgency, UrgencyOutcome
from torbay_reports.agenda.secrets import check_words
from torbay_reports.core import clock

RECORDED: Final = "what the person presiding decides is recorded"
NOT_URGENT: Final = (
    "Item {number} stood on the agenda, and no paper of it goes out later: nobody has to ask for urgency. Put its late "
    "paper into a supplement first, or make it an urgent item."
)
DECIDED: Final = (
    "The person presiding has decided on item {number} already. Correct what is recorded, if that is wrong."
)
NOT_ASKED: Final = "Nobody asks for urgency of item {number} any more. Ask first."
NOT_DECIDED: Final = "Nothing is recorded yet of item {number}. Record what the person presiding decided."
SAY_WHY: Final = "Say why it cannot wait for the next meeting."
SPECIFY: Final = (
    "Write the special circumstances: the minutes have to specify them (Local Government Act 1972, section 100B(4)(b))."
)
WHO: Final = "Write who presided and decided."
UNKNOWN: Final = "Choose whether it was admitted as urgent or not."
WHY_CORRECTED: Final = "Say why what was recorded is corrected."
LATE: Final = Q(instalment__number__gt=0) | Q(listed_in__isnull=False)
NUMBER_TAKEN: Final = "There is an item {number} already: {title}. Choose another number."


def may_be_asked(item: AgendaItem) -> bool:
    """Whether urgency can be asked for: an urgent item, one that a supplement added, or one with a paper that goes out
    later than the agenda; one query at most."""
    return is_urgent(item) or item.papers.filter(LATE).exists()


def with_late_papers(meeting: Meeting) -> set[int]:
    """The keys of the meeting's items with a paper that goes out later than the agenda; one query."""
    return set(Paper.objects.filter(LATE, item__meeting=meeting).values_list("item", flat=True))


def is_urgent(item: AgendaItem) -> bool:
    """Whether the agenda does not have the item."""
    return item.kind == ItemKind.URGENT or item.added_in_id is not None


def urgency_of(item: AgendaItem) -> Urgency | None:
    """What was asked and decided; one query."""
    return Urgency.objects.select_related("recorded_by").filter(item=item).first()


def urgency_mark(urgency: Urgency | None) -> str:
    """What a form carries of what was shown."""
    return mark_of(*_stands(urgency).values())


@transaction.atomic
def ask(*, item: AgendaItem, because: str, seen: str, by: User) -> Urgency:
    """Have the person presiding asked, or say otherwise why it cannot wait. `seen` is the mark of what stood there.

    Raises ValidationError, AgendaItem.DoesNotExist.
    """
    kept = held_item(item.pk)
    urgency = urgency_of(kept)
    _check_seen(seen, urgency)
    _check_open(kept, urgency)
    if not may_be_asked(kept):
        raise ValidationError(NOT_URGENT.format(number=kept.number))
    urgency = urgency or Urgency(item=kept)
    urgency.because = _said(because, "because", SAY_WHY)
    urgency.save()
    note(meeting=kept.meeting, says=f"Item {kept.number}: urgency is asked for.", by=by)
    return urgency


@transaction.atomic
def withdraw_asking(*, item: AgendaItem, by: User) -> None:
    """Ask no longer. Raises ValidationError where it is decided or was not asked, AgendaItem.DoesNotExist."""
    kept = held_item(item.pk)
    urgency = urgency_of(kept)
    _check_open(kept, urgency)
    if urgency is None:
        raise ValidationError(NOT_ASKED.format(number=kept.number))
    urgency.delete()
    note(meeting=kept.meeting, says=f"Item {kept.number}: urgency is asked for no longer.", by=by)


@transaction.atomic
def record_outcome(
    *, item: AgendaItem, outcome: str, circumstances: str, decided_by: str, seen: str, by: User
) -> Urgency:
    """Record what the person presiding decided, from the meeting's day on.

    Raises ValidationError, AgendaItem.DoesNotExist.
    """
    kept = held_item(item.pk)
    urgency = urgency_of(kept)
    _check_open(kept, urgency)
    if urgency is None:
        raise ValidationError(NOT_ASKED.format(number=kept.number))
    _check_seen(seen, urgency)
    _decide(urgency, kept.meeting, outcome, circumstances, decided_by, by)
    check_words(urgency.because, urgency.circumstances)
    note(meeting=kept.meeting, says=f"Item {kept.number}: {_outcome(urgency)}.", by=by)
    return urgency


@transaction.atomic
def correct_outcome(
    *, item: AgendaItem, outcome: str, circumstances: str, decided_by: str, why: str, seen: str, by: User
) -> Urgency:
    """Put right what is recorded; the history of the desk keeps what stood there, and `why`.

    Raises ValidationError, AgendaItem.DoesNotExist.
    """
    kept = held_item(item.pk)
    urgency = urgency_of(kept)
    if urgency is None or not urgency.outcome:
        raise ValidationError(NOT_DECIDED.format(number=kept.number))
    _check_seen(seen, urgency)
    reason, before = _said(why, "why", WHY_CORRECTED), f"{_outcome(urgency)}: {urgency.circumstances}"
    _decide(urgency, kept.meeting, outcome, circumstances, decided_by, by)
    check_words(urgency.because, urgency.circumstances)
    says = f"Item {kept.number}: corrected to {_outcome(urgency)}. Why: {reason} Before it read: {before}"
    note(meeting=kept.meeting, says=says, by=by)
    return urgency


@transaction.atomic
def admit_urgent_item(
    *, meeting: Meeting, number: str, title: str, because: str, circumstances: str, decided_by: str, by: User
) -> AgendaItem:
    """Add an item that the person presiding admitted at the meeting, whatever of the agenda is out already.

    No instalment lists it. Raises ValidationError, Meeting.DoesNotExist.
    """
    kept = held_meeting(meeting.pk)
    check_kept(kept)
    if there := kept.items.filter(number__iexact=number).first():
        raise ValidationError({"number": NUMBER_TAKEN.format(number=number, title=there.title)})
    # Before there is the item: titles on an agenda count as public.
    check_words(title, because, circumstances)
    item = AgendaItem.objects.create(
        meeting=kept,
        number=number,
        title=title,
        kind=ItemKind.URGENT.value,
        at_meeting=True,
        position=last_position(kept) + 1,
    )
    urgency = Urgency(item=item, because=_said(because, "because", SAY_WHY))
    _decide(urgency, kept, UrgencyOutcome.ADMITTED.value, circumstances, decided_by, by)
    note(meeting=kept, says=f"Item {number}, {title}: {_outcome(urgency)}.", by=by)
    return item


def _stands(urgency: Urgency | None) -> dict[str, object]:
    if urgency is None:
        return {}
    return {
        "why it cannot wait": urgency.because,
        "decided": urgency.get_outcome_display(),
        "special circumstances": urgency.circumstances,
        "person presiding": urgency.decided_by,
    }


def _check_seen(seen: str, urgency: Urgency | None) -> None:
    check_seen(seen, urgency_mark(urgency), _stands(urgency))


def _decide(urgency: Urgency, meeting: Meeting, outcome: str, circumstances: str, decided_by: str, by: User) -> None:
    check_day_has_come(meeting, RECORDED)
    if outcome not in UrgencyOutcome.values:
        raise ValidationError({"outcome": UNKNOWN})
    is_admitted = outcome == UrgencyOutcome.ADMITTED
    urgency.outcome = outcome
    urgency.circumstances = _said(circumstances, "circumstances", SPECIFY) if is_admitted else circumstances.strip()
    urgency.decided_by = _said(decided_by, "decided_by", WHO)
    urgency.recorded_at, urgency.recorded_by = clock.now(), by
    urgency.save()


def _check_open(item: AgendaItem, urgency: Urgency | None) -> None:
    if urgency is not None and urgency.outcome:
        raise ValidationError(DECIDED.format(number=item.number))


def _outcome(urgency: Urgency) -> str:
    return f"{UrgencyOutcome(urgency.outcome).label} by {urgency.decided_by}"


def _said(text: str, field: str, missing: str) -> str:
    said = text.strip()
    if not said:
        raise ValidationError({field: missing})
    return said
