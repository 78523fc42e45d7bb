"""The clerk's page on which a meeting's packs are built, and how far a build has come."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from torbay_reports.access.decisions import may
from torbay_reports.access.models import User
from torbay_reports.access.permissions import Permission
from torbay_reports.access.reach import require, there
from torbay_reports.access.signin.proof import require_recent
from torbay_reports.agenda import selectors
from torbay_reports.agenda.build_desk import edition_lines, has_worker, held_up, refusal
from torbay_reports.agenda.builds import ask_for_build, end_lost_builds
from torbay_reports.agenda.checklist import checklist
from torbay_reports.agenda.models import Instalment, Meeting
from torbay_reports.agenda.views.finding import meeting_or_none
from torbay_reports.publishing.packplan import Edition


@require_http_methods(["GET", "HEAD", "POST"])
def build(request: HttpRequest, committee: str, held_on: date) -> HttpResponse:
    """The newest instalment's editions, each with a button; POST asks for the building of one."""
    of, instalment, editions = _asked(request, committee, held_on)
    if request.method == "POST":
        wanted = next((each for each in editions if each.value == request.POST.get("edition")), None)
        assert isinstance(request.user, User)  # the permission refuses everybody else
        edition = there(request, wanted)
        # The page that it leads back to says why the others are not offered.
        if not refusal(instalment, edition):
            ask_for_build(instalment=instalment, edition=edition, by=request.user)
        return redirect("agenda:build", of.committee.slug, of.held_on)
    # What the public edition holds stands in the restricted one too, so one list does for both.
    widest = checklist(instalment, editions[-1])
    context = {**_context(of, instalment, editions), "checklist": widest, "held_up": held_up(widest)}
    return _never_kept(render(request, "agenda/build.html", context))


@require_safe
def build_progress(request: HttpRequest, committee: str, held_on: date) -> HttpResponse:
    """The part of that page which changes while a pack is built."""
    of, instalment, editions = _asked(request, committee, held_on)
    context = _context(of, instalment, editions)
    return _never_kept(render(request, "agenda/build_editions.html", context))


def _asked(request: HttpRequest, committee: str, held_on: date) -> tuple[Meeting, Instalment, list[Edition]]:
    """The meeting, its newest instalment and the editions that the clerk may build."""
    of = require(request, Permission.BUILD_PACK, meeting_or_none(committee, held_on))
    instalment = selectors.newest_instalment_of([of])
    if instalment is None:
        raise Http404
    editions = [Edition.PUBLIC]
    if may(request.user, Permission.READ_RESTRICTED_PACK, of):
        # Its check list and its failures name what is not for publication.
        require_recent(request)
        editions.append(Edition.RESTRICTED)
    return of, instalment, editions


def _context(of: Meeting, instalment: Instalment, editions: list[Edition]) -> dict[str, object]:
    end_lost_builds(of=instalment)
    lines = edition_lines(instalment, editions)
    return {
        "meeting": of,
        "instalment": instalment,
        "editions": lines,
        "is_under_way": any(each.is_under_way for each in lines),
        "has_worker": has_worker(),
    }


def _never_kept(response: HttpResponse) -> HttpResponse:
    """A reason against a restricted edition may name its papers."""
    response["Cache-Control"] = "no-store"
    return response
