"""The comparison finds what a join can do to a tag tree: each fault is made in a right pack, and said in words."""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from tests.publishing import packs
from tests.publishing.frozen.comparing import differences
from tests.publishing.frozen.things import reads_as
from torbay_reports.publishing.packplan import RenderedPack

Fault = Callable[[Pdf], None]


def elements(element: Object) -> list[Any]:
    held = element.get(Name.K, Array())
    return [kid for kid in (held if isinstance(held, Array) else [held]) if isinstance(kid, Dictionary) and "/S" in kid]


def walk(element: Object) -> Iterator[Any]:
    yield element
    for kid in elements(element):
        yield from walk(kid)


def all_of(pdf: Pdf, kind: str) -> list[Any]:
    """The elements of a kind in the first paper, in reading order."""
    paper = elements(elements(pdf.Root.StructTreeRoot)[0])[1]
    return [each for each in walk(paper) if each.S == f"/{kind}"]


def long_table(pdf: Pdf) -> Any:
    """The table of risks, which goes over several pages."""
    return max(all_of(pdf, "Table"), key=lambda table: len([each for each in walk(table) if each.S == Name.TR]))


def body(pdf: Pdf) -> Any:
    return next(each for each in walk(long_table(pdf)) if each.S == Name.TBody)


def cells(pdf: Pdf, row: int) -> list[Any]:
    return elements(elements(body(pdf))[row])


def taken_out(element: Any) -> None:
    """The element leaves the tree."""
    element.P.K = Array([kid for kid in element.P.K if not (isinstance(kid, Dictionary) and same(kid, element))])


def same(left: Any, right: Any) -> bool:
    return bool(left.objgen == right.objgen)


def a_row_lost(pdf: Pdf) -> None:
    taken_out(elements(body(pdf))[17])


def a_row_twice(pdf: Pdf) -> None:
    rows = body(pdf)
    rows.K = Array([*rows.K[:18], rows.K[17], *rows.K[18:]])


def rows_swapped(pdf: Pdf) -> None:
    rows = body(pdf)
    rows.K = Array([*rows.K[:17], rows.K[18], rows.K[17], *rows.K[19:]])


def a_table_in_two(pdf: Pdf) -> None:
    table, rows = long_table(pdf), body(pdf)
    second = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Table, P=table.P, Pg=table.Pg))
    rest = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.TBody, P=second, Pg=table.Pg))
    rest.K, second.K = Array(rows.K[20:]), Array([rest])
    for row in elements(rest):
        row.P = rest
    rows.K = Array(rows.K[:20])
    place = next(place for place, kid in enumerate(table.P.K) if same(kid, table))
    table.P.K = Array([*table.P.K[: place + 1], second, *table.P.K[place + 1 :]])


def the_words_of_two_cells_swapped(pdf: Pdf) -> None:
    one, other = cells(pdf, 17)[2], cells(pdf, 18)[2]
    one.K, other.K = other.K, one.K
    for cell in (one, other):
        for kid in elements(cell):
            kid.P = cell


def two_cells_of_a_row_swapped(pdf: Pdf) -> None:
    row = elements(body(pdf))[17]
    row.K = Array([row.K[0], row.K[2], row.K[1]])


def a_header_that_is_anothers(pdf: Pdf) -> None:
    one, other = cells(pdf, 17)[1], cells(pdf, 18)[1]
    one.A.Headers = other.A.Headers


def a_header_that_is_nowhere(pdf: Pdf) -> None:
    cells(pdf, 17)[1].A.Headers = Array([String("nowhere")])


def a_name_twice(pdf: Pdf) -> None:
    cells(pdf, 17)[0].ID = cells(pdf, 18)[0].ID


def a_header_cell_without_scope(pdf: Pdf) -> None:
    del cells(pdf, 17)[0].A.Scope


def a_heading_lost(pdf: Pdf) -> None:
    taken_out(all_of(pdf, "H3")[0])


def a_heading_that_is_a_paragraph(pdf: Pdf) -> None:
    all_of(pdf, "H3")[0].S = Name.P


