"""The tag tree of a pack: what broke over parts is one element, and page, element and name agree both ways."""

from collections.abc import Sequence
from typing import Any

import pytest
from msgspec.structs import replace
from pikepdf import Name, Pdf

from tests.publishing.joining.making import Node, PageMaker
from tests.publishing.joining.reading import written
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.joining.structure import Tree
from torbay_reports.publishing.joining.writer import Writer
from torbay_reports.publishing.parts.values import CONTENT, Element, Part, content

PAGES = 6


def tree_of(*papers: Sequence[Part]) -> Pdf:
    """A file with the tag tree of these papers; the annotations of their links hold nothing."""

    def fill(writer: Writer, first: int) -> str:
        tree = Tree(writer, range(first, first + PAGES), language="en-GB", title="Pack")
        place = 0
        for number, parts in enumerate(papers):
            tree.begin(title=f"Paper {number}", language="cy" if number else "")
            for part in parts:
                tree.add(part, place, [writer.add("<<>>") for _ in part.links], ["Told" for _ in part.links])
                place += len(part.pages)
        return f"/StructTreeRoot {tree.finish()} 0 R"

    return written(fill, pages=PAGES)


def shape(element: Any) -> Any:
    """An element as (kind, kids), marked content as its number."""
    return str(element.S)[1:], [shape(kid) if hasattr(kid, "S") else kid for kid in element.K]


def table(first: int, last: int, *, opens: bool = True) -> Part:
    """Rows first to last of a table of one column; the first part has its head."""
    page = PageMaker()
    groups = []
    if opens:
        groups.append(Node("THead", [Node("TR", [Node("TH", [page.line("Head")], {"name": "h", "scope": "Column"})])]))
    rows: list[Any] = [
        Node("TR", [Node("TD", [page.line(f"Row {row}")], {"headers": ("h",)})]) for row in range(first, last)
    ]
    page.tops.append(Node("Table", [*groups, Node("TBody", rows)]))
    page.goes_on = not opens
    return page.part()


def with_end(part: Part) -> Part:
    """The part with a paragraph after its table."""
    return replace(part, elements=(*part.elements, Element("P", 0)), tops=(*part.tops, len(part.elements)))


def row(mcid: Any) -> Any:
    return "TR", [("TD", [mcid])]


HEAD = ("THead", [("TR", [("TH", [0])])])


def test_letter_and_papers_are_documents_under_the_packs_own() -> None:
    with tree_of([with_end(table(0, 1))], [table(0, 1)]) as pdf:
        top = pdf.Root.StructTreeRoot.K[0]
        assert (str(top.S), str(top.Lang), str(top.T)) == ("/Document", "en-GB", "Pack")
        assert [(str(each.T), str(each.get("/Lang", ""))) for each in top.K] == [("Paper 0", ""), ("Paper 1", "cy")]
        assert [shape(each)[1][0][0] for each in top.K] == ["Table", "Table"]
        assert all(each.P.objgen == top.objgen for each in top.K)


def test_a_table_over_three_parts_is_one_table_with_one_head_and_one_body() -> None:
    with tree_of([table(0, 2), table(2, 3, opens=False), with_end(table(3, 5, opens=False))]) as pdf:
        paper = pdf.Root.StructTreeRoot.K[0].K[0]
        assert [str(each.S) for each in paper.K] == ["/Table", "/P"]
        assert shape(paper.K[0]) == ("Table", [HEAD, ("TBody", [row(mcid) for mcid in (1, 2, 0, 0, 1)])])
        body = paper.K[0].K[1]
        assert all(each.P.objgen == body.objgen for each in body.K)
        assert [each.K[0].Pg.objgen for each in body.K] == [pdf.pages[place].obj.objgen for place in (0, 0, 1, 2, 2)]


def test_a_table_that_begins_where_one_ended_is_a_table_of_its_own() -> None:
    with tree_of([table(0, 1), table(1, 2, opens=False), replace(table(0, 1), goes_on=False)]) as pdf:
        paper = pdf.Root.StructTreeRoot.K[0].K[0]
        assert [len(shape(each)[1][1][1]) for each in paper.K] == [2, 1]


def test_rows_that_hang_in_the_table_itself_stay_there() -> None:
    def bare(goes_on: bool) -> Part:
        page = PageMaker()
        page.tops.append(Node("Table", [Node("TR", [Node("TD", [page.line("x")])])]))
        page.goes_on = goes_on
        return page.part()

    with tree_of([bare(False), bare(True)]) as pdf:
        assert shape(pdf.Root.StructTreeRoot.K[0].K[0].K[0]) == ("Table", [row(0), row(0)])


def test_content_of_a_table_itself_names_its_page_once_it_hangs_under_another_pages_table() -> None:
    def loose(goes_on: bool) -> Part:
        page = PageMaker()
        page.tops.append(Node("Table", [page.line("x")]))
        page.goes_on = goes_on
        return page.part()

    with tree_of([loose(False), loose(True)]) as pdf:
        kids = pdf.Root.StructTreeRoot.K[0].K[0].K[0].K
        assert int(kids[0]) == 0
        assert (int(kids[1].MCID), kids[1].Pg.objgen) == (0, pdf.pages[1].obj.objgen)
        rows = pdf.Root.StructTreeRoot.ParentTree.Nums
        assert rows[1][0].objgen == rows[3][0].objgen


