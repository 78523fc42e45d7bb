"""What an administrator does with an account is mailed to whose it is, and what can open one to the officers too."""

import logging
import re
from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client

from tests.access.cast import BOARD, SINCE, TODAY, person, person_with
from tests.access.people.pages import again, done, kinds
from torbay_reports.access.models import AccessRecord, RoleAssignment, User
from torbay_reports.access.people.selectors import monitoring_officers
from torbay_reports.access.roles import Role

pytestmark = pytest.mark.django_db

OLD, NEW, OFFICER = "robin.vale@council.invalid", "hill@council.invalid", "test.monitoring.officer@council.invalid"
STEPS = ("change", "second-factor", "close", "reopen")


def officer(name: str = "Test Monitoring Officer", **fields: object) -> User:
    someone = person(name)
    RoleAssignment.objects.create(**{"person": someone, "role": Role.MONITORING_OFFICER, "starts_on": SINCE, **fields})
    return someone


def done_to(someone: User, step: str, browser: Client) -> list[str]:
    """What the next page says after the step was taken with somebody who is ready for it."""
    Authenticator.objects.create(user=someone, type=Authenticator.Type.TOTP, data={})
    if step == "reopen":
        User.objects.filter(pk=someone.pk).update(is_active=False, closed_on=SINCE)
    data = {"full_name": someone.full_name, "email": NEW} if step == "change" else {}
    return done(browser, f"/people/{someone.pk}/{step}/", **data)[1]


def told() -> list[str]:
    return [address for message in mail.outbox for address in message.to]


def body(address: str) -> str:
    (found,) = [str(message.body) for message in mail.outbox if message.to == [address]]
    return found


@pytest.mark.parametrize(
    ("step", "addresses"),
    [("change", [OLD, NEW, OFFICER]), ("second-factor", [OLD, OFFICER]), ("close", [OLD]), ("reopen", [OLD])],
)
def test_it_goes_to_whose_account_it_is_and_to_the_monitoring_officer(
    browser: Client, robin: User, step: str, addresses: list[str]
) -> None:
    officer()
    assert len(done_to(robin, step, browser)) == 1
    assert told() == addresses


@pytest.mark.parametrize(
    ("step", "deed"),
    [
        ("change", "changed the e-mail address of your account"),
        ("second-factor", "removed the second factor of your account"),
        ("close", "closed your account"),
        ("reopen", "opened your account again"),
    ],
)
def test_it_says_what_was_done_by_whom_on_which_day_and_what_to_do(
    browser: Client, robin: User, step: str, deed: str
) -> None:
    done_to(robin, step, browser)
    words = body(OLD)
    assert words.startswith(
        f"Dear Robin Vale,\n\non 5 September 2017 the administrator Test administrator {deed} for the papers of "
        "Torbay Council.\n"
    )
    assert "tell the monitoring officer of Torbay Council at once" in words
    assert mail.outbox[0].subject == "Your account for the papers of Torbay Council was changed"


@pytest.mark.parametrize("step", STEPS)
def test_it_holds_no_link_no_network_address_and_no_other_address(browser: Client, robin: User, step: str) -> None:
    officer()
    done_to(robin, step, browser)
    for message in mail.outbox:
        assert re.search(r"://|www\.|\d+\.\d+\.\d+|@|{|&#", str(message.body)) is None


def test_both_addresses_are_sent_the_same_words_and_the_officer_whom_to_ask(browser: Client, robin: User) -> None:
    officer()
    done_to(robin, "change", browser)
    assert body(OLD) == body(NEW)
    assert "This mail goes to the address before and to the new one." in body(OLD)
    assert body(OFFICER).startswith(
        "Dear Test Monitoring Officer,\n\non 5 September 2017 the administrator Test administrator changed the e-mail "
        "address of Robin Vale's account for the papers of Torbay Council.\n"
    )
    assert "Ask Robin Vale, by telephone or face to face, whether they wanted it." in body(OFFICER)


def test_another_name_at_the_same_moment_does_not_hide_whose_account_it_is(browser: Client, robin: User) -> None:
    officer()
    done(browser, f"/people/{robin.pk}/change/", full_name="Niamh O'Hara", email=NEW)
    for address in (OLD, NEW, OFFICER):
        assert "The name of the account is Niamh O'Hara now." in body(address)
    assert body(OLD).startswith("Dear Robin Vale,")
    assert "Robin Vale's account" in body(OFFICER)


def test_nobody_is_told_of_another_name_or_of_nothing(browser: Client, robin: User) -> None:
    officer()
    done(browser, f"/people/{robin.pk}/change/", full_name="Robin Hill", email=OLD.upper())
    for step in ("second-factor", "reopen"):
        browser.post(f"/people/{robin.pk}/{step}/")
    browser.post(f"/people/{robin.pk}/change/", {"full_name": "Robin", "email": OFFICER})
    assert told() == []
    assert kinds() == ["person_changed"]


