"""Somebody with a password, their browser, and the council's service in the settings."""

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from tests.access.cast import person, sign_in
from tests.access.signin.pages import PASSWORD
from torbay_reports.access.models import User

PROVIDER = {
    "provider_id": "council",
    "name": "your council account",
    "client_id": "papers",
    "secret": "not a secret",
    "settings": {"server_url": "https://sign-in.council.invalid"},
}


@pytest.fixture
def robin() -> User:
    return person("Robin Vale", PASSWORD)


@pytest.fixture
def own(client: Client, robin: User) -> Client:
    """Robin's browser, signed in a moment ago by password."""
    sign_in(client, robin)
    return client


@pytest.fixture
def council_account(settings: Settings) -> None:
    settings.OIDC_PROVIDER = PROVIDER
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [PROVIDER]}}


@pytest.fixture
def no_attempts_yet() -> None:
    """The cache's table outlives a test that commits."""
    cache.clear()
