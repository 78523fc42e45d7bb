"""A meeting's pack: its page, and its two editions as PDFs."""

from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from torbay_reports.access.permissions import Permission
from torbay_reports.access.reach import require, there
from torbay_reports.access.signin.proof import require_recent
from torbay_reports.agenda import presenting, selectors
from torbay_reports.agenda.composition import letter_heading
from torbay_reports.agenda.models import Instalment, Meeting
from torbay_reports.agenda.views.finding import meeting_or_none, meeting_there
from torbay_reports.agenda.views.recording import note_pack
from torbay_reports.publishing.models import BuiltPack
from torbay_reports.publishing.packplan import Edition


@require_safe
@login_not_required
def pack(request: HttpRequest, committee: str, held_on: date) -> HttpResponse:
    """The newest instalment's pack: what the meeting is asked to decide, then the contents and the letter."""
    of = meeting_there(request, committee, held_on)
    instalment, stored = _newest_pack(request, of, Edition.PUBLIC)
    business = selectors.business(of, edition=Edition.PUBLIC, instalment=instalment)
    context = {
        "meeting": of,
        "instalment": instalment,
        "stored": stored,
        "contents": presenting.contents(business, presenting.page_map(stored)),
        "asked": presenting.asked(business),
        "heading": letter_heading(of),
    }
    return render(request, "agenda/pack.html", context)


@require_safe
@login_not_required
def pack_pdf(request: HttpRequest, committee: str, held_on: date) -> HttpResponse:
    """The public edition of the newest instalment as a PDF."""
    of = meeting_there(request, committee, held_on)
    _, stored = _newest_pack(request, of, Edition.PUBLIC)
    return _pdf(stored, f"{of.committee.slug}-{of.held_on}.pdf")


@require_safe
def restricted_pack_pdf(request: HttpRequest, committee: str, held_on: date) -> HttpResponse:
    """The restricted edition, for those who may read the meeting's restricted papers; recorded, never cached."""
    of = require(request, Permission.READ_RESTRICTED_PACK, meeting_or_none(committee, held_on))
    _, stored = _newest_pack(request, of, Edition.RESTRICTED)
    require_recent(request)
    note_pack(request, of, stored)
    response = _pdf(stored, f"{of.committee.slug}-{of.held_on}-restricted.pdf")
    response["Cache-Control"] = "no-store"
    return response


def _newest_pack(request: HttpRequest, of: Meeting, edition: Edition) -> tuple[Instalment, BuiltPack]:
    instalment = there(request, selectors.newest_instalment_of([of]))
    return instalment, there(request, presenting.stored_edition(instalment, edition))


def _pdf(stored: BuiltPack, name: str) -> HttpResponse:
    response = HttpResponse(bytes(stored.pdf), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
