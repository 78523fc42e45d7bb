"""A browser is let in without the pages of signing in."""

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from tests.access.cast import sign_in
from torbay_reports.access.models import User


def let_in(page: Page, address: str, person: User) -> None:
    """Give the browser a session of the person, without the form."""
    client = Client()
    sign_in(client, person)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])
