"""Accounts: changed, closed, opened again, and freed of a lost second factor."""

from datetime import date

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.test import Client

from tests.access.cast import SINCE, TODAY, person, person_with, sign_in
from torbay_reports.access.invitations import InvitationRefused
from torbay_reports.access.models import AccessRecord, RoleAssignment, User
from torbay_reports.access.roles import Role
from torbay_reports.access.selectors import assignments_of, find_invitation
from torbay_reports.access.services import (
    change_person,
    close_account,
    give_role,
    make_link,
    remove_second_factor,
    reopen_account,
)
from torbay_reports.access.services.accounts import record_untold

pytestmark = pytest.mark.django_db


def written() -> list[tuple[str, str]]:
    return list(AccessRecord.objects.order_by("pk").values_list("kind", "about"))


def signed_in(someone: User, devices: int = 1) -> list[Client]:
    clients = [Client() for _ in range(devices)]
    for client in clients:
        sign_in(client, someone)
        assert client.get("/me/").status_code == 200
    return clients


def test_a_changed_person_is_recorded_without_the_old_address() -> None:
    administrator, robin = person_with(Role.ADMINISTRATOR), person()
    EmailAddress.objects.create(user=robin, email=robin.email, verified=True, primary=True)
    change_person(person=robin, full_name=" Robin  Hill", email="Robin.HILL@council.invalid", by=administrator)
    stored = User.objects.get(pk=robin.pk)
    assert (stored.full_name, stored.email) == ("Robin Hill", "robin.hill@council.invalid")
    assert (robin.full_name, robin.email) == ("Robin Hill", "robin.hill@council.invalid")
    assert not EmailAddress.objects.filter(user=robin).exists()
    assert written() == [("person_changed", "Robin Vale: name, now Robin Hill and e-mail address; told at the old one")]
    assert "robin.vale@" not in str(list(AccessRecord.objects.values()))


def test_what_is_not_changed_is_not_recorded() -> None:
    robin = person()
    change_person(person=robin, full_name=robin.full_name, email=robin.email.upper(), by=None)
    assert written() == []
    change_person(person=robin, full_name="Robin Hill", email=robin.email, by=None)
    change_person(person=robin, full_name="Robin Hill", email="hill@council.invalid", by=None)
    assert written() == [
        ("person_changed", "Robin Vale: name, now Robin Hill"),
        ("person_changed", "Robin Hill: e-mail address"),
    ]


@pytest.mark.parametrize(
    ("full_name", "email", "sentence"),
    [
        (" ", "robin.vale@council.invalid", "Robin Vale lacks a name."),
        ("Robin", "robin", "“robin” is no e-mail address."),
        ("Robin", f"robin@{'ü' * 62}.de", f"No mail can be sent to “robin@{'ü' * 62}.de”: a part of it is too long."),
        ("Robin", "TAKEN.name@council.invalid", "taken.name@council.invalid is somebody else's address."),
        ("Robin", "gone-1@removed.invalid", "“gone-1@removed.invalid” stands for an address that was removed."),
    ],
)
def test_a_change_that_cannot_be_says_why(full_name: str, email: str, sentence: str) -> None:
    person("Taken Name")
    robin = person()
    with pytest.raises(ValidationError) as refusal:
        change_person(person=robin, full_name=full_name, email=email, by=None)
    assert refusal.value.messages[0].startswith(sentence)
    robin.refresh_from_db()
    assert (robin.full_name, robin.email) == ("Robin Vale", "robin.vale@council.invalid")


def test_an_invitation_that_went_to_the_old_address_opens_nothing_more() -> None:
    robin = person()
    secret = make_link(person=robin, by=None)
    change_person(person=robin, full_name="Robin Hill", email=robin.email, by=None)
    assert find_invitation(secret)
    change_person(person=robin, full_name="Robin Hill", email="hill@council.invalid", by=None)
    with pytest.raises(InvitationRefused, match="was withdrawn"):
        find_invitation(secret)


