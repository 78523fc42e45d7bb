"""The cookies that this site sets: each stands on the page about cookies, and a test fails when one is missing there.

All of them are needed for what the reader asks for, so that no consent is asked: Privacy and Electronic Communications
(EC Directive) Regulations 2003, regulation 6(4)(b).
"""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage

from torbay_reports.core.formatting import count


@dataclass(frozen=True, slots=True)
class Cookie:
    """A cookie's name, what it is for, and how long the browser keeps it, each in words."""

    name: str
    purpose: str
    lasts: str


def cookies() -> tuple[Cookie, ...]:
    """All of them, by the settings of this installation."""
    hours = count(round(settings.SESSION_COOKIE_AGE / 3600), "hour", "hours")
    days = count(round(settings.CSRF_COOKIE_AGE / 86400), "day", "days")
    return (
        Cookie(
            settings.SESSION_COOKIE_NAME,
            "Knows you again from page to page once you begin to sign in.",
            f"{hours}; for councillors who say that the device is their own, 30 days; less when you sign out",
        ),
        Cookie(
            settings.CSRF_COOKIE_NAME,
            "Shows that a form came from a page of this site, so that no other site can send one in your name.",
            days,
        ),
        Cookie(
            CookieStorage.cookie_name,
            "Carries a line such as “You have signed out” to the next page.",
            "until that page shows it, or until you close the browser",
        ),
    )
