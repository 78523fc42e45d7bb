"""A Document is stored as canonical JSON and read back equal."""

import json
from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from torbay_reports.documents.blocks import (
    BrokenDocument,
    Column,
    Document,
    Figure,
    Heading,
    LineBreak,
    Paragraph,
    Remark,
    Table,
    Text,
    first_sentence,
    from_json,
    plain,
    to_json,
    words,
)


def example() -> Document:
    figure = Figure(text="£1.4m", ref="total", value=Decimal("1365.00"), unit="thousands")
    return Document(
        source="test",
        subject="one",
        title="A title",
        as_at=date(2017, 6, 30),
        blocks=(
            Heading(anchor="section-1", text="Purpose", level=2, number="1"),
            Paragraph(anchor="para-1.1", number="1.1", content=(Text(text="Over by "), figure), role="summary"),
        ),
    )


def test_what_is_stored_is_read_back_equal_and_stored_again_identical() -> None:
    stored = to_json(example())
    assert from_json(stored) == example()
    assert to_json(from_json(stored)) == stored


def test_decimals_keep_every_digit() -> None:
    paragraph = from_json(to_json(example())).blocks[1]
    assert isinstance(paragraph, Paragraph)
    figure = paragraph.content[1]
    assert isinstance(figure, Figure)
    assert str(figure.value) == "1365.00"
    assert plain(paragraph.content) == "Over by £1.4m"


@pytest.mark.parametrize("damage", [b"", b"{}", b'{"type":"document"}', b"[1]", to_json(example())[:-5]])
def test_what_is_no_document_is_refused(damage: bytes) -> None:
    with pytest.raises(BrokenDocument, match="not a stored Document"):
        from_json(damage)


def test_the_first_sentence_keeps_its_figures_and_stops_at_a_full_stop_not_in_a_number() -> None:
    figure = Figure(text="£1.4m", ref="total")
    prose = (Text(text="At 1.5 percent it is over by "), figure, Text(text=". That is much."))
    assert plain(first_sentence(prose)) == "At 1.5 percent it is over by £1.4m."
    assert first_sentence(prose)[1] == figure
    assert first_sentence((Text(text="One sentence."),)) == (Text(text="One sentence."),)
    assert first_sentence(()) == ()


def test_a_document_that_was_stored_before_pages_had_an_orientation_is_portrait() -> None:
    stored = json.loads(to_json(example()))
    del stored["orientation"], stored["blocks"][0]["is_band"]
    assert from_json(json.dumps(stored)) == example()
    assert example().orientation == "portrait"


def test_lines_and_remarks_in_a_cell_are_stored_and_read_as_words() -> None:
    content = (*words("COMPLETED"), LineBreak(), Remark(text="done"), Remark(text=" overdue", kind="mark"))
    document = replace(example(), orientation="landscape", blocks=(Paragraph(anchor="p", content=content),))
    assert from_json(to_json(document)) == document
    assert plain(content) == "COMPLETED\ndone overdue"


@pytest.mark.parametrize(("widths", "has_widths"), [((1, 2), True), ((1, 0), False), ((0, 0), False)])
def test_a_table_shares_out_the_line_only_where_every_column_has_a_width(
    widths: tuple[int, int], has_widths: bool
) -> None:
    columns = tuple(Column(key=f"c{n}", label="C", width=width) for n, width in enumerate(widths))
    assert Table(anchor="t", caption="T", columns=columns, rows=()).has_widths is has_widths
