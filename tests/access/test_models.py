"""What the database refuses, whatever the program does."""

from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from tests.access.cast import person, person_with
from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.roles import Role

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"ends_on": date(2017, 4, 30)}, "access_role_ends_after_it_begins"),
        ({"scope_kind": "committee"}, "access_role_scope_both_or_neither"),
        ({"scope_slug": "council"}, "access_role_scope_both_or_neither"),
        ({"scope_kind": "county", "scope_slug": "devon"}, "access_role_scope_kind_in_list"),
        ({"role": "mayor"}, "access_role_in_list"),
        ({"role": ""}, "access_role_in_list"),
    ],
)
def test_the_database_refuses_an_impossible_role(changes: dict[str, Any], constraint: str) -> None:
    row: dict[str, Any] = {"person": person(), "role": Role.CLERK, "starts_on": date(2017, 5, 1), **changes}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        RoleAssignment.objects.create(**row)
    assert not RoleAssignment.objects.exists()


def test_who_ended_a_role_is_stored_only_with_its_end() -> None:
    clerk = person_with(Role.CLERK)
    with pytest.raises(IntegrityError, match="access_role_ended_by_needs_an_end"), transaction.atomic():
        RoleAssignment.objects.filter(person=clerk).update(ended_by=clerk)


def test_a_role_of_one_day_is_held_on_that_day_only() -> None:
    day = date(2017, 5, 1)
    role = RoleAssignment.objects.create(person=person(), role=Role.CLERK, starts_on=day, ends_on=day)
    assert [role.is_held_on(date(2017, 5, 1 + step) if step >= 0 else date(2017, 4, 30)) for step in (-1, 0, 1)] == [
        False,
        True,
        False,
    ]


def test_an_address_is_one_person_in_whatever_case_it_is_typed() -> None:
    robin = User.objects.create_user("  Robin.Vale@Council.INVALID ", "Robin Vale")
    assert robin.email == "robin.vale@council.invalid"
    assert User.objects.get_by_natural_key("ROBIN.vale@council.invalid") == robin
    with pytest.raises(IntegrityError, match="email"), transaction.atomic():
        User.objects.create_user("robin.vale@council.invalid", "Another Vale")
    with pytest.raises(IntegrityError, match="access_user_email_lower_case"), transaction.atomic():
        User.objects.filter(pk=robin.pk).update(email="Robin.Vale@council.invalid")


def test_a_person_needs_a_name() -> None:
    with pytest.raises(IntegrityError, match="access_user_has_a_name"), transaction.atomic():
        User.objects.create_user("nobody@council.invalid", "")


def test_nobody_is_deleted_whose_name_stands_in_a_role() -> None:
    clerk = person_with(Role.CLERK)
    with pytest.raises(ProtectedError):
        clerk.delete()


def test_createsuperuser_makes_an_administrator_and_nothing_more() -> None:
    call_command(
        "createsuperuser", interactive=False, email="First@Council.invalid", full_name="First Person", verbosity=0
    )
    first = User.objects.get(email="first@council.invalid")
    assert [(role.role, role.scope_kind) for role in first.assignments.all()] == [("administrator", "")]
    assert not hasattr(first, "is_superuser")


def test_no_column_has_a_default_in_the_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns "
            "WHERE table_schema = current_schema() AND table_name LIKE 'access\\_%' AND column_default IS NOT NULL"
        )
        assert cursor.fetchall() == []
