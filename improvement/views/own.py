"""A person's own steps: what they were asked, what is late, and the one next thing to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from improvement.selectors.own import first_wanting, own_steps
from improvement.views.guard import readable_plans
from torbay_reports.access.models import User


@never_cache
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """The steps that the reader answers for, in every plan that they may read."""
    plans = readable_plans(request)
    assert isinstance(request.user, User)
    found = [steps for each in plans if (steps := own_steps(each, request.user)).steps]
    return render(request, "improvement/own.html", {"everything": found, "first": first_wanting(found)})
