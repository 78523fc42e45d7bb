"""The one decision, closed by default."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django import DjangoAssertNumQueries

from tests.access.cast import BOARD, SINCE, TODAY, person, person_with
from torbay_reports.access import decisions, services
from torbay_reports.access.decisions import AlreadyRegistered, Decision, holds, may, register
from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.permissions import Permission
from torbay_reports.access.roles import Role

pytestmark = pytest.mark.django_db
DRAFT = Permission.READ_DRAFT_REPORT


@pytest.fixture(autouse=True)
def no_rules_but_these(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decisions, "_predicates", {})


def clerk_of_the_board(someone: User | AnonymousUser, obj: object, on: date) -> Decision:
    return holds(someone, [Role.CLERK, Role.MEMBER], on, "committee", str(obj))


def test_a_permission_without_a_rule_is_refused_to_everybody() -> None:
    administrator = person_with(Role.ADMINISTRATOR)
    administrator.is_staff = True
    for someone in (administrator, AnonymousUser()):
        answer = may(someone, DRAFT)
        assert not answer
        assert answer.reason == "nobody may: there is no rule yet for budget.read_draft"


def test_the_rule_answers_with_the_reason_in_words() -> None:
    register(DRAFT, clerk_of_the_board)
    assert may(person_with(Role.CLERK), DRAFT, BOARD) == Decision(True, "you are clerk since 9 May 2017")
    assert may(person_with(Role.MEMBER), DRAFT, BOARD).reason == (
        "you are member for the committee overview and scrutiny board since 9 May 2017"
    )
    refusal = may(person_with(Role.FINANCE_OFFICER), DRAFT, BOARD)
    assert not refusal
    assert refusal.reason == (
        "you are not clerk or member on 5 September 2017 for the committee overview and scrutiny board"
    )
    assert may(AnonymousUser(), DRAFT, BOARD) == Decision(False, "you are not signed in")


def test_a_rule_is_registered_once() -> None:
    register(DRAFT, clerk_of_the_board)
    with pytest.raises(AlreadyRegistered, match=r"budget\.read_draft.*clerk_of_the_board"):
        register(DRAFT, clerk_of_the_board)


def test_a_closed_account_is_refused_whatever_the_rule_says() -> None:
    register(DRAFT, lambda someone, obj, on: Decision(True, "everybody may"))
    someone = person()
    assert may(someone, DRAFT)
    assert may(AnonymousUser(), DRAFT)
    someone.is_active = False
    assert may(someone, DRAFT) == Decision(False, "your account is closed")


def test_the_day_counts_and_is_today_unless_given() -> None:
    asked: list[date] = []

    def note(someone: User | AnonymousUser, obj: object, on: date) -> Decision:
        asked.append(on)
        return Decision(True, "noted")

    register(DRAFT, note)
    may(person(), DRAFT)
    may(AnonymousUser(), DRAFT, on=date(2016, 1, 2))
    assert asked == [TODAY, date(2016, 1, 2)]


@pytest.mark.parametrize("role", list(Role))
def test_a_role_counts_from_its_first_day_to_its_last(role: Role) -> None:
    last = SINCE + timedelta(days=30)
    someone = person_with(role, ends_on=last)
    day = timedelta(days=1)
    answers = [bool(holds(someone, [role], on)) for on in (SINCE - day, SINCE, last, last + day)]
    assert answers == [False, True, True, False]
    others = [other for other in Role if other is not role]
    assert not holds(someone, others, SINCE)


def test_a_scoped_role_covers_its_scope_and_an_unscoped_one_every_scope() -> None:
    member, clerk = person_with(Role.MEMBER), person_with(Role.CLERK)
    assert holds(member, [Role.MEMBER], TODAY, "committee", BOARD)
    assert not holds(member, [Role.MEMBER], TODAY, "committee", "council")
    assert not holds(member, [Role.MEMBER], TODAY, "plan", BOARD)
    assert holds(member, [Role.MEMBER], TODAY)
    assert holds(clerk, [Role.CLERK], TODAY, "committee", "council")


def test_a_question_that_is_half_asked_is_an_error() -> None:
    someone = person()
    with pytest.raises(ValueError, match="both scope_kind and scope_slug"):
        holds(someone, [Role.CLERK], TODAY, "committee")
    with pytest.raises(ValueError, match="at least one role"):
        holds(someone, [], TODAY)


@pytest.mark.parametrize("roles", [1, 40])
def test_many_decisions_about_one_person_read_their_roles_once(
    roles: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    register(DRAFT, clerk_of_the_board)
    someone = person()
    RoleAssignment.objects.bulk_create(
        RoleAssignment(
            person=someone, role=Role.CLERK, starts_on=SINCE, scope_kind="committee", scope_slug=f"board-{number}"
        )
        for number in range(roles)
    )
    with django_assert_num_queries(1):
        for number in range(roles):
            assert may(someone, DRAFT, f"board-{number}")
            assert not may(someone, DRAFT, "council")
    with django_assert_num_queries(0):
        may(AnonymousUser(), DRAFT, BOARD)


def test_a_role_given_or_ended_counts_at_once() -> None:
    someone = person()
    assert not holds(someone, [Role.CLERK], TODAY)
    role = services.give_role(person=someone, role=Role.CLERK, starts_on=SINCE, by=None)
    assert holds(someone, [Role.CLERK], TODAY)
    services.end_role(assignment=role, ends_on=TODAY - timedelta(days=1), by=None)
    assert not holds(someone, [Role.CLERK], TODAY)
