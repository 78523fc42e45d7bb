"""The lists that a reader wants: what is late, stale, below target or without evidence; and what changed."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from improvement.kinds import Flag
from improvement.presenting import Listed, news_of, news_words
from improvement.references import reference_key
from improvement.reports.since import Written
from improvement.selectors.finding import Wanted, found
from improvement.selectors.standing import usual_day
from improvement.views.asking import STEPS_ON_A_PAGE, day_asked, known_since, table_of
from improvement.views.guard import plan_there


@never_cache
@require_safe
def flagged(request: HttpRequest, slug: str, flag: str) -> HttpResponse:
    """The steps on one of the lists as at a day, a page at a time."""
    plan = plan_there(request, slug)
    if flag not in set(Flag):
        raise Http404
    usual = usual_day(plan)
    as_at = day_asked(request.GET, usual, known_since(request.GET, plan))
    steps = found(plan, as_at, Wanted(flags=frozenset([Flag(flag)])))
    listed = Listed(Flag(flag), len(steps))
    query = f"flag={flag}" + (f"&as-at={as_at.isoformat()}" if as_at != usual else "")
    context = {
        "plan": plan,
        "as_at": as_at,
        "is_usual_day": as_at == usual,
        "listed": listed,
        "query": query,
        "table": table_of(request, plan, steps, as_at, listed.flag.label),
    }
    return render(request, "improvement/flagged.html", context)


@never_cache
@require_safe
def changes(request: HttpRequest, slug: str) -> HttpResponse:
    """What was changed and said since the newest published paper, by step, a page at a time."""
    plan = plan_there(request, slug)
    as_at = day_asked(request.GET, usual_day(plan), known_since(request.GET, plan))
    news = news_of(plan, as_at)
    written = sorted(news.written, key=_in_print) if news else []
    paginator = Paginator(written, STEPS_ON_A_PAGE)
    context = {
        "plan": plan,
        "as_at": as_at,
        "news": news,
        "news_words": news_words(news) if news else "",
        "table": {"paginator": paginator, "page": paginator.get_page(request.GET.get("page"))},
    }
    return render(request, "improvement/changes.html", context)


def _in_print(written: Written) -> tuple[bool, object, bool]:
    """What is about the plan's levels first, then the steps by reference, changes before updates."""
    return written.step is not None, reference_key(written.about), written.is_update