def test_a_part_that_goes_on_with_nothing_is_a_fault() -> None:
    with pytest.raises(PackFault, match="goes on with a table that does not come before it"):
        tree_of([with_end(table(0, 1)), table(1, 2, opens=False)])
    with pytest.raises(PackFault, match="goes on with a table that does not come before it"):
        tree_of([table(0, 1)], [table(1, 2, opens=False)])


def test_the_parent_tree_names_for_every_page_what_holds_its_content_and_for_every_link_its_element() -> None:
    page = PageMaker()
    page.tops.append(Node("P", [page.line("see"), page.linked("there", "#x")]))
    with tree_of([table(0, 1), page.part()]) as pdf:
        root = pdf.Root.StructTreeRoot
        rows = {int(root.ParentTree.Nums[place]): root.ParentTree.Nums[place + 1] for place in (0, 2, 4)}
        paragraph = root.K[0].K[0].K[1]
        link = paragraph.K[1]
        assert [each.objgen for each in rows[1]] == [paragraph.objgen, link.objgen]
        assert rows[2].objgen == link.objgen
        assert (link.K[1].Type, link.K[1].Pg.objgen) == (Name.OBJR, pdf.pages[1].obj.objgen)
        assert int(root.ParentTreeNextKey) == 3


def test_content_on_a_later_page_of_a_part_names_that_page() -> None:
    first, second = PageMaker(), PageMaker()
    first.line("begins")
    second.line("ends")
    whole = replace(
        first.part(),
        pages=(first.part().pages[0], second.part().pages[0]),
        elements=(Element("P", 0, ((CONTENT, 0), content(1, 0))),),
        tops=(0,),
    )
    with tree_of([whole]) as pdf:
        kids = pdf.Root.StructTreeRoot.K[0].K[0].K[0].K
        assert int(kids[0]) == 0
        assert (int(kids[1].MCID), kids[1].Pg.objgen) == (0, pdf.pages[1].obj.objgen)


def test_attributes_tell_scope_headers_spans_boxes_words_and_language() -> None:
    page = PageMaker()
    cell = {"name": "c(1)", "scope": "Row", "headers": ("h", "g"), "colspan": 2, "rowspan": 3, "language": "cy"}
    page.tops.append(Node("TH", [page.line("x")], cell))
    page.tops.append(Node("Figure", [page.picture()], {"alternative": "Ein Bild: £1", "box": (1.0, 2.5, 3.0, 4.0)}))
    page.tops.append(Node("Table", [Node("TR")], {"colspan": 2, "box": (0.0, 0.0, 1.0, 1.0)}))
    with tree_of([page.part()]) as pdf:
        header, figure, both = pdf.Root.StructTreeRoot.K[0].K[0].K
        assert (bytes(header.ID), str(header.Lang), header.A.Scope) == (b"c(1)", "cy", Name.Row)
        assert [bytes(each) for each in header.A.Headers] == [b"h", b"g"]
        assert (int(header.A.ColSpan), int(header.A.RowSpan), header.A.O) == (2, 3, Name.Table)
        assert (str(figure.Alt), figure.A.O, [float(each) for each in figure.A.BBox]) == (
            "Ein Bild: £1",
            Name.Layout,
            [1, 2.5, 3, 4],
        )
        assert [each.O for each in both.A] == [Name.Table, Name.Layout]


def test_a_link_that_holds_no_text_is_read_by_its_description() -> None:
    page = PageMaker()
    linked = page.linked("x", "#x")
    page.tops.append(Node("P", [linked.kids[0], Node("Link", linked.kids[1:])]))
    page.tops.append(page.linked("y", "#y"))
    with tree_of([page.part()]) as pdf:
        paragraph, full = pdf.Root.StructTreeRoot.K[0].K[0].K
        assert str(paragraph.K[1].Alt) == "Told"
        assert Name.Alt not in full


def test_what_stands_for_text_and_how_a_list_is_numbered_is_told() -> None:
    page = PageMaker()
    page.tops.append(Node("Span", [page.line("x")], {"actual_text": "ﬁ", "expansion": "for instance"}))
    page.tops.append(Node("L", [page.line("x")], {"numbering": "Disc"}))
    with tree_of([page.part()]) as pdf:
        span, bullets = pdf.Root.StructTreeRoot.K[0].K[0].K
        assert (str(span.ActualText), str(span.E)) == ("ﬁ", "for instance")
        assert (bullets.A.ListNumbering, bullets.A.O) == (Name.Disc, Name.List)


def test_names_are_listed_in_order_with_their_elements() -> None:
    page = PageMaker()
    for name in ("b", "a", "c"):
        page.tops.append(Node("TH", [page.line(name)], {"name": name, "scope": "Row"}))
    with tree_of([page.part()]) as pdf:
        names = list(pdf.Root.StructTreeRoot.IDTree.Names)
        assert [str(each) for each in names[::2]] == ["a", "b", "c"]
        assert all(str(element.ID) == str(name) for name, element in zip(names[::2], names[1::2], strict=True))
