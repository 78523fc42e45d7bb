"""Roles in sentences."""

from datetime import date

import pytest

from tests.access.cast import TODAY
from torbay_reports.access.models import RoleAssignment
from torbay_reports.access.roles import Role
from torbay_reports.access.wording import any_of, held_words, role_sentence


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "sentence"),
    [
        (date(2017, 5, 9), None, "You are member for the committee council since 9 May 2017."),
        (
            date(2017, 5, 9),
            date(2018, 5, 8),
            "You are member for the committee council since 9 May 2017, until 8 May 2018.",
        ),
        (date(2017, 9, 6), None, "You will be member for the committee council from 6 September 2017."),
        (
            date(2016, 5, 10),
            date(2017, 9, 4),
            "You were member for the committee council from 10 May 2016 until 4 September 2017.",
        ),
    ],
)
def test_a_role_reads_as_past_present_or_to_come(starts_on: date, ends_on: date | None, sentence: str) -> None:
    role = RoleAssignment(
        role=Role.MEMBER, scope_kind="committee", scope_slug="council", starts_on=starts_on, ends_on=ends_on
    )
    assert role_sentence(role, TODAY) == sentence


def test_the_reason_names_an_end_that_is_set() -> None:
    role = RoleAssignment(role=Role.CLERK, starts_on=date(2017, 5, 1), ends_on=date(2017, 12, 31))
    assert held_words(role) == "you are clerk since 1 May 2017 until 31 December 2017"


def test_several_roles_read_as_a_choice() -> None:
    assert any_of((Role.CLERK,)) == "clerk"
    assert any_of((Role.CLERK, Role.MEMBER, Role.ADMINISTRATOR)) == "clerk, member or administrator"
