"""Elements are written with all that their part says of them, keys in the order of the alphabet."""

import pytest

from torbay_reports.publishing.joining.elements import ElementWriting, PartAt
from torbay_reports.publishing.parts.values import CONTENT, ELEMENT, LINK, Element, Part, content

PART = Part(pages=(), elements=(), tops=(), destinations={})
AT = PartAt(PART, numbers=(50, 51, 52), pages=(10, 11), annotations=(90,), descriptions=("Page 3",))


def test_keys_stand_in_the_order_of_the_alphabet() -> None:
    element = Element(
        "TH",
        0,
        name="n",
        scope="Row",
        language="cy",
        actual_text="x",
        expansion="y",
        box=(0, 0, 1, 1),
        numbering="Disc",
    )
    before, after = ElementWriting().around_kids(element, "words", 7, 10)
    assert before == (
        "/A[<</O/Table/Scope/Row>><</ListNumbering/Disc/O/List>><</BBox[0 0 1 1]/O/Layout>>]"
        "/ActualText(x)/Alt(words)/E(y)/ID(n)"
    )
    assert after == "/Lang(cy)/P 7 0 R/Pg 10 0 R/S/TH/Type/StructElem"


def test_a_plain_element_says_no_more_than_where_it_stands() -> None:
    assert ElementWriting().around_kids(Element("P", 0), "", 7, 10) == ("", "/P 7 0 R/Pg 10 0 R/S/P/Type/StructElem")


def test_spans_and_headers_of_a_cell_stand_together() -> None:
    cell = Element("TD", 0, headers=("a", "b(1)"), colspan=2, rowspan=3)
    before, _ = ElementWriting().around_kids(cell, "", 7, 10)
    assert before == "/A<</ColSpan 2/Headers[(a)<62283129>]/O/Table/RowSpan 3>>"


@pytest.mark.parametrize(
    ("kid", "written"),
    [
        ((ELEMENT, 1), "51 0 R"),
        ((CONTENT, 4), "4"),
        (content(0, 4), "<</MCID 4/Pg 10 0 R/Type/MCR>>"),
        (content(1, 4), "<</MCID 4/Pg 11 0 R/Type/MCR>>"),
        ((LINK, 0), "<</Obj 90 0 R/Pg 10 0 R/Type/OBJR>>"),
    ],
)
def test_each_kind_of_kid_is_written_its_own_way(kid: tuple[int, int], written: str) -> None:
    assert AT.kids(Element("P", 0, (kid,)), holder=10) == [written]


def test_content_under_an_element_of_another_page_names_its_own() -> None:
    assert AT.kids(Element("P", 0, ((CONTENT, 4),)), holder=11) == ["<</MCID 4/Pg 10 0 R/Type/MCR>>"]


def test_elements_that_were_merged_are_left_out() -> None:
    assert AT.kids(Element("Table", 0, ((ELEMENT, 1), (ELEMENT, 2))), holder=10, without={1}) == ["52 0 R"]


def test_a_link_without_text_is_read_by_its_description_unless_it_has_words() -> None:
    assert AT.words(Element("Link", 0, ((LINK, 0),))) == "Page 3"
    assert AT.words(Element("Link", 0, ((CONTENT, 1), (LINK, 0)))) == ""
    assert AT.words(Element("Link", 0, ((LINK, 0),), alternative="Own")) == "Own"
    assert AT.words(Element("P", 0)) == ""
