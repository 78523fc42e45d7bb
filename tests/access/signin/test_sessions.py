"""How long a session lasts, and for whom."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.access.cast import SINCE, person_with
from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.roles import Role

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"
SHORT, LONG = timedelta(hours=12), timedelta(days=30)


def with_password(role: Role) -> User:
    someone = person_with(role)
    someone.set_password(PASSWORD)
    someone.save()
    return someone


def sign_in(client: Client, someone: User, *, own_device: bool) -> timedelta:
    """How long the session's cookie and its row in the database last."""
    data = {"login": someone.email, "password": PASSWORD} | ({"own_device": "on"} if own_device else {})
    assert client.post("/sign-in/", data).status_code == 302
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    lasts = timedelta(seconds=int(cookie["max-age"]))
    assert abs(lasts - timedelta(seconds=client.session.get_expiry_age())) < timedelta(seconds=5)
    return timedelta(minutes=round(lasts / timedelta(minutes=1)))


def test_a_member_stays_signed_in_for_30_days_on_a_device_of_their_own(client: Client) -> None:
    assert sign_in(client, with_password(Role.MEMBER), own_device=True) == LONG


def test_a_member_on_another_device_and_an_officer_anywhere_for_12_hours(client: Client) -> None:
    member = with_password(Role.MEMBER)
    assert sign_in(client, member, own_device=False) == SHORT
    assert sign_in(Client(), with_password(Role.CLERK), own_device=True) == SHORT
    RoleAssignment.objects.create(person=member, role=Role.FINANCE_OFFICER, starts_on=SINCE)
    assert sign_in(Client(), member, own_device=True) == SHORT


def test_a_seat_that_ended_keeps_nobody_signed_in_for_long(client: Client) -> None:
    member = with_password(Role.MEMBER)
    RoleAssignment.objects.update(ends_on=SINCE)
    assert sign_in(client, member, own_device=True) == SHORT


def test_a_changed_password_signs_every_other_device_out(client: Client) -> None:
    member = with_password(Role.MEMBER)
    sign_in(client, member, own_device=True)
    other = Client()
    sign_in(other, member, own_device=True)
    new = "another horse battery"
    client.post("/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert client.get("/me/").status_code == 200
    assert other.get("/me/").status_code == 302
