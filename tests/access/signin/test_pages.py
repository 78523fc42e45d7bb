"""Every page of signing in, in every state in which somebody can see it, and every message and e-mail it sends."""

import json
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.conf import settings as site_settings
from django.core import mail
from django.core.cache import cache
from django.test import Client
from lxml import html
from pytest_django import Settings

from tests.access.cast import person, sign_in
from tests.access.signin.codes import code
from tests.access.signin.passkeys import Device
from torbay_reports.access.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough sentence"
OTHER = "quite another sentence"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PROVIDER = {
    "provider_id": "council",
    "name": "your council account",
    "client_id": "papers",
    "secret": "not a secret",
    "settings": {"server_url": "https://sign-in.council.invalid"},
}


@pytest.fixture
def robin() -> User:
    return person("Robin Vale", PASSWORD)


@pytest.fixture
def own(client: Client, robin: User) -> Client:
    """Robin's browser, signed in a moment ago by password."""
    sign_in(client, robin)
    return client


@pytest.fixture
def council_account(settings: Settings) -> None:
    settings.OIDC_PROVIDER = PROVIDER
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [PROVIDER]}}


def parsed(response: Any) -> Any:
    return html.fromstring(response.content.decode())


def heading(response: Any) -> str:
    page = parsed(response)
    (first,) = page.cssselect("h1")
    title = page.cssselect("title")[0].text_content()
    says_error = bool(page.cssselect(".govuk-error-summary"))
    assert title.startswith("Error: ") == says_error, title
    assert title.endswith(" – Torbay Council")
    return str(first.text_content())


def errors(response: Any) -> list[str]:
    """The sentences of the error summary; each that leads somewhere leads to something."""
    page = parsed(response)
    for link in page.cssselect(".govuk-error-summary__list a"):
        assert page.get_element_by_id(link.attrib["href"][1:]) is not None
    return [item.text_content().strip() for item in page.cssselect(".govuk-error-summary__list li")]


def labels(response: Any) -> list[str]:
    return [label.text_content() for label in parsed(response).cssselect("label")]


def banners(response: Any) -> list[str]:
    return [each.text_content() for each in parsed(response).cssselect(".govuk-notification-banner__content p")]


def options(response: Any) -> Any:
    return json.loads(parsed(response).get_element_by_id("passkey-options").text_content())


def add_passkey(client: Client, device: Device, name: str = "my phone") -> Any:
    answer = device.create(options(client.get("/me/passkeys/add/")))
    return client.post("/me/passkeys/add/", {"name": name, "credential": json.dumps(answer)}, follow=True)


def letters() -> list[tuple[str, str]]:
    """What was sent, after a look at what every letter has to be."""
    for letter in mail.outbox:
        assert letter.to == ["robin.vale@council.invalid"]
        assert "127.0.0.1" not in str(letter.body)
        assert "Torbay Council" in str(letter.body)
        assert "&" not in str(letter.body)
    return [(str(letter.subject), str(letter.body).partition("\n")[0]) for letter in mail.outbox]


@pytest.fixture(autouse=True)
def no_attempts_yet() -> None:
    """The cache's table outlives a test that commits."""
    cache.clear()


# Password


def test_sign_in_offers_every_way_in(client: Client, council_account: None) -> None:
    response = client.get("/sign-in/?next=/me/")
    assert heading(response) == "Sign in"
    assert labels(response) == ["E-mail address", "Password", "This is my own device: keep me signed in"]
    page = parsed(response)
    actions = {form.attrib.get("action"): form for form in page.cssselect("main form")}
    assert set(actions) == {None, "/sign-in/council/start/", "/sign-in/passkey/"}
    assert all(form.cssselect("input[name=next]")[0].attrib["value"] == "/me/" for form in actions.values())
    assert page.cssselect("[data-passkey-button]")[0].attrib["hidden"] == ""
    assert "needs JavaScript" in page.cssselect(".without-script")[0].text_content()


def test_sign_in_does_not_offer_a_council_account_where_the_council_has_none(client: Client) -> None:
    assert b"/start/" not in client.get("/sign-in/").content


def test_a_password_can_be_shown_while_it_is_typed(client: Client) -> None:
    page = parsed(client.get("/sign-in/"))
    (wrapper,) = page.cssselect("[data-module=govuk-password-input]")
    assert wrapper.cssselect("input")[0].attrib["id"] == wrapper.cssselect("button")[0].attrib["aria-controls"]


