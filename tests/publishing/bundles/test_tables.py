"""Tables as files: exact values, and the marking of what the public may not read."""

import csv
import json
from decimal import Decimal
from io import StringIO

from tests.publishing import packs
from torbay_reports.documents.blocks import Cell, Column, Figure, Row, Table, words
from torbay_reports.publishing.bundles.tables import as_csv, as_json

MARKING = "NOT FOR PUBLICATION by virtue of paragraphs 1, 2: “any individual”, likely"


def sums() -> Table:
    """A sum shown rounded, an absent one, and words that a spreadsheet would take for a formula."""
    shown = Figure(text="1.4", ref="net", value=Decimal("1365"), unit="thousands")
    return Table(
        "sums",
        "Sums",
        (Column("name", "Name"), Column("sum", "Sum", group="2031/32", unit="£m", numeric=True)),
        (
            Row("first", (Cell(words("=Harbours")), Cell((shown,))), level="service"),
            Row("second", (Cell(words("Parks")), Cell(words("-")))),
        ),
        notes=("Brackets are income.",),
    )


def test_json_has_the_words_as_printed_and_the_exact_values() -> None:
    assert json.loads(as_json(sums())) == {
        "caption": "Sums",
        "columns": [
            {"key": "name", "label": "Name", "group": "", "unit": ""},
            {"key": "sum", "label": "Sum", "group": "2031/32", "unit": "£m"},
        ],
        "rows": [
            {"anchor": "first", "level": "service", "texts": ["=Harbours", "1.4"], "values": ["=Harbours", "1.365"]},
            {"anchor": "second", "level": "", "texts": ["Parks", "-"], "values": ["Parks", None]},
        ],
        "notes": ["Brackets are income."],
    }


def test_csv_has_the_exact_values_and_nothing_that_a_spreadsheet_would_reckon() -> None:
    rows = list(csv.reader(StringIO(as_csv(sums()).decode("utf-8-sig"))))
    assert rows == [["Name", "2031/32: Sum (£m)"], ["'=Harbours", "1.365"], ["Parks", ""]]


def test_the_marking_is_the_first_line_of_a_csv_and_a_field_of_a_json() -> None:
    plain, marked = as_csv(packs.budget_table()), as_csv(packs.budget_table(), marking=MARKING)
    assert marked.startswith(b"\xef\xbb\xbf")
    assert marked.count(b"\xef\xbb\xbf") == 1
    rows = list(csv.reader(StringIO(marked.decode("utf-8-sig"))))
    assert rows[0] == [MARKING]
    assert rows[1:] == list(csv.reader(StringIO(plain.decode("utf-8-sig"))))
    data = json.loads(as_json(packs.budget_table(), marking=MARKING))
    assert data.pop("marking") == MARKING
    assert data == json.loads(as_json(packs.budget_table()))
