"""The council account and one's own page: every state, and what a browser may keep of all these pages."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.test import Client

from tests.access.cast import person, sign_in
from tests.access.signin.pages import PASSWORD, SECRET, banners, errors, heading, letters, parsed
from torbay_reports.access.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_attempts_yet")]


def test_a_council_account_is_linked_by_a_button_and_unlinked_by_another(
    own: Client, robin: User, council_account: None
) -> None:
    page = own.get("/me/council-account/")
    assert heading(page) == "Council account"
    actions = [form.attrib.get("action") for form in parsed(page).cssselect("main form")]
    assert actions == ["/sign-in/council/start/?process=connect"]
    linked = SocialAccount.objects.create(user=robin, provider="council", uid="4711")
    assert "4711" in own.get("/me/council-account/").content.decode()
    gone = "That account is not linked any more. Look at the list below."
    assert errors(own.post("/me/council-account/", {})) == [gone]
    assert errors(own.post("/me/council-account/", {"account": linked.pk + 1})) == [gone]
    done = own.post("/me/council-account/", {"account": linked.pk}, follow=True)
    assert banners(done) == ["The council account is no longer linked. It does not sign you in any more."]
    assert [subject for subject, _ in letters()] == ["A council account was unlinked"]


def test_who_has_no_password_cannot_unlink_the_only_way_in(client: Client, council_account: None) -> None:
    robin = person("Robin Vale")
    sign_in(client, robin, method="socialaccount")
    linked = SocialAccount.objects.create(user=robin, provider="council", uid="4711")
    page = client.post("/me/council-account/", {"account": linked.pk})
    assert errors(page) == [
        "You have no password, so this is how you sign in. Choose a password first, then unlink it."
    ]
    assert SocialAccount.objects.filter(pk=linked.pk).exists()


def test_the_page_says_so_where_the_council_has_no_service(own: Client) -> None:
    assert "is not set up on this site" in own.get("/me/council-account/").content.decode()
    assert "/me/council-account/" not in own.get("/me/").content.decode()


@pytest.mark.parametrize(("query", "words"), [("", "Sign in with"), ("?process=connect", "Link")])
def test_following_a_link_to_the_service_asks_once_more(
    client: Client, council_account: None, query: str, words: str
) -> None:
    assert heading(client.get(f"/sign-in/council/start/{query}")) == f"{words} your council account"


def test_an_answer_of_the_service_that_makes_no_sense_is_said_to_be_one(client: Client, council_account: None) -> None:
    response = client.get("/sign-in/council/back/?error=server_error&state=x")
    assert response.status_code == 401
    assert heading(response) == "You are not signed in"


def test_ones_own_page_leads_to_all_of_this(own: Client, council_account: None) -> None:
    links = [link.attrib["href"] for link in parsed(own.get("/me/")).cssselect("main a")]
    expected = ["/password/", "/me/second-factor/", "/me/passkeys/", "/me/council-account/", "/me/devices/"]
    assert links == expected
    assert [own.get(link).status_code for link in expected] == [200] * len(expected)


def test_what_only_the_person_may_see_is_not_kept_by_the_browser(own: Client, robin: User) -> None:
    TOTP.activate(robin, SECRET)
    RecoveryCodes.activate(robin)
    for address in ("second-factor/", "second-factor/codes/", "second-factor/codes/file/", "passkeys/", "devices/"):
        response = own.get(f"/me/{address}")
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"], address
    Authenticator.objects.all().delete()
    assert "no-store" in own.get("/me/second-factor/app/")["Cache-Control"]
    for address in ("/password/", "/sign-in/again/", "/me/passkeys/add/", "/me/council-account/"):
        response = own.get(address)
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"], address


def test_no_step_of_signing_in_is_kept_by_the_browser(client: Client, robin: User) -> None:
    Authenticator.objects.all().delete()
    mail.outbox.clear()
    client.post("/password/forgotten/", {"email": robin.email})
    (link,) = [word for word in str(mail.outbox[0].body).split() if "/password/new/" in word]
    TOTP.activate(robin, SECRET)
    client.post("/sign-in/", {"login": robin.email, "password": PASSWORD})
    signed_in, without_password = Client(), Client()
    sign_in(signed_in, robin)
    sign_in(without_password, person("Alex Stone"))
    asked = {"accept": "application/json"}
    for response in (
        client.get("/sign-in/code/"),
        Client().get("/sign-in/passkey/", headers=asked),
        signed_in.get("/sign-in/code/again/"),
        without_password.get("/password/first/"),
        Client().get(link, follow=True),
    ):
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"], response.request["PATH_INFO"]