@pytest.mark.parametrize(
    ("data", "sentences"),
    [
        ({}, ["Enter the password that you have now", "Enter a new password"]),
        ({"oldpassword": "wrong", "password1": OTHER}, ["That is not the password that you have now. Try again."]),
        (
            {"oldpassword": PASSWORD, "password1": "x" * 1001},
            ["“New password” is too long. Type at most 1,000 characters."],
        ),
    ],
)
def test_changing_the_password_says_what_is_wrong(own: Client, data: dict[str, str], sentences: list[str]) -> None:
    response = own.post("/password/", data)
    assert heading(response) == "Change your password"
    assert errors(response) == sentences


def test_changing_the_password_asks_for_the_new_one_once_and_tells_of_it(own: Client) -> None:
    assert labels(own.get("/password/")) == ["Your password now", "New password"]
    response = own.post("/password/", {"oldpassword": PASSWORD, "password1": OTHER}, follow=True)
    assert banners(response) == ["Your password is changed."]
    assert letters() == [("Your password was changed", "The password with which you sign in was changed.")]


def test_a_first_password_is_chosen_by_who_has_none(client: Client) -> None:
    robin = person("Robin Vale")
    sign_in(client, robin, method="socialaccount")
    assert heading(client.get("/password/first/")) == "Choose a password"
    assert errors(client.post("/password/first/", {})) == ["Enter a password"]
    assert "too short" in errors(client.post("/password/first/", {"password1": "short"}))[0]
    response = client.post("/password/first/", {"password1": OTHER}, follow=True)
    assert banners(response) == ["Your password is saved."]
    assert [subject for subject, _ in letters()] == ["You have a password now"]


def test_a_forgotten_password_says_the_same_whether_the_address_is_known_or_not(client: Client, robin: User) -> None:
    assert heading(client.get("/password/forgotten/")) == "Forgotten password"
    assert errors(client.post("/password/forgotten/", {})) == ["Enter your e-mail address"]
    wrong = errors(client.post("/password/forgotten/", {"email": "robin"}))
    assert wrong == ["Enter an e-mail address in the correct format, like name@example.com"]
    pages = [
        client.post("/password/forgotten/", {"email": email}, follow=True)
        for email in ("nobody@council.invalid", robin.email)
    ]
    assert [heading(page) for page in pages] == ["Look into your mail"] * 2
    assert [letter.to for letter in mail.outbox] == [[robin.email]]


def test_the_link_leads_to_a_new_password_and_works_once(client: Client, robin: User) -> None:
    client.post("/password/forgotten/", {"email": robin.email})
    assert letters()[0][0] == "Choose a new password"
    body = str(mail.outbox[0].body)
    assert site_settings.PASSWORD_RESET_TIMEOUT == 3 * 24 * 60 * 60, "the letter says three days"
    link = next(line for line in body.splitlines() if line.startswith("http"))
    page = client.get(link, follow=True)
    assert heading(page) == "Choose a new password"
    assert labels(page) == ["New password"]
    action = page.request["PATH_INFO"]
    assert errors(client.post(action, {})) == ["Enter a new password"]
    assert "too short" in errors(client.post(action, {"password1": "short"}))[0]
    done = client.post(action, {"password1": OTHER}, follow=True)
    assert heading(done) == "Your password is changed"
    assert letters()[1][1].startswith("A new password was set for your account, by the link")
    assert heading(Client().get(link, follow=True)) == "This link no longer works"


def test_the_password_is_asked_for_again_and_leads_on(client: Client, robin: User) -> None:
    sign_in(client, robin)
    response = client.get("/sign-in/again/?next=/me/")
    assert heading(response) == "Enter your password again"
    assert errors(client.post("/sign-in/again/", {})) == ["Enter your password"]
    assert errors(client.post("/sign-in/again/", {"password": "x"})) == ["This is not your password. Try again."]
    done = client.post("/sign-in/again/", {"password": PASSWORD, "next": "/me/"})
    assert done["Location"] == "/me/"


def test_who_once_forgot_their_password_can_still_set_up_a_second_factor(own: Client, robin: User) -> None:
    own.post("/password/forgotten/", {"email": robin.email})
    assert heading(own.get("/me/second-factor/app/")) == "Set up an app"
    assert heading(own.get("/me/passkeys/add/")) == "Add a passkey"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/sign-in/closed/", "Your account is closed"),
        ("/password/forgotten/sent/", "Look into your mail"),
        ("/password/new/done/", "Your password is changed"),
        ("/password/new/1-x/", "This link no longer works"),
        ("/sign-in/cancelled/", "You are not signed in"),
    ],
)
def test_pages_that_only_say_something_are_open_to_everybody(client: Client, address: str, words: str) -> None:
    assert heading(client.get(address)) == words


