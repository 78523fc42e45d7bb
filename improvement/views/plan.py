"""A plan: what changed, what is late, what is done but below target; then its themes, and its steps."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from improvement.bars import rows_of_bars
from improvement.calculations.counting import counts_by_status
from improvement.kinds import Flag, Status
from improvement.presenting import lists_of, news_of, news_words
from improvement.selectors.outline import StepOutline
from improvement.tables import wants_something
from improvement.views.asking import Asked, asked, table_of
from improvement.views.guard import plan_there
from torbay_reports.access.decisions import may
from torbay_reports.access.permissions import Permission
from torbay_reports.documents import registry

_TURNS: Final = ("sort", "page")
"""Parts of an address by which a reader turns over what they have seen the beginning of."""


@never_cache
@require_safe
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """The plan as at a day; with a filter, an order or a further page, its steps alone, a page at a time."""
    found = plan_there(request, slug)
    wanted = asked(request, found)
    is_whole = not wanted.form.is_filled and not any(name in request.GET for name in _TURNS)
    context: dict[str, object] = {
        "plan": found,
        "as_at": wanted.as_at,
        "is_usual_day": wanted.as_at == wanted.usual,
        "form": wanted.form,
        "is_filtered": wanted.form.is_filled,
        "is_whole": is_whole and wanted.steps is not None,
        "statuses": list(Status),
        "flags": list(Flag),
        "may_keep": bool(may(request.user, Permission.KEEP_PLAN, found)),
        "table": None,
    }
    if wanted.steps is not None:
        context |= _steps(request, wanted, wanted.steps)
        context |= _whole(request, wanted, wanted.steps) if is_whole else {}
    return render(request, "improvement/plan.html", context)


def _whole(request: HttpRequest, wanted: Asked, steps: list[StepOutline]) -> dict[str, object]:
    """What the page says of the whole plan before its steps."""
    news = news_of(wanted.plan, wanted.as_at)
    return {
        "news": news,
        "news_words": news_words(news) if news else "",
        "lists": lists_of(steps),
        "counts": [(status, number) for status, number in counts_by_status(steps).items() if number],
        "number": len(steps),
        "rows_of_bars": rows_of_bars(wanted.themes, steps),
        "slot": registry.slot("improvement:plan", request, wanted.plan),
    }


def _steps(request: HttpRequest, wanted: Asked, steps: list[StepOutline]) -> dict[str, object]:
    """One page of the steps, what is done apart from what wants something unless the reader asks for an order."""
    table = table_of(request, wanted.plan, steps, wanted.as_at, "Steps")
    rows = list(table.page.object_list)
    folds = not table.order_by and not wanted.form.cleaned_data["status"]
    first = [row for row in rows if wants_something(row.record)] if folds else rows
    return {"table": table, "rows": first or rows, "folded": [row for row in rows if row not in first] if first else []}
