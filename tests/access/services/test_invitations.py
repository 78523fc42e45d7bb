"""Invitations: sent, used once, withdrawn; and the sentence of a link that opens nothing."""

from datetime import timedelta

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ValidationError
from django.db import transaction

from tests.access.cast import SINCE, person, person_with
from tests.access.services.racing import at_once
from torbay_reports.access.invitations import InvitationRefused
from torbay_reports.access.models import AccessRecord, Invitation, RoleAssignment, User
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.access.record.services import record
from torbay_reports.access.roles import Role
from torbay_reports.access.selectors import find_invitation, has_signed_in
from torbay_reports.access.services import (
    accept_invitation,
    close_account,
    give_role,
    invite,
    make_link,
    withdraw_invitation,
)
from torbay_reports.core import clock

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough sentence"
UNKNOWN = "This link belongs to no invitation. Check that you copied the whole link, or ask the administrator."
USED = (
    "This invitation was used on 5 September 2017. Sign in with your password, or ask for a new one under “I have "
    "forgotten my password”."
)


def kinds() -> list[str]:
    return list(AccessRecord.objects.order_by("pk").values_list("kind", flat=True))


def robin() -> User:
    return invite(email="robin@council.invalid", full_name="Robin Vale", by=None)


def move(by: timedelta) -> None:
    """Puts every invitation so much earlier."""
    for each in Invitation.objects.all():
        each.made_at, each.expires_at = each.made_at - by, each.expires_at - by
        each.save()


def refusal_of(secret: str) -> str:
    with pytest.raises(InvitationRefused) as looked_at:
        find_invitation(secret)
    with pytest.raises(InvitationRefused) as used:
        accept_invitation(secret=secret, password=PASSWORD)
    assert str(looked_at.value) == str(used.value)
    return str(used.value)


def test_an_invited_person_has_no_role_and_no_password() -> None:
    administrator = person_with(Role.ADMINISTRATOR)
    invited = invite(email=" Robin@Council.invalid", full_name="Robin  Vale ", by=administrator)
    invited.refresh_from_db()
    assert (invited.email, invited.full_name) == ("robin@council.invalid", "Robin Vale")
    assert not invited.has_usable_password()
    assert not invited.assignments.exists()


@pytest.mark.parametrize(
    ("email", "full_name", "sentence"),
    [
        ("robin", "Robin", "“robin” is no e-mail address. Write one like name@example.com."),
        ("robin@council.invalid", " ", "The invitation to robin@council.invalid lacks a name."),
        ("robin@council.invalid", "R" * 201, "The invitation to robin@council.invalid has a name of more than 200"),
        ("robin@council.invalid", "Ro\x00bin", "The invitation to robin@council.invalid has a name with a character"),
        (f"{'r' * 60}@{'c.' * 120}invalid", "Robin", "That address has more than 254 characters"),
        (f"robin@{'ü' * 62}.de", "Robin", f"No mail can be sent to “robin@{'ü' * 62}.de”: a part of it is too long."),
        (f"robin@{'münchen.' * 20}de", "Robin", "No mail can be sent to “robin@münchen."),
        ("TAKEN.NAME@council.invalid", "Robin", "taken.name@council.invalid is invited already."),
        ("gone-7@removed.invalid", "Robin", "“gone-7@removed.invalid” stands for an address that was removed."),
    ],
)
def test_an_invitation_that_cannot_be_says_why(email: str, full_name: str, sentence: str) -> None:
    person("Taken Name")
    with pytest.raises(ValidationError) as refusal:
        invite(email=email, full_name=full_name, by=None)
    assert refusal.value.messages[0].startswith(sentence)
    assert User.objects.count() == 1


def test_a_link_is_used_once_and_then_says_when_it_was() -> None:
    invited = robin()
    secret = make_link(person=invited, by=None)
    assert find_invitation(secret).person == invited
    assert accept_invitation(secret=secret, password=PASSWORD) == invited
    invited.refresh_from_db()
    assert invited.check_password(PASSWORD)
    assert refusal_of(secret) == USED
    assert kinds() == ["invited", "invitation_sent", "invitation_accepted"]
    entry = AccessRecord.objects.get(kind=RecordKind.INVITATION_ACCEPTED)
    assert (entry.person, entry.about, entry.key) == (invited, "Robin Vale", f"person:{invited.pk}")


def test_the_secret_stands_nowhere_in_the_database() -> None:
    administrator = person_with(Role.ADMINISTRATOR)
    secret = make_link(person=robin(), by=administrator)
    stored = Invitation.objects.get()
    assert secret not in str(list(Invitation.objects.values())) + str(list(AccessRecord.objects.values()))
    assert len(secret) >= 43
    assert (stored.made_by, stored.expires_at - stored.made_at) == (administrator, timedelta(days=7))


def test_a_weak_password_leaves_the_link_open() -> None:
    invited = robin()
    secret = make_link(person=invited, by=None)
    for weak in ("", "short", "password", "robin@council.invalid"):
        with pytest.raises(ValidationError):
            accept_invitation(secret=secret, password=weak)
    invited.refresh_from_db()
    assert not invited.has_usable_password()
    assert find_invitation(secret).used_at is None
    assert "invitation_accepted" not in kinds()


@pytest.mark.parametrize("secret", ["", "x", "x" * 5000, "\x00", "\ud800", "ü"])
def test_a_link_that_nobody_made_is_unknown(secret: str) -> None:
    make_link(person=robin(), by=None)
    assert refusal_of(secret) == UNKNOWN