def test_too_many_requests_are_told_to_wait(client: Client) -> None:
    pages = [client.post("/password/forgotten/", {"email": "nobody@council.invalid"}) for _ in range(6)]
    assert [page.status_code for page in pages] == [302] * 5 + [429]
    assert heading(pages[-1]) == "Too many attempts"


def test_signing_out_says_so_and_signing_in_says_nothing(client: Client, robin: User) -> None:
    into = client.post("/sign-in/", {"login": robin.email, "password": PASSWORD}, follow=True)
    assert banners(into) == []
    assert banners(client.post("/sign-out/", follow=True)) == ["You are signed out."]


# Second factor: app and recovery codes


def test_the_second_factor_is_explained_before_there_is_one(own: Client) -> None:
    response = own.get("/me/second-factor/")
    assert heading(response) == "Second factor"
    links = [link.attrib["href"] for link in parsed(response).cssselect("dl a")]
    assert links == ["/me/second-factor/app/", "/me/passkeys/add/"]


def test_whose_roles_need_a_second_factor_is_told_so_until_there_is_one(
    own: Client, robin: User, settings: Settings
) -> None:
    need = "Your roles need one"
    assert need not in own.get("/me/second-factor/").content.decode()
    settings.ROLES_WITH_SECOND_FACTOR = ["all"]
    assert need in own.get("/me/second-factor/").content.decode()
    TOTP.activate(robin, SECRET)
    sign_in(own, robin, method="mfa")
    assert need not in own.get("/me/second-factor/").content.decode()
    removal = own.get("/me/second-factor/app/remove/").content.decode()
    assert "asked to set up a new second factor at once" in removal


@pytest.mark.django_db(transaction=True)
def test_an_app_is_set_up_by_picture_or_by_letters(own: Client) -> None:
    response = own.get("/me/second-factor/app/")
    assert heading(response) == "Set up an app"
    assert len(parsed(response).cssselect(".qr[role=img] svg")) == 1
    assert b"<?xml" not in response.content
    secret = parsed(response).cssselect(".secret")[0].text_content()
    assert [len(group) for group in secret.split(" ")] == [4] * 8
    right = code(secret.replace(" ", ""))
    wrong = own.post("/me/second-factor/app/", {"code": "000000" if right != "000000" else "000001"})
    assert errors(wrong) == ["That code is not right, or was used before. Wait for the next one and type that."]
    assert parsed(wrong).cssselect(".secret")[0].text_content() == secret
    assert errors(own.post("/me/second-factor/app/", {})) == ["Enter the six digits that the app shows"]
    done = own.post("/me/second-factor/app/", {"code": f"{right[:3]} {right[3:]}"})
    assert done["Location"] == "/me/second-factor/codes/"
    page = own.get(done["Location"])
    assert heading(page) == "Recovery codes"
    assert banners(page) == [
        "The app is set up. From now on it gives the second step when you sign in.",
        "You have new recovery codes.",
    ]
    assert [subject for subject, _ in letters()] == ["An app was set up as your second factor"]


