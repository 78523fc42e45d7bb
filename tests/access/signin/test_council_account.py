"""Signing in by the council's own service: a real OpenID Connect provider, in a thread of this process."""

import time
from collections.abc import Iterator
from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.http import HttpResponse, HttpResponseBase
from django.test import Client, RequestFactory
from lxml import html
from oidc_provider_mock import User as Account
from oidc_provider_mock import run_server_in_thread
from pytest_django import Settings

from tests.access.cast import person, person_with, sign_in
from torbay_reports.access.models import AccessRecord, User
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.access.roles import Role
from torbay_reports.access.signin.council_account import Stranger, welcome
from torbay_reports.access.signin.service import CouncilService

pytestmark = pytest.mark.django_db

ROBIN = "robin.vale@council.invalid"
ACCOUNTS = (
    Account(sub="robin", claims={"email": "Robin.Vale@council.invalid", "email_verified": True, "name": "R. Vale"}),
    Account(sub="unverified", claims={"email": ROBIN, "email_verified": False}),
    Account(sub="says-so", claims={"email": ROBIN, "email_verified": "true"}),
    Account(sub="stranger", claims={"email": "sam.reed@elsewhere.invalid", "email_verified": True}),
    Account(sub="successor", claims={"email": ROBIN, "email_verified": True}),
    Account(sub="nameless", claims={}),
    Account(sub="odd\x00sub", claims={"email": ROBIN, "email_verified": True}),
    Account(sub="x" * 300, claims={"email": ROBIN, "email_verified": True}),
)
APP: dict[str, Any] = {
    "provider_id": "council",
    "name": "your council account",
    "client_id": "torbay-reports",
    "secret": "a secret between two servers",
}


@pytest.fixture(scope="module")
def service() -> Iterator[str]:
    with run_server_in_thread(user_claims=ACCOUNTS) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(autouse=True)
def known_to_us(service: str, settings: Settings) -> None:
    use(settings, service)


def use(settings: Settings, service: str, **more: Any) -> None:
    app = {**APP, "settings": {"server_url": service, "oauth_pkce_enabled": True, **more}}
    settings.OIDC_PROVIDER = app
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}


def leave(client: Client, query: str = "", **data: str) -> str:
    """From our button to the page that goes on to the service by itself, and by a link; the service's address."""
    page = html.fromstring(client.post(f"/sign-in/council/start/{query}", data).content.decode())
    [refresh] = page.cssselect("meta[http-equiv=refresh]")
    [link] = page.cssselect("main a")
    address = str(link.attrib["href"])
    assert refresh.attrib["content"] == "0; url=" + address
    return address


def come_by(client: Client, sub: str, *, query: str = "", **data: str) -> HttpResponseBase:
    """From our button to the service, sign in there, and back; our answer to that."""
    there = requests.post(leave(client, query, **data), data={"sub": sub}, allow_redirects=False, timeout=10)
    back = urlsplit(there.headers["Location"])
    assert back.path == "/sign-in/council/back/"
    return client.get(f"{back.path}?{back.query}")


def signed_in_as(client: Client) -> User | None:
    return User.objects.filter(pk=client.session.get("_auth_user_id", 0)).first()


def kinds() -> list[str]:
    return list(AccessRecord.objects.order_by("pk").values_list("kind", flat=True))


def test_an_invited_person_comes_in_by_a_verified_address_and_their_account_is_linked(client: Client) -> None:
    robin = person()
    assert come_by(client, "robin").status_code == 302
    assert signed_in_as(client) == robin
    assert kinds() == [RecordKind.ACCOUNT_LINKED, RecordKind.SIGN_IN]
    robin.email = "robin.new@council.invalid"
    robin.save()
    again = Client()
    come_by(again, "robin")
    assert signed_in_as(again) == robin, "after the first time the service's own number counts"
    assert SocialAccount.objects.count() == 1


@pytest.mark.parametrize("sub", ["stranger", "nameless", "unverified", "says-so"])
def test_a_stranger_is_refused_with_the_reason_and_the_cure(client: Client, sub: str) -> None:
    person()
    response = come_by(client, sub)
    assert isinstance(response, HttpResponse)
    assert response.status_code == 403
    assert "Ask the administrator to invite you" in response.content.decode()
    assert signed_in_as(client) is None
    assert not SocialAccount.objects.exists()
    assert User.objects.count() == 1
    assert kinds() == [RecordKind.STRANGER_REFUSED]


def test_a_tenant_that_gives_out_only_its_own_addresses_may_be_believed_by_setting(
    client: Client, service: str, settings: Settings
) -> None:
    use(settings, service, addresses_are_verified=True)
    robin = person()
    come_by(client, "unverified")
    assert signed_in_as(client) == robin


def test_a_closed_account_is_refused_whether_it_was_linked_or_not(client: Client) -> None:
    robin = person()
    come_by(client, "robin")
    User.objects.update(is_active=False)
    for linked in (True, False):
        if not linked:
            SocialAccount.objects.all().delete()
        visitor = Client()
        assert come_by(visitor, "robin").status_code == 403
        assert signed_in_as(visitor) is None
    robin.refresh_from_db()
    assert not robin.is_active


def test_a_signed_in_person_links_an_account_with_another_address_on_their_own_page(client: Client) -> None:
    robin = person(password="correct horse battery")
    sign_in(client, robin)
    response = come_by(client, "stranger", process="connect")
    assert (response.status_code, response["Location"]) == (302, "/me/council-account/")
    assert SocialAccount.objects.get().user == robin
    visitor = Client()
    come_by(visitor, "stranger")
    assert signed_in_as(visitor) == robin
    assert kinds() == [RecordKind.SIGN_IN, RecordKind.ACCOUNT_LINKED, RecordKind.SIGN_IN]


