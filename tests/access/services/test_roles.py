"""Roles: what is written, and the sentence when it is refused."""

from datetime import date
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from tests.access.cast import SINCE, person, person_with
from tests.access.services.racing import at_once
from torbay_reports.access import scopes
from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.roles import Role, ScopeKind
from torbay_reports.access.services import end_role, give_role, take_back_role
from torbay_reports.access.services.actors import lock_person

pytestmark = pytest.mark.django_db


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
        ({"scope_kind": "committee", "scope_slug": "not a slug"}, "Enter a valid “slug”"),
        ({"scope_kind": "plan", "scope_slug": "x"}, "The role clerk is limited to a committee, not to a plan."),
        (
            {"role": "finance_officer", "scope_kind": "service", "scope_slug": "x"},
            "The role finance officer is the whole council's. Choose the whole council.",
        ),
        ({"role": "member"}, "The role member is for one committee. Choose which; several are several roles."),
        (
            {"role": Role.MEMBER, "scope_kind": "committee", "scope_slug": "council", "is_substitute": True},
            "A substitute sits until a day. Give the last one",
        ),
        ({"is_substitute": True}, "Only a member has a substitute. A clerk is given the role itself."),
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
    give_role(person=robin, role=Role.CLERK, starts_on=SINCE, scope_kind="committee", scope_slug="council", by=None)
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


def test_a_substitute_sits_for_some_days() -> None:
    given = give_role(
        person=person(),
        role=Role.MEMBER,
        starts_on=SINCE,
        ends_on=SINCE,
        scope_kind="committee",
        scope_slug="council",
        is_substitute=True,
        by=None,
    )
    assert RoleAssignment.objects.get(pk=given.pk).is_substitute


def test_nobody_gives_themselves_a_role() -> None:
    administrator = person_with(Role.ADMINISTRATOR)
    with pytest.raises(ValidationError, match=r"Nobody gives themselves a role\. Ask another administrator\."):
        give_role(person=administrator, role=Role.CLERK, starts_on=SINCE, by=administrator)
    assert administrator.assignments.count() == 1


def test_a_scope_has_to_exist_once_names_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    administrator, robin = person_with(Role.ADMINISTRATOR), person()
    known: dict[str, str] = {}
    monkeypatch.setattr(scopes, "_sources", {ScopeKind.COMMITTEE: lambda: known})
    wanted: dict[str, Any] = {"role": Role.CLERK, "starts_on": SINCE, "scope_kind": "committee"}
    give_role(person=robin, scope_slug="not-entered-yet", by=administrator, **wanted)
    known |= {"council": "Council", "licensing": "Licensing Committee"}
    with pytest.raises(ValidationError) as refusal:
        give_role(person=robin, scope_slug="unknown", by=administrator, **wanted)
    assert refusal.value.messages == ["There is no committee “unknown”. Choose one of: council, licensing."]
    give_role(person=robin, scope_slug="council", by=administrator, **wanted)
    give_role(person=robin, scope_slug="loaded-before-its-committee", by=None, **wanted)
    assert robin.assignments.count() == 3


def test_a_role_that_was_taken_back_can_neither_be_ended_nor_taken_back() -> None:
    role = person_with(Role.CLERK).assignments.get()
    stale = RoleAssignment.objects.get(pk=role.pk)
    take_back_role(assignment=role, by=None)
    with pytest.raises(ValidationError, match="This role was taken back already"):
        end_role(assignment=stale, ends_on=date(2017, 8, 31), by=None)
    with pytest.raises(ValidationError, match="This role was taken back already"):
        take_back_role(assignment=stale, by=None)


def test_the_role_that_was_passed_in_knows_its_end() -> None:
    role = person_with(Role.CLERK).assignments.get()
    stored = end_role(assignment=role, ends_on=date(2017, 8, 31), by=None)
    assert (role.ends_on, stored.ends_on) == (date(2017, 8, 31), date(2017, 8, 31))


@pytest.mark.django_db(transaction=True)
def test_two_gifts_of_one_role_at_the_same_moment_make_one_role() -> None:
    robin = person()

    def give(number: int) -> str:
        return give_role(person=robin, role=Role.CLERK, starts_on=SINCE, by=None).role

    outcomes = at_once(give, 3)
    assert [outcome for outcome in outcomes if isinstance(outcome, str)] == ["clerk"]
    assert RoleAssignment.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_give_each_other_roles_do_not_block_each_other() -> None:
    pair = (person("One Admin"), person("Other Admin"))

    def give(number: int) -> str:
        with transaction.atomic():
            # As if both came this far at the same moment, whichever is the quicker.
            lock_person(pair[number])
            both_hold.wait(timeout=10)
            return give_role(person=pair[number], role=Role.CLERK, starts_on=SINCE, by=pair[1 - number]).role

    both_hold = Barrier(2)
    assert at_once(give, 2) == ["clerk", "clerk"]
