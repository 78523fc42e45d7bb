"""The navigation offers drafts to those who may read them, and asks the database only then."""

import pytest
from django.test import Client

from tests.access.cast import person_with
from torbay_reports.access.roles import Role

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("role", "offered"), [(Role.FINANCE_OFFICER, True), (Role.MEMBER, False)])
def test_the_draft_is_offered_to_who_may_read_it(client: Client, role: Role, offered: bool) -> None:
    client.force_login(person_with(role))
    assert ("Draft report" in client.get("/accessibility/").content.decode()) == offered


def test_the_public_is_not_offered_it(client: Client) -> None:
    assert "Draft report" not in client.get("/accessibility/").content.decode()
