"""The list of committees, one committee, and its feed."""

from hashlib import sha256
from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from torbay_reports.access.models import User
from torbay_reports.access.reach import there
from torbay_reports.agenda.presenting import when
from torbay_reports.agenda.subscribing import committees as selectors
from torbay_reports.agenda.subscribing import feeds, links
from torbay_reports.agenda.subscribing.subscriptions import of_address
from torbay_reports.core import clock
from torbay_reports.publishing.bundles.feeds import ATOM
from torbay_reports.publishing.bundles.serving import BRIEFLY

MEETINGS_ON_A_PAGE: Final = 20
COMING: Final = 20
LATELY: Final = 5


@require_safe
@login_not_required
def committees(request: HttpRequest) -> HttpResponse:
    """All committees, each with its next meeting."""
    found = selectors.committees(clock.today())
    return render(request, "agenda/subscribing/committees.html", {"committees": found})


@require_safe
@login_not_required
def committee(request: HttpRequest, committee: str) -> HttpResponse:
    """A committee: its meetings to come and past, what was published lately, and how to be told of more."""
    found, today = there(request, selectors.committee(committee)), clock.today()
    past = Paginator(selectors.past(found, today), MEETINGS_ON_A_PAGE)
    own = of_address(found, request.user.email) if isinstance(request.user, User) else None
    context = {
        "committee": found,
        "coming": [(each, when(each.held_on, today)) for each in selectors.coming(found, today)[:COMING]],
        "past": {"paginator": past, "page": past.get_page(request.GET.get("page"))},
        "lately": feeds.entries(found, most=LATELY),
        "own": own,
        "ending": links.ending_path(own) if own else "",
    }
    return render(request, "agenda/subscribing/committee.html", context)


@require_safe
@login_not_required
def committee_feed(request: HttpRequest, committee: str) -> HttpResponse:
    """What was published of the committee's packs as an Atom feed; no cookie is needed for it."""
    found = there(request, selectors.committee(committee))
    entries = feeds.entries(found)
    data = feeds.feed(found, entries, site=request.build_absolute_uri("/").rstrip("/"))
    updated = int((entries[0].happened_at if entries else feeds.BEFORE_ALL).timestamp())
    etag = f'"{sha256(data).hexdigest()}"'
    response = HttpResponse(data, content_type=f"{ATOM}; charset=utf-8")
    for name, said in (("ETag", etag), ("Last-Modified", http_date(updated)), BRIEFLY):
        response[name] = said
    return get_conditional_response(request, etag=etag, last_modified=updated, response=response) or response
