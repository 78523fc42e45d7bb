"""Roles of who leaves, handed over from a day on: all or nothing."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from tests.access.cast import BOARD, SINCE, person, person_with
from tests.access.services.racing import at_once
from torbay_reports.access.models import AccessRecord, RoleAssignment, User
from torbay_reports.access.roles import Role
from torbay_reports.access.selectors import assignments_of
from torbay_reports.access.services import close_account, give_role, hand_over

pytestmark = pytest.mark.django_db
FROM = date(2017, 10, 1)
DAY_BEFORE = date(2017, 9, 30)
Rows = list[tuple[str, str, date, date | None]]


def holds(someone: User, slug: str, *, starts_on: date = SINCE, ends_on: date | None = None) -> RoleAssignment:
    return give_role(
        person=someone,
        role=Role.BUDGET_HOLDER,
        starts_on=starts_on,
        ends_on=ends_on,
        scope_kind="service",
        scope_slug=slug,
        by=None,
    )


def rows(someone: User) -> Rows:
    found = RoleAssignment.objects.filter(person=someone).order_by("scope_slug", "starts_on")
    return [(each.role, each.scope_slug, each.starts_on, each.ends_on) for each in found]


@pytest.fixture
def leaver() -> User:
    return person("Gone Soon")


@pytest.fixture
def successor() -> User:
    return person("New Hand")


def test_each_role_ends_the_day_before_and_goes_on_with_its_scope_and_end(leaver: User, successor: User) -> None:
    administrator = person_with(Role.ADMINISTRATOR)
    finance = holds(leaver, "finance")
    children = holds(leaver, "childrens-services", ends_on=date(2018, 3, 31))
    holds(leaver, "housing")
    assert assignments_of(leaver)
    before = AccessRecord.objects.count()
    given = hand_over(holder=leaver, to=successor, starts_on=FROM, assignments=[children, finance], by=administrator)
    assert rows(leaver) == [
        ("budget_holder", "childrens-services", SINCE, DAY_BEFORE),
        ("budget_holder", "finance", SINCE, DAY_BEFORE),
        ("budget_holder", "housing", SINCE, None),
    ]
    assert rows(successor) == [
        ("budget_holder", "childrens-services", FROM, date(2018, 3, 31)),
        ("budget_holder", "finance", FROM, None),
    ]
    assert {each.given_by for each in given} == {administrator}
    assert RoleAssignment.objects.get(pk=finance.pk).ended_by == administrator
    kinds = list(AccessRecord.objects.order_by("pk").values_list("kind", flat=True))[before:]
    assert kinds == ["role_ended", "role_given"] * 2
    assert {each.ends_on for each in assignments_of(leaver)} == {DAY_BEFORE, None}


def test_a_role_that_the_successor_holds_on_all_these_days_is_not_given_twice(leaver: User, successor: User) -> None:
    own = holds(leaver, "finance", ends_on=date(2018, 3, 31))
    holds(successor, "finance", starts_on=FROM, ends_on=date(2018, 3, 31))
    assert hand_over(holder=leaver, to=successor, starts_on=FROM, assignments=[own], by=None) == ()
    assert rows(leaver) == [("budget_holder", "finance", SINCE, DAY_BEFORE)]
    assert rows(successor) == [("budget_holder", "finance", FROM, date(2018, 3, 31))]


@pytest.mark.parametrize(
    ("starts_on", "ends_on"), [(date(2017, 10, 2), None), (SINCE, date(2018, 3, 30)), (SINCE, FROM)]
)
def test_a_role_that_the_successor_holds_on_some_of_these_days_stops_everything(
    leaver: User, successor: User, starts_on: date, ends_on: date | None
) -> None:
    both = [holds(leaver, "a-first", ends_on=None), holds(leaver, "finance", ends_on=date(2018, 3, 31))]
    holds(successor, "finance", starts_on=starts_on, ends_on=ends_on)
    before, theirs = rows(leaver), rows(successor)
    with pytest.raises(ValidationError, match="New Hand is budget holder .* already"):
        hand_over(holder=leaver, to=successor, starts_on=FROM, assignments=both, by=None)
    assert (rows(leaver), rows(successor)) == (before, theirs)


def nothing(leaver: User) -> list[RoleAssignment]:
    return []


def somebody_elses(leaver: User) -> list[RoleAssignment]:
    return [holds(person("Other Holder"), "finance")]


def a_seat(leaver: User) -> list[RoleAssignment]:
    seat = give_role(
        person=leaver, role=Role.MEMBER, starts_on=SINCE, scope_kind="committee", scope_slug=BOARD, by=None
    )
    return [seat]


def an_administration(leaver: User) -> list[RoleAssignment]:
    return [give_role(person=leaver, role=Role.ADMINISTRATOR, starts_on=SINCE, by=None)]


def one_to_come(leaver: User) -> list[RoleAssignment]:
    return [holds(leaver, "a-first"), holds(leaver, "finance", starts_on=FROM)]


def one_of_the_past(leaver: User) -> list[RoleAssignment]:
    return [holds(leaver, "a-first"), holds(leaver, "finance", ends_on=DAY_BEFORE)]


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        (nothing, "Choose at least one role to hand over."),
        (somebody_elses, "Gone Soon does not hold one of the chosen roles."),
        (a_seat, "is not handed over. End it, and give it to somebody else by itself."),
        (an_administration, "The role administrator is not handed over."),
        (one_to_come, "from 1 October 2017. Hand it over on a later day, or take it back."),
        (one_of_the_past, "until 30 September 2017. Hand it over by that day."),
    ],
)
def test_what_cannot_be_handed_over_says_why_and_changes_nothing(
    leaver: User, successor: User, chosen: Callable[[User], list[RoleAssignment]], sentence: str
) -> None:
    roles = chosen(leaver)
    before = rows(leaver)
    with pytest.raises(ValidationError) as refusal:
        hand_over(holder=leaver, to=successor, starts_on=FROM, assignments=roles, by=None)
    assert sentence in refusal.value.messages[0]
    assert (rows(leaver), rows(successor)) == (before, [])


def test_a_role_goes_to_somebody_else_who_can_sign_in_and_does_not_take_it_themselves(
    leaver: User, successor: User
) -> None:
    own = [holds(leaver, "finance")]
    with pytest.raises(ValidationError, match=r"Gone Soon holds these roles already\. Choose who comes after\."):
        hand_over(holder=leaver, to=leaver, starts_on=FROM, assignments=own, by=None)
    with pytest.raises(ValidationError, match="Nobody gives themselves a role"):
        hand_over(holder=leaver, to=successor, starts_on=FROM, assignments=own, by=successor)
    close_account(person=successor, by=None)
    with pytest.raises(ValidationError, match=r"New Hand's account is closed\. Open it, or choose somebody else\."):
        hand_over(holder=leaver, to=successor, starts_on=FROM, assignments=own, by=None)
    assert rows(leaver) == [("budget_holder", "finance", SINCE, None)]


def test_the_same_role_chosen_twice_is_handed_over_once(leaver: User, successor: User) -> None:
    own = holds(leaver, "finance")
    assert len(hand_over(holder=leaver, to=successor, starts_on=FROM, assignments=[own, own], by=None)) == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_hand_over_to_each_other_at_the_same_moment_both_do(leaver: User, successor: User) -> None:
    pair = (leaver, successor)
    own = (holds(leaver, "finance"), holds(successor, "housing"))

    def give_away(number: int) -> int:
        holder, to = pair[number], pair[1 - number]
        return len(hand_over(holder=holder, to=to, starts_on=FROM, assignments=[own[number]], by=None))

    assert at_once(give_away, 2) == [1, 1]
