"""Nobody but an administrator of the whole council learns that these pages are there."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.access.cast import BOARD, SINCE, TODAY, person, person_with, sign_in
from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.roles import Role

pytestmark = pytest.mark.django_db


def addresses(person: User) -> list[str]:
    role = RoleAssignment.objects.create(person=person, role=Role.CLERK, starts_on=SINCE)
    own = ["", "may/", "change/", "close/", "reopen/", "second-factor/", "invitation/", "invitation/withdraw/"]
    own += ["hand-over/", "roles/", f"roles/{role.pk}/end/", f"roles/{role.pk}/take-back/"]
    committees = ["", f"{BOARD}/", f"{BOARD}/add/", f"{BOARD}/end/"]
    return [
        "/people/",
        "/people/invite/",
        *(f"/people/committees/{each}" for each in committees),
        *(f"/people/{person.pk}/{each}" for each in own),
    ]


def opened_by(someone: User, robin: User) -> list[str]:
    """What answers the person with anything but a 404; a page that takes no POST says so to everybody."""
    client = Client()
    client.force_login(someone)
    there = addresses(robin)
    got = [each for each in there if client.get(each).status_code != 404]
    return got + [each for each in there if client.post(each).status_code not in (404, 405)]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_no_other_role_opens_them(role: Role, robin: User) -> None:
    assert opened_by(person_with(role), robin) == []


def test_an_administrator_of_one_committee_does_not_open_them(robin: User) -> None:
    someone = person("Limited Administrator")
    RoleAssignment.objects.create(
        person=someone, role=Role.ADMINISTRATOR, starts_on=SINCE, scope_kind="committee", scope_slug=BOARD
    )
    assert opened_by(someone, robin) == []


def test_an_administrator_whose_role_ended_yesterday_does_not_open_them(robin: User) -> None:
    someone = person_with(Role.ADMINISTRATOR, ends_on=TODAY.replace(day=4))
    assert opened_by(someone, robin) == []


def test_an_administrator_opens_them_all(browser: Client, robin: User) -> None:
    assert [each for each in addresses(robin) if browser.get(each).status_code != 200] == []


def test_the_navigation_offers_people_to_administrators_alone(browser: Client) -> None:
    assert 'href="/people/"' in browser.get("/accessibility/").content.decode()
    clerk = Client()
    clerk.force_login(person_with(Role.CLERK))
    assert 'href="/people/"' not in clerk.get("/accessibility/").content.decode()


def test_what_opens_or_shuts_an_account_asks_for_a_proof_of_the_last_quarter_of_an_hour(
    client: Client, administrator: User, robin: User
) -> None:
    asking = {f"/people/{robin.pk}/{step}/" for step in ("change", "close", "reopen", "second-factor")}
    for minutes, expected in ((14, set()), (16, asking)):
        sign_in(client, administrator, ago=timedelta(minutes=minutes))
        answers = {each: client.get(each) for each in addresses(robin)}
        sent = {each: answer["Location"] for each, answer in answers.items() if answer.status_code == 302}
        assert sent == {each: f"/sign-in/again/?next={each.replace('/', '%2F')}" for each in expected}
    for each in asking:
        assert client.post(each, {"full_name": "Robin Dale", "email": "dale@council.invalid"}).status_code == 302
    robin.refresh_from_db()
    assert (robin.full_name, robin.email, robin.is_active) == ("Robin Vale", "robin.vale@council.invalid", True)
