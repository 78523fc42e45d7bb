"""The plan, or what the filter finds of it, as a file; and the paper as it would be."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from improvement.calculations.taking_away import tracker_with
from improvement.reports.export import tracker_file
from improvement.reports.paper import obstacles, tracker_paper
from improvement.selectors.position import plan_position
from improvement.selectors.standing import usual_day
from improvement.views.asking import asked, day_asked
from improvement.views.guard import plan_there
from torbay_reports.documents.html import render_screen
from torbay_reports.documents.subjects import subject_of
from torbay_reports.documents.tables import CONTENT_TYPES, Format

_FORMATS: Final[dict[str, Format]] = {"csv": "csv", "xlsx": "xlsx"}


@never_cache
@require_safe
def plan_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The steps that the filter finds as CSV or XLSX (`?as=`); the file's name says where it is not the whole plan.

    A filter that does not say which steps it means leads to the plan's page, which says why.
    """
    plan = plan_there(request, slug)
    fmt = _FORMATS.get(request.GET.get("as", ""))
    if fmt is None:
        raise Http404
    wanted = asked(request, plan)
    if wanted.steps is None:
        return redirect(f"{plan.get_absolute_url()}?{request.GET.urlencode()}")
    steps = {each.pk for each in wanted.steps} if wanted.form.is_filled else None
    position = plan_position(plan, wanted.as_at)
    tracker = tracker_with(position, steps)
    part = "" if steps is None else f"-{len(steps)}-of-{sum(1 for _ in position.steps())}-steps"
    response = HttpResponse(tracker_file(tracker, fmt), content_type=CONTENT_TYPES[fmt])
    response["Content-Disposition"] = f'attachment; filename="{plan.slug}-{wanted.as_at.isoformat()}{part}.{fmt}"'
    return response


@never_cache
@require_safe
def draft_paper(request: HttpRequest, slug: str) -> HttpResponse:
    """The plan's paper from the rows of this moment, as at a day, marked as a draft, with what keeps it back."""
    plan = plan_there(request, slug)
    usual = usual_day(plan)
    as_at = day_asked(request.GET, usual)
    document = tracker_paper(subject_of(plan.slug, as_at))
    context = {
        "plan": plan,
        "as_at": as_at,
        "is_usual_day": as_at == usual,
        "document": document,
        "body": render_screen(document),
        "obstacles": obstacles(document.subject),
    }
    return render(request, "improvement/draft.html", context)
