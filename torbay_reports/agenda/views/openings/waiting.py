"""Papers that somebody asks to open, which wait for another person to confirm it."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from torbay_reports.access.models import User
from torbay_reports.access.reach import Refused, there
from torbay_reports.access.signin.proof import require_recent
from torbay_reports.agenda import opening
from torbay_reports.agenda.reviews import may_read_diary
from torbay_reports.agenda.views.openings.finding import page_of
from torbay_reports.core import clock

OWN: Final = "You have asked for it, so somebody else confirms it"


@require_safe
@never_cache
def openings(request: HttpRequest) -> HttpResponse:
    """All of them, the oldest first, for who confirms them; clerks read of their own committees."""
    person = there(request, request.user if isinstance(request.user, User) else None)
    decision = may_read_diary(person, clock.today())
    if not decision:
        raise Refused(decision)
    # The titles of restricted papers stand there.
    require_recent(request)
    lines = [
        (row, page_of(row.paper, "paper-open"), OWN if row.asked_by_id == person.pk else "Confirm or decline it")
        for row in opening.waiting(person)
    ]
    return render(request, "agenda/openings/waiting.html", {"lines": lines})
