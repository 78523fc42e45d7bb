"""A publication that is no longer what was frozen is not shown, and its reader is told so."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from torbay_reports.publishing.selectors import DamagedPublication

logger = logging.getLogger(__name__)


class DamagedPublicationMiddleware:
    """Answers 503 with a page in plain words; the log says which publication it is and what to do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for DamagedPublication; None leaves every other exception to Django."""
        if not isinstance(exception, DamagedPublication):
            return None
        logger.error("%s", exception)
        return render(request, "publishing/damaged.html", status=503)
