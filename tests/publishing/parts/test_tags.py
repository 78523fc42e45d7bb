"""Header cells get names that hold in any pack, and every data cell those of its own headers, over page ends too."""

from collections.abc import Sequence
from itertools import pairwise

import pytest

from torbay_reports.publishing.markup import HeadCell
from torbay_reports.publishing.parts.tags import (
    Node,
    head_names,
    join,
    name_headers,
    put_under,
    row_head_name,
    without_head,
)
from torbay_reports.publishing.parts.values import Link


def cell(kind: str, page: int = 0, *, rows: int = 1, columns: int = 1) -> Node:
    return Node(kind, page, rowspan=rows, colspan=columns)


def row(kinds: str, page: int = 0, *, first_spans: int = 1) -> Node:
    """A row of cells, each a letter: h(eader) or d(ata)."""
    cells = [cell({"h": "TH", "d": "TD"}[letter], page) for letter in kinds]
    cells[0].rowspan = first_spans
    return Node("TR", page, list(cells))


def table(rows: Sequence[Node], page: int = 0, *, heads: Sequence[Node] = ()) -> Node:
    groups = [Node("THead", page, list(heads))] if heads else []
    return Node("Table", page, [*groups, Node("TBody", page, list(rows))])


def body(of: Node) -> list[Node]:
    return [row for group in of.nodes if group.kind == "TBody" for row in group.nodes]


def headers(of: Node) -> list[list[list[str]]]:
    """For each row below the head its data cells' headers, each as what its name ends in: row and column."""
    return [
        [[name.partition("-")[2] for name in cell.headers] for cell in row.nodes if cell.kind == "TD"]
        for row in body(of)
    ]


def letter(*spans: int) -> Node:
    """The letter's table: items that span so many rows each."""
    rows = list[Node]()
    for span in spans:
        rows.append(row("hdd", first_spans=span))
        rows.extend(row("dd") for _ in range(span - 1))
    return table(rows, heads=[row("hhh")])


def cut(whole: Node, *ends: int) -> list[Node]:
    """The table as pages have it that end after so many rows, each with the head repeated."""
    rows = body(whole)
    places = [0, *ends, len(rows)]
    return [
        table(rows[start:end], page, heads=[row("hhh", page)]) for page, (start, end) in enumerate(pairwise(places))
    ]


def named(tables: Sequence[Node]) -> None:
    """Name the headers page by page."""
    first = 0
    for each in tables:
        first += name_headers(each, "letter", (), first)


def joined(tables: Sequence[Node], depth: int = 1) -> Node:
    left, *others = tables
    for right in others:
        join(left, right, depth)
    return left


def test_a_cell_stands_under_its_column_and_beside_its_row() -> None:
    budget = table([row("hdd"), row("hdd")], heads=[row("dhh")])
    assert name_headers(budget, "budget", ("harbours", "parks"), 0) == 2
    (first, second), (third, fourth) = headers(budget)
    assert [first[1], second[1]] == [third[1], fourth[1]] == ["h0-1", "h0-2"]
    assert first[0] == second[0] != third[0] == fourth[0]


def test_header_cells_say_what_they_head() -> None:
    budget = table([row("hd")], heads=[row("hh")])
    name_headers(budget, "budget", (), 0)
    assert [cell.scope for each in (budget.nodes[0].nodes[0], body(budget)[0]) for cell in each.nodes] == [
        "Column",
        "Column",
        "Row",
        "",
    ]


def test_a_group_heads_each_of_its_columns() -> None:
    group = Node("TR", 0, [cell("TD"), cell("TH", columns=2)])
    budget = table([row("hdd")], heads=[group, row("hhh")])
    name_headers(budget, "budget", (), 0)
    assert headers(budget) == [[["r0-0", "h0-1", "h1-1"], ["r0-0", "h0-1", "h1-2"]]]


def test_a_row_is_named_by_its_own_name_wherever_it_stands() -> None:
    alone, later = table([row("hd")]), table([row("hd"), row("hd")])
    name_headers(alone, "risks", ("risk-2",), 0)
    name_headers(later, "risks", ("risk-1", "risk-2"), 7)
    assert body(alone)[0].nodes[0].name == body(later)[1].nodes[0].name
    other = table([row("hd")])
    name_headers(other, "debts", ("risk-2",), 0)
    assert body(other)[0].nodes[0].name != body(alone)[0].nodes[0].name


