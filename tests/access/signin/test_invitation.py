"""The link of an invitation: a first sign-in, once."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from tests.access.cast import person, sign_in
from torbay_reports.access.models import AccessRecord, Invitation, User
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.access.services.invitations import invite, make_link

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"


@pytest.fixture
def robin() -> User:
    return invite(email="robin.vale@council.invalid", full_name="Robin Vale", by=None)


@pytest.fixture
def link(robin: User) -> str:
    return f"/invitation/{make_link(person=robin, by=None)}/"


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_link_greets_and_is_not_used_up_by_looking(client: Client, link: str) -> None:
    for _ in range(2):
        page = client.get(link)
        assert page.status_code == 200
        assert "Welcome, Robin Vale" in page.content.decode()
        assert page["Cache-Control"].count("no-store") == 1
    assert client.head(link).status_code == 200
    assert Invitation.objects.get().used_at is None


def test_a_password_is_chosen_and_the_person_is_signed_in(client: Client, link: str, robin: User) -> None:
    response = client.post(link, {"password": PASSWORD})
    assert (response.status_code, response["Location"]) == (302, "/me/")
    assert signed_in(client)
    kinds = list(AccessRecord.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds[-2:] == [RecordKind.INVITATION_ACCEPTED, RecordKind.SIGN_IN]
    other = Client()
    other.post("/sign-in/", {"login": robin.email, "password": PASSWORD})
    assert signed_in(other)


def test_an_invitation_used_twice_is_answered_with_what_to_do(client: Client, link: str) -> None:
    client.post(link, {"password": PASSWORD})
    other = Client()
    for response in (other.get(link), other.post(link, {"password": "another horse battery"})):
        assert response.status_code == 410
        assert "used" in response.content.decode()
        assert "Sign in" in response.content.decode()
    assert not signed_in(other)
    assert not other.login(email="robin.vale@council.invalid", password="another horse battery")


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("", "Enter a password"),
        ("short", "too short"),
        ("password123", "too common"),
        ("robin.vale@council.invalid", "too similar"),
        ("x" * 1001, "at most 1,000 characters"),
    ],
)
def test_a_poor_password_is_refused_and_uses_nothing_up(
    client: Client, link: str, password: str, sentence: str
) -> None:
    response = client.post(link, {"password": password})
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert "<title>Error:" in response.content.decode()
    assert Invitation.objects.get().used_at is None
    assert not signed_in(client)


def test_an_expired_a_withdrawn_and_an_unknown_link_are_refused(client: Client, link: str, robin: User) -> None:
    made_at = Invitation.objects.get().made_at
    Invitation.objects.update(made_at=made_at - timedelta(days=30), expires_at=made_at - timedelta(days=23))
    assert client.get(link).status_code == 410
    newer = f"/invitation/{make_link(person=robin, by=None)}/"
    assert client.get(newer).status_code == 200
    make_link(person=robin, by=None)
    for gone in (newer, "/invitation/never-made/", f"/invitation/{'x' * 5000}/"):
        assert client.get(gone).status_code == 410
        assert client.post(gone, {"password": PASSWORD}).status_code == 410
    assert not signed_in(client)


def test_who_is_signed_in_as_somebody_else_is_told_and_signed_out_by_accepting(
    client: Client, link: str, robin: User
) -> None:
    sign_in(client, person("Sam Reed"))
    assert "Sam Reed is signed in now and will be signed out" in client.get(link).content.decode()
    client.post(link, {"password": PASSWORD})
    assert client.session["_auth_user_id"] == str(robin.pk)


def test_a_role_that_wants_a_second_factor_leads_to_it_at_once(client: Client, link: str, settings: Settings) -> None:
    settings.ROLES_WITH_SECOND_FACTOR = ["all"]
    client.post(link, {"password": PASSWORD})
    assert client.get("/me/")["Location"] == "/me/second-factor/"


def test_the_secret_stands_neither_in_the_database_nor_in_the_record(link: str) -> None:
    secret = link.split("/")[2]
    assert Invitation.objects.get().digest != secret
    assert not any(secret in f"{entry.about} {entry.key}" for entry in AccessRecord.objects.all())
    assert cache.get(secret) is None


def test_a_forgotten_password_renews_no_invitation(client: Client, link: str, robin: User) -> None:
    for email, mails in ((robin.email, 0), ("nobody@council.invalid", 0)):
        response = client.post("/password/forgotten/", {"email": email})
        assert (response.status_code, response["Location"]) == (302, "/password/forgotten/sent/")
        assert len(mail.outbox) == mails
    client.post(link, {"password": PASSWORD})
    client.post("/sign-out/")
    client.post("/password/forgotten/", {"email": robin.email})
    assert [message.to for message in mail.outbox] == [[robin.email]]
