"""The clerk's page on which a meeting's packs are built, and how far a build has come."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from torbay_reports.access.decisions import may
from torbay_reports.access.models import User
from torbay_reports.access.permissions import Permission
from torbay_reports.access.reach import require, there
from torbay_reports.access.signin.proof import require_recent
from torbay_reports.agenda import selectors
from torbay_reports.agenda.build_desk import DeskPages, edition_lines, has_worker, held_up, refusal
from torbay_reports.agenda.builds import ask_for_build, end_lost_builds
from torbay_reports.agenda.checklist import checklist
from torbay_reports.agenda.desk import exclusion
from torbay_reports.agenda.models import Meeting
from torbay_reports.agenda.views.finding import meeting_or_none
from torbay_reports.publishing.packplan import Edition


@require_http_methods(["GET", "HEAD", "POST"])
def build(request: HttpRequest, committee: str, held_on: date, instalment: int | None = None) -> HttpResponse:
    """An instalment's editions, each with a button; POST asks for the building of one. Without a number it is the
    newest."""
    pages, editions = _asked(request, committee, held_on, instalment)
    of = pages.instalment
    if request.method == "POST":
        wanted = next((each for each in editions if each.value == request.POST.get("edition")), None)
        assert isinstance(request.user, User)  # the permission refuses everybody else
        edition = there(request, wanted)
        # The page that it leads back to says why the others are not offered.
        if not refusal(of, edition):
            ask_for_build(instalment=of, edition=edition, by=request.user)
        return redirect(pages.build)
    # What the public edition holds stands in the restricted one too, so one list does for both.
    widest = checklist(of, editions[-1])
    context = {
        **_context(pages, editions),
        "checklist": widest,
        "held_up": held_up(widest),
        "parts": [
            DeskPages(each, by_name=True)
            for each in of.meeting.instalments.select_related("meeting__committee").order_by("number")
        ],
        "exclusion": exclusion.advice(of.meeting),
    }
    return _never_kept(render(request, "agenda/build.html", context))


@require_safe
def build_progress(request: HttpRequest, committee: str, held_on: date, instalment: int | None = None) -> HttpResponse:
    """The part of that page which changes while a pack is built."""
    pages, editions = _asked(request, committee, held_on, instalment)
    return _never_kept(render(request, "agenda/build_editions.html", _context(pages, editions)))


def _asked(request: HttpRequest, committee: str, held_on: date, number: int | None) -> tuple[DeskPages, list[Edition]]:
    """The instalment's pages and the editions that the clerk may build."""
    of = require(request, Permission.BUILD_PACK, meeting_or_none(committee, held_on))
    pages = desk_pages(request, of, number)
    editions = [Edition.PUBLIC]
    if may(request.user, Permission.READ_RESTRICTED_PACK, of):
        # Its check list and its failures name what is not for publication.
        require_recent(request)
        editions.append(Edition.RESTRICTED)
    return pages, editions


def desk_pages(request: HttpRequest, of: Meeting, number: int | None) -> DeskPages:
    """The pages of the meeting's instalment of that number, or of its newest. Raises Http404 where there is none."""
    if number is None:
        return DeskPages(there(request, selectors.newest_instalment_of([of])))
    found = of.instalments.select_related("meeting__committee").filter(number=number).first()
    return DeskPages(there(request, found), by_name=True)


def _context(pages: DeskPages, editions: list[Edition]) -> dict[str, object]:
    instalment = pages.instalment
    end_lost_builds(of=instalment)
    lines = edition_lines(instalment, editions, pages)
    return {
        "meeting": instalment.meeting,
        "instalment": instalment,
        "pages": pages,
        "editions": lines,
        "is_under_way": any(each.is_under_way for each in lines),
        "has_worker": has_worker(),
    }


def _never_kept(response: HttpResponse) -> HttpResponse:
    """A reason against a restricted edition may name its papers."""
    response["Cache-Control"] = "no-store"
    return response
