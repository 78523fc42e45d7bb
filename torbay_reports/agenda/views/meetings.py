"""Home, the list of meetings, and one meeting."""

from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from torbay_reports.access.decisions import holds, may
from torbay_reports.access.permissions import Permission
from torbay_reports.access.roles import Role
from torbay_reports.agenda import presenting, selectors
from torbay_reports.agenda.lateness import timeliness
from torbay_reports.agenda.minutes.public import lines_for
from torbay_reports.agenda.models import Meeting
from torbay_reports.agenda.published import published_of
from torbay_reports.agenda.readers import restricted_papers_for
from torbay_reports.agenda.reading.notices import notice_of
from torbay_reports.agenda.reading.packs import pack_of
from torbay_reports.agenda.views.finding import meeting_there
from torbay_reports.agenda.whole import so_far
from torbay_reports.core import clock
from torbay_reports.documents import registry
from torbay_reports.publishing.packplan import Edition

MEETINGS_SHOWN = 5
MEETINGS_LISTED = 200


@require_safe
@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """The next meeting, the latest quarter at a glance, the newest of other reports in a sentence, recent meetings."""
    coming, past = selectors.meetings_around(clock.today(), before=MEETINGS_SHOWN, after=MEETINGS_SHOWN)
    sources = registry.sources_on_home()
    papers = selectors.latest_papers_from([source.name for source in sources])
    known = [(source, papers[source.name]) for source in sources if source.name in papers]
    context = {
        "next_pack": presenting.next_pack(coming),
        "glances": [
            glance
            for source, paper in known
            if source.on_home == "at a glance" and (glance := presenting.at_a_glance(paper))
        ],
        "sentences": [
            (source.title, paper, said)
            for source, paper in known
            if source.on_home == "sentence" and (said := presenting.summary(paper)) is not None
        ],
        **_dated(coming, past),
    }
    return render(request, "agenda/home.html", context)


@require_safe
@login_not_required
def meetings(request: HttpRequest) -> HttpResponse:
    """Meetings to come and past."""
    coming, past = selectors.meetings_around(clock.today(), before=MEETINGS_LISTED, after=MEETINGS_LISTED)
    context = {
        **_dated(coming, past),
        # Of which committees, the form that it leads to knows.
        "may_add": bool(holds(request.user, (Role.CLERK,), clock.today())),
        "may_keep_committees": bool(may(request.user, Permission.KEEP_COMMITTEES, "committees")),
    }
    return render(request, "agenda/meetings.html", context)


@require_safe
@login_not_required
def meeting(request: HttpRequest, committee: str, held_on: date) -> HttpResponse:
    """A meeting: what is new in its pack, the PDFs, and its business with the papers of all instalments."""
    of = meeting_there(request, committee, held_on)
    today, pack, minutes = clock.today(), pack_of(of), lines_for(of)
    context = {
        "meeting": of,
        "when": presenting.sitting(of, today),
        "timeliness": timeliness(of, today).line,
        "pack": pack,
        "notice": notice_of(pack),
        "left_out": so_far(of, Edition.PUBLIC).missing,
        "lines": [(each, minutes.items.get(each.entry.number)) for each in pack.items],
        "minutes": minutes,
        "besides": minutes.besides([each.entry.number for each in pack.items]),
        "restricted_reason": _restricted_reason(request, of),
        "restricted_papers": restricted_papers_for(request.user, of),
        "may_keep": bool(may(request.user, Permission.KEEP_PAPERS, of)),
        "may_build": bool(may(request.user, Permission.BUILD_PACK, of)) and of.instalments.exists(),
    }
    response = render(request, "agenda/meeting.html", context)
    if context["restricted_papers"]:
        response["Cache-Control"] = "no-store"
    return response


def _dated(coming: list[Meeting], past: list[Meeting]) -> dict[str, object]:
    today = clock.today()
    return {
        "coming": [(each, presenting.when(each.held_on, today)) for each in coming],
        "past": [(each, presenting.when(each.held_on, today)) for each in past],
    }


def _restricted_reason(request: HttpRequest, of: Meeting) -> str:
    """Why the reader may have the restricted edition; nothing for everybody else, or where there is none."""
    decision = may(request.user, Permission.READ_RESTRICTED_PACK, of)
    if not decision:
        return ""
    return decision.reason if published_of([of], Edition.RESTRICTED) else ""
