"""A meeting's published pack: its page, and both its editions as PDFs, as a whole and instalment by instalment."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from torbay_reports.access.permissions import Permission
from torbay_reports.access.reach import require, there
from torbay_reports.access.signin.proof import require_recent
from torbay_reports.agenda import presenting
from torbay_reports.agenda.models import Meeting
from torbay_reports.agenda.published import PublishedInstalment, published_of
from torbay_reports.agenda.reading.notices import notice_of
from torbay_reports.agenda.reading.packs import pack_of
from torbay_reports.agenda.reading.sheets import sheets_of
from torbay_reports.agenda.views.finding import meeting_or_none, meeting_there
from torbay_reports.agenda.views.recording import note_pack
from torbay_reports.agenda.whole import so_far, whole_pack
from torbay_reports.publishing.bundles.reading import bytes_of
from torbay_reports.publishing.bundles.services import PACK
from torbay_reports.publishing.models import AnyBundle
from torbay_reports.publishing.packplan import Edition


@require_safe
@login_not_required
def pack(request: HttpRequest, committee: str, held_on: date) -> HttpResponse:
    """The pack so far: what the meeting is asked to decide, what is new, the contents, then the agenda and the letters
    as they were published."""
    of = meeting_there(request, committee, held_on)
    found = pack_of(of)
    there(request, found.newest)
    context = {
        "meeting": of,
        "pack": found,
        "notice": notice_of(found),
        "asked": presenting.asked(found),
        "lines": [(each, None) for each in found.items],
        "letters": sheets_of(found.parts),
        "left_out": so_far(of, Edition.PUBLIC).missing,
    }
    return render(request, "agenda/pack.html", context)


@require_safe
@login_not_required
def pack_pdf(request: HttpRequest, committee: str, held_on: date) -> HttpResponse:
    """The pack so far as one PDF: the public edition of every instalment that is out."""
    of = meeting_there(request, committee, held_on)
    joined = whole_pack(of, Edition.PUBLIC)
    volumes = there(request, joined.volumes or None)
    return _pdf(joined.pdf, _name(of, [each.name for each in volumes]))


@require_safe
def restricted_pack_pdf(request: HttpRequest, committee: str, held_on: date) -> HttpResponse:
    """The pack so far with what is not for publication, for those who may read it; each restricted edition in it is
    recorded, and nothing is cached."""
    of = require(request, Permission.READ_RESTRICTED_PACK, meeting_or_none(committee, held_on))
    there(request, _restricted(each.bundle for each in so_far(of, Edition.RESTRICTED).out))
    require_recent(request)
    joined = whole_pack(of, Edition.RESTRICTED)
    bundles = there(request, _restricted(each.bundle for each in joined.volumes))
    return _not_for_publication(request, of, bundles, joined.pdf, _name(of, [each.name for each in joined.volumes]))


@require_safe
@login_not_required
def instalment_pdf(request: HttpRequest, committee: str, held_on: date, instalment: int) -> HttpResponse:
    """The public edition of one instalment as it was published."""
    of = meeting_there(request, committee, held_on)
    found = _one(request, of, instalment, Edition.PUBLIC)
    return _pdf(bytes_of(found.bundle, PACK), _name(of, [found.instalment.slug]))


@require_safe
def instalment_restricted_pdf(request: HttpRequest, committee: str, held_on: date, instalment: int) -> HttpResponse:
    """The restricted edition of one instalment, for those who may read it; recorded, never cached."""
    of = require(request, Permission.READ_RESTRICTED_PACK, meeting_or_none(committee, held_on))
    found = _one(request, of, instalment, Edition.RESTRICTED)
    require_recent(request)
    data = bytes_of(found.bundle, PACK)
    return _not_for_publication(request, of, [found.bundle], data, _name(of, [found.instalment.slug]))


def _one(request: HttpRequest, of: Meeting, number: int, edition: Edition) -> PublishedInstalment:
    standing = published_of([of], edition)
    return there(request, next((each for each in standing if each.instalment.number == number), None))


def _restricted(bundles: Iterable[AnyBundle]) -> list[AnyBundle] | None:
    return [each for each in bundles if each.edition is Edition.RESTRICTED] or None


def _not_for_publication(
    request: HttpRequest, of: Meeting, bundles: Iterable[AnyBundle], data: bytes, name: str
) -> HttpResponse:
    for bundle in bundles:
        note_pack(request, of, bundle)
    response = _pdf(data, f"NOT-FOR-PUBLICATION-{name}")
    response["Cache-Control"] = "no-store"
    return response


def _name(of: Meeting, instalments: Sequence[str]) -> str:
    """A file's name, which says what of the meeting it holds: several instalments are the pack so far."""
    held = instalments[0] if len(instalments) == 1 else "pack-so-far"
    return f"{of.committee.slug}-{of.held_on}-{held}.pdf"


def _pdf(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
