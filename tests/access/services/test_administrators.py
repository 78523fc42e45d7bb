"""There is always an administrator left who can sign in and whose role has no end."""

from datetime import date, timedelta

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ValidationError

from tests.access.cast import SINCE, TODAY, person
from tests.access.services.racing import at_once
from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.roles import Role
from torbay_reports.access.selectors import lasting_administrators
from torbay_reports.access.services import close_account, end_role, take_back_role

pytestmark = pytest.mark.django_db
NOBODY = "Nobody would be left who can give roles"


def administrator(
    name: str, *, password: str | None = "a long enough sentence", starts_on: date = SINCE, ends_on: date | None = None
) -> User:
    someone = person(name, password)
    RoleAssignment.objects.create(person=someone, role=Role.ADMINISTRATOR, starts_on=starts_on, ends_on=ends_on)
    return someone


def role_of(someone: User) -> RoleAssignment:
    return someone.assignments.get()


def test_the_last_administrator_can_be_removed_in_no_way() -> None:
    last = administrator("Last Admin")
    for remove in (
        lambda: end_role(assignment=role_of(last), ends_on=TODAY, by=last),
        lambda: end_role(assignment=role_of(last), ends_on=date.max, by=last),
        lambda: take_back_role(assignment=role_of(last), by=last),
        lambda: close_account(person=last, by=last),
    ):
        with pytest.raises(ValidationError, match=NOBODY):
            remove()
    last.refresh_from_db()
    assert (last.is_active, role_of(last).ends_on) == (True, None)


def test_one_of_two_can_be_removed_and_then_the_other_cannot() -> None:
    one, other = administrator("One Admin"), administrator("Other Admin")
    end_role(assignment=role_of(one), ends_on=TODAY, by=one)
    for by in (one, other):
        with pytest.raises(ValidationError, match=NOBODY):
            close_account(person=other, by=by)


@pytest.mark.parametrize(
    ("name", "password", "starts_on", "ends_on", "is_active"),
    [
        ("Never Signed In", None, SINCE, None, True),
        ("Leaves Soon", "a password", SINCE, date(2018, 1, 1), True),
        ("Comes Later", "a password", date(2017, 9, 7), None, True),
        ("Closed Account", "a password", SINCE, None, False),
    ],
)
def test_who_cannot_do_it_for_good_does_not_count(
    name: str, password: str | None, starts_on: date, ends_on: date | None, is_active: bool
) -> None:
    last, other = (
        administrator("Last Admin"),
        administrator(name, password=password, starts_on=starts_on, ends_on=ends_on),
    )
    User.objects.filter(pk=other.pk).update(is_active=is_active)
    with pytest.raises(ValidationError, match=NOBODY):
        end_role(assignment=role_of(last), ends_on=TODAY, by=last)
    with pytest.raises(ValidationError, match=NOBODY):
        close_account(person=last, by=last)
    close_account(person=other, by=last)


def test_who_comes_the_day_after_the_last_one_leaves_counts() -> None:
    last = administrator("Last Admin")
    administrator("Comes Later", starts_on=TODAY + timedelta(days=1))
    with pytest.raises(ValidationError, match=NOBODY):
        take_back_role(assignment=role_of(last), by=last)
    end_role(assignment=role_of(last), ends_on=TODAY, by=last)
    assert role_of(last).ends_on == TODAY


def test_the_one_who_comes_after_is_not_taken_back() -> None:
    administrator("Leaves Soon", ends_on=date(2017, 9, 30))
    later = administrator("Comes Later", starts_on=date(2017, 10, 1))
    with pytest.raises(ValidationError, match=NOBODY):
        take_back_role(assignment=role_of(later), by=later)


def test_who_signs_in_with_a_council_account_counts() -> None:
    last, other = administrator("Last Admin"), administrator("Council Account", password=None)
    SocialAccount.objects.create(user=other, provider="council", uid="1")
    close_account(person=last, by=other)
    assert [role.person for role in lasting_administrators()] == [other]


def test_the_installation_itself_is_not_held_up() -> None:
    end_role(assignment=role_of(administrator("Last Admin")), ends_on=TODAY, by=None)
    assert not lasting_administrators().exists()


def test_the_end_of_another_role_is_nobodys_concern() -> None:
    clerk = person("Some Clerk")
    RoleAssignment.objects.create(person=clerk, role=Role.CLERK, starts_on=SINCE)
    end_role(assignment=role_of(clerk), ends_on=TODAY, by=person("Some Body"))
    assert role_of(clerk).ends_on == TODAY


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", ["close", "end", "take back", "both"])
def test_two_administrators_who_remove_each_other_at_the_same_moment_leave_one(way: str) -> None:
    pair = (administrator("One Admin"), administrator("Other Admin"))
    roles = [role_of(each) for each in pair]

    def remove(number: int) -> str:
        by, other = pair[number], 1 - number
        if way == "close" or (way == "both" and number):
            close_account(person=pair[other], by=by)
        elif way == "take back":
            take_back_role(assignment=roles[other], by=by)
        else:
            end_role(assignment=roles[other], ends_on=TODAY, by=by)
        return "removed"

    outcomes = at_once(remove, 2)
    assert outcomes.count("removed") == 1
    (refusal,) = [outcome for outcome in outcomes if isinstance(outcome, ValidationError)]
    assert any(words in refusal.messages[0] for words in (NOBODY, "account is closed; somebody else"))
    assert lasting_administrators().count() == 1
