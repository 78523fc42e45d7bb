"""Every test of access lives on the demonstration's day."""

import pytest
from pytest_django import Settings

from tests.access.cast import TODAY


@pytest.fixture(autouse=True)
def demonstration_day(settings: Settings) -> None:
    settings.TODAY = TODAY
    settings.LOGIN_REDIRECT_URL = "access:me"
    settings.LOGOUT_REDIRECT_URL = "account_login"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
