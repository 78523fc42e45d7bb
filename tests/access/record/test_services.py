"""What is recorded, with what it records or not at all, and never changed."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.test import Client

from tests.access.cast import SINCE, person, person_with
from torbay_reports.access import services
from torbay_reports.access.models import AccessRecord, RoleAssignment, User
from torbay_reports.access.record.kinds import KIND_SENTENCES, READS, RecordKind
from torbay_reports.access.record.services import record
from torbay_reports.access.roles import Role
from torbay_reports.access.throttling import LIMIT
from torbay_reports.core.append_only import NeverChanged

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough sentence"


def written() -> list[tuple[str, User | None, str, str]]:
    """Kind, person, address as given and object of every entry, oldest first."""
    found = AccessRecord.objects.select_related("person").order_by("pk")
    return [(each.kind, each.person, each.email, each.about) for each in found]


def attempt(client: Client, email: str, password: str) -> None:
    client.post("/sign-in/", {"login": email, "password": password})


def test_every_kind_has_a_label_and_a_sentence() -> None:
    assert set(KIND_SENTENCES) == set(RecordKind)
    for kind in RecordKind:
        assert kind.label
        assert kind.sentence.endswith(".")


def test_a_sign_in_and_a_sign_out_are_recorded(client: Client) -> None:
    robin = person("Robin Vale", PASSWORD)
    attempt(client, "Robin.Vale@Council.Invalid", PASSWORD)
    client.post("/sign-out/")
    client.post("/sign-out/")
    assert written() == [("sign_in", robin, "", ""), ("sign_out", robin, "", "")]


def test_a_failure_names_the_owner_of_the_address_or_the_address_and_never_the_password(client: Client) -> None:
    robin = person("Robin Vale", PASSWORD)
    attempt(client, robin.email, "a wrong password")
    attempt(client, "Nobody@council.invalid", "a wrong password")
    assert written() == [
        ("sign_in_failed", robin, "", ""),
        ("sign_in_failed", None, "nobody@council.invalid", ""),
    ]
    for entry in AccessRecord.objects.values():
        assert "password" not in str(entry)


def test_an_attempt_over_the_limit_is_recorded_as_refused(client: Client) -> None:
    robin = person("Robin Vale", PASSWORD)
    for _ in range(LIMIT):
        attempt(client, robin.email, "wrong")
    attempt(client, robin.email, PASSWORD)
    assert [kind for kind, *_ in written()] == ["sign_in_failed"] * LIMIT + ["sign_in_throttled"]


def test_nobody_is_signed_in_when_the_record_cannot_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client(raise_request_exception=False)
    robin = person("Robin Vale", PASSWORD)

    def fail(**fields: Any) -> None:
        raise DatabaseError("the disk is full")

    monkeypatch.setattr("torbay_reports.access.record.signing.record", fail)
    response = client.post("/sign-in/", {"login": robin.email, "password": PASSWORD})
    assert response.status_code == 500
    assert client.get("/me/").status_code == 302


def test_an_invitation_and_every_change_of_a_role_are_recorded_with_who_did_it() -> None:
    administrator = person_with(Role.ADMINISTRATOR)
    robin = services.invite(email="robin@council.invalid", full_name="Robin Vale", by=administrator)
    role = services.give_role(
        person=robin, role=Role.MEMBER, starts_on=SINCE, scope_kind="committee", scope_slug="council", by=administrator
    )
    services.end_role(assignment=role, ends_on=date(2017, 8, 31), by=administrator)
    services.take_back_role(assignment=role, by=None)
    given = "Robin Vale: member of the council from 9 May"
    assert written() == [
        ("invited", administrator, "", "Robin Vale"),
        ("role_given", administrator, "", f"{given} 2017"),
        ("role_ended", administrator, "", f"{given} to 31 August 2017"),
        ("role_taken_back", None, "", f"{given} to 31 August 2017"),
    ]
    assert not RoleAssignment.objects.filter(person=robin).exists()


def test_the_first_administrators_role_is_recorded_too() -> None:
    call_command(
        "createsuperuser", interactive=False, email="first@council.invalid", full_name="First Person", verbosity=0
    )
    assert written() == [("role_given", None, "", "First Person: administrator from 5 September 2017")]


def test_what_is_refused_is_not_recorded() -> None:
    with pytest.raises(ValidationError):
        services.give_role(person=person(), role=Role.CLERK, starts_on=SINCE, ends_on=date(2017, 1, 1), by=None)
    assert written() == []


def test_a_role_is_not_given_when_the_record_cannot_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**fields: Any) -> None:
        raise DatabaseError("the disk is full")

    monkeypatch.setattr("torbay_reports.access.services.roles.record", fail)
    robin = person()
    with pytest.raises(DatabaseError), transaction.atomic():
        services.give_role(person=robin, role=Role.CLERK, starts_on=SINCE, by=None)
    assert not RoleAssignment.objects.exists()


def test_python_neither_changes_nor_deletes_an_entry() -> None:
    entry = record(kind=RecordKind.SIGN_IN, person=person())
    entry.about = "something else"
    all_entries = AccessRecord.objects.all()
    sentence = "An entry of the record is neither changed nor deleted. Write a new one"
    for change in (
        entry.save,
        entry.delete,
        all_entries.delete,
        lambda: all_entries.update(about="something else"),
        lambda: AccessRecord.objects.bulk_update([entry], ["about"]),
    ):
        with pytest.raises(NeverChanged, match=sentence):
            change()
    assert [about for *_, about in written()] == [""]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE access_accessrecord SET about = 'something else'",
        "DELETE FROM access_accessrecord",
        "INSERT INTO access_accessrecord (id, at, kind, email, about, key, reason) "
        "SELECT id, at, kind, email, about, key, reason FROM access_accessrecord "
        "ON CONFLICT (id) DO UPDATE SET about = 'something else'",
    ],
)
def test_the_database_neither_changes_nor_deletes_an_entry(statement: str) -> None:
    record(kind=RecordKind.SIGN_IN, person=person())
    with (
        pytest.raises(IntegrityError, match="neither changed nor deleted"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert [about for *_, about in written()] == [""]


def test_nobody_is_deleted_whose_name_stands_in_the_record() -> None:
    robin = person()
    record(kind=RecordKind.SIGN_IN, person=robin)
    with pytest.raises(ProtectedError):
        robin.delete()


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"kind": "coffee"}, "access_record_kind_in_list"),
        *[({"kind": kind, "person": None}, "access_record_read_has_a_reader") for kind in READS],
        ({"email": "robin@council.invalid"}, "access_record_person_or_address"),
    ],
)
def test_the_database_refuses_an_impossible_entry(fields: dict[str, Any], constraint: str) -> None:
    wanted = {"kind": RecordKind.SIGN_IN, "person": person(), **fields}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        record(**wanted)
    assert written() == []


def test_an_address_of_any_length_can_be_recorded() -> None:
    record(kind=RecordKind.SIGN_IN_FAILED, person=None, email=f"{'a' * 400}@council.invalid")
    assert len(AccessRecord.objects.get().email) == 254
