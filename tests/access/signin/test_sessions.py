"""How long a session lasts, and for whom."""

from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.test import Client, RequestFactory

from tests.access.cast import SINCE, person, person_with
from torbay_reports.access.models import AccessRecord, RoleAssignment, User
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.access.roles import Role
from torbay_reports.access.signin.sessions import set_length
from torbay_reports.access.throttling import LIMIT

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


def test_who_becomes_an_officer_loses_the_long_session_at_their_next_page(client: Client) -> None:
    member = with_password(Role.MEMBER)
    sign_in(client, member, own_device=True)
    RoleAssignment.objects.create(person=member, role=Role.ADMINISTRATOR, starts_on=SINCE)
    assert client.get("/me/").status_code == 200
    assert timedelta(seconds=client.session.get_expiry_age()) <= SHORT
    old = Client()
    RoleAssignment.objects.filter(role=Role.ADMINISTRATOR).delete()
    sign_in(old, member, own_device=True)
    session = old.session
    session["account_authentication_methods"][0]["at"] -= 13 * 60 * 60
    session.save()
    assert old.get("/me/").status_code == 200
    RoleAssignment.objects.create(person=member, role=Role.ADMINISTRATOR, starts_on=SINCE)
    assert old.get("/me/").status_code == 302


def test_the_tick_of_who_stopped_half_way_is_not_the_next_persons(client: Client) -> None:
    first, second = person(password=PASSWORD), with_password(Role.MEMBER)
    TOTP.activate(first, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    client.post("/sign-in/", {"login": first.email, "password": PASSWORD, "own_device": "on"})
    assert client.session["own_device"] == first.pk
    request = RequestFactory().get("/")
    request.session = client.session
    set_length(request, second)
    assert "is_long" not in request.session


def test_the_old_password_is_guessed_within_the_same_limit_as_at_sign_in(client: Client) -> None:
    member = with_password(Role.MEMBER)
    sign_in(client, member, own_device=False)
    for _ in range(LIMIT):
        page = client.post("/password/", {"oldpassword": "wrong", "password1": "another horse battery"})
        cache.clear()
    assert "not the password that you have now" in page.content.decode()
    page = client.post("/password/", {"oldpassword": PASSWORD, "password1": "another horse battery"})
    assert "too many failed attempts" in page.content.decode()
    assert AccessRecord.objects.filter(kind=RecordKind.SIGN_IN_FAILED).count() == LIMIT


def test_pages_of_who_is_signed_in_are_kept_by_no_shared_cache(client: Client) -> None:
    assert client.get("/accessibility/")["Cache-Control"] == "no-cache"
    sign_in(client, with_password(Role.MEMBER), own_device=False)
    assert client.get("/accessibility/")["Cache-Control"] == "private"
    assert "no-store" in client.get("/password/")["Cache-Control"]
