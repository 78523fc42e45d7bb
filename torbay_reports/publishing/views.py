"""The page of verifications."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from torbay_reports.access.permissions import Permission
from torbay_reports.access.reach import require
from torbay_reports.publishing.bundles.verifying import read_words
from torbay_reports.publishing.models import Verification

EARLIER: Final = 30
"""About a month of daily ones; all of them stand in the record."""


@require_safe
@never_cache
def verifications(request: HttpRequest) -> HttpResponse:
    """What the last verification has read and what differs; when the ones before it were, and how much differed."""
    require(request, Permission.READ_VERIFICATIONS, "verifications", say_why=True)
    newest = list(Verification.objects.select_related("by")[: EARLIER + 1])
    last = newest[0] if newest else None
    context = {"last": last, "read": read_words(last) if last else "", "earlier": newest[1:]}
    return render(request, "publishing/verifications.html", context)
