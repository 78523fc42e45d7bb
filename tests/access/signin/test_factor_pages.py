"""The app and the recovery codes: every page in every state, and every message and e-mail it sends."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.test import Client
from pytest_django import Settings

from tests.access.cast import sign_in
from tests.access.signin.codes import code
from tests.access.signin.pages import PASSWORD, SECRET, add_passkey, banners, errors, heading, letters, parsed
from tests.access.signin.passkeys import Device
from torbay_reports.access.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_attempts_yet")]


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