def test_another_address_signs_out_on_every_device_at_once_and_another_name_does_not() -> None:
    administrator, robin = person_with(Role.ADMINISTRATOR), person()
    clients = signed_in(robin, devices=2)
    change_person(person=robin, full_name="Robin Hill", email=robin.email, by=administrator)
    assert [client.get("/me/").status_code for client in clients] == [200, 200]
    change_person(person=robin, full_name="Robin Hill", email="hill@council.invalid", by=administrator)
    assert [client.get("/me/").status_code for client in clients] == [302, 302]


def test_a_link_to_a_new_password_holds_only_for_the_address_to_which_it_went() -> None:
    administrator, robin = person_with(Role.ADMINISTRATOR), person(password="a long enough one")
    token = default_token_generator.make_token(robin)
    change_person(person=robin, full_name="Robin Hill", email=robin.email, by=administrator)
    assert default_token_generator.check_token(User.objects.get(pk=robin.pk), token)
    change_person(person=robin, full_name="Robin Hill", email="hill@council.invalid", by=administrator)
    assert not default_token_generator.check_token(User.objects.get(pk=robin.pk), token)


def test_nobody_changes_their_own_address_but_their_name() -> None:
    administrator = person_with(Role.ADMINISTRATOR)
    with pytest.raises(ValidationError, match="Your own e-mail address is changed by another administrator. Ask one."):
        change_person(person=administrator, full_name="Thief", email="thief@council.invalid", by=administrator)
    stored = User.objects.get(pk=administrator.pk)
    assert (stored.full_name, stored.email) == ("Test administrator", "test.administrator@council.invalid")
    change_person(person=administrator, full_name="Grace Mill", email=administrator.email, by=administrator)
    assert written() == [("person_changed", "Test administrator: name, now Grace Mill")]


def test_nobody_removes_their_own_second_factor_here() -> None:
    administrator = person_with(Role.ADMINISTRATOR)
    Authenticator.objects.create(user=administrator, type=Authenticator.Type.TOTP, data={})
    with pytest.raises(ValidationError, match="Ask another administrator. Your own second factor is under “You”."):
        remove_second_factor(person=administrator, by=administrator)
    assert Authenticator.objects.filter(user=administrator).exists()
    assert "second_factor_removed" not in [kind for kind, _ in written()]


def test_what_was_before_is_said_as_stored_and_not_as_it_was_read() -> None:
    administrator, robin = person_with(Role.ADMINISTRATOR), person()
    User.objects.filter(pk=robin.pk).update(email="moved@council.invalid")
    before = change_person(person=robin, full_name="Robin Hill", email="robin.vale@council.invalid", by=administrator)
    assert (before.full_name, before.email) == ("Robin Vale", "moved@council.invalid")
    assert robin.email == "robin.vale@council.invalid"


def test_an_old_address_that_could_not_be_told_is_recorded_without_it() -> None:
    administrator, robin = person_with(Role.ADMINISTRATOR), person()
    record_untold(person=robin, by=administrator)
    entry = AccessRecord.objects.get()
    assert (entry.kind, entry.person, entry.key) == ("person_changed", administrator, f"person:{robin.pk}")
    assert entry.about == "Robin Vale: the old e-mail address could not be told"


def test_a_closed_account_keeps_its_history_and_nothing_else() -> None:
    administrator, clerk = person_with(Role.ADMINISTRATOR), person_with(Role.CLERK)
    past = give_role(person=clerk, role=Role.HEAD_OF_FINANCE, starts_on=SINCE, ends_on=date(2017, 6, 30), by=None)
    give_role(person=clerk, role=Role.FINANCE_OFFICER, starts_on=date(2017, 9, 6), by=None)
    last_day = give_role(person=clerk, role=Role.ACTION_OWNER, starts_on=SINCE, ends_on=TODAY, by=None)
    before = len(written())
    assert len(assignments_of(clerk)) == 4
    close_account(person=clerk, by=administrator)
    assert (clerk.is_active, clerk.closed_on) == (False, TODAY)
    assert {(role.role, role.ends_on) for role in assignments_of(clerk)} == {
        ("clerk", TODAY),
        ("head_of_finance", date(2017, 6, 30)),
        ("action_owner", TODAY),
    }
    assert RoleAssignment.objects.get(role=Role.CLERK).ended_by == administrator
    for untouched in (past, last_day):
        assert RoleAssignment.objects.get(pk=untouched.pk).ended_by is None
    assert [kind for kind, _ in written()[before:]] == ["role_ended", "role_taken_back", "account_closed"]
    assert written()[-1] == ("account_closed", "Test clerk")


