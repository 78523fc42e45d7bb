"""Committees and services with names, an administrator's browser, and somebody to administer."""

from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from django.test import Client

from tests.access.cast import BOARD, person, person_with, sign_in
from torbay_reports.access import scopes
from torbay_reports.access.models import User
from torbay_reports.access.roles import Role, ScopeKind

COMMITTEES = {"council": "Council", BOARD: "Overview and Scrutiny Board"}
SERVICES = {"childrens-services": "Children's Services"}


@pytest.fixture(autouse=True)
def names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(scopes._sources, ScopeKind.COMMITTEE, lambda: COMMITTEES)
    monkeypatch.setitem(scopes._sources, ScopeKind.SERVICE, lambda: SERVICES)


@pytest.fixture
def administrator(db: None) -> User:
    """The only administrator, who has a password."""
    someone = person_with(Role.ADMINISTRATOR)
    someone.set_password("a long enough one")
    someone.save()
    return someone


@pytest.fixture
def browser(client: Client, administrator: User) -> Client:
    sign_in(client, administrator)
    return client


@pytest.fixture
def robin(db: None) -> User:
    """Somebody without a role who has a password."""
    return person("Robin Vale", password="a long enough one")


@pytest.fixture
def no_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    """No mail can be sent."""

    def fail(*args: Any, **options: Any) -> int:
        raise SMTPServerDisconnected("the server is away")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fail)
