"""The plans that there are."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from improvement.views.guard import readable_plans
from torbay_reports.access.decisions import may
from torbay_reports.access.permissions import Permission


@never_cache
@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """The plans that the reader may read, by title."""
    found = readable_plans(request)
    may_import = bool(may(request.user, Permission.KEEP_PLAN, "plans"))
    return render(request, "improvement/plans.html", {"plans": found, "may_import": may_import})
