"""A passkey counts only when its owner unlocked it, and one that is refused leaves a trace."""

import json
import time
from typing import Any

import pytest
from django.test import Client
from lxml import html

from tests.access.cast import person, person_with, sign_in
from tests.access.signin.pages import PASSWORD
from tests.access.signin.passkeys import Device
from torbay_reports.access.models import AccessRecord, User
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.access.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_attempts_yet")]
AGAIN, STEP, ALONE = "/sign-in/passkey/again/", "/sign-in/code/", "/sign-in/passkey/"


def options(client: Client, address: str) -> Any:
    """What the page asks the device for."""
    if address == ALONE:
        return client.get(address, headers={"accept": "application/json"}).json()["request_options"]
    page: Any = html.fromstring(client.get(address).content.decode())
    asked = json.loads(page.get_element_by_id("passkey-options").text_content())
    return asked.get("creation_options", asked.get("request_options", asked))


def device_of(someone: User) -> Device:
    """A device with a passkey of that person."""
    device, client = Device(), Client()
    sign_in(client, someone)
    answer = device.create(options(client, "/me/passkeys/add/"))
    assert client.post("/me/passkeys/add/", {"name": "phone", "credential": json.dumps(answer)}).status_code == 302
    return device


def at_the_step(someone: User) -> Client:
    """A browser in which the person's password was given, and the passkey is asked for."""
    client = Client()
    assert client.post("/sign-in/", {"login": someone.email, "password": PASSWORD})["Location"] == STEP
    return client


def answer(client: Client, device: Device, address: str) -> None:
    """Answers what is asked at the address."""
    client.post(address, {"credential": json.dumps(device.get(options(client, address)))})


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def written() -> list[tuple[str, str, str]]:
    entries = AccessRecord.objects.order_by("pk").select_related("person")
    return [(each.kind, each.person.full_name if each.person else "", each.about) for each in entries]


@pytest.mark.parametrize("address", [STEP, AGAIN, ALONE, "/me/passkeys/add/"])
def test_every_question_asks_the_device_to_be_unlocked(robin: User, address: str) -> None:
    device_of(robin)
    client = at_the_step(robin) if address == STEP else Client()
    if address in {AGAIN, "/me/passkeys/add/"}:
        sign_in(client, robin)
    asked = options(client, address)["publicKey"]
    assert asked.get("userVerification", asked.get("authenticatorSelection", {}).get("userVerification")) == "required"


@pytest.mark.parametrize("unlocked", [True, False])
@pytest.mark.parametrize("address", [STEP, ALONE])
def test_a_key_that_is_touched_without_being_unlocked_never_signs_in(robin: User, address: str, unlocked: bool) -> None:
    device = device_of(robin)
    device.asks_its_owner = unlocked
    client = at_the_step(robin) if address == STEP else Client()
    answer(client, device, address)
    assert signed_in(client) is unlocked


def test_the_question_of_a_thiefs_own_second_step_opens_no_other_account(
    robin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    stolen, thief = device_of(robin), person("Alex Stone", PASSWORD)
    device_of(thief)
    stolen.asks_its_owner = False
    client = at_the_step(thief)
    asked = options(client, STEP)
    later = time.time() + 3600  # noqa: TID251
    monkeypatch.setattr(time, "time", lambda: later)
    client.get("/sign-in/")
    client.post(ALONE, {"credential": json.dumps(stolen.get(asked))})
    assert not signed_in(client)


def test_a_key_that_is_touched_without_being_unlocked_is_no_proof_again(robin: User) -> None:
    device, client = device_of(robin), Client()
    device.asks_its_owner = False
    sign_in(client, robin)
    answer(client, device, AGAIN)
    assert [entry["method"] for entry in client.session["account_authentication_methods"]] == ["password"]
    assert written()[-1] == (RecordKind.SECOND_FACTOR_FAILED, "Robin Vale", "Passkey")


def test_a_refused_passkey_is_recorded_with_the_person_where_they_are_known(robin: User) -> None:
    device_of(robin)
    before = len(written())
    anybodys, client = Device(), at_the_step(robin)
    answer(client, anybodys, STEP)
    client.post(STEP, {"credential": "[" * 100_000})
    other = Client()
    sign_in(other, robin)
    signing_in = len(written())
    answer(other, anybodys, AGAIN)
    failed = (RecordKind.SECOND_FACTOR_FAILED, "Robin Vale", "Passkey")
    assert written()[before : before + 2] == [failed, failed]
    assert written()[signing_in:] == [failed]


def test_a_refused_passkey_without_a_password_is_recorded_without_a_person(robin: User) -> None:
    device, client = device_of(robin), Client()
    before = len(written())
    device.asks_its_owner = False
    answer(client, device, ALONE)
    client.post(ALONE, {"credential": "x"})
    failed = (RecordKind.SIGN_IN_FAILED, "", "Passkey")
    assert written()[before:] == [failed, failed]
    assert not AccessRecord.objects.exclude(email="").exists()


def test_a_form_sent_without_an_answer_is_no_failure(robin: User) -> None:
    device_of(robin)
    client = at_the_step(robin)
    before = len(written())
    for address in (STEP, ALONE):
        client.post(address, {"credential": ""})
    assert len(written()) == before


@pytest.mark.parametrize(("ticked", "days"), [("on", 30), ("", 0)])
def test_a_members_own_device_counts_with_a_passkey_too(ticked: str, days: int) -> None:
    member = person_with(Role.MEMBER)
    device, client = device_of(member), Client()
    credential = json.dumps(device.get(options(client, ALONE)))
    assert client.post(ALONE, {"credential": credential, "own_device": ticked}).status_code == 302
    assert client.session.get_expiry_age() // (24 * 60 * 60 - 1) == days
