"""Passkeys: every page in every state, and every message and e-mail it sends."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from tests.access.signin.pages import PASSWORD, add_passkey, banners, errors, heading, letters, options
from tests.access.signin.passkeys import Device
from torbay_reports.access.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_attempts_yet")]


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
