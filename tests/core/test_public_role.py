"""The role of the public edition reads what is written out here, and no other table."""

import threading
from collections.abc import Iterator

import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.utils import OperationalError

from torbay_reports.core.public_role import ROLE, WrongRole, public_role, require_public_role

READS = {
    "agenda_agendaitem",
    "agenda_committee",
    "agenda_instalment",
    "agenda_meeting",
    "agenda_paper",
    "agenda_urgency",
    "agenda_withdrawnpaper",
    "ofsted_finding",
    "ofsted_findingmeasure",
    "ofsted_findingtheme",
    "ofsted_inspection",
    "ofsted_letter",
    "ofsted_letterparagraph",
    "ofsted_visit",
    "publishing_bundle",
    "publishing_passedwarning",
    "publishing_publication",
    "publishing_storedpack",
    "publishing_storedpart",
    "publishing_uploadedpdf",
    "publishing_wholepack",
    "publishing_withdrawal",
}
"""Every table that the public edition and public pages are made from. A new one stands here once somebody has thought
about it. Row security hides what of ofsted's is held back."""
WRITES = {"publishing_storedpack", "publishing_storedpart", "publishing_wholepack"}
HOLDS = {"agenda_instalment": "number", "agenda_meeting": "notice", "agenda_paper": "position"}
"""Tables of which it may write one column, since only then PostgreSQL lets it hold their rows."""
RESTRICTED = {
    "agenda_admission",
    "agenda_heldbackentry",
    "agenda_openingasked",
    "agenda_restrictedpaper",
    "publishing_restrictedbundle",
    "publishing_restrictedpack",
    "publishing_restrictedpart",
    "publishing_restrictedpassedwarning",
    "publishing_restrictedpdf",
    "publishing_restrictedpublication",
    "publishing_restrictedwholepack",
    "publishing_restrictedwithdrawal",
}


@pytest.fixture(autouse=True)
def _back_to_ones_own_role(db: None) -> Iterator[None]:
    yield
    assert not is_taken()


def is_taken() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return bool(cursor.fetchone() == (ROLE,))


def tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class "
            "WHERE relkind IN ('r', 'p', 'v', 'm') AND relnamespace = 'public'::regnamespace"
        )
        return sorted(name for (name,) in cursor.fetchall())


def is_allowed(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except ProgrammingError as error:
        if "permission denied" not in str(error):
            raise
        return False
    return True


def test_each_table_is_tried_and_only_those_written_out_here_are_read() -> None:
    every = tables()
    assert set(every) >= READS | RESTRICTED
    with public_role():
        assert {each for each in every if is_allowed(f'SELECT FROM "{each}" LIMIT 1')} == READS


def test_only_what_it_makes_itself_is_written() -> None:
    every = tables()
    with public_role():
        assert {each for each in every if is_allowed(f'DELETE FROM "{each}" WHERE false')} == WRITES
        added = 'INSERT INTO "{0}" OVERRIDING SYSTEM VALUE SELECT * FROM "{0}" WHERE false'
        assert {each for each in every if is_allowed(added.format(each))} == WRITES


def test_of_rows_that_it_holds_it_may_write_one_column_that_says_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.column_privileges "
            "WHERE grantee = %s AND privilege_type = 'UPDATE'",
            [ROLE],
        )
        columns = {(table, column) for table, column in cursor.fetchall() if table not in WRITES}
    assert columns == set(HOLDS.items())
    with public_role():
        for each in HOLDS:
            assert is_allowed(f'SELECT 1 FROM "{each}" FOR NO KEY UPDATE')


def test_a_table_that_is_new_is_closed_to_it() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE a_new_table (secret text)")
    with public_role():
        assert not is_allowed("SELECT FROM a_new_table")


def test_what_asks_for_the_role_refuses_any_other() -> None:
    with pytest.raises(WrongRole, match=f"under the role {ROLE} only"):
        require_public_role()
    with public_role():
        require_public_role()


def test_within_itself_it_changes_nothing() -> None:
    with public_role():
        with public_role():
            assert is_taken()
        assert is_taken()


def test_it_is_given_back_after_a_failure_in_the_database_or_the_program() -> None:
    with pytest.raises(ProgrammingError), transaction.atomic(), public_role(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM agenda_restrictedpaper")
    assert not is_taken()
    with pytest.raises(ZeroDivisionError), public_role():
        raise ZeroDivisionError


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_is_closed_meanwhile_comes_back_under_the_role() -> None:
    with public_role():
        connection.close()
        assert is_taken()
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_is_lost_meanwhile_comes_back_under_the_role() -> None:
    with public_role():
        with pytest.raises(OperationalError):
            lose_connection()
        connection.close_if_unusable_or_obsolete()
        assert is_taken()
        assert not is_allowed("SELECT FROM agenda_restrictedpaper")


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_is_lost_and_not_opened_again_takes_nothing_with_it() -> None:
    with pytest.raises(OperationalError), public_role():
        lose_connection()
    assert not is_taken()


@pytest.mark.django_db(transaction=True)
def test_what_another_thread_asks_meanwhile_is_asked_under_its_own_role() -> None:
    asked: list[bool] = []

    def ask() -> None:
        asked.append(is_taken())
        connection.close()

    with public_role():
        thread = threading.Thread(target=ask)
        thread.start()
        thread.join()
    assert asked == [False]


def lose_connection() -> None:
    """Somebody ends it at the server, as a restart does, and then it is used."""

    def end() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [own])
        connection.close()

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (own,) = cursor.fetchone()
        thread = threading.Thread(target=end)
        thread.start()
        thread.join()
        cursor.execute("SELECT 1")
