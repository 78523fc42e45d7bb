"""The clerk drafts decisions, publishes them, and replaces published ones."""

from datetime import date
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from torbay_reports.agenda.desk_forms import SeenForm
from torbay_reports.agenda.minutes import decisions as desk
from torbay_reports.agenda.minutes.holding import not_yet
from torbay_reports.agenda.minutes.words import decision_sentence, reference, replaces_sentence
from torbay_reports.agenda.minutes_forms import DecisionForm
from torbay_reports.agenda.models import AgendaItem, Committee, Decision
from torbay_reports.agenda.views.minutes.finding import BACK_WORDS, KeptMeeting, caught_up, kept_decision, kept_item
from torbay_reports.core.asking import Question, bound, take

NEW: Final = "new"
"""The mark of a form that begins with nothing."""
NOT_PUBLIC_YET: Final = "Only the committee's clerks read it until it is published."
FOR_GOOD: Final = "Everybody reads it then, and it never changes. A mistake is put right by another that replaces it."


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def decision_draft(request: HttpRequest, committee: str, held_on: date, item: str) -> HttpResponse:
    """What was decided on an item."""
    kept, found = kept_item(request, committee, held_on, item)
    form = _form(request, found, {"seen": NEW})

    def act() -> str:
        given = form.given()
        made = desk.draft(item=found, kind=given["kind"], words=given["words"], to=given["to"], by=kept.by)
        return f"Decision {made.number} on item {found.number} is drafted."

    title = f"What was decided on item {found.number}"
    return take(request, _question(kept, title, [_named(found), NOT_PUBLIC_YET]), form, act)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def decision_change(request: HttpRequest, committee: str, held_on: date, item: str, number: int) -> HttpResponse:
    """A draft, changed."""
    kept, found = kept_decision(request, committee, held_on, item, number)
    form = _form(request, found.item, {"seen": desk.decision_mark(found), **_values(found)}, bool(found.replaces_id))

    def act() -> str:
        given = form.given()
        desk.change(decision=found, seen=form.cleaned_data["seen"], by=kept.by, **given)
        return f"Decision {number} on item {item} is changed."

    question = _question(
        kept, f"Decision {number} on item {item}", [_named(found.item), NOT_PUBLIC_YET], _published(found)
    )
    return take(request, question, form, caught_up(form, act))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def decision_replace(request: HttpRequest, committee: str, held_on: date, item: str, number: int) -> HttpResponse:
    """The draft of a decision in the place of a published one."""
    kept, found = kept_decision(request, committee, held_on, item, number)
    form = _form(request, found.item, {"seen": NEW, **_values(found), "why": ""}, is_replacing=True)
    is_replaced = Decision.objects.filter(replaces=found).exists()
    refusal = "" if found.published_at else desk.NOT_PUBLISHED

    def act() -> str:
        made = desk.replace(decision=found, by=kept.by, **form.given())
        return f"Decision {made.number} on item {item} is drafted. Publish it, and it replaces decision {number}."

    sentences = [
        f"{reference(found)} stays as it is, and says by what it is replaced once that is published.",
        NOT_PUBLIC_YET,
    ]
    title = f"Replace decision {number} on item {item}"
    question = _question(kept, title, sentences, refusal or (desk.REPLACED_ALREADY if is_replaced else ""))
    return take(request, question, form, act)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def decision_publish(request: HttpRequest, committee: str, held_on: date, item: str, number: int) -> HttpResponse:
    """Asks before a decision is published for good."""
    kept, found = kept_decision(request, committee, held_on, item, number)
    form = SeenForm(**bound(request), initial={"seen": desk.decision_mark(found)})

    def act() -> str:
        desk.publish(decision=found, seen=form.cleaned_data["seen"], by=kept.by)
        return f"Published: {reference(found)}."

    sentences = [_named(found.item), decision_sentence(found), replaces_sentence(found), FOR_GOOD]
    question = Question(
        title="Publish this decision?",
        button="Publish it",
        warns=True,
        back=kept.back,
        back_words=BACK_WORDS,
        sentences=[each for each in sentences if each],
        refusal=_published(found) or not_yet(held_on, desk.PUBLISHED_FROM),
    )
    return take(request, question, form, caught_up(form, act))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def decision_drop(request: HttpRequest, committee: str, held_on: date, item: str, number: int) -> HttpResponse:
    """Asks before a draft is thrown away."""
    kept, found = kept_decision(request, committee, held_on, item, number)
    question = Question(
        title="Throw this draft away?",
        button="Throw it away",
        warns=True,
        back=kept.back,
        back_words=BACK_WORDS,
        sentences=[_named(found.item), decision_sentence(found)],
        refusal=_published(found),
    )

    def act() -> str:
        desk.drop(decision=found, by=kept.by)
        return f"The draft of decision {number} on item {item} is thrown away."

    return take(request, question, forms.Form(**bound(request)), act)


def _question(kept: KeptMeeting, title: str, sentences: list[str], refusal: str = "") -> Question:
    return Question(
        title=title,
        button="Keep the draft",
        back=kept.back,
        back_words=BACK_WORDS,
        sentences=sentences,
        refusal=refusal,
    )


def _form(request: HttpRequest, item: AgendaItem, given: dict[str, Any], is_replacing: bool = False) -> DecisionForm:
    bodies = Committee.objects.exclude(pk=item.meeting.committee_id)
    return DecisionForm(**bound(request), bodies=bodies, is_replacing=is_replacing, initial=given)


def _values(decision: Decision) -> dict[str, Any]:
    return {
        "kind": decision.kind,
        "words": decision.words,
        "to": str(decision.to_id or ""),
        "why": decision.why,
    }


def _published(decision: Decision) -> str:
    return desk.IS_PUBLISHED if decision.published_at else ""


def _named(item: AgendaItem) -> str:
    return f"Item {item.number}, {item.title}."
