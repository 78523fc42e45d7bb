"""From a printed page's number to where that page is read."""

from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from torbay_reports.access.permissions import Permission
from torbay_reports.access.reach import require, there
from torbay_reports.agenda.reading.packs import PackSoFar, pack_of, paper_address
from torbay_reports.agenda.reading.places import LONGEST, is_of_restricted, label_asked, place_in, restricted_paper_on
from torbay_reports.agenda.views.finding import meeting_there


@require_safe
@login_not_required
@never_cache
def pack_page(request: HttpRequest, committee: str, held_on: date, label: str) -> HttpResponse:
    """Leads to the page of that printed number; to one not for publication only who may read its paper."""
    of = meeting_there(request, committee, held_on)
    if is_of_restricted(label):
        paper = require(request, Permission.READ_PUBLICATION, restricted_paper_on(of, label))
        return redirect(f"{paper_address(of, paper.item.number, paper.slug)}#page-{label}")
    return redirect(there(request, place_in(pack_of(of), label) or None))


@require_safe
@login_not_required
@never_cache
def page_asked(request: HttpRequest, committee: str, held_on: date) -> HttpResponse:
    """Leads to the page whose number was typed, or asks for it."""
    of = meeting_there(request, committee, held_on)
    typed = request.GET.get("page", "").replace("\x00", "")
    label = label_asked(typed)
    if is_of_restricted(label):
        return redirect(reverse("agenda:pack-page", args=[of.committee.slug, of.held_on, label]))
    pack = pack_of(of)
    place = place_in(pack, label) if label else ""
    if place:
        return redirect(place)
    context = {"meeting": of, "pack": pack, "typed": typed[:LONGEST], "wrong": _wrong(pack, typed)}
    return render(request, "agenda/reading/page_asked.html", context)


def _wrong(pack: PackSoFar, typed: str) -> str:
    if not typed:
        return ""
    shown = typed[:LONGEST]
    if not pack.parts:
        return f"There is no page “{shown}” to go to: nothing is published of this meeting yet."
    return f"The pack has no page “{shown}”. It has {pack.page_words[:1].lower()}{pack.page_words[1:]}."
