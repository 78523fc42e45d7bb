"""What the database refuses, whatever the program does."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from tests.access.cast import TODAY, person, person_with
from torbay_reports.access.models import Invitation, RoleAssignment, User
from torbay_reports.access.roles import Role

pytestmark = pytest.mark.django_db
NOON = datetime(2017, 9, 5, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"ends_on": date(2017, 4, 30)}, "access_role_ends_after_it_begins"),
        ({"scope_kind": "committee"}, "access_role_scope_both_or_neither"),
        ({"scope_slug": "council"}, "access_role_scope_both_or_neither"),
        ({"scope_kind": "county", "scope_slug": "devon"}, "access_role_scope_kind_in_list"),
        ({"role": "mayor"}, "access_role_in_list"),
        ({"role": ""}, "access_role_in_list"),
        ({"role": "member"}, "access_member_sits_on_a_committee"),
        ({"role": "member", "scope_kind": "plan", "scope_slug": "x"}, "access_member_sits_on_a_committee"),
        ({"is_substitute": True, "ends_on": date(2017, 12, 31)}, "access_substitute_is_a_member"),
        (
            {"is_substitute": True, "role": "member", "scope_kind": "committee", "scope_slug": "council"},
            "access_substitute_ends",
        ),
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


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"closed_on": TODAY}, "access_user_closed_cannot_sign_in"),
        ({"is_active": False, "forgotten_on": TODAY}, "access_user_forgotten_is_closed"),
    ],
)
def test_the_database_refuses_an_impossible_account(fields: dict[str, Any], constraint: str) -> None:
    robin = person()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        User.objects.filter(pk=robin.pk).update(**fields)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"expires_at": NOON}, "access_invitation_expires_after_it_is_made"),
        ({"used_at": NOON, "withdrawn_at": NOON}, "access_invitation_used_or_withdrawn"),
        ({"digest": "one"}, "access_invitation_digest"),
        ({}, "access_invitation_one_open_a_person"),
    ],
)
def test_the_database_refuses_an_impossible_invitation(changes: dict[str, Any], constraint: str) -> None:
    robin = person()
    row = {"person": robin, "digest": "one", "made_at": NOON, "expires_at": NOON + timedelta(days=7)}
    Invitation.objects.create(**row)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Invitation.objects.create(**{**row, "digest": "two", **changes})
    assert Invitation.objects.count() == 1


def test_an_invitation_goes_with_its_person_and_holds_who_made_it() -> None:
    robin, administrator = person(), person_with(Role.ADMINISTRATOR)
    maker = person("Some Maker")
    Invitation.objects.create(
        person=robin, digest="one", made_at=NOON, made_by=maker, expires_at=NOON + timedelta(days=7)
    )
    with pytest.raises(ProtectedError):
        maker.delete()
    robin.delete()
    assert not Invitation.objects.exists()
    assert User.objects.filter(pk=administrator.pk).exists()


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
