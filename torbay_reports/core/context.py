"""What every template may use without its view's help."""

from django.conf import settings
from django.http import HttpRequest

from torbay_reports.core import clock


def site(request: HttpRequest) -> dict[str, object]:
    """The council's name and colour, today, and what the demonstration's banner says (nothing outside it)."""
    return {
        "council_name": settings.COUNCIL_NAME,
        "council_colour": settings.COUNCIL_COLOUR,
        "demo": settings.DEMO,
        "demo_notice": settings.DEMO_NOTICE if settings.DEMO else "",
        "second_factor_is_off": settings.ROLES_WITH_SECOND_FACTOR in ([], ["none"]),
        "today": clock.today(),
    }
