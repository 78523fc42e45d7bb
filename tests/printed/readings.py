"""The same figures read back from each rendering, as rows of cells: Document, HTML, PDF, chart."""

from collections.abc import Mapping
from dataclasses import dataclass

import lxml.html

from tests.printed import source
from torbay_reports.documents.blocks import Document, Facts, Table

Rows = list[list[str]]

CAPTIONS = {
    "budget": "Budget position for each service",
    "narrative": "What explains the variances",
    "risks": "Key financial risks",
    "limits": "Borrowing limits",
    "write_offs": "Debts written off",
    "header": "About this report",
    "chart": "Forecast full-year variance by service",
}


@dataclass(frozen=True)
class Difference:
    """One cell that is not as printed."""

    table: str
    row: int
    column: int
    expected: str
    found: str


def differences(tables: Mapping[str, Rows]) -> list[Difference]:
    """Every cell of the source's tables that the reading does not have in its row and column."""
    limits = [[row[0], row[1].split(":")[0], *row[2:]] for row in tables["limits"]]
    chart = sorted([row[0], row[1]] for row in tables["chart"])
    pairs: list[tuple[str, Rows, Rows]] = [
        ("budget", source.BUDGET, tables["budget"]),
        ("narrative", source.NARRATIVE, [row[:2] for row in tables["narrative"]]),
        ("risks", [[impact] for impact in source.RISK_IMPACTS], [[row[1]] for row in tables["risks"]]),
        ("limits", [[_capital(row[0]), _capital(row[1]), *row[2:]] for row in source.LIMITS], limits),
        ("write_offs", source.WRITE_OFFS, tables["write_offs"]),
        ("header", [[label, " ".join(lines)] for label, lines in source.HEADER], tables["header"]),
        ("chart", sorted(source.CHART), chart),
    ]
    return [each for name, expected, found in pairs for each in _compared(name, expected, found)]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _compared(name: str, expected: Rows, found: Rows) -> list[Difference]:
    result = []
    for row in range(max(len(expected), len(found))):
        left = expected[row] if row < len(expected) else []
        right = found[row] if row < len(found) else []
        for column in range(max(len(left), len(right))):
            want = left[column] if column < len(left) else "(no such cell)"
            have = right[column] if column < len(right) else "(no such cell)"
            if want != " ".join(have.split()):
                result.append(Difference(name, row, column, want, have))
    return result


def from_document(document: Document) -> dict[str, Rows]:
    """The tables of a Document."""

    def rows(table: Table) -> Rows:
        return [[cell.text for cell in row.cells] for row in table.rows]

    by_caption = {table.caption: rows(table) for table in document.tables()}
    for block in document.blocks:
        if isinstance(block, Facts):
            by_caption[block.caption] = [[label, " ".join(lines)] for label, lines in block.rows]
    return _by_name(by_caption)


def parsed(html: str | bytes) -> lxml.html.HtmlElement:
    """A page as a tree of elements."""
    element = lxml.html.fromstring(html)
    assert isinstance(element, lxml.html.HtmlElement)
    return element


def from_html(html: str) -> dict[str, Rows]:
    """The body rows of every captioned table of a page, as a reader of HTML finds them."""
    by_caption: dict[str, Rows] = {}
    for table in parsed(html).iter("table"):
        rows = [*table.findall("tr"), *table.findall("tbody/tr"), *table.findall("tfoot/tr")]
        by_caption[_caption(table)] = [[_text(cell) for cell in row.iter("th", "td")] for row in rows]
    return _by_name(by_caption)


def _caption(table: lxml.html.HtmlElement) -> str:
    """A table's caption, also where it is only heard."""
    caption = table.find("caption")
    return "" if caption is None else " ".join(caption.text_content().split())


def _text(element: lxml.html.HtmlElement | None) -> str:
    """An element's words as the eye reads them: what is only spoken is left out."""
    if element is None:
        return ""
    parts: list[str] = []

    def collect(node: lxml.html.HtmlElement) -> None:
        if "visually-hidden" in (node.get("class") or ""):
            parts.append(node.tail or "")
            return
        parts.append(node.text or "")
        for child in node:
            collect(child)
        if node is not element:
            parts.append(" " if node.tag == "br" else "")
            parts.append(node.tail or "")

    collect(element)
    return " ".join("".join(parts).split())


def _by_name(by_caption: Mapping[str, Rows]) -> dict[str, Rows]:
    result = {}
    for name, beginning in CAPTIONS.items():
        found = [rows for caption, rows in by_caption.items() if caption.startswith(beginning)]
        assert len(found) == 1, f"{len(found)} tables are called '{beginning}': {list(by_caption)}"
        result[name] = found[0]
    return result
