"""The clerk makes a supplement, and goes through the letter and the papers of any part of the pack."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from torbay_reports.access.signin.proof import require_recent
from torbay_reports.agenda.desk.addresses import desk_address
from torbay_reports.agenda.desk.instalments import (
    change_instalment,
    choosable,
    instalment_mark,
    make_supplement,
    papers_in,
    supplement_refusal,
)
from torbay_reports.agenda.desk.letters import letter_of, proposed_letter
from torbay_reports.agenda.desk.standing import Standing, standing_of
from torbay_reports.agenda.desk.steps import is_late
from torbay_reports.agenda.desk_forms import InstalmentChangeForm, InstalmentForm
from torbay_reports.agenda.lateness import timeliness
from torbay_reports.agenda.models import Instalment, Paper
from torbay_reports.agenda.views.desk.finding import kept_instalment, kept_meeting
from torbay_reports.agenda.views.desk.sending import about, take_as_seen
from torbay_reports.core import clock
from torbay_reports.core.asking import attempt, bound, show

TEMPLATE = "agenda/desk/instalment.html"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def supplement_add(request: HttpRequest, committee: str, held_on: date) -> HttpResponse:
    """A supplement, with those papers that went out without their content."""
    meeting, by = kept_meeting(request, committee, held_on)
    # It names what is not for publication.
    require_recent(request)
    standing = standing_of(meeting)
    papers = choosable(meeting, standing, None)
    number = (meeting.instalments.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    form = InstalmentForm(
        **bound(request),
        has_letter=True,
        choosable=papers,
        reasons_for=papers,
        initial={
            **asdict(proposed_letter(meeting, number=number, by=by)),
            **_reasons(papers),
            **{f"take-{each.pk}": bool(each.content.publication_id or each.content.upload_id) for each in papers},
        },
    )
    question = about(
        meeting,
        title=f"Supplement {number}",
        button="Make the supplement",
        sentences=["Items and papers that are added once it is there go out with it too."],
        refusal=supplement_refusal(meeting, standing),
        template=TEMPLATE,
    )
    if request.method == "POST" and not question.refusal and form.is_valid():
        made = attempt(
            form,
            lambda: make_supplement(
                meeting=meeting, letter=form.letter(), papers=form.taken, reasons=_given(form), by=by
            ),
        )
        if made is not None:
            messages.success(request, f"{made.name} is made.")
            return redirect(desk_address(meeting))
    return show(request, question, form)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def instalment_letter(request: HttpRequest, committee: str, held_on: date, instalment: int) -> HttpResponse:
    """The letter of a part of the pack, what goes into it while it is not out, and why papers of it are late."""
    found, by = kept_instalment(request, committee, held_on, instalment)
    require_recent(request)
    standing = standing_of(found.meeting)
    offered = _offered(found, standing)
    late = _late_papers(found, offered)
    form = InstalmentChangeForm(
        **bound(request),
        has_letter=bool(found.number),
        choosable=offered,
        reasons_for=late,
        initial={
            **asdict(letter_of(found)),
            **_reasons(late),
            **{f"take-{each.pk}": each.instalment_id == found.pk for each in offered},
            "seen": instalment_mark(found),
        },
    )
    question = about(
        found.meeting,
        title=f"{found.name}: its letter and its papers" if found.number else "The agenda's first page",
        button="Save",
        sentences=["It is published: what you change goes out with its next version."]
        if standing.is_out(found)
        else [],
        template=TEMPLATE,
    )
    return take_as_seen(
        request,
        question,
        form,
        lambda: change_instalment(
            instalment=found,
            letter=form.letter(),
            papers=form.taken,
            reasons=form.reasons,
            seen=form.cleaned_data["seen"],
            by=by,
        ),
        lambda changed: (f"{changed.name} is saved.", desk_address(found.meeting)),
    )


def _offered(instalment: Instalment, standing: Standing) -> list[Paper]:
    """The papers of which it can still be chosen; none of an agenda, and none of what is out."""
    if not instalment.number or standing.is_out(instalment):
        return []
    return choosable(instalment.meeting, standing, instalment)


def _late_papers(instalment: Instalment, offered: Sequence[Paper]) -> list[Paper]:
    """Those that may need a reason: of an agenda only where it goes out late."""
    if not instalment.number and not is_late(instalment, timeliness(instalment.meeting, clock.today())):
        return []
    own = papers_in(instalment)
    return own + [each for each in offered if each.instalment_id != instalment.pk]


def _reasons(papers: Sequence[Paper]) -> dict[str, str]:
    return {f"why-{each.pk}": each.why_late for each in papers}


def _given(form: InstalmentForm) -> dict[int, str]:
    """The reasons of those papers that were taken."""
    return {key: why for key, why in form.reasons.items() if key in form.taken}