def test_whose_account_is_closed_is_out_on_every_device_at_once() -> None:
    clerk, other = person_with(Role.CLERK), person("Some Body")
    clients, stays = signed_in(clerk, devices=2), signed_in(other)
    close_account(person=clerk, by=None)
    assert [client.get("/me/").status_code for client in clients] == [302, 302]
    assert [client.get("/me/").status_code for client in stays] == [200]
    assert Session.objects.count() == 1


def test_an_account_is_closed_once() -> None:
    robin = person()
    close_account(person=robin, by=None)
    with pytest.raises(ValidationError, match="Robin Vale's account was closed on 5 September 2017 already"):
        close_account(person=robin, by=None)
    assert written() == [("account_closed", "Robin Vale")]


def test_somebody_may_close_their_own_account() -> None:
    clerk = person_with(Role.CLERK)
    close_account(person=clerk, by=clerk)
    assert RoleAssignment.objects.get().ended_by == clerk


def test_an_account_that_is_opened_again_has_no_role_back() -> None:
    clerk = person_with(Role.CLERK)
    close_account(person=clerk, by=None)
    reopen_account(person=clerk, by=None)
    stored = User.objects.get(pk=clerk.pk)
    assert (stored.is_active, stored.closed_on) == (True, None)
    assert (clerk.is_active, clerk.closed_on) == (True, None)
    assert [role.ends_on for role in stored.assignments.all()] == [TODAY]
    with pytest.raises(ValidationError, match="Test clerk's account is open already"):
        reopen_account(person=clerk, by=None)
    assert [kind for kind, _ in written()] == ["role_ended", "account_closed", "account_reopened"]


def test_an_account_whose_personal_data_is_removed_is_neither_opened_nor_changed() -> None:
    robin = person()
    User.objects.filter(pk=robin.pk).update(is_active=False, closed_on=SINCE, forgotten_on=TODAY)
    sentence = "What was personal in Robin Vale's account was removed on 5 September 2017. Invite them anew."
    with pytest.raises(ValidationError, match=sentence):
        reopen_account(person=robin, by=None)
    with pytest.raises(ValidationError, match=sentence):
        change_person(person=robin, full_name="Robin", email="robin@council.invalid", by=None)


def test_a_lost_second_factor_is_removed_and_every_device_signed_out() -> None:
    administrator, clerk = person_with(Role.ADMINISTRATOR), person_with(Role.CLERK)
    (client,) = signed_in(clerk)
    for kind in (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES):
        Authenticator.objects.create(user=clerk, type=kind, data={})
    Authenticator.objects.create(user=administrator, type=Authenticator.Type.TOTP, data={})
    remove_second_factor(person=clerk, by=administrator)
    assert Authenticator.objects.get().user == administrator
    assert client.get("/me/").status_code == 302
    entry = AccessRecord.objects.get(kind="second_factor_removed")
    assert (entry.person, entry.about, entry.key) == (administrator, "Test clerk", f"person:{clerk.pk}")
    with pytest.raises(ValidationError, match="Test clerk has no second factor"):
        remove_second_factor(person=clerk, by=administrator)


@pytest.mark.parametrize("service", [close_account, reopen_account, remove_second_factor])
def test_whose_own_account_is_closed_by_now_changes_nobodys(service: object) -> None:
    administrator, robin = person_with(Role.ADMINISTRATOR), person()
    User.objects.filter(pk=administrator.pk).update(is_active=False)
    assert administrator.is_active
    assert callable(service)
    with pytest.raises(ValidationError, match="Test administrator's account is closed; somebody else has to do this"):
        service(person=robin, by=administrator)
