"""The page about oneself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from torbay_reports.access.permissions import Permission
from torbay_reports.access.reach import require
from torbay_reports.access.roles import Role
from torbay_reports.access.selectors import assignments_of
from torbay_reports.access.wording import names_read_once, role_sentence
from torbay_reports.core import clock


@never_cache
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """The person's name and roles in sentences: those held today, then those to come and those past."""
    person = request.user
    require(request, Permission.READ_OWN_PAGE, person)
    today, names = clock.today(), names_read_once()
    held: list[dict[str, str]] = []
    other: list[dict[str, str]] = []
    for assignment in assignments_of(person):
        entry = {"sentence": role_sentence(assignment, today, names), "meaning": Role(assignment.role).sentence}
        (held if assignment.is_held_on(today) else other).append(entry)
    return render(request, "access/me.html", {"person": person, "held": held, "other": other})
