"""Pages that belong to no room in particular."""

from datetime import date
from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

STATEMENT_DATED: Final = date(2026, 11, 22)
"""When the statement was last held against the pages: change it with the statement."""


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    """What works for whom, what is known not to, and where to complain."""
    return render(request, "core/accessibility.html", {"dated": STATEMENT_DATED})