@pytest.mark.django_db(transaction=True)
def test_recovery_codes_can_be_read_saved_and_made_anew(own: Client, robin: User) -> None:
    TOTP.activate(robin, SECRET)
    codes = RecoveryCodes.activate(robin)
    used = codes.generate_codes()[0]
    assert codes.validate_code(used)
    page = own.get("/me/second-factor/codes/")
    shown = [item.text_content().strip().replace(" ", "") for item in parsed(page).cssselect(".recovery-codes li")]
    assert shown == codes.generate_codes()[1:]
    assert "9 of 10 are left." in page.content.decode()
    saved = own.get("/me/second-factor/codes/file/")
    assert saved["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
    assert saved.content.decode().replace(" ", "").split("\n")[-11:-2] == shown
    assert "You have 9 left. New ones replace them" in own.get("/me/second-factor/codes/new/").content.decode()
    made = own.post("/me/second-factor/codes/new/", follow=True)
    assert "10 of 10 are left." in made.content.decode()
    assert [subject for subject, _ in letters()] == ["You have new recovery codes"]


def test_used_up_recovery_codes_say_so(own: Client, robin: User) -> None:
    TOTP.activate(robin, SECRET)
    codes = RecoveryCodes.activate(robin)
    codes.instance.data["used_mask"] = 2**10 - 1
    codes.instance.save()
    assert "All 10 are used up" in own.get("/me/second-factor/codes/").content.decode()
    assert own.get("/me/second-factor/codes/file/").status_code == 404
    assert "You have none left." in own.get("/me/second-factor/codes/new/").content.decode()


def test_nobody_makes_recovery_codes_for_a_factor_that_is_not_there(own: Client) -> None:
    assert own.get("/me/second-factor/codes/").status_code == 404
    page = own.post("/me/second-factor/codes/new/")
    assert errors(page) == ["Recovery codes stand in for an app or a passkey. Set up one of them first."]


def test_what_is_set_up_is_listed_and_can_be_removed(own: Client, robin: User) -> None:
    TOTP.activate(robin, SECRET)
    RecoveryCodes.activate(robin)
    add_passkey(own, Device())
    mail.outbox.clear()
    page = own.get("/me/second-factor/")
    assert [link.attrib["href"] for link in parsed(page).cssselect("dl a")] == [
        "/me/second-factor/app/remove/",
        "/me/passkeys/",
        "/me/second-factor/codes/",
    ]
    assert "1 passkey." in page.content.decode()
    assert "10 left" in page.content.decode()
    assert heading(own.get("/me/second-factor/app/remove/")) == "Remove the app"
    done = own.post("/me/second-factor/app/remove/", follow=True)
    assert banners(done) == ["The app is removed. Its codes no longer work."]
    assert [subject for subject, _ in letters()] == ["The app was removed from your account"]


def test_the_second_step_of_signing_in_asks_for_a_code(client: Client, robin: User) -> None:
    TOTP.activate(robin, SECRET)
    (recovery, *_) = RecoveryCodes.activate(robin).generate_codes()
    page = client.post("/sign-in/", {"login": robin.email, "password": PASSWORD}, follow=True)
    assert heading(page) == "Second step"
    assert not parsed(page).cssselect("[data-passkey]")
    assert errors(client.post("/sign-in/code/", {"code": ""})) == ["Enter the code from your app, or a recovery code"]
    wrong = client.post("/sign-in/code/", {"code": "x"})
    assert errors(wrong) == ["That code is not right, or was used before. Wait for the next one and type that."]
    assert heading(client.post("/sign-in/code/", {"code": recovery}, follow=True)) == "Robin Vale"


def test_a_code_is_asked_for_again_with_the_other_ways(own: Client, robin: User) -> None:
    TOTP.activate(robin, SECRET)
    add_passkey(own, Device())
    page = own.get("/sign-in/code/again/?next=/me/")
    assert heading(page) == "Enter a code again"
    others = parsed(page).cssselect("main ul a")
    assert [link.text_content() for link in others] == ["Use a passkey", "Use your password"]
    assert others[1].attrib["href"] == "/sign-in/again/?next=%2Fme%2F"
    assert errors(own.post("/sign-in/code/again/", {"code": "1" * 21})) == [
        "“Code” is too long. Type at most 20 characters."
    ]
    assert own.post("/sign-in/code/again/", {"code": code(SECRET), "next": "/me/"})["Location"] == "/me/"


# Second factor: passkeys


def test_a_passkey_is_added_listed_renamed_and_removed(own: Client, robin: User) -> None:
    assert heading(own.get("/me/passkeys/")) == "Passkeys"
    assert "You have none." in own.get("/me/passkeys/").content.decode()
    added = add_passkey(own, Device(), name="")
    assert heading(added) == "Recovery codes"
    assert "The passkey is added." in banners(added)
    passkey = Authenticator.objects.get(user=robin, type=Authenticator.Type.WEBAUTHN)
    listed = own.get("/me/passkeys/").content.decode()
    assert ">Passkey</dt>" in listed
    assert "Not used yet." in listed
    name = f"/me/passkeys/{passkey.pk}/name/"
    assert heading(own.get(name)) == "Rename a passkey"
    assert errors(own.post(name, {"name": ""})) == ["Enter a name for the passkey"]
    assert errors(own.post(name, {"name": "x" * 61})) == [
        "“Name of this passkey” is too long. Type at most 60 characters."
    ]
    assert "work tablet</dt>" in own.post(name, {"name": "work tablet"}, follow=True).content.decode()
    remove = f"/me/passkeys/{passkey.pk}/remove/"
    assert heading(own.get(remove)) == "Remove the passkey “work tablet”"
    assert "The passkey is removed. It no longer works here." in banners(own.post(remove, follow=True))
    assert [subject for subject, _ in letters()] == [
        "A passkey was added to your account",
        "A passkey was removed from your account",
    ]


def test_a_passkey_signs_in_alone_and_leads_on(own: Client) -> None:
    device = Device()
    add_passkey(own, device)
    other = Client()
    asked = other.get("/sign-in/passkey/", headers={"accept": "application/json"}).json()["request_options"]
    answer = json.dumps(device.get(asked))
    done = other.post("/sign-in/passkey/", {"credential": answer, "next": "/me/passkeys/"}, follow=True)
    assert heading(done) == "Passkeys"
    assert "Last used on" in done.content.decode()


def test_a_passkey_is_the_second_step_and_the_proof_again(own: Client, robin: User) -> None:
    device = Device(asks_its_owner=True)
    add_passkey(own, device)
    other = Client()
    page = other.post("/sign-in/", {"login": robin.email, "password": PASSWORD}, follow=True)
    assert heading(page) == "Second step"
    done = other.post("/sign-in/code/", {"credential": json.dumps(device.get(options(page)))}, follow=True)
    assert heading(done) == "Robin Vale"
    again = other.get("/sign-in/passkey/again/?next=/me/passkeys/")
    assert heading(again) == "Use your passkey again"
    answer = {"credential": json.dumps(device.get(options(again))), "next": "/me/passkeys/"}
    assert other.post("/sign-in/passkey/again/", answer)["Location"] == "/me/passkeys/"


def test_a_device_that_does_not_ask_its_owner_is_not_taken(own: Client, robin: User) -> None:
    refused = add_passkey(own, Device(asks_its_owner=False))
    assert errors(refused) == ["The passkey could not be added. Try again, and unlock the device when it asks."]
    assert not Authenticator.objects.filter(user=robin).exists()


def test_an_answer_meant_for_another_site_is_not_taken(own: Client, robin: User) -> None:
    assert errors(add_passkey(own, Device(origin="https://elsewhere.example")))
    assert not Authenticator.objects.filter(user=robin).exists()


@pytest.mark.parametrize(
    "addition", ["\x00", "x" * 20_000, "\ud800", {"\ud800": 1}, float("inf"), float("nan"), [[[[[[[[[[[]]]]]]]]]]]]
)
def test_what_a_right_answer_carries_besides_has_its_limits(own: Client, robin: User, addition: object) -> None:
    answer = Device().create(options(own.get("/me/passkeys/add/"))) | {"besides": addition}
    page = own.post("/me/passkeys/add/", {"name": "phone", "credential": json.dumps(answer)})
    assert errors(page) == ["The passkey could not be added. Try again, and unlock the device when it asks."]
    assert not Authenticator.objects.filter(user=robin).exists()


NONSENSE = ["", "x", "null", "[]", "1", "{}", '"text"', '{"response": 1}', '{"response": {}}', '{"rawId": "%%"}']
HALF_RIGHT = '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "e30", %s}}'
NONSENSE += ["[" * 100_000, "[" * 15_000, "9" * 100_000, "9" * 15_000, '{"id":' * 3000, '"\\ud800"', "1e999", "NaN"]
NONSENSE += [HALF_RIGHT % '"attestationObject": "AA"', HALF_RIGHT % '"authenticatorData": "AA", "signature": "AA"']


@pytest.mark.parametrize("credential", NONSENSE, ids=range(len(NONSENSE)))
def test_nonsense_instead_of_a_passkey_is_refused_with_a_sentence_everywhere(
    own: Client, robin: User, credential: str
) -> None:
    sent = {"credential": credential}
    nothing = "Your device gave no passkey. Try again, with JavaScript turned on."
    empty = credential in {"", "null", "[]", "{}"}
    own.get("/me/passkeys/add/")
    not_added = "The passkey could not be added. Try again, and unlock the device when it asks."
    assert errors(own.post("/me/passkeys/add/", sent)) == [nothing if empty else not_added]
    add_passkey(own, Device())
    not_accepted = "That passkey was not accepted here. Try again, or use another way to go on."
    sentence = nothing if empty else not_accepted
    own.get("/sign-in/passkey/again/")
    assert own.post("/sign-in/passkey/again/", sent).status_code == 302
    other = Client()
    assert banners(other.post("/sign-in/passkey/", sent, follow=True)) == [sentence]
    other.post("/sign-in/", {"login": robin.email, "password": PASSWORD}, follow=True)
    assert errors(other.post("/sign-in/code/", sent)) == [sentence]


# Council account


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


# One's own page


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
