"""What was decided about a restricted paper is kept for good."""

from datetime import date

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.db.models import Model, ProtectedError

from tests.agenda.held_back import REVIEW, again, make_held_back, with_grounds
from torbay_reports.access.models import User
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.agenda import history
from torbay_reports.agenda.history import history_of, note
from torbay_reports.agenda.models import Admission, HeldBackEntry, Paper, RestrictedPaper
from torbay_reports.agenda.reviews import keep_back
from torbay_reports.core.append_only import NeverChanged
from torbay_reports.core.public_role import public_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(clerk: User) -> Paper:
    return with_grounds(make_held_back(), clerk)


def test_the_newest_decision_comes_first(paper: Paper, clerk: User) -> None:
    note(paper=paper, kind=RecordKind.PAPER_REVIEWED, says="It stays.", by=clerk)
    assert [each.kind for each in history_of(paper)] == ["paper_reviewed", "grounds_set"]


def test_nothing_is_decided_that_cannot_be_recorded(paper: Paper, clerk: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**told: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(history, "record", fail)
    with pytest.raises(DatabaseError):
        keep_back(paper=paper, reason="It stays.", review_on=date(2018, 6, 1), by=clerk)
    assert again(paper).held_back.review_on == REVIEW
    assert not HeldBackEntry.objects.filter(kind="paper_reviewed").exists()


def test_no_entry_is_changed_or_deleted_by_the_program(paper: Paper) -> None:
    entry = HeldBackEntry.objects.get()
    entry.says = "Something else."
    with pytest.raises(NeverChanged):
        entry.save()
    with pytest.raises(NeverChanged):
        entry.delete()


@pytest.mark.parametrize(
    "statement", ["UPDATE agenda_heldbackentry SET says = 'x'", "DELETE FROM agenda_heldbackentry"]
)
def test_nor_past_the_program(paper: Paper, statement: str) -> None:
    refused = pytest.raises(DatabaseError, match="neither changed nor deleted")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_paper_about_which_something_was_decided_is_not_deleted(paper: Paper) -> None:
    with pytest.raises(ProtectedError):
        paper.delete()


@pytest.mark.parametrize("model", [HeldBackEntry, RestrictedPaper, Admission])
def test_a_public_edition_reads_nothing_of_it(paper: Paper, model: type[Model]) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), public_role():
        list(model._default_manager.all())
