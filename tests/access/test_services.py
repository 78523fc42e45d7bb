"""Invitations and roles: what is written, and the sentence when it is refused."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tests.access.cast import SINCE, person, person_with
from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.roles import Role
from torbay_reports.access.services import end_role, give_role, invite

pytestmark = pytest.mark.django_db


def test_an_invited_person_has_no_role_and_no_password() -> None:
    administrator = person_with(Role.ADMINISTRATOR)
    robin = invite(email=" Robin@Council.invalid", full_name="Robin  Vale ", by=administrator)
    robin.refresh_from_db()
    assert (robin.email, robin.full_name) == ("robin@council.invalid", "Robin Vale")
    assert not robin.has_usable_password()
    assert not robin.assignments.exists()


@pytest.mark.parametrize(
    ("email", "full_name", "sentence"),
    [
        ("robin", "Robin", "“robin” is no e-mail address. Write one like name@example.com."),
        ("robin@council.invalid", " ", "The invitation to robin@council.invalid lacks a name."),
        ("TAKEN.NAME@council.invalid", "Robin", "taken.name@council.invalid is invited already."),
    ],
)
def test_an_invitation_that_cannot_be_says_why(email: str, full_name: str, sentence: str) -> None:
    person("Taken Name")
    with pytest.raises(ValidationError) as refusal:
        invite(email=email, full_name=full_name, by=None)
    assert refusal.value.messages[0].startswith(sentence)
    assert User.objects.count() == 1


def test_a_role_is_given_with_its_scope_and_the_giver() -> None:
    administrator, robin = person_with(Role.ADMINISTRATOR), person()
    given = give_role(
        person=robin,
        role=Role.MEMBER,
        starts_on=SINCE,
        ends_on=date(2018, 5, 1),
        scope_kind="committee",
        scope_slug="council",
        by=administrator,
    )
    stored = RoleAssignment.objects.get(pk=given.pk)
    assert (stored.role, stored.scope_kind, stored.scope_slug) == ("member", "committee", "council")
    assert (stored.starts_on, stored.ends_on, stored.given_by) == (SINCE, date(2018, 5, 1), administrator)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"ends_on": date(2017, 5, 8)},
            "The role would end on 8 May 2017, before it begins on 9 May 2017. Choose a later end.",
        ),
        ({"scope_kind": "committee"}, "A scope needs both its kind and its name."),
        ({"scope_slug": "council"}, "A scope needs both its kind and its name."),
        ({"scope_kind": "county", "scope_slug": "devon"}, "A role cannot be limited to a “county”."),
        ({"scope_kind": "plan", "scope_slug": "not a slug"}, "Enter a valid “slug”"),
        ({"role": "mayor"}, "There is no role “mayor”. Choose one of: finance_officer, "),
    ],
)
def test_a_role_that_cannot_be_says_why_and_stores_nothing(changes: dict[str, Any], sentence: str) -> None:
    wanted: dict[str, Any] = {"person": person(), "role": Role.CLERK, "starts_on": SINCE, "by": None, **changes}
    with pytest.raises(ValidationError) as refusal:
        give_role(**wanted)
    assert refusal.value.messages[0].startswith(sentence)
    assert not RoleAssignment.objects.exists()


def test_the_same_role_twice_on_one_day_is_refused_and_the_day_after_is_not() -> None:
    robin = person()
    give_role(person=robin, role=Role.CLERK, starts_on=SINCE, ends_on=date(2017, 6, 30), by=None)
    for starts_on, ends_on in [(date(2017, 6, 30), None), (date(2017, 1, 1), SINCE), (date(2017, 1, 1), None)]:
        with pytest.raises(ValidationError, match="Robin Vale is clerk from 9 May 2017 until 30 June 2017 already"):
            give_role(person=robin, role=Role.CLERK, starts_on=starts_on, ends_on=ends_on, by=None)
    give_role(person=robin, role=Role.CLERK, starts_on=date(2017, 7, 1), by=None)
    give_role(person=robin, role=Role.CLERK, starts_on=SINCE, scope_kind="plan", scope_slug="children", by=None)
    assert robin.assignments.count() == 3


def test_a_closed_account_neither_gets_nor_gives_a_role() -> None:
    closed = person("Gone Away")
    User.objects.filter(pk=closed.pk).update(is_active=False)
    with pytest.raises(ValidationError, match=r"Gone Away's account is closed\. Open it"):
        give_role(person=closed, role=Role.CLERK, starts_on=SINCE, by=None)
    closed.refresh_from_db()
    with pytest.raises(ValidationError, match="Gone Away's account is closed; somebody else"):
        give_role(person=person(), role=Role.CLERK, starts_on=SINCE, by=closed)


def test_ending_a_role_stores_the_day_and_who_did_it() -> None:
    administrator, clerk = person_with(Role.ADMINISTRATOR), person_with(Role.CLERK)
    role = clerk.assignments.get()
    end_role(assignment=role, ends_on=date(2017, 8, 31), by=administrator)
    stored = RoleAssignment.objects.get(pk=role.pk)
    assert (stored.ends_on, stored.ended_by) == (date(2017, 8, 31), administrator)


def test_a_role_ends_neither_before_it_begins_nor_later_than_it_did() -> None:
    role = person_with(Role.CLERK, ends_on=date(2017, 6, 30)).assignments.get()
    with pytest.raises(ValidationError, match="end on 8 May 2017, before it begins on 9 May 2017"):
        end_role(assignment=role, ends_on=date(2017, 5, 8), by=None)
    with pytest.raises(ValidationError, match="This role ends on 30 June 2017 already"):
        end_role(assignment=role, ends_on=date(2017, 7, 1), by=None)
    role.refresh_from_db()
    assert role.ends_on == date(2017, 6, 30)
