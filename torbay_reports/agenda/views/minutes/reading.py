"""Everybody reads what a meeting decided."""

from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from torbay_reports.access.decisions import may
from torbay_reports.access.permissions import Permission
from torbay_reports.access.reach import there
from torbay_reports.agenda.minutes.public import decisions_of, lines_for, published_decision
from torbay_reports.agenda.models import Meeting
from torbay_reports.agenda.views.finding import meeting_there


@require_safe
@login_not_required
def decisions(request: HttpRequest, committee: str, held_on: date) -> HttpResponse:
    """All published decisions of the meeting, each with its reference and its address."""
    meeting = meeting_there(request, committee, held_on)
    context = {"meeting": meeting, "minutes": lines_for(meeting), "decisions": decisions_of(meeting)}
    return render(request, "agenda/minutes/decisions.html", context)


@require_safe
@login_not_required
def decision(request: HttpRequest, committee: str, held_on: date, item: str, number: int) -> HttpResponse:
    """One published decision, at the address by which it is cited."""
    meeting = meeting_there(request, committee, held_on)
    found = there(request, published_decision(meeting, item, number))
    to = found.decision.to
    waits = to is not None and found.decision.carried_item is None and not (found.is_replaced or found.is_withdrawn)
    context = {
        "meeting": meeting,
        "each": found,
        "item": found.decision.item,
        "may_carry": waits and bool(may(request.user, Permission.KEEP_PAPERS, Meeting(committee=to))),
    }
    return render(request, "agenda/minutes/decision.html", context)
