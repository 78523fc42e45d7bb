"""The sentences of the minutes: urgency as the law has it specified, decisions as they are cited, what was carried on
and what was moved."""

from typing import Final

from django.utils.timezone import localtime

from torbay_reports.agenda.calculations.clauses import as_sentence
from torbay_reports.agenda.letters import when_words, with_article
from torbay_reports.agenda.models import (
    AgendaItem,
    Decision,
    DecisionKind,
    Meeting,
    Urgency,
    UrgencyOutcome,
    WithdrawnDecision,
)
from torbay_reports.core.formatting import full_date, long_date

ADMITTED: Final = (
    "Item {number}, “{title}”: the person presiding, {presiding}, was of the opinion that by reason of special "
    "circumstances the item should be considered at the meeting as a matter of urgency under section 100B(4)(b) of the "
    "Local Government Act 1972. The special circumstances: {circumstances}"
)
REFUSED: Final = (
    "Item {number}, “{title}”: the person presiding, {presiding}, was not of the opinion that by reason of special "
    "circumstances the item should be considered at the meeting as a matter of urgency under section 100B(4)(b) of the "
    "Local Government Act 1972. It was not considered."
)
PUT_FORWARD: Final = " What was put forward: {circumstances}"


def urgency_minute(urgency: Urgency) -> str:
    """What the minutes say once the person presiding has decided on an urgent item; nothing before.

    They have to specify the special circumstances by which it was admitted (Local Government Act 1972, s100B(4)(b)).
    The item is read with it.
    """
    if not urgency.outcome:
        return ""
    is_admitted = urgency.outcome == UrgencyOutcome.ADMITTED
    circumstances = as_sentence(urgency.circumstances)
    said = ADMITTED if is_admitted else f"{REFUSED}{PUT_FORWARD if circumstances else ''}"
    return said.format(
        number=urgency.item.number,
        title=urgency.item.title,
        presiding=urgency.decided_by,
        circumstances=circumstances,
    )


def reference(decision: Decision) -> str:
    """How a decision is cited: OSB 6 September 2017, item 5, decision 1. A published one is cited as on the day of its
    publication; of a draft its item, meeting and committee are read with it."""
    if decision.cited_as:
        return decision.cited_as
    item = decision.item
    body = item.meeting.committee
    when = long_date(item.meeting.held_on)
    return f"{body.short_name or body.name} {when}, item {item.number}, decision {decision.number}"


def decision_sentence(decision: Decision) -> str:
    """What was decided, with what sort of decision it is: "Resolved: That…", "Recommended to the Council: That…"."""
    return f"{_kind_words(decision)}: {as_sentence(decision.words)}"


def withdrawn_sentence(withdrawn: WithdrawnDecision) -> str:
    """What everybody reads of a withdrawn decision: when it was withdrawn, and by which office; not what it said."""
    return f"This decision was withdrawn on {long_date(localtime(withdrawn.at).date())} by {withdrawn.office}."


def replaces_sentence(decision: Decision) -> str:
    """Which earlier decision it replaces, and why; nothing where it replaces none."""
    if decision.replaces is None:
        return ""
    return f"It replaces {reference(decision.replaces)}. {as_sentence(decision.why)}"


def _kind_words(decision: Decision) -> str:
    if decision.kind == DecisionKind.RECOMMENDED and decision.to is not None:
        return f"Recommended to {with_article(decision.to.name)}"
    return DecisionKind(decision.kind).label.capitalize()


def carried_sentence(item: AgendaItem) -> str:
    """From which meeting an item was carried to this one and to which it was carried on; nothing where to none.

    It reads `carried_from` and `carried_to` with their meetings.
    """
    said = []
    if item.carried_from is not None:
        said.append(f"Carried from item {item.carried_from.number} of the meeting of {_day(item.carried_from)}.")
    onward: AgendaItem | None = getattr(item, "carried_to", None)
    if onward is not None:
        said.append(f"Carried to the meeting of {_day(onward)}, item {onward.number}.")
    return " ".join(said)


def moved_sentence(meeting: Meeting) -> str:
    """That a meeting was moved, to when and where, or in whose place it stands; nothing where it was not moved.

    It reads `moved_to` and `moved_from`.
    """
    said = []
    earlier: Meeting | None = getattr(meeting, "moved_from", None)
    if earlier is not None:
        said.append(f"This meeting takes the place of that of {full_date(earlier.held_on)}.")
    if meeting.moved_to is not None:
        where = f", {meeting.moved_to.place}" if meeting.moved_to.place else ""
        said.append(f"This meeting was moved to {when_words(meeting.moved_to)}{where}.")
    return " ".join(said)


def _day(item: AgendaItem) -> str:
    return long_date(item.meeting.held_on)
