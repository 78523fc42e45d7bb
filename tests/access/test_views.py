"""One's own page, by the browser's requests."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from lxml import html
from pytest_django import DjangoAssertNumQueries

from tests.access.cast import person, person_with
from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def robin() -> User:
    return person("Robin Vale")


def parsed(content: bytes) -> Any:
    return html.fromstring(content.decode())


def test_ones_own_page_lists_the_roles_in_sentences(client: Client) -> None:
    member = person_with(Role.MEMBER)
    RoleAssignment.objects.create(person=member, role=Role.CLERK, starts_on=date(2016, 5, 1), ends_on=date(2016, 5, 31))
    client.force_login(member)
    page = parsed(client.get("/me/").content)
    first, second, how = page.cssselect("ul.govuk-list")
    assert [" ".join(item.text_content().split()) for item in first] == [
        "You sit on the overview and scrutiny board since 9 May 2017.Sits on named committees and reads their papers."
    ]
    assert [item.text_content() for item in second] == ["You were clerk from 1 to 31 May 2016."]
    assert [link.attrib["href"] for link in how.cssselect("a")] == [
        "/password/",
        "/me/second-factor/",
        "/me/passkeys/",
        "/me/devices/",
    ]


def test_ones_own_page_without_a_role_says_what_will_stand_there(client: Client, robin: User) -> None:
    client.force_login(robin)
    sentence = b"You have no role today. The roles that the administrator gives you stand here."
    assert sentence in client.get("/me/").content


@pytest.mark.parametrize("roles", [0, 1, 30])
def test_ones_own_page_takes_four_queries_however_many_seats_and_three_without_one(
    client: Client, robin: User, roles: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    RoleAssignment.objects.bulk_create(
        RoleAssignment(
            person=robin, role=Role.MEMBER, starts_on=date(2017, 5, 9), scope_kind="committee", scope_slug=f"c-{number}"
        )
        for number in range(roles)
    )
    client.force_login(robin)
    with django_assert_num_queries(4 if roles else 3):
        client.get("/me/")
