"""Findings against steps as a file: a row for each pair, safe to open, marked where a letter is held back."""

import csv
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from improvement.kinds import Status
from ofsted.kinds import Polarity, Relation
from ofsted.models import Finding, StepLink
from ofsted.reports.answers_export import HEADS
from tests.improvement.builders import make_action, make_step, person_with_plan
from tests.ofsted.builders import a_finding, a_letter, an_inspection
from tests.ofsted.readers import CANARY, Letters, browser_of, reads_recorded
from torbay_reports.access.roles import Role

pytestmark = pytest.mark.django_db
ADDRESS = "/ofsted/services-2016/answers/file/"
MARKING = (
    "NOT FOR PUBLICATION: confidential information within the meaning of section 100A(3) of the Local Government Act "
    "1972. Furnished by Ofsted upon terms which forbid its disclosure to the public."
)


@pytest.fixture
def letters() -> Letters:
    """A published letter whose first finding has two steps, and one that is held back."""
    kept = Letters()
    action = make_action(kept.inspection.plan, "2.3")
    done = make_step(action, owners=("Head of Homes",), how="=HYPERLINK(1)", status=Status.DONE)
    for step, relation in ((done, Relation.CONTRADICTED), (make_step(action, how="Build"), Relation.ANSWERS)):
        StepLink.objects.create(finding=a_finding(kept.published, 1), step=step, relation=relation, why="+because")
    return kept


@pytest.fixture
def lead(letters: Letters) -> Client:
    return browser_of(letters.lead)


def csv_of(client: Client, **query: str) -> tuple[str, list[list[str]]]:
    response = client.get(ADDRESS, {"as": "csv", **query})
    assert response.status_code == 200
    return response["Content-Disposition"], list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))


def column(rows: list[list[str]], head: str) -> list[str]:
    return [row[HEADS.index(head)] for row in rows]


def test_there_is_a_row_for_each_finding_and_step(lead: Client) -> None:
    name, (heads, *rows) = csv_of(lead)
    assert name == 'attachment; filename="findings-services-2016-2017-09-05.csv"'
    assert heads == list(HEADS)
    assert column(rows, "Where") == ["Overview, paragraph 1"] * 2 + ["Overview, paragraph 3", "Overview, paragraph 2"]
    assert column(rows, "Step") == ["2.3/1", "2.3/2", "", ""]
    assert column(rows, "What the one says of the other") == [
        "Completed. The finding of 24 August 2017 says otherwise.",
        "The step is meant to put it right.",
        "No step is linked to this finding.",
        "A strength needs no step.",
    ]
    assert column(rows, "Owners")[0] == "Head of Homes"
    assert column(rows, "Status") == ["done", "in progress", "", ""]


def test_a_weakness_without_a_step_says_that_no_step_answers_it(lead: Client) -> None:
    StepLink.objects.all().delete()
    _, (_, *rows) = csv_of(lead, shown="unanswered")
    assert column(rows, "What the one says of the other") == ["No step answers this finding."]


def test_the_filter_is_kept_and_the_name_says_so(lead: Client) -> None:
    name, (_, *rows) = csv_of(lead, polarity="strength", order="letter")
    assert name == 'attachment; filename="findings-services-2016-2017-09-05-1-of-3.csv"'
    assert column(rows, "Marked as") == ["strength"]


def test_no_cell_is_taken_for_a_formula(lead: Client) -> None:
    _, (_, *rows) = csv_of(lead)
    assert column(rows, "What the step says")[0] == "'=HYPERLINK(1)"
    assert column(rows, "Why they are linked")[0] == "'+because"
    sheet: Any = load_workbook(BytesIO(lead.get(ADDRESS, {"as": "xlsx"}).content)).active
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert [cell.value for cell in sheet[1]] == list(HEADS)


def test_characters_that_no_workbook_holds_become_spaces(lead: Client, letters: Letters) -> None:
    Finding.objects.filter(pk=a_finding(letters.published, 1).pk).update(since_last_words="bell\x07rings")
    _, (_, *rows) = csv_of(lead)
    assert "bell rings" in column(rows, "Since the last visit")[0]
    assert lead.get(ADDRESS, {"as": "xlsx"}).status_code == 200


@pytest.mark.parametrize("wanted", ["csv", "xlsx"])
def test_a_file_with_a_letter_held_back_is_marked_as_a_restricted_table_is(lead: Client, wanted: str) -> None:
    response = lead.get(ADDRESS, {"as": wanted, "as-at": "1/12/2017"})
    name = f"NOT-FOR-PUBLICATION-findings-services-2016-2017-12-01.{wanted}"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    if wanted == "csv":
        first, heads = list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))[:2]
    else:
        sheet: Any = load_workbook(BytesIO(response.content)).active
        values = [[cell.value for cell in row if cell.value] for row in sheet.iter_rows()]
        marked = next(place for place, row in enumerate(values) if row == [MARKING])
        first, heads = values[marked], next(row for row in values if row != [MARKING])
    assert first == [MARKING]
    assert heads == list(HEADS)
    assert len(reads_recorded()) == 1


def test_a_filter_that_leaves_the_letter_out_leaves_the_marking_out(lead: Client) -> None:
    name, rows = csv_of(lead, visit="2017-07", **{"as-at": "1/12/2017"})
    assert "NOT-FOR-PUBLICATION" not in name
    assert rows[0] == list(HEADS)


def test_who_may_not_read_the_letter_gets_nothing_of_it(letters: Letters) -> None:
    owner = browser_of(person_with_plan(Role.ACTION_OWNER, letters.inspection.plan, "Olive Owner"))
    name, rows = csv_of(owner, **{"as-at": "1/12/2017"})
    assert "NOT-FOR-PUBLICATION" not in name
    assert not any(CANARY in cell for row in rows for cell in row)
    assert not reads_recorded()


def test_no_other_format_is_there_and_a_wrong_filter_leads_to_the_page(lead: Client) -> None:
    assert lead.get(ADDRESS, {"as": "pdf"}).status_code == 404
    assert lead.get(ADDRESS).status_code == 404
    response = lead.get(ADDRESS, {"as": "csv", "theme": "nothing"})
    assert response["Location"] == "/ofsted/services-2016/answers/?as=csv&theme=nothing"


def test_a_finding_of_twenty_thousand_characters_fits_into_a_cell() -> None:
    inspection = an_inspection()
    a_letter(inspection, published=True, findings=("x" * 19_999 + ".",))
    Finding.objects.update(polarity=Polarity.WEAKNESS)
    lead = browser_of(person_with_plan(Role.IMPROVEMENT_LEAD, inspection.plan, "Lee Lead"))
    sheet: Any = load_workbook(BytesIO(lead.get(ADDRESS, {"as": "xlsx"}).content)).active
    assert len(sheet.cell(row=2, column=HEADS.index("Finding") + 1).value) == 20_000
