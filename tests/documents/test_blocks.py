"""A Document is stored as canonical JSON and read back equal."""

from datetime import date
from decimal import Decimal

import pytest

from torbay_reports.documents.blocks import (
    BrokenDocument,
    Document,
    Figure,
    Heading,
    Paragraph,
    Text,
    first_sentence,
    from_json,
    plain,
    to_json,
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
