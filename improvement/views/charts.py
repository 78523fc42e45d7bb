"""A plan in charts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from improvement.reports.charts import completion_chart, status_by_theme_chart
from improvement.selectors.position import plan_position
from improvement.selectors.standing import usual_day
from improvement.views.asking import day_asked, known_since
from improvement.views.guard import plan_there
from torbay_reports.documents.html import render_block


@never_cache
@require_safe
def charts(request: HttpRequest, slug: str) -> HttpResponse:
    """The status of the steps by theme, and how many were done over time, as at a day.

    A page of its own: these need every update of every step, which the plan's page does without.
    """
    plan = plan_there(request, slug)
    usual = usual_day(plan)
    as_at = day_asked(request.GET, usual, known_since(request.GET, plan))
    position = plan_position(plan, as_at)
    drawn = [render_block(chart(position)) for chart in (status_by_theme_chart, completion_chart)]
    context = {"plan": plan, "as_at": as_at, "is_usual_day": as_at == usual, "charts": drawn}
    return render(request, "improvement/charts.html", context)