def test_a_link_opens_for_seven_days_to_the_second() -> None:
    secret = make_link(person=robin(), by=None)
    move(timedelta(days=7) - timedelta(minutes=5))
    assert find_invitation(secret)
    move(timedelta(minutes=6))
    assert refusal_of(secret) == "This invitation expired on 5 September 2017. Ask the administrator for a new one."


def test_a_newer_link_withdraws_the_older_one_even_when_that_had_expired() -> None:
    invited = robin()
    first = make_link(person=invited, by=None)
    second = make_link(person=invited, by=None)
    move(timedelta(days=8))
    third = make_link(person=invited, by=None)
    for older in (first, second):
        assert refusal_of(older).startswith("This invitation was withdrawn on 5 September 2017. Look for a newer one")
    assert find_invitation(third).person == invited


def test_a_link_of_a_closed_account_opens_nothing() -> None:
    invited = robin()
    secret = make_link(person=invited, by=None)
    close_account(person=invited, by=None)
    assert refusal_of(secret) == "This account is closed. Ask the administrator, if you need it again."


def test_nobody_is_sent_a_link_who_has_signed_in_or_whose_account_is_closed() -> None:
    with_password, by_council_account, closed = person("Old Hand", PASSWORD), person("Council Account"), robin()
    SocialAccount.objects.create(user=by_council_account, provider="council", uid="1")
    close_account(person=closed, by=None)
    assert (has_signed_in(with_password), has_signed_in(by_council_account), has_signed_in(closed)) == (
        True,
        True,
        False,
    )
    for someone in (with_password, by_council_account):
        with pytest.raises(ValidationError, match="has signed in already and needs no invitation"):
            make_link(person=someone, by=None)
    with pytest.raises(ValidationError, match=r"Robin Vale's account is closed\. Open it"):
        make_link(person=closed, by=None)
    assert not Invitation.objects.exists()


def test_who_never_signed_in_goes_with_the_roles_when_the_invitation_is_withdrawn() -> None:
    administrator, invited = person_with(Role.ADMINISTRATOR), robin()
    give_role(person=invited, role=Role.CLERK, starts_on=SINCE, by=administrator)
    secret = make_link(person=invited, by=administrator)
    withdraw_invitation(person=invited, by=administrator)
    assert list(User.objects.all()) == [administrator]
    assert kinds()[-2:] == ["role_taken_back", "invitation_withdrawn"]
    assert refusal_of(secret) == UNKNOWN


def test_who_stands_in_history_stays_with_a_closed_account() -> None:
    invited = robin()
    secret = make_link(person=invited, by=None)
    record(kind=RecordKind.SIGN_IN_FAILED, person=invited)
    withdraw_invitation(person=invited, by=None)
    invited.refresh_from_db()
    assert (invited.is_active, invited.closed_on) == (False, clock.today())
    assert kinds()[-2:] == ["invitation_withdrawn", "account_closed"]
    assert refusal_of(secret).startswith("This account is closed.")
    with pytest.raises(ValidationError, match="Robin Vale's account is closed already"):
        withdraw_invitation(person=invited, by=None)


def test_the_invitation_of_who_has_signed_in_is_not_withdrawn() -> None:
    someone = person_with(Role.CLERK)
    someone.set_password(PASSWORD)
    someone.save()
    with pytest.raises(ValidationError, match=r"Test clerk has signed in already\. Close the account instead\."):
        withdraw_invitation(person=someone, by=None)
    assert RoleAssignment.objects.count() == 1


def test_who_is_gone_cannot_be_sent_a_link() -> None:
    invited = robin()
    stale = User.objects.get(pk=invited.pk)
    withdraw_invitation(person=invited, by=None)
    with pytest.raises(ValidationError, match=r"Robin Vale is no longer in the list of people\. Invite them anew\."):
        make_link(person=stale, by=None)


@pytest.mark.django_db(transaction=True)
def test_a_form_that_is_sent_twice_at_the_same_moment_invites_once() -> None:
    outcomes = at_once(lambda number: robin().full_name, 3)
    assert sorted(str(outcome) for outcome in outcomes) == [
        "Robin Vale",
        *["['robin@council.invalid is invited already. Give that person a role instead.']"] * 2,
    ]
    assert kinds() == ["invited"]


@pytest.mark.django_db(transaction=True)
def test_a_link_that_is_used_twice_at_the_same_moment_works_once() -> None:
    secret = make_link(person=robin(), by=None)

    def use(number: int) -> str:
        accept_invitation(secret=secret, password=f"{PASSWORD} {number}")
        return f"{PASSWORD} {number}"

    outcomes = at_once(use, 4)
    (won,) = [outcome for outcome in outcomes if isinstance(outcome, str)]
    assert [str(outcome) for outcome in outcomes if outcome != won] == [USED] * 3
    assert User.objects.get().check_password(won)
    assert kinds().count("invitation_accepted") == 1


@pytest.mark.django_db(transaction=True)
def test_a_link_is_not_used_while_the_account_is_being_closed() -> None:
    invited = robin()
    secret = make_link(person=invited, by=None)

    def either(number: int) -> str:
        if number:
            accept_invitation(secret=secret, password=PASSWORD)
            return "accepted"
        with transaction.atomic():
            close_account(person=invited, by=None)
        return "closed"

    outcomes = at_once(either, 2)
    assert outcomes[0] == "closed"
    used, withdrawn = Invitation.objects.values_list("used_at", "withdrawn_at").get()
    assert (used is None) != (withdrawn is None)
    assert (outcomes[1] == "accepted") == (used is not None)


def test_an_address_with_letters_beyond_english_is_taken_when_mail_reaches_it() -> None:
    assert invite(email="robin@Müller.example", full_name="Robin", by=None).email == "robin@müller.example"