def a_paragraph_in_two(pdf: Pdf) -> None:
    long = max(all_of(pdf, "P"), key=lambda each: len(each.K))
    second = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=long.P, Pg=long.Pg))
    half = len(long.K) // 2
    second.K, long.K = Array(long.K[half:]), Array(long.K[:half])
    for kid in elements(second):
        kid.P = second
    place = next(place for place, kid in enumerate(long.P.K) if same(kid, long))
    long.P.K = Array([*long.P.K[: place + 1], second, *long.P.K[place + 1 :]])


def a_point_lost(pdf: Pdf) -> None:
    taken_out(all_of(pdf, "LI")[0])


def a_figure_without_its_words(pdf: Pdf) -> None:
    all_of(pdf, "Figure")[0].Alt = String("A picture")


def a_link_that_leads_elsewhere(pdf: Pdf) -> None:
    link = next(area for page in list(pdf.pages)[1:] for area in page.obj.get(Name.Annots, ()) if Name.Dest in area)
    link.Dest = String("item-7-fees")


def a_paper_that_is_no_document(pdf: Pdf) -> None:
    elements(elements(pdf.Root.StructTreeRoot)[0])[1].S = Name.Sect


def two_papers_swapped(pdf: Pdf) -> None:
    top = elements(pdf.Root.StructTreeRoot)[0]
    top.K = Array([top.K[0], top.K[2], top.K[1]])


def content_that_leads_back_to_another(pdf: Pdf) -> None:
    numbers = pdf.Root.StructTreeRoot.ParentTree
    while Name.Nums not in numbers:
        numbers = numbers.Kids[0]
    entry = next(entry for entry in list(numbers.Nums)[1::2] if isinstance(entry, Array) and len(entry) > 5)
    held = [place for place, each in enumerate(entry) if isinstance(each, Dictionary)]
    entry[held[0]] = entry[held[-1]]


FAULTS: dict[Fault, str] = {
    a_row_lost: "lost is “TR\x1fRisk17",
    a_row_twice: "too much is “TR\x1fRisk17",
    rows_swapped: "lost is “TR\x1fRisk1",
    a_table_in_two: "too much is “Table ”",
    the_words_of_two_cells_swapped: "lost is “TR\x1fRisk17\x1fHigh\x1fAnswer17",
    two_cells_of_a_row_swapped: "too much is “TR\x1fRisk17\x1fAnswer17",
    a_header_that_is_anothers: "names the headers at [(0, 1), (19, 0)], not [(0, 1), (18, 0)]",
    a_header_that_is_nowhere: "names the header nowhere, which its table does not have",
    a_name_twice: "stands twice in the tree",
    a_header_cell_without_scope: "does not say what it heads",
    a_heading_lost: "lost is “H3 2.1Detailedposition”",
    a_heading_that_is_a_paragraph: "too much is “P 2.1Detailedposition”",
    a_paragraph_in_two: "too much is “P ",
    a_point_lost: "lost is “L thefirstlimit",
    a_figure_without_its_words: "too much is “Figure Apicture”",
    a_link_that_leads_elsewhere: "the links of “1.2 The forecast",
    a_paper_that_is_no_document: "Paper 1 of the tree is no Document but Sect",
    two_papers_swapped: "Harbour fees: lost is “H1 Harbourfees”",
    content_that_leads_back_to_another: "leads back to another element",
}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_it_finds(fault: Fault, public_pack: RenderedPack) -> None:
    out = BytesIO()
    with Pdf.open(BytesIO(public_pack.pdf)) as pdf:
        fault(pdf)
        pdf.save(out)
    found = differences(out.getvalue(), packs.plan(), public_pack.pages)
    assert any(FAULTS[fault] in each for each in found), found


def test_in_the_pack_itself_it_finds_nothing(public_pack: RenderedPack) -> None:
    assert differences(public_pack.pdf, packs.plan(), public_pack.pages) == []


@pytest.mark.parametrize(
    ("found", "expected", "reads"),
    [
        ("It is\ndone.", "It is done.", True),
        ("well-\nbeing", "well-being", True),
        ("It is done.", "It is  done.", True),
        ("Itis done.", "It is done.", False),
        ("It is\ndone. ", "It is done. Overdue", False),
        ("It is done. Overdue", "It is done.", False),
    ],
)
def test_a_lines_end_may_be_a_space_or_none(found: str, expected: str, reads: bool) -> None:
    assert reads_as(found, expected) is reads
