"""What every template may use without its view's help."""

from django.conf import settings
from django.http import HttpRequest

from torbay_reports.core import clock


def site(request: HttpRequest) -> dict[str, object]:
    """The council's name and colour, today, and the demonstration's notice (empty outside the demonstration)."""
    return {
        "council_name": settings.COUNCIL_NAME,
        "council_colour": settings.COUNCIL_COLOUR,
        "demo": settings.DEMO,
        "demo_notice": settings.DEMO_NOTICE if settings.DEMO else "",
        "today": clock.today(),
    }
