"""Roles in sentences that name the committee, the service or the plan."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.access.cast import BOARD, TODAY
from torbay_reports.access.models import RoleAssignment
from torbay_reports.access.roles import Role, ScopeKind
from torbay_reports.access.wording import (
    any_of,
    held_words,
    missed_words,
    names_read_once,
    refused_words,
    role_sentence,
    role_words,
    scope_words,
    whole_words,
)
from torbay_reports.agenda.models import Committee

MAY, SEPTEMBER = date(2017, 5, 9), date(2017, 9, 1)
TREE = {
    (ScopeKind.COMMITTEE, BOARD): "Overview and Scrutiny Board",
    (ScopeKind.COMMITTEE, "cabinet"): "The Cabinet",
    (ScopeKind.SERVICE, "childrens-services"): "Children's Services",
    (ScopeKind.PLAN, "improvement-plan"): "Children's Improvement Plan",
}


def names(kind: ScopeKind, slug: str) -> str:
    return TREE[kind, slug]


def seat(starts_on: date = MAY, ends_on: date | None = None, *, is_substitute: bool = False) -> RoleAssignment:
    role = RoleAssignment(role=Role.MEMBER, scope_kind="committee", scope_slug=BOARD, is_substitute=is_substitute)
    role.starts_on, role.ends_on = starts_on, ends_on
    return role


def office(role: Role, kind: str = "", slug: str = "", ends_on: date | None = None) -> RoleAssignment:
    return RoleAssignment(role=role, scope_kind=kind, scope_slug=slug, starts_on=MAY, ends_on=ends_on)


@pytest.mark.parametrize(
    ("role", "sentence"),
    [
        (seat(), "You sit on the Overview and Scrutiny Board since 9 May 2017."),
        (seat(ends_on=TODAY), "You sit on the Overview and Scrutiny Board from 9 May to 5 September 2017."),
        (seat(ends_on=date(2017, 9, 4)), "You sat on the Overview and Scrutiny Board from 9 May to 4 September 2017."),
        (seat(date(2017, 9, 6)), "You will sit on the Overview and Scrutiny Board from 6 September 2017."),
        (
            seat(SEPTEMBER, date(2017, 9, 30), is_substitute=True),
            "You are a substitute on the Overview and Scrutiny Board from 1 to 30 September 2017.",
        ),
        (
            seat(date(2017, 9, 6), date(2017, 9, 6), is_substitute=True),
            "You will be a substitute on the Overview and Scrutiny Board on 6 September 2017.",
        ),
        (
            seat(date(2016, 5, 10), MAY, is_substitute=True),
            "You were a substitute on the Overview and Scrutiny Board from 10 May 2016 to 9 May 2017.",
        ),
        (office(Role.CLERK), "You are clerk since 9 May 2017."),
        (office(Role.CLERK, "committee", "cabinet"), "You are clerk of The Cabinet since 9 May 2017."),
        (
            office(Role.BUDGET_HOLDER, "service", "childrens-services", MAY),
            "You were budget holder for Children's Services on 9 May 2017.",
        ),
        (
            office(Role.ACTION_OWNER, "plan", "improvement-plan"),
            "You are action owner for the plan Children's Improvement Plan since 9 May 2017.",
        ),
    ],
)
def test_a_role_reads_as_past_present_or_to_come_and_names_what_it_is_limited_to(
    role: RoleAssignment, sentence: str
) -> None:
    assert role_sentence(role, TODAY, names) == sentence


def test_the_reason_says_where_one_sits_and_for_how_long() -> None:
    assert held_words(seat(), names) == "you sit on the Overview and Scrutiny Board since 9 May 2017"
    assert held_words(seat(SEPTEMBER, date(2017, 9, 30), is_substitute=True), names) == (
        "you are a substitute on the Overview and Scrutiny Board from 1 to 30 September 2017"
    )
    assert held_words(office(Role.BUDGET_HOLDER, "service", "childrens-services"), names) == (
        "you are budget holder for Children's Services since 9 May 2017"
    )
    assert held_words(office(Role.CLERK, ends_on=date(2018, 5, 8)), names) == (
        "you are clerk from 9 May 2017 to 8 May 2018"
    )


def test_a_role_of_other_days_says_when_it_ended_or_begins() -> None:
    assert missed_words(seat(ends_on=date(2017, 9, 4)), TODAY, names) == (
        "your seat on the Overview and Scrutiny Board ended on 4 September 2017"
    )
    assert missed_words(seat(date(2017, 9, 6), date(2017, 9, 7)), TODAY, names) == (
        "your seat on the Overview and Scrutiny Board begins on 6 September 2017"
    )
    assert missed_words(seat(ends_on=SEPTEMBER, is_substitute=True), TODAY, names) == (
        "your time as a substitute on the Overview and Scrutiny Board ended on 1 September 2017"
    )
    assert missed_words(office(Role.CLERK, "committee", BOARD, SEPTEMBER), TODAY, names) == (
        "your role as clerk of the Overview and Scrutiny Board ended on 1 September 2017"
    )


@pytest.mark.parametrize(
    ("roles", "kind", "slug", "words"),
    [
        (
            (Role.CLERK, Role.MONITORING_OFFICER, Role.MEMBER),
            "committee",
            BOARD,
            "you do not sit on the Overview and Scrutiny Board on 5 September 2017, and you are not its clerk or "
            "monitoring officer",
        ),
        ((Role.MEMBER,), "committee", "cabinet", "you do not sit on The Cabinet on 5 September 2017"),
        (
            (Role.CLERK, Role.MEMBER),
            "",
            "",
            "you sit on no committee on 5 September 2017, and you are not clerk",
        ),
        ((Role.MEMBER,), "plan", "improvement-plan", "you sit on no committee on 5 September 2017"),
        (
            (Role.BUDGET_HOLDER,),
            "service",
            "childrens-services",
            "you are not budget holder for Children's Services on 5 September 2017",
        ),
        (
            (Role.FINANCE_OFFICER, Role.HEAD_OF_FINANCE),
            "",
            "",
            "you are not finance officer or head of finance on 5 September 2017",
        ),
    ],
)
def test_a_refusal_says_what_is_missing(roles: tuple[Role, ...], kind: str, slug: str, words: str) -> None:
    assert refused_words(roles, TODAY, kind, slug, names) == words


def test_a_refusal_of_limited_roles_says_of_the_whole_council() -> None:
    assert whole_words((Role.ADMINISTRATOR,), TODAY) == (
        "you are not administrator of the whole council on 5 September 2017"
    )


def test_the_role_alone_reads_with_its_limit() -> None:
    assert role_words(seat(is_substitute=True), names) == "substitute member of the Overview and Scrutiny Board"
    assert scope_words(office(Role.CLERK), names) == ""


def test_several_roles_read_as_a_choice() -> None:
    assert any_of((Role.CLERK,)) == "clerk"
    assert any_of((Role.CLERK, Role.MEMBER, Role.ADMINISTRATOR)) == "clerk, member or administrator"


@pytest.mark.django_db
@pytest.mark.parametrize("committees", [1, 40])
def test_a_page_reads_the_names_of_each_kind_once(committees: int) -> None:
    Committee.objects.bulk_create(
        Committee(slug=f"board-{number}", name=f"Board {number}") for number in range(committees)
    )
    once = names_read_once()
    with CaptureQueriesContext(connection) as queries:
        read = [once(ScopeKind.COMMITTEE, f"board-{number}") for number in range(committees)]
    assert read == [f"Board {number}" for number in range(committees)]
    assert len(queries) == 1
    assert once(ScopeKind.COMMITTEE, "long-gone") == "long gone"
