"""Files for the tests of importing."""

import csv
import re
from decimal import Decimal
from io import BytesIO, StringIO

import openpyxl


def as_workbook(text: str, *, title: str = "Budget") -> bytes:
    """The delimited text as a workbook, plain figures as numbers: what a spreadsheet makes of them."""
    first = text.splitlines()[0]
    delimiter = max(";\t,", key=lambda each: text.count(each) if each in first else 0)
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = title
    for row in csv.reader(StringIO(text), delimiter=delimiter):
        sheet.append([_value(cell) for cell in row])
    return saved(workbook)


def saved(workbook: openpyxl.Workbook) -> bytes:
    kept = BytesIO()
    workbook.save(kept)
    return kept.getvalue()


def _value(cell: str) -> str | float | None:
    if not cell:
        return None
    match = re.fullmatch(r"(\()?([0-9][0-9,]*(?:\.[0-9]+)?)\)?", cell)
    if match is None:
        return cell
    number = Decimal(match[2].replace(",", ""))
    return float(-number if match[1] else number)
