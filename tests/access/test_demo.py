"""The demonstration's people: made once, mended when changed, and nobody else touched."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import check_password
from django.core.management.base import CommandError
from pytest_django import DjangoAssertNumQueries, Settings

from tests.access.cast import person
from torbay_reports.access import demo_passwords, services
from torbay_reports.access.demo import load_people
from torbay_reports.access.demo_passwords import demo_password, has_demo_password
from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.roles import Role
from torbay_reports.core import demo
from torbay_reports.core.demo import DemoConflict
from torbay_reports.core.progress import Progress

pytestmark = pytest.mark.django_db
CLERK = "clerk@demo.invalid"


@pytest.fixture(autouse=True)
def empty_register(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "_register", demo.Register())


def load() -> None:
    load_people(Progress("People"))


def rows() -> tuple[list[Any], list[Any]]:
    return list(User.objects.order_by("pk").values()), list(RoleAssignment.objects.order_by("pk").values())


def test_every_role_gets_a_sign_in_that_is_printed_and_works() -> None:
    load()
    lines = demo.announcements()
    assert len(lines) == len(Role) + 2
    for someone in User.objects.all():
        role = someone.assignments.get()
        label = f"{'substitute ' if role.is_substitute else ''}{Role(role.role).label}"
        if role.role == Role.MEMBER:
            label += f" ({role.scope_slug.replace('-', ' ')})"
        password = demo_password(someone.email)
        assert f"Sign in as {label}: {someone.email}, password {password}" in lines
        assert authenticate(username=someone.email, password=password) == someone
        assert password not in someone.password


def test_a_second_run_changes_nothing_hashes_nothing_and_prints_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    load()
    before, lines = rows(), demo.announcements()
    monkeypatch.setattr(demo_passwords, "make_password", None)
    monkeypatch.setattr(demo, "_register", demo.Register())
    load()
    assert rows() == before
    assert demo.announcements() == lines


def test_each_installation_has_its_own_passwords(settings: Settings) -> None:
    settings.SECRET_KEY = "one" * 20
    load()
    first = demo_password(CLERK)
    settings.SECRET_KEY = "two" * 20
    load()
    assert demo_password(CLERK) != first
    assert check_password(demo_password(CLERK), User.objects.get(email=CLERK).password)


def test_what_somebody_tried_out_stays_and_only_the_printed_password_comes_back() -> None:
    load()
    clerk = User.objects.get(email=CLERK)
    clerk.set_password("changed by somebody")
    clerk.full_name = "Somebody"
    clerk.save()
    role = clerk.assignments.get()
    services.end_role(assignment=role, ends_on=date(2017, 9, 5), by=None)
    services.give_role(person=clerk, role=Role.CLERK, starts_on=date(2017, 9, 6), by=None)
    member = User.objects.get(email="member@demo.invalid")
    services.close_account(person=member, by=None)
    demo._register.lines.clear()
    load()
    clerk.refresh_from_db()
    assert (clerk.full_name, has_demo_password(clerk)) == ("Somebody", True)
    assert [each.starts_on for each in clerk.assignments.all()] == [date(2017, 5, 1), date(2017, 9, 6)]
    member.refresh_from_db()
    assert not member.is_active
    assert not any(f" {member.email}," in line for line in demo.announcements()), (
        "a sign-in that does not work is not printed"
    )


def test_a_file_that_changed_brings_its_people_back_but_not_over_a_role_that_somebody_gave(
    tmp_path: Path, settings: Settings
) -> None:
    load()
    clerk = User.objects.get(email=CLERK)
    services.take_back_role(assignment=clerk.assignments.get(), by=None)
    services.give_role(person=clerk, role=Role.CLERK, starts_on=date(2017, 9, 1), by=None)
    services.close_account(person=User.objects.get(email="member@demo.invalid"), by=None)
    text = (settings.FIXTURES_DIR / "people.json").read_text(encoding="utf-8")
    (tmp_path / "people.json").write_text(text.replace("Demo clerk", "Demo clerk of today"), encoding="utf-8")
    settings.FIXTURES_DIR = tmp_path
    load()
    clerk.refresh_from_db()
    assert clerk.full_name == "Demo clerk of today"
    assert clerk.assignments.get().starts_on == date(2017, 9, 1)
    member = User.objects.get(email="member@demo.invalid")
    assert (member.is_active, member.closed_on, member.assignments.get().ends_on) == (True, None, None)


def test_a_role_that_somebody_gave_to_a_demo_person_stays() -> None:
    load()
    clerk = User.objects.get(email=CLERK)
    given = services.give_role(person=clerk, role=Role.FINANCE_OFFICER, starts_on=date(2017, 9, 1), by=None)
    load()
    assert set(clerk.assignments.values_list("role", flat=True)) == {"clerk", "finance_officer"}
    assert RoleAssignment.objects.filter(pk=given.pk).exists()


def test_somebody_elses_row_with_a_demo_address_stops_the_step_and_stays_as_it_is() -> None:
    other = User.objects.create_user(CLERK, "A real clerk", "their own password")
    before = rows()
    with pytest.raises(DemoConflict, match="A real clerk"):
        load()
    assert rows() == before
    assert User.objects.get() == other


def test_other_people_are_left_alone() -> None:
    robin = person("Robin Vale", "their own password")
    load()
    load()
    stored = User.objects.get(pk=robin.pk)
    assert (stored.full_name, stored.password) == (robin.full_name, robin.password)


def test_a_broken_file_loads_nobody(tmp_path: Path, settings: Settings) -> None:
    content = json.loads((settings.FIXTURES_DIR / "people.json").read_text(encoding="utf-8"))
    content["people"][-1]["roles"][0]["role"] = "mayor"
    (tmp_path / "people.json").write_text(json.dumps(content), encoding="utf-8")
    settings.FIXTURES_DIR = tmp_path
    with pytest.raises(
        CommandError, match=r"Nothing was loaded\. people\.json, people entry 11, roles entry 1, role: "
    ):
        load()
    assert not User.objects.exists()


def test_the_people_are_read_in_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    load()
    people = len(Role) + 2
    # One for all people; for each: is it the demonstration's; is the file in already, and a note that it is (four).
    with django_assert_num_queries(1 + people + 1 + 4):
        load()
