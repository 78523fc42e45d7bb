"""A second factor is asked of whom the setting names, and a code works once."""

import re
import time
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from django.test import Client
from pytest_django import Settings

from tests.access.cast import person, person_with, sign_in
from tests.access.signin import codes
from tests.access.signin.codes import code
from torbay_reports.access.models import AccessRecord, User
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.access.roles import Role
from torbay_reports.access.services.accounts import remove_second_factor
from torbay_reports.access.signin import listening, second_factor
from torbay_reports.access.throttling import LIMIT

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def the_moment_stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that no period of 30 seconds ends between a code and its use."""
    moment = time.time()  # noqa: TID251
    for module in (totp, codes):
        monkeypatch.setattr(module, "time", SimpleNamespace(time=lambda: moment))


@pytest.fixture
def robin() -> User:
    """Somebody with a password and an authenticator app."""
    someone = person(password=PASSWORD)
    TOTP.activate(someone, SECRET)
    return someone


def by_password(client: Client, someone: User) -> str:
    response = client.post("/sign-in/", {"login": someone.email, "password": PASSWORD})
    return str(response.headers.get("Location", ""))


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def kinds() -> list[str]:
    """What the record says, but for the app that the fixture made."""
    entries = AccessRecord.objects.exclude(kind=RecordKind.SECOND_FACTOR_ADDED)
    return list(entries.order_by("pk").values_list("kind", flat=True))


def test_the_password_alone_leads_to_the_code_and_signs_nobody_in(client: Client, robin: User) -> None:
    assert by_password(client, robin) == "/sign-in/code/"
    assert not signed_in(client)
    assert client.get("/me/").status_code == 302
    assert client.post("/sign-in/code/", {"code": code(SECRET)}).status_code == 302
    assert signed_in(client)
    assert kinds() == [RecordKind.SIGN_IN]


def test_a_code_works_once(client: Client, robin: User) -> None:
    used = code(SECRET)
    by_password(client, robin)
    client.post("/sign-in/code/", {"code": used})
    assert signed_in(client)
    other = Client()
    by_password(other, robin)
    response = other.post("/sign-in/code/", {"code": used})
    assert response.status_code == 200
    assert not signed_in(other)
    assert kinds() == [RecordKind.SIGN_IN, RecordKind.SECOND_FACTOR_FAILED]


@pytest.mark.parametrize("periods", [-1, 1])
def test_a_code_of_the_period_before_or_after_works_once_too(client: Client, robin: User, periods: int) -> None:
    used = code(SECRET, periods=periods)
    for each, works in ((client, True), (Client(), False)):
        by_password(each, robin)
        each.post("/sign-in/code/", {"code": used})
        assert signed_in(each) is works


@pytest.mark.parametrize("typed", ["000000", "", "12345", "abcdef", "9" * 500])
def test_a_wrong_code_signs_nobody_in(client: Client, robin: User, typed: str) -> None:
    by_password(client, robin)
    response = client.post("/sign-in/code/", {"code": typed})
    assert response.status_code == 200
    assert not signed_in(client)
    if len(typed) in range(1, 30):
        assert kinds() == [RecordKind.SECOND_FACTOR_FAILED]


def test_a_spent_code_stays_spent_when_the_cache_forgets(client: Client, robin: User) -> None:
    used = code(SECRET)
    by_password(client, robin)
    client.post("/sign-in/code/", {"code": used})
    cache.clear()
    other = Client()
    by_password(other, robin)
    other.post("/sign-in/code/", {"code": used})
    assert not signed_in(other)


def test_after_ten_wrong_codes_the_right_one_is_refused_too_and_that_is_recorded(client: Client, robin: User) -> None:
    for number in range(LIMIT):
        other = Client()
        by_password(other, robin)
        other.post("/sign-in/code/", {"code": f"{number:06d}"})
        cache.clear()
    by_password(client, robin)
    response = client.post("/sign-in/code/", {"code": code(SECRET)})
    assert "too many wrong codes" in response.content.decode()
    assert not signed_in(client)
    assert kinds() == [RecordKind.SECOND_FACTOR_FAILED] * LIMIT + [RecordKind.SIGN_IN_THROTTLED]


def test_a_sign_in_that_was_begun_ends_when_the_account_is_closed_or_the_password_changed(robin: User) -> None:
    changes: tuple[dict[str, Any], ...] = ({"is_active": False}, {"password": make_password("another horse battery")})
    for number, change in enumerate(changes):
        client = Client()
        by_password(client, robin)
        User.objects.update(**change)
        response = client.post("/sign-in/code/", {"code": code(SECRET, periods=number)})
        assert (response.status_code, response["Location"]) == (302, "/sign-in/")
        assert not signed_in(client)
        User.objects.update(is_active=True, password=make_password(PASSWORD))
    assert RecordKind.SIGN_IN not in kinds()


def test_the_code_that_set_the_app_up_does_not_sign_in_as_well(client: Client) -> None:
    someone = person(password=PASSWORD)
    by_password(client, someone)
    client.get("/me/second-factor/app/")
    secret = client.session["mfa.totp.secret"]
    first = code(secret)
    assert client.post("/me/second-factor/app/", {"code": first}).status_code == 302
    other = Client()
    by_password(other, someone)
    other.post("/sign-in/code/", {"code": first})
    assert not signed_in(other)
    other.post("/sign-in/code/", {"code": code(secret, periods=1)})
    assert signed_in(other)


def test_the_secret_is_not_readable_in_the_database(robin: User) -> None:
    stored = Authenticator.objects.get(user=robin).data["secret"]
    assert SECRET not in stored


@pytest.mark.django_db(transaction=True)
def test_who_owes_a_second_factor_is_led_to_it_from_everywhere_but_where_it_is_set_up(
    client: Client, settings: Settings
) -> None:
    settings.ROLES_WITH_SECOND_FACTOR = ["clerk"]
    clerk = person_with(Role.CLERK)
    sign_in(client, clerk)
    for address in ("/me/", "/record/", "/people/", "/me/devices/"):
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (302, "/me/second-factor/"), address
    for address in ("/me/second-factor/", "/me/second-factor/app/", "/accessibility/"):
        assert client.get(address).status_code == 200, address
    for address in ("/", "/meetings/"):
        page = client.get(address)
        assert page.status_code == 200, "what is open to everybody is open to them"
        assert page.context["user"].is_anonymous, "as to everybody"
    secret = client.session["mfa.totp.secret"]
    client.post("/me/second-factor/app/", {"code": code(secret)})
    assert client.get("/me/").status_code == 200
    added = AccessRecord.objects.filter(kind=RecordKind.SECOND_FACTOR_ADDED, person=clerk).values_list(
        "about", flat=True
    )
    assert sorted(added) == ["Authenticator app", "Recovery codes"]


def test_a_session_from_before_the_second_factor_was_set_up_has_to_give_it(
    client: Client, robin: User, settings: Settings
) -> None:
    settings.ROLES_WITH_SECOND_FACTOR = ["all"]
    sign_in(client, robin)
    assert client.get("/me/")["Location"] == "/sign-in/code/again/?next=%2Fme%2F"
    client.post("/sign-in/code/again/", {"code": code(SECRET), "next": "/me/"})
    assert client.get("/me/").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/me/second-factor/",
        "/me/second-factor/codes/",
        "/me/second-factor/codes/file/",
        "/me/second-factor/app/",
        "/me/passkeys/",
        "/me/passkeys/add/",
        "/me/council-account/",
        "/sign-in/again/",
        "/password/",
    ],
)
def test_a_session_that_has_not_given_the_persons_factor_neither_reads_nor_adds_one(
    client: Client, robin: User, settings: Settings, address: str
) -> None:
    settings.ROLES_WITH_SECOND_FACTOR = ["all"]
    sign_in(client, robin)
    for answer in (client.get(address), client.post(address, {"process": "connect"})):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/sign-in/code/again/?next=")


def test_a_session_that_owes_the_factor_links_no_council_account(
    client: Client, robin: User, settings: Settings
) -> None:
    settings.ROLES_WITH_SECOND_FACTOR = ["all"]
    sign_in(client, robin)
    for address in ("/sign-in/council/start/", "/sign-in/council/back/"):
        assert client.post(address, {"process": "connect"})["Location"].startswith("/sign-in/code/again/?next=")


def test_who_owes_a_factor_is_led_to_it_from_sign_in_and_from_what_is_not_theirs(
    client: Client, settings: Settings
) -> None:
    settings.ROLES_WITH_SECOND_FACTOR = ["all"]
    newcomer = person("Sam Reed", PASSWORD)
    assert by_password(client, newcomer) == "/me/second-factor/"
    hidden = "/meetings/no-such-board/2017-09-06/"
    assert client.get(hidden)["Location"] == "/me/second-factor/"
    page = client.get("/meetings/").content.decode()
    assert "Finish signing in" in page
    assert "Sign out" in page
    client.post("/sign-out/")
    assert client.get(hidden)["Location"].startswith("/sign-in/?next=")


@pytest.mark.django_db(transaction=True)
def test_new_recovery_codes_are_shown_to_who_came_in_by_an_old_one(
    client: Client, robin: User, settings: Settings
) -> None:
    settings.ROLES_WITH_SECOND_FACTOR = ["all"]
    old = RecoveryCodes.activate(robin).get_unused_codes()
    by_password(client, robin)
    client.post("/sign-in/code/", {"code": old[0]})
    assert client.get("/me/").status_code == 200
    shown = client.post("/me/second-factor/codes/new/", follow=True)
    assert shown.redirect_chain == [("/me/second-factor/codes/", 302)]
    assert len(shown.context["unused_codes"]) == 10
    assert not set(shown.context["unused_codes"]) & set(old)
    assert client.get("/me/").status_code == 200


def test_a_new_password_ends_the_guessing_of_codes_and_lets_the_owner_in(client: Client, robin: User) -> None:
    thief, owner = Client(), Client()
    by_password(thief, robin)
    for number in range(LIMIT):
        thief.post("/sign-in/code/", {"code": f"{number:06d}"})
    owner.post("/password/forgotten/", {"email": robin.email})
    [link] = re.findall(r"http://testserver(\S+)", str(mail.outbox[-1].body))
    form = owner.get(link)["Location"]
    assert owner.post(form, {"password1": "another horse battery"}).status_code == 302
    assert thief.post("/sign-in/code/", {"code": "000000"})["Location"] == "/sign-in/"
    owner.post("/sign-in/", {"login": robin.email, "password": "another horse battery"})
    owner.post("/sign-in/code/", {"code": code(SECRET)})
    assert signed_in(owner)


def test_who_signs_in_over_somebody_elses_unfinished_session_is_not_asked_twice(
    client: Client, robin: User, settings: Settings
) -> None:
    settings.ROLES_WITH_SECOND_FACTOR = ["all"]
    sign_in(client, person("Alice Moor", PASSWORD))
    by_password(client, robin)
    client.post("/sign-in/code/", {"code": code(SECRET)})
    assert client.session["_auth_user_id"] == str(robin.pk)
    assert client.get("/me/").status_code == 200


def test_a_step_that_lost_its_factor_begins_again_and_not_for_ever(client: Client, robin: User) -> None:
    by_password(client, robin)
    remove_second_factor(person=robin, by=None)
    page = client.get("/sign-in/code/", follow=True)
    assert page.redirect_chain == [("/sign-in/", 302)]
    assert page.status_code == 200
    by_password(client, robin)
    assert signed_in(client)


def test_who_removes_their_only_factor_is_asked_for_a_new_one_at_once(
    client: Client, robin: User, settings: Settings
) -> None:
    settings.ROLES_WITH_SECOND_FACTOR = ["all"]
    sign_in(client, robin, method="mfa")
    assert client.get("/me/").status_code == 200
    client.post("/me/second-factor/app/remove/")
    assert not Authenticator.objects.filter(user=robin).exists()
    assert client.get("/me/")["Location"] == "/me/second-factor/"


@pytest.mark.django_db(transaction=True)
def test_nothing_changes_how_one_signs_in_when_the_record_cannot_be_written(
    robin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(**entry: object) -> None:
        raise DatabaseError("the record is full")

    client, newcomer = Client(raise_request_exception=False), person("Sam Reed", PASSWORD)
    sign_in(client, newcomer)
    client.get("/me/second-factor/app/")
    monkeypatch.setattr(listening, "record", fails)
    added = client.post("/me/second-factor/app/", {"code": code(client.session["mfa.totp.secret"])})
    changed = client.post("/password/", {"oldpassword": PASSWORD, "password1": "another horse battery"})
    sign_in(client, robin, method="mfa")
    removed = client.post("/me/second-factor/app/remove/")
    assert [answer.status_code for answer in (added, changed, removed)] == [500] * 3
    newcomer.refresh_from_db()
    assert newcomer.check_password(PASSWORD)
    assert [each.user for each in Authenticator.objects.all()] == [robin]


@pytest.mark.django_db(transaction=True)
def test_a_mail_server_that_is_down_stops_nobody_from_setting_it_up(
    client: Client, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    robin = person(password=PASSWORD)
    by_password(client, robin)
    client.get("/me/second-factor/app/")
    assert client.post("/me/second-factor/app/", {"code": code(client.session["mfa.totp.secret"])}).status_code == 302
    assert Authenticator.objects.filter(user=robin, type=Authenticator.Type.TOTP).exists()
    assert "A mail could not be sent" in caplog.text
    assert robin.email not in caplog.text
    assert client.post("/password/forgotten/", {"email": robin.email}).status_code == 302


def test_nobody_else_is_asked(client: Client, settings: Settings) -> None:
    settings.ROLES_WITH_SECOND_FACTOR = ["clerk"]
    sign_in(client, person_with(Role.MEMBER))
    assert client.get("/me/").status_code == 200
    settings.ROLES_WITH_SECOND_FACTOR = []
    sign_in(client, person_with(Role.CLERK))
    assert client.get("/me/").status_code == 200


def test_the_councils_own_sign_in_counts(client: Client, settings: Settings) -> None:
    settings.ROLES_WITH_SECOND_FACTOR = ["all"]
    sign_in(client, person_with(Role.CLERK), method="socialaccount")
    assert client.get("/me/").status_code == 200


def test_a_setting_that_names_no_role_is_refused(settings: Settings) -> None:
    settings.ROLES_WITH_SECOND_FACTOR = ["clerc"]
    with pytest.raises(ImproperlyConfigured, match=r"SECOND_FACTOR names “clerc”.*clerk"):
        second_factor.check_setting()
