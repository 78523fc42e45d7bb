from random import Random

import pytest

from tests.publishing.parts.papers import sentence
from torbay_reports.documents.blocks import Cell, Column, Row, Table, words
from torbay_reports.publishing.parts.widths import BRIEF, FEW, with_widths

COLUMNS = (Column("name", "Name"), Column("story", "Story"), Column("sum", "Sum", unit="£000s", numeric=True))


def table(rows: int, columns: tuple[Column, ...] = COLUMNS) -> Table:
    random = Random(rows)
    cells = [(f"Line {n}", sentence(random, 40), f"{n * 1_000_003:,}") for n in range(rows)]
    found = (Row(f"r{n}", tuple(Cell(words(each)) for each in row)) for n, row in enumerate(cells))
    return Table("t", "Lines", columns, tuple(found))


def test_a_short_table_keeps_the_widths_that_its_content_gives() -> None:
    assert with_widths(table(FEW), is_landscape=False) == table(FEW)


def test_a_long_table_that_names_its_widths_keeps_them() -> None:
    columns = tuple(Column(name, name, width=width) for name, width in (("a", 1), ("b", 2), ("c", 3)))
    assert with_widths(table(FEW + 1, columns), is_landscape=False).columns == columns


@pytest.mark.parametrize("is_landscape", [False, True])
def test_the_longest_words_share_out_what_figures_leave(is_landscape: bool) -> None:
    found = with_widths(table(200), is_landscape=is_landscape)
    name, story, figure = (column.width for column in found.columns)
    assert found.has_widths
    assert found.rows == table(200).rows
    assert story > 2 * figure
    # "199,000,597" and a gap, of what a line holds; "Line 199" needs less.
    assert figure == 100 * len("199,000,597  ")
    assert 0 < name < figure


def test_a_table_with_a_long_row_has_widths() -> None:
    short = table(2)
    long = Row("long", (*short.rows[0].cells[:1], Cell(words("word " * (BRIEF // 5))), short.rows[0].cells[2]))
    assert with_widths(Table("t", "Lines", COLUMNS, (short.rows[0], long)), is_landscape=False).has_widths
    assert not with_widths(short, is_landscape=False).has_widths


def test_columns_without_a_word_have_a_width() -> None:
    bare = (Column("a", ""), Column("b", "", numeric=True))
    rows = tuple(Row(f"r{n}", (Cell(()), Cell(()))) for n in range(FEW + 1))
    assert with_widths(Table("t", "Empty", bare, rows), is_landscape=False).has_widths


def test_widths_depend_on_the_longest_cells_alone() -> None:
    before = with_widths(table(200), is_landscape=False)
    other = table(200)
    cells = (*other.rows[3].cells[:2], Cell(words("7")))
    changed = Table("t", "Lines", COLUMNS, (*other.rows[:3], Row("r3", cells), *other.rows[4:]))
    assert with_widths(changed, is_landscape=False).columns == before.columns