def test_an_account_that_is_somebody_elses_is_not_linked_again(client: Client) -> None:
    robin = person()
    come_by(Client(), "robin")
    sign_in(client, person("Sam Reed", password="correct horse battery"))
    come_by(client, "robin", process="connect")
    assert SocialAccount.objects.get().user == robin
    assert "somebody else" in client.get("/me/council-account/").content.decode()


def test_a_forged_or_repeated_return_signs_nobody_in(client: Client) -> None:
    person()
    assert client.get("/sign-in/council/back/?code=1&state=made-up").status_code in {200, 401, 403}
    there = requests.post(leave(client), data={"sub": "robin"}, allow_redirects=False, timeout=10)
    back = urlsplit(there.headers["Location"])
    thief = Client()
    thief.get(f"{back.path}?{back.query}")
    assert signed_in_as(thief) is None, "the return belongs to the browser that left"
    client.get(f"{back.path}?{back.query}")
    assert signed_in_as(client) is not None
    repeated = Client()
    repeated.get(f"{back.path}?{back.query}")
    assert signed_in_as(repeated) is None


def test_who_cancels_or_meets_an_error_there_reads_what_to_do(client: Client) -> None:
    client.post("/sign-in/council/start/")
    state = next(iter(client.session["socialaccount_states"]))
    response = client.get(f"/sign-in/council/back/?error=access_denied&state={state}", follow=True)
    assert response.status_code == 200
    assert "Sign in" in response.content.decode()
    client.post("/sign-in/council/start/")
    state = list(client.session["socialaccount_states"])[-1]
    response = client.get(f"/sign-in/council/back/?code=wrong&state={state}")
    assert response.status_code < 500
    assert signed_in_as(client) is None


def test_a_service_that_is_down_is_said_and_is_no_error_of_ours(client: Client, settings: Settings) -> None:
    use(settings, "http://localhost:9")
    response = client.post("/sign-in/council/start/")
    assert response.status_code == 503
    assert "your council account" in response.content.decode()


def test_without_a_service_in_the_settings_there_are_no_such_pages(client: Client, settings: Settings) -> None:
    settings.OIDC_PROVIDER = None
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
    assert client.get("/sign-in/council/start/")["Location"].startswith("/sign-in/?next=")
    assert "council account" not in client.get("/sign-in/").content.decode()


def test_who_has_no_password_proves_anew_by_the_service(client: Client) -> None:
    member = person_with(Role.MEMBER)
    member.email = ROBIN
    member.set_unusable_password()
    member.save()
    come_by(client, "robin")
    session = client.session
    session["account_authentication_methods"][0]["at"] -= 24 * 60 * 60
    session.save()
    asked = client.get("/sign-in/again/council/?next=/me/")
    assert "You have no password here" in asked.content.decode()
    response = come_by(client, "robin", query="?auth_params=prompt%3Dlogin", next="/me/")
    assert response["Location"] == "/me/"
    assert signed_in_as(client) == member


def test_who_has_no_password_changes_how_they_sign_in_only_after_a_recent_proof(client: Client) -> None:
    person()
    come_by(client, "robin")
    own = ("/password/first/", "/me/second-factor/app/", "/me/passkeys/add/", "/me/council-account/")
    assert [client.get(address).status_code for address in own] == [200] * len(own)
    session = client.session
    session["account_authentication_methods"][0]["at"] -= 16 * 60
    session.save()
    for address in own:
        assert client.get(address)["Location"].startswith("/sign-in/again/council/?next="), address
        assert client.post(address, {"password1": "correct horse battery"}).status_code == 302, address
    assert not User.objects.get().has_usable_password()


def test_an_address_that_was_given_to_a_successor_does_not_open_the_account_of_who_had_it(client: Client) -> None:
    robin = person()
    come_by(Client(), "robin")
    assert come_by(client, "successor").status_code == 403
    assert signed_in_as(client) is None
    assert [account.uid for account in SocialAccount.objects.filter(user=robin)] == ["robin"]


def test_who_is_signed_in_is_asked_for_the_password_there_whatever_the_form_says(client: Client) -> None:
    person()
    assert "prompt" not in leave(client)
    come_by(client, "robin")
    for query in ("", "?auth_params=", "?auth_params=prompt%3Dnone"):
        assert "prompt=login&max_age=0" in leave(client, query)


def test_a_service_that_says_it_asked_long_ago_proves_nothing(client: Client, rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = robin = person()
    now = time.time()  # noqa: TID251
    for ago, is_refused in ((10, False), (3600, True)):
        account = SimpleNamespace(extra_data={"id_token": {"auth_time": now - ago}})
        arriving = SimpleNamespace(is_existing=True, user=robin, account=account, state={}, email_addresses=[])
        with pytest.raises(Stranger) if is_refused else nullcontext():
            welcome(request, arriving)


def test_without_a_service_nobody_is_led_anywhere(client: Client, settings: Settings) -> None:
    settings.OIDC_PROVIDER = None
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
    assert client.post("/sign-in/council/start/")["Location"] == "/sign-in/"


@pytest.mark.parametrize("sub", ["odd\x00sub", "x" * 300])
def test_an_answer_that_cannot_be_used_is_a_page_and_no_error_of_ours(client: Client, sub: str) -> None:
    person()
    response = come_by(client, sub)
    assert response.status_code < 500
    assert signed_in_as(client) is None
    assert not SocialAccount.objects.exists()


def test_two_answers_about_two_people_are_not_believed(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    person()
    told = CouncilService._fetch_user_info
    monkeypatch.setattr(CouncilService, "_fetch_user_info", lambda self, token: told(self, token) | {"sub": "another"})
    assert come_by(client, "robin").status_code < 500
    assert signed_in_as(client) is None
