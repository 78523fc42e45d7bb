"""A meeting's published pack: its page, and its two editions as PDFs."""

from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from torbay_reports.access.permissions import Permission
from torbay_reports.access.reach import require, there
from torbay_reports.access.signin.proof import require_recent
from torbay_reports.agenda import presenting
from torbay_reports.agenda.composition import letter_heading
from torbay_reports.agenda.models import Meeting
from torbay_reports.agenda.published import PublishedInstalment, published_of
from torbay_reports.agenda.views.finding import meeting_or_none, meeting_there
from torbay_reports.agenda.views.recording import note_pack
from torbay_reports.publishing.bundles.reading import bytes_of, published_address
from torbay_reports.publishing.bundles.services import PACK
from torbay_reports.publishing.packplan import Edition


@require_safe
@login_not_required
def pack(request: HttpRequest, committee: str, held_on: date) -> HttpResponse:
    """The newest instalment's pack: what the meeting is asked to decide, then the contents and the letter."""
    of = meeting_there(request, committee, held_on)
    newest = _newest(request, of, Edition.PUBLIC)
    context = {
        "meeting": of,
        "instalment": newest.instalment,
        "bundle": newest.bundle,
        "permanent": published_address(newest.bundle),
        "contents": presenting.contents(newest.bundle),
        "asked": presenting.asked(newest.bundle),
        "letter": newest.bundle.letter,
        "dated": date.fromisoformat(newest.bundle.letter["dated"]),
        "heading": letter_heading(of),
    }
    return render(request, "agenda/pack.html", context)


@require_safe
@login_not_required
def pack_pdf(request: HttpRequest, committee: str, held_on: date) -> HttpResponse:
    """The public edition of the newest instalment as a PDF."""
    of = meeting_there(request, committee, held_on)
    return _pdf(_newest(request, of, Edition.PUBLIC), f"{of.committee.slug}-{of.held_on}.pdf")


@require_safe
def restricted_pack_pdf(request: HttpRequest, committee: str, held_on: date) -> HttpResponse:
    """The restricted edition, for those who may read the meeting's restricted papers; recorded, never cached."""
    of = require(request, Permission.READ_RESTRICTED_PACK, meeting_or_none(committee, held_on))
    newest = _newest(request, of, Edition.RESTRICTED)
    require_recent(request)
    note_pack(request, of, newest.bundle)
    response = _pdf(newest, f"NOT-FOR-PUBLICATION-{of.committee.slug}-{of.held_on}.pdf")
    response["Cache-Control"] = "no-store"
    return response


def _newest(request: HttpRequest, of: Meeting, edition: Edition) -> PublishedInstalment:
    return there(request, next(iter(published_of([of], edition)), None))


def _pdf(published: PublishedInstalment, name: str) -> HttpResponse:
    response = HttpResponse(bytes_of(published.bundle, PACK), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
