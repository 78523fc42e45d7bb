"""Writes: what a meeting decided, drafted by its clerk and published. Published it never changes: another follows.

One that must not be read any more is withdrawn.
"""

from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from torbay_reports.access.models import User
from torbay_reports.agenda.desk.history import note
from torbay_reports.agenda.desk.refusals import check_seen, mark_of
from torbay_reports.agenda.minutes.holding import check_day_has_come, held_decision, held_item
from torbay_reports.agenda.minutes.words import reference
from torbay_reports.agenda.models import AgendaItem, Committee, Decision, DecisionKind, WithdrawnDecision
from torbay_reports.agenda.secrets import check_words
from torbay_reports.agenda.withdrawing import office_of
from torbay_reports.core import clock

PUBLISHED_FROM: Final = "its decisions are published"
IS_PUBLISHED: Final = (
    "This decision is published, and what is published does not change. Correct it by another that replaces it."
)
NOT_PUBLISHED: Final = "This decision is not published, so it is changed and not replaced."
REPLACED_ALREADY: Final = "Another decision replaces this one already, or is drafted to. Go to that one."
WITHDRAWN_ALREADY: Final = "This decision is withdrawn already."
NOT_TO_WITHDRAW: Final = "This decision is not published, so nobody reads it but its clerks: throw the draft away."
SAY_WHY_WITHDRAWN: Final = "Say in a few words why it is withdrawn."
DRAFTED_ALREADY: Final = (
    "Decision {number} on this item is drafted with just these words already: the form was sent twice."
)
SAY_WHAT: Final = "Write what was decided."
SAY_WHY: Final = "Say why it replaces the other: everybody reads it beside both."
WHICH_BODY: Final = "Choose the body to which it recommends."
NO_BODY: Final = "Only a recommendation goes to another body. Choose “recommended”, or no body."
OWN_BODY: Final = "A recommendation goes to another body, not to the one that makes it."
UNKNOWN: Final = "Choose what sort of decision it is: resolved, recommended or noted."


def decision_mark(decision: Decision) -> str:
    """What a form carries of the draft that was shown."""
    return mark_of(decision.kind, decision.words, decision.to_id, decision.why)


def replacement_of(decision: Decision) -> Decision | None:
    """The published decision that replaces it; None while there is none. One query."""
    found = Decision.objects.select_related("item__meeting__committee")
    return found.filter(replaces=decision, published_at__isnull=False).first()


@transaction.atomic
def draft(*, item: AgendaItem, kind: str, words: str, to: Committee | None, by: User) -> Decision:
    """A decision that only its clerks read until it is published. Raises ValidationError, AgendaItem.DoesNotExist."""
    decision = _next(held_item(item.pk), by)
    like = {"kind": kind, "words": words.strip(), "to": to, "published_at": None}
    if there := Decision.objects.filter(item=item, **like).first():
        raise ValidationError(DRAFTED_ALREADY.format(number=there.number))
    return _kept(decision, kind, words, to, "drafted", by)


@transaction.atomic
def replace(*, decision: Decision, kind: str, words: str, to: Committee | None, why: str, by: User) -> Decision:
    """The draft of another that takes a published one's place, once it is published too.

    Raises ValidationError, Decision.DoesNotExist.
    """
    old = held_decision(decision.pk)
    if old.published_at is None:
        raise ValidationError(NOT_PUBLISHED)
    if Decision.objects.filter(replaces=old).exists():
        raise ValidationError(REPLACED_ALREADY)
    new = _next(old.item, by)
    new.replaces, new.why = old, why
    return _kept(new, kind, words, to, "drafted", by)


@transaction.atomic
def change(
    *, decision: Decision, kind: str, words: str, to: Committee | None, seen: str, by: User, why: str = ""
) -> Decision:
    """Change a draft. `seen` is the mark of what the person saw. Raises ValidationError, Decision.DoesNotExist."""
    kept = _held_draft(decision)
    check_seen(seen, decision_mark(kept), {"decision": kept.words})
    kept.why = why
    return _kept(kept, kind, words, to, "changed", by)


