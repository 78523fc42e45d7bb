"""Pages that belong to no room in particular."""

from datetime import date
from typing import Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from torbay_reports.core.cookies import cookies as all_cookies

STATEMENT_DATED: Final = date(2026, 11, 22)
"""When the statement was last held against the pages: change it with the statement."""

PRIVACY_DATED: Final = date(2026, 11, 23)
"""When the privacy notice was last held against what is stored: change it with the notice."""


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    """What works for whom, what is known not to, and where to complain."""
    return render(request, "core/accessibility.html", {"dated": STATEMENT_DATED})


@require_safe
@login_not_required
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about people, why, for how long, and what they can ask: UK GDPR, Articles 13 and 14."""
    context = {"months": settings.PERSONAL_DATA_MONTHS, "dated": PRIVACY_DATED}
    return render(request, "core/privacy.html", context)


@require_safe
@login_not_required
def cookies(request: HttpRequest) -> HttpResponse:
    """The cookies that this site sets, and why it asks for no consent."""
    return render(request, "core/cookies.html", {"cookies": all_cookies()})
