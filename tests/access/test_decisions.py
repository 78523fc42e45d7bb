"""The one decision, closed by default."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from tests.access.cast import BOARD, SINCE, TODAY, person, person_with
from torbay_reports.access import decisions, services
from torbay_reports.access.decisions import (
    AlreadyRegistered,
    Answer,
    Decision,
    answers,
    holds,
    holds_for_all,
    may,
    no_things,
    register,
)
from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.permissions import Permission
from torbay_reports.access.predicates import register_own
from torbay_reports.access.roles import Role
from torbay_reports.agenda.models import Committee, Meeting
from torbay_reports.agenda.permissions import register as register_agenda

pytestmark = pytest.mark.django_db
DRAFT = Permission.READ_DRAFT_REPORT
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def no_rules_but_these(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decisions, "_rules", {})


@pytest.fixture
def board() -> Committee:
    return Committee.objects.create(slug=BOARD, name="Overview and Scrutiny Board")


def seat(someone: User, *, starts_on: date = SINCE, ends_on: date | None = None, substitute: bool = False) -> None:
    RoleAssignment.objects.create(
        person=someone,
        role=Role.MEMBER,
        scope_kind="committee",
        scope_slug=BOARD,
        starts_on=starts_on,
        ends_on=ends_on,
        is_substitute=substitute,
    )


def clerk_of_the_board(someone: User | AnonymousUser, obj: object, on: date) -> Decision:
    return holds(someone, [Role.CLERK, Role.MEMBER], on, "committee", str(obj))


def test_a_permission_without_a_rule_is_refused_to_everybody() -> None:
    administrator = person_with(Role.ADMINISTRATOR)
    administrator.is_staff = True
    for someone in (administrator, AnonymousUser()):
        answer = may(someone, DRAFT)
        assert not answer
        assert answer.reason == "nobody may: there is no rule yet for budget.read_draft"


@pytest.mark.usefixtures("board")
def test_the_rule_answers_with_the_reason_in_words_that_name_the_committee() -> None:
    register(DRAFT, clerk_of_the_board)
    assert may(person_with(Role.CLERK), DRAFT, BOARD) == Decision(True, "you are clerk since 9 May 2017")
    assert may(person_with(Role.MEMBER), DRAFT, BOARD).reason == (
        "you sit on the Overview and Scrutiny Board since 9 May 2017"
    )
    refusal = may(person_with(Role.FINANCE_OFFICER), DRAFT, BOARD)
    assert not refusal
    assert refusal.reason == (
        "you do not sit on the Overview and Scrutiny Board on 5 September 2017, and you are not its clerk"
    )
    assert may(AnonymousUser(), DRAFT, BOARD) == Decision(False, "you are not signed in")


def test_decisions_are_equal_when_they_say_the_same() -> None:
    assert Decision(True, lambda names: "you may") == Decision(True, "you may")
    assert hash(Decision(True, lambda names: "you may")) == hash(Decision(True, "you may"))
    assert Decision(True, "you may") != Decision(False, "you may")
    assert Decision(True, "you may") != Decision(True, "you might")
    assert Decision(True, "you may") != "you may"


@pytest.mark.usefixtures("board")
def test_only_showing_the_reason_reads_the_names(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    register(DRAFT, clerk_of_the_board)
    member = person_with(Role.MEMBER)
    with django_assert_num_queries(1):
        decision, refusal = may(member, DRAFT, BOARD), may(member, DRAFT, "council")
        assert decision
        assert not refusal
    with django_assert_num_queries(1):
        assert "Overview and Scrutiny Board" in decision.reason


@pytest.mark.usefixtures("board")
def test_a_substitute_reads_as_a_member_on_those_days_alone() -> None:
    register(DRAFT, clerk_of_the_board)
    someone = person()
    seat(someone, starts_on=date(2017, 9, 1), ends_on=date(2017, 9, 30), substitute=True)
    assert may(someone, DRAFT, BOARD) == Decision(
        True, "you are a substitute on the Overview and Scrutiny Board from 1 to 30 September 2017"
    )
    days = [date(2017, 8, 31), date(2017, 9, 1), date(2017, 9, 30), date(2017, 10, 1)]
    assert [bool(may(someone, DRAFT, BOARD, on=day)) for day in days] == [False, True, True, False]
    assert may(someone, DRAFT, BOARD, on=date(2017, 8, 31)).reason == (
        "your time as a substitute on the Overview and Scrutiny Board begins on 1 September 2017"
    )


@pytest.mark.usefixtures("board")
def test_a_refusal_says_which_role_comes_next_else_which_ended_last() -> None:
    someone = person()
    seat(someone, starts_on=date(2013, 5, 7), ends_on=date(2015, 5, 6))
    seat(someone, starts_on=date(2015, 5, 7), ends_on=date(2017, 9, 4))
    RoleAssignment.objects.create(person=someone, role=Role.CLERK, starts_on=SINCE, ends_on=date(2017, 6, 1))
    board = ("committee", BOARD)
    assert holds(someone, [Role.MEMBER, Role.CLERK], TODAY, *board).reason == (
        "your seat on the Overview and Scrutiny Board ended on 4 September 2017"
    )
    assert holds(someone, [Role.CLERK], TODAY, *board).reason == "your role as clerk ended on 1 June 2017"
    assert "you do not sit on the council" in holds(someone, [Role.MEMBER], TODAY, "committee", "council").reason
    services.give_role(person=someone, role=Role.CLERK, starts_on=date(2017, 9, 6), by=None)
    assert holds(someone, [Role.MEMBER, Role.CLERK], TODAY, *board).reason == (
        "your role as clerk begins on 6 September 2017"
    )


def test_a_limited_role_does_not_count_where_the_whole_council_is_asked_for() -> None:
    limited, ended, whole = person("Limited"), person("Ended"), person("Whole")
    for someone, kind, slug, ends_on in (
        (limited, "committee", BOARD, None),
        (ended, "", "", TODAY - DAY),
        (whole, "", "", TODAY),
    ):
        RoleAssignment.objects.create(
            person=someone, role=Role.CLERK, scope_kind=kind, scope_slug=slug, starts_on=SINCE, ends_on=ends_on
        )
    assert holds_for_all(limited, [Role.CLERK], TODAY) == Decision(
        False, "you are not clerk of the whole council on 5 September 2017"
    )
    assert holds_for_all(ended, [Role.CLERK], TODAY) == Decision(False, "your role as clerk ended on 4 September 2017")
    assert holds_for_all(whole, [Role.CLERK], TODAY) == Decision(True, "you are clerk from 9 May to 5 September 2017")
    assert holds_for_all(AnonymousUser(), [Role.CLERK], TODAY) == Decision(False, "you are not signed in")


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
    assert answers(someone, TODAY) == [Answer(DRAFT, "", Decision(False, "your account is closed"))]


def test_the_day_counts_and_is_today_unless_given() -> None:
    asked: list[date] = []

    def note(someone: User | AnonymousUser, obj: object, on: date) -> Decision:
        asked.append(on)
        return Decision(True, "noted")

    register(DRAFT, note)
    may(person(), DRAFT)
    may(AnonymousUser(), DRAFT, on=date(2016, 1, 2))
    answers(person("Other"), date(2016, 1, 3))
    assert asked == [TODAY, date(2016, 1, 2), date(2016, 1, 3)]


@pytest.mark.parametrize("role", list(Role))
def test_a_role_counts_from_its_first_day_to_its_last(role: Role) -> None:
    last = SINCE + timedelta(days=30)
    someone = person_with(role, ends_on=last)
    held = [bool(holds(someone, [role], on)) for on in (SINCE - DAY, SINCE, last, last + DAY)]
    assert held == [False, True, True, False]
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
    with pytest.raises(ValueError, match="at least one role"):
        holds_for_all(someone, [], TODAY)


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
    services.end_role(assignment=role, ends_on=TODAY - DAY, by=None)
    assert not holds(someone, [Role.CLERK], TODAY)


def test_who_manages_people_is_administrator_of_the_whole_council() -> None:
    register_own()
    manage = Permission.MANAGE_PEOPLE
    assert may(person_with(Role.ADMINISTRATOR), manage) == Decision(True, "you are administrator since 9 May 2017")
    assert not may(person_with(Role.MONITORING_OFFICER), manage)
    limited = person()
    RoleAssignment.objects.create(
        person=limited, role=Role.ADMINISTRATOR, starts_on=SINCE, scope_kind="committee", scope_slug=BOARD
    )
    assert may(limited, manage).reason == "you are not administrator of the whole council on 5 September 2017"


def test_the_answers_about_a_person_are_one_for_each_thing_and_one_where_there_is_none(board: Committee) -> None:
    Committee.objects.create(slug="council", name="Council")
    for day in (date(2017, 7, 5), date(2017, 9, 6)):
        Meeting.objects.create(committee=board, held_on=day)
    register_own()
    register_agenda()
    member = person_with(Role.MEMBER)
    pack = Permission.READ_RESTRICTED_PACK
    assert answers(member, TODAY) == [
        Answer(
            pack,
            "Council",
            Decision(
                False,
                "you do not sit on the Council on 5 September 2017, and you are not its clerk or monitoring officer",
            ),
        ),
        Answer(
            pack,
            "Overview and Scrutiny Board",
            Decision(True, "you sit on the Overview and Scrutiny Board since 9 May 2017"),
        ),
        *(
            Answer(officers, name, Decision(False, f"you are not {office} of the {name} on 5 September 2017"))
            for officers, office in (
                (Permission.BUILD_PACK, "clerk"),
                (Permission.KEEP_PAPERS, "clerk"),
                (Permission.WITHDRAW_PAPER, "clerk or monitoring officer"),
                (Permission.DECIDE_EXEMPTIONS, "monitoring officer"),
            )
            for name in ("Council", "Overview and Scrutiny Board")
        ),
        Answer(
            Permission.READ_RECORD,
            "",
            Decision(False, "you are not administrator or monitoring officer of the whole council on 5 September 2017"),
        ),
        Answer(
            Permission.MANAGE_PEOPLE,
            "",
            Decision(False, "you are not administrator of the whole council on 5 September 2017"),
        ),
    ]


def test_the_predicate_is_asked_about_the_newest_meeting(board: Committee) -> None:
    Committee.objects.create(slug="council", name="Council")
    for day in (date(2017, 7, 5), date(2017, 9, 6), date(2016, 1, 1)):
        Meeting.objects.create(committee=board, held_on=day)
    register_agenda()
    asked: list[tuple[str, date | None]] = []

    def note(someone: User | AnonymousUser, obj: object, on: date) -> Decision:
        assert isinstance(obj, Meeting)
        asked.append((obj.committee.name, obj.held_on))
        return Decision(True, "noted")

    rule = decisions._rules.pop(Permission.READ_RESTRICTED_PACK)
    register(Permission.READ_RESTRICTED_PACK, note, rule.things)
    answers(person(), TODAY)
    assert asked == [("Council", None), ("Overview and Scrutiny Board", date(2017, 9, 6))]


def test_what_has_no_things_to_ask_about_is_left_out_of_the_answers() -> None:
    register(DRAFT, lambda someone, obj, on: Decision(True, "everybody may"), no_things)
    assert answers(person(), TODAY) == []


@pytest.mark.parametrize("number", [1, 40])
def test_the_answers_take_as_many_queries_for_forty_committees_as_for_one(number: int) -> None:
    register_own()
    register_agenda()
    someone = person()
    for index in range(number):
        committee = Committee.objects.create(slug=f"board-{index}", name=f"Board {index:02}")
        Meeting.objects.create(committee=committee, held_on=TODAY)
        RoleAssignment.objects.create(
            person=someone, role=Role.MEMBER, starts_on=SINCE, scope_kind="committee", scope_slug=committee.slug
        )
    with CaptureQueriesContext(connection) as queries:
        found = answers(someone, TODAY)
        shown = [answer.decision.reason for answer in found]
    assert shown[0] == "you sit on the Board 00 since 9 May 2017"
    assert len(shown) == 5 * number + 2
    assert len(queries) == 4, "roles, committees, newest meetings, names"