@transaction.atomic
def drop(*, decision: Decision, by: User) -> None:
    """Throw a draft away. Raises ValidationError, Decision.DoesNotExist."""
    kept = _held_draft(decision)
    note(meeting=kept.item.meeting, says=f"{_named(kept)} thrown away before it was published.", by=by)
    kept.delete()


@transaction.atomic
def publish(*, decision: Decision, seen: str, by: User) -> Decision:
    """Let everybody read it for good, from the meeting's day on. `seen` is the mark of what the person saw.

    Raises ValidationError, also where it says what an exempt or confidential paper says, and Decision.DoesNotExist.
    """
    kept = _held_draft(decision)
    check_seen(seen, decision_mark(kept), {"decision": kept.words})
    check_day_has_come(kept.item.meeting, PUBLISHED_FROM)
    check_words(kept.words, kept.why)
    kept.published_at, kept.cited_as = clock.now(), reference(kept)
    kept.save(update_fields=["published_at", "cited_as"])
    note(meeting=kept.item.meeting, says=f"{reference(kept)} published.", by=by)
    return kept


@transaction.atomic
def withdraw(*, decision: Decision, why: str, by: User) -> WithdrawnDecision:
    """Let nobody read any more what a published decision says; its page stays, and says when it went and by which
    office. `why` is for the record. Raises ValidationError, Decision.DoesNotExist."""
    kept = held_decision(decision.pk)
    why = " ".join(why.split())
    if len(why.split()) < 2:
        raise ValidationError({"why": SAY_WHY_WITHDRAWN})
    if sentence := withdrawal_refusal(kept):
        raise ValidationError(sentence)
    office = office_of(by, kept.item.meeting)
    withdrawn = WithdrawnDecision.objects.create(decision=kept, at=clock.now(), by=by, office=office, why=why)
    note(meeting=kept.item.meeting, says=f"{reference(kept)} withdrawn. Why: {why}", by=by)
    return withdrawn


def withdrawal_refusal(decision: Decision) -> str:
    """Why it cannot be withdrawn, with the cure; nothing where it can. One query at most."""
    if decision.published_at is None:
        return NOT_TO_WITHDRAW
    return WITHDRAWN_ALREADY if decision.is_withdrawn else ""


def _held_draft(decision: Decision) -> Decision:
    kept = held_decision(decision.pk)
    if kept.published_at is not None:
        raise ValidationError(IS_PUBLISHED)
    return kept


def _next(item: AgendaItem, by: User) -> Decision:
    last = Decision.objects.filter(item=item).aggregate(last=Max("number"))["last"] or 0
    return Decision(item=item, number=last + 1, recorded_at=clock.now(), recorded_by=by)


def _kept(decision: Decision, kind: str, words: str, to: Committee | None, done: str, by: User) -> Decision:
    decision.kind, decision.words, decision.to = kind, words.strip(), to
    decision.why = decision.why.strip()
    _check(decision)
    decision.save()
    note(meeting=decision.item.meeting, says=f"{_named(decision)} {done}.", by=by)
    return decision


def _check(decision: Decision) -> None:
    if decision.kind not in DecisionKind.values:
        raise ValidationError({"kind": UNKNOWN})
    if not decision.words:
        raise ValidationError({"words": SAY_WHAT})
    is_recommended = decision.kind == DecisionKind.RECOMMENDED
    if is_recommended and decision.to is None:
        raise ValidationError({"to": WHICH_BODY})
    if not is_recommended and decision.to is not None:
        raise ValidationError({"to": NO_BODY})
    if decision.to_id == decision.item.meeting.committee_id:
        raise ValidationError({"to": OWN_BODY})
    if decision.replaces_id is not None and not decision.why:
        raise ValidationError({"why": SAY_WHY})


def _named(decision: Decision) -> str:
    return f"Decision {decision.number} on item {decision.item.number}"
