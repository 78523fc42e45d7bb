"""Under the public role the database itself shows nothing of a letter that Ofsted has not published."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Model

from improvement.models import Plan
from improvement.services.plans import remove_plan
from ofsted.models import (
    Finding,
    FindingMeasure,
    FindingTheme,
    Inspection,
    Letter,
    LetterEntry,
    LetterParagraph,
    NamedReader,
    StepLink,
    Visit,
)
from ofsted.selectors import public, reading
from ofsted.selectors.rows import inspection_row
from tests.improvement.builders import at
from tests.ofsted.builders import a_visit, publish
from tests.ofsted.readers import CANARY, Letters
from torbay_reports.core.public_role import public_role

pytestmark = pytest.mark.django_db
OF_LETTERS: tuple[type[Model], ...] = (Letter, Visit, LetterParagraph, Finding, FindingMeasure, FindingTheme)
SLUG, MONTH = "services-2016", "2017-11"


@pytest.fixture
def letters() -> Letters:
    return Letters()


ASKED: tuple[Callable[[], object], ...] = (
    lambda: public.inspections(),
    lambda: public.inspection(inspection_row(Inspection.objects.get())),
    lambda: public.letter(SLUG, "2017-07"),
    lambda: public.letter(SLUG, MONTH),
    lambda: public.theme(SLUG, "homes"),
    lambda: public.theme(SLUG, f"songs-of-the-{CANARY}"),
    lambda: public.found_findings(SLUG, CANARY),
    lambda: public.found_findings(SLUG, "homes OR young"),
)


def test_every_public_selector_finds_the_published_letter_and_none_of_the_held_back_one(letters: Letters) -> None:
    told = "".join(repr(asked()) for asked in ASKED)
    assert "Third monitoring visit" in told
    assert CANARY not in told
    assert MONTH not in told
    assert "November" not in told


def test_the_same_words_are_found_once_ofsted_has_published_the_letter(letters: Letters) -> None:
    """Else the test above could not fail."""
    publish(letters.held_back)
    told = [CANARY in repr(asked()) for asked in ASKED]
    assert told == [False, True, False, True, True, True, True, True]
    assert MONTH in repr(public.inspections())
    assert len(public.found_findings(SLUG, CANARY)) == 3


def test_what_is_read_under_the_role_is_less_than_what_is_read_without(letters: Letters) -> None:
    assert reading.letter(SLUG, MONTH) is not None
    assert len(reading.found_findings(SLUG, CANARY)) == 3
    with public_role():
        assert reading.letter(SLUG, MONTH) is None
        assert reading.found_findings(SLUG, CANARY) == []


@pytest.mark.parametrize("model", OF_LETTERS)
def test_no_row_of_a_held_back_letter_is_seen(letters: Letters, model: type[Model]) -> None:
    rows = model._default_manager
    everything = rows.count()
    with public_role():
        assert 0 < rows.count() < everything
    publish(letters.held_back)
    with public_role():
        assert rows.count() == everything


def test_a_public_visit_whose_letter_is_held_back_reads_as_one_without_a_letter(letters: Letters) -> None:
    Visit.objects.filter(pk=letters.held_back.visit_id).update(is_public=True)
    (outline,) = public.inspections()
    assert [(line.visit.slug, line.dated, line.counts) for line in outline.visits][-1] == (MONTH, None, ())


@pytest.mark.parametrize("model", [Plan, StepLink, NamedReader, LetterEntry])
def test_plan_links_readers_and_history_are_closed_to_the_role(letters: Letters, model: type[Model]) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), public_role():
        model._default_manager.count()


@pytest.mark.parametrize("model", OF_LETTERS)
def test_the_role_writes_nothing(letters: Letters, model: type[Model]) -> None:
    refused = pytest.raises(DatabaseError, match="permission denied")
    with refused, transaction.atomic(), public_role(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {model._meta.db_table}")


def test_a_visit_of_which_nobody_may_know_is_not_seen(letters: Letters) -> None:
    a_visit(letters.inspection, date(2018, 1, 1))
    assert "January" not in repr(public.inspections())


def test_the_history_of_a_letter_goes_with_its_plan_and_in_no_other_way(letters: Letters) -> None:
    LetterEntry.objects.create(letter=letters.held_back, at=at(date(2017, 12, 1)), by=letters.lead, says="Marked.")
    refused = pytest.raises(DatabaseError, match="neither changed nor deleted")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM ofsted_letterentry")
    remove_plan(plan=letters.inspection.plan)
    assert not LetterEntry.objects.exists()
    assert not Letter.objects.exists()