def test_a_cell_heads_all_rows_that_it_spans() -> None:
    whole = letter(3, 1)
    named([whole])
    heads = [["h0-1"], ["h0-2"]]
    assert headers(whole) == [[[beside, *over] for over in heads] for beside in ("r0-0", "r0-0", "r0-0", "r3-0")]


@pytest.mark.parametrize("ends", [(1,), (2,), (3,), (4,), (5,), (2, 3), (1, 4), (1, 2, 3, 4, 5)])
@pytest.mark.parametrize("is_named_first", [True, False])
def test_it_heads_them_wherever_a_page_ends(ends: tuple[int, ...], is_named_first: bool) -> None:
    whole, broken = letter(1, 4, 1), cut(letter(1, 4, 1), *ends)
    named([whole])
    if is_named_first:
        named(broken)
        again = joined(broken)
    else:
        again = joined(broken)
        named([again])
    assert headers(again) == headers(whole)
    assert len(again.nodes) == 1 + len(broken)


def test_a_body_that_goes_on_is_one_body() -> None:
    whole, broken = letter(1, 4, 1), cut(letter(1, 4, 1), 2, 4)
    named([whole])
    named(broken)
    again = joined(broken, depth=2)
    assert [group.kind for group in again.nodes] == ["THead", "TBody"]
    assert headers(again) == headers(whole)


def test_the_rest_of_a_broken_row_keeps_the_headers_of_its_beginning() -> None:
    whole = letter(1, 4, 1)
    first, second = cut(letter(1, 4, 1), 3)
    # The row at the page's end is seen on both pages.
    second.nodes[-1].kids.insert(0, row("dd", 1))
    named([whole])
    name_headers(first, "letter", (), 0)
    name_headers(second, "letter", (), 2)
    join(first, second, 3)
    assert headers(first) == headers(whole)


def head_of(*rows: Sequence[HeadCell]) -> Node:
    """The same head as a node, an empty cell being no header."""
    return Node(
        "THead",
        0,
        [Node("TR", 0, [cell("TH" if each.label else "TD", columns=each.colspan) for each in line]) for line in rows],
    )


def test_a_row_set_without_its_head_stands_under_the_names_that_the_head_got_by_itself() -> None:
    groups = (HeadCell(""), HeadCell("Budget", colspan=2), HeadCell(""))
    columns = (HeadCell("Service"), HeadCell("In"), HeadCell("Out"), HeadCell(""))
    alone = Node("Table", 0, [head_of(groups, columns)])
    name_headers(alone, "budget", (), 0)
    together = Node("Table", 0, [head_of(groups, columns), Node("TBody", 0, [row("hddd")])])
    name_headers(together, "budget", ("harbours",), 0)
    without = table([row("hddd")])
    name_headers(without, "budget", ("harbours",), 0)
    names = head_names((groups, columns), "budget")
    put_under(body(without)[0], names)
    assert headers(without) == headers(together)
    assert [len(each) for each in names] == [1, 2, 2, 0]
    assert {each.name for line in alone.nodes[0].nodes for each in line.nodes if each.name} == {
        name for each in names for name in each
    }


def test_the_head_of_a_row_has_the_name_that_it_gets_in_any_table() -> None:
    rows = table([row("hd"), row("hd")])
    name_headers(rows, "budget", ("harbours", "parks"), 4)
    heads = [line.nodes[0].name for line in body(rows)]
    assert heads == [row_head_name("budget", "harbours"), row_head_name("budget", "parks")]


def test_a_row_that_was_set_with_another_number_of_cells_is_an_error() -> None:
    with pytest.raises(ValueError, match="longer"):
        put_under(row("hd"), head_names(((HeadCell("A"), HeadCell("B"), HeadCell("C")),), "t"))


def test_a_repeated_head_is_taken_out_with_all_in_it() -> None:
    whole = letter(2, 1)
    assert [each.kind for each in without_head(whole).nodes] == ["TBody"]
    assert len(body(whole)) == 3


@pytest.mark.parametrize("before", [[], [row("dd")]])
def test_a_head_that_first_stands_on_a_later_page_heads_the_table(before: list[Node]) -> None:
    left = Node(
        "Table",
        0,
        [Node("Caption", 0), *([Node("TBody", 0, list[Node | tuple[int, int] | Link](before))] if before else [])],
    )
    right = table([row("dd", 1)], 1, heads=[row("hh", 1)])
    name_headers(right, "t", [""], len(before))
    join(left, right, 2 if before else 1)
    assert [kid.kind for kid in left.nodes] == ["Caption", "THead", "TBody"]
    assert len(body(left)) == len(before) + 1
    assert headers(left)[-1] == [["h0-0"], ["h0-1"]]