def test_an_officer_whose_own_account_it_is_is_told_once_and_to_tell_somebody_else(browser: Client) -> None:
    someone = officer()
    done_to(someone, "change", browser)
    assert told() == [OFFICER, NEW]
    assert "tell the chief executive of Torbay Council at once" in body(OFFICER)


def test_an_administrator_who_is_monitoring_officer_is_not_told_what_they_did(
    browser: Client, administrator: User, robin: User
) -> None:
    RoleAssignment.objects.create(person=administrator, role=Role.MONITORING_OFFICER, starts_on=SINCE)
    officer()
    done_to(robin, "second-factor", browser)
    assert told() == [OLD, OFFICER]


def test_monitoring_officers_are_those_of_the_whole_council_who_can_sign_in_today() -> None:
    two = [officer("Ada Hall"), officer("Bea Hall", ends_on=TODAY)]
    RoleAssignment.objects.create(person=two[0], role=Role.MONITORING_OFFICER, starts_on=TODAY)
    officer("Cy Hall", starts_on=date(2017, 9, 6))
    officer("Di Hall", ends_on=date(2017, 9, 4))
    officer("Ed Hall", scope_kind="committee", scope_slug=BOARD)
    closed = officer("Flo Hall")
    User.objects.filter(pk=closed.pk).update(is_active=False, closed_on=SINCE)
    person_with(Role.CLERK)
    assert list(monitoring_officers(TODAY)) == two


@pytest.mark.usefixtures("no_mail")
@pytest.mark.parametrize(
    ("step", "sentence", "unsent"),
    [
        ("change", "The name and the address are saved.", f"{OLD}, {NEW} and {OFFICER}"),
        ("second-factor", "Robin Vale's second factor is removed.", f"{OLD} and {OFFICER}"),
        ("close", "Robin Vale's account is closed.", OLD),
        ("reopen", "Robin Vale's account is open again.", OLD),
    ],
)
def test_a_mail_that_cannot_be_sent_is_said_and_what_was_done_stands(
    browser: Client, robin: User, step: str, sentence: str, unsent: str, caplog: pytest.LogCaptureFixture
) -> None:
    officer()
    with caplog.at_level(logging.WARNING):
        said = done_to(robin, step, browser)
    assert said == [
        sentence,
        f"The mail about it to {unsent} could not be sent. Tell them by telephone or face to face.",
    ]
    about = f"What was done with the account of person {robin.pk} could not be mailed: SMTPServerDisconnected"
    assert about in caplog.text
    assert "council.invalid" not in caplog.text


@pytest.mark.usefixtures("no_mail")
def test_that_the_old_address_could_not_be_told_is_recorded(browser: Client, robin: User) -> None:
    done_to(robin, "change", browser)
    assert again(robin).email == NEW
    assert list(AccessRecord.objects.filter(kind="person_changed").order_by("pk").values_list("about", flat=True)) == [
        "Robin Vale: e-mail address; told at the old one",
        "Robin Vale: the old e-mail address could not be told",
    ]


def test_an_account_cannot_be_made_ones_own_unseen(browser: Client) -> None:
    victim, _ = officer(), officer("Ines Quay")
    User.objects.filter(pk=victim.pk).update(password=person("Some Body", password="a long enough one").password)
    done_to(victim, "change", browser)
    done(browser, f"/people/{victim.pk}/second-factor/")
    Client().post("/password/forgotten/", {"email": NEW})
    done(browser, f"/people/{victim.pk}/change/", full_name=victim.full_name, email=OFFICER)
    assert told().count(OFFICER) == 2
    assert told().count("ines.quay@council.invalid") == 3


@pytest.mark.parametrize("way", ["give", "invite", "hand over"])
@pytest.mark.parametrize(
    ("role", "is_told"), [(Role.ADMINISTRATOR, True), (Role.MONITORING_OFFICER, True), (Role.CLERK, False)]
)
def test_the_officers_are_told_of_a_role_that_opens_exempt_papers_or_gives_roles(
    browser: Client, robin: User, way: str, role: Role, is_told: bool
) -> None:
    watching, somebody = officer(), person("Sam Reed")
    if way == "give":
        done(browser, f"/people/{robin.pk}/roles/", role=role, starts_on="5/9/2017")
    elif way == "invite":
        new = {"full_name": "Ida Moor", "email": "ida@council.invalid", "role": role, "starts_on": "5/9/2017"}
        done(browser, "/people/invite/", **new)
    elif role is not Role.ADMINISTRATOR:
        held = RoleAssignment.objects.create(person=robin, role=role, starts_on=SINCE)
        done(browser, f"/people/{robin.pk}/hand-over/", roles=held.pk, to=somebody.pk, starts_on="6/9/2017")
    expected = is_told and (way, role) != ("hand over", Role.ADMINISTRATOR)
    assert told().count(watching.email) == expected
    if expected:
        assert f"{role.label} from" in body(watching.email)
        assert "Test administrator gave a role" in body(watching.email)
