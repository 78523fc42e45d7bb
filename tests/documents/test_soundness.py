"""A Document whose links would lead nowhere, or to either of two places, is found out, with the place and the cure."""

import pytest
from msgspec.structs import replace

from torbay_reports.documents.blocks import (
    Block,
    BulletList,
    CallOut,
    Cell,
    Chart,
    Column,
    Document,
    Facts,
    Heading,
    Paragraph,
    Prose,
    Row,
    Table,
    Text,
    WebLink,
    words,
)
from torbay_reports.documents.soundness import fault, is_address

COLUMNS = (Column("what", "What"), Column("sum", "Sum"))


def of(*blocks: Block) -> str:
    """What stands against a paper of these blocks."""
    return fault(Document("test", "one", "A title", blocks), "The budget")


def row(anchor: str, name: str = "Harbours", content: Prose = ()) -> Row:
    return Row(anchor, (Cell(words(name)), Cell(content or words("£5m"))))


def table(anchor: str, *rows: Row, caption: str = "Sums by service") -> Table:
    return Table(anchor, caption, COLUMNS, rows)


def chart(anchor: str, own: Table, sentence: Prose = ()) -> Chart:
    return Chart(anchor, "Who is over", sentence or words("Harbours is over."), "{}", own)


def link(address: str) -> Prose:
    return Text("See "), WebLink("the plan", address)


def test_a_paper_whose_places_have_names_of_their_own_is_sound() -> None:
    assert of(Heading("h", "One", 2), table("t", row("a"), row("b")), chart("c", table("d", row("e")))) == ""


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        (Heading("x", "One", 2), Heading("x", "Two", 2), "the heading “One” and the heading “Two”"),
        (
            Paragraph("x", words("It has cost more than was said before.")),
            CallOut("x", words("Late news.")),
            "the paragraph “It has cost more than was…” and the paragraph “Late news.”",
        ),
        (
            BulletList("x", (words("the first;"), words("the second."))),
            Facts("x", "About it", ()),
            "the list “the first; the second.” and the table “About it”",
        ),
        (
            table("x", row("a")),
            chart("x", table("d", row("e"))),
            "the table “Sums by service” and the chart “Who is over”",
        ),
        (
            table("t", row("x")),
            table("u", row("y"), row("x", "Parks"), caption="Sums by year"),
            "the row “Harbours £5m” of the table “Sums by service” and the row “Parks £5m” of the table “Sums by year”",
        ),
        (
            Heading("x", "One", 2),
            chart("c", table("d", row("x"))),
            "the heading “One” and the row “Harbours £5m” of the table “Sums by service”",
        ),
        (Heading("x", "One", 2), chart("c", table("x")), "the heading “One” and the table “Sums by service”"),
    ],
)
def test_a_name_that_two_places_share_is_told_with_both(one: Block, other: Block, told: str) -> None:
    assert of(one, other) == f"The paper “The budget” has two places named “x”: {told}. Give one of them another name."


@pytest.mark.parametrize(
    "block",
    [
        Paragraph("p", link("")),
        CallOut("p", link("")),
        BulletList("p", (words("first;"), link(""))),
        table("p", row("a"), row("b", content=link(""))),
        chart("p", table("d"), link("")),
        chart("p", table("d", row("a", content=link("")))),
    ],
)
def test_a_link_without_an_address_is_found_wherever_it_stands(block: Block) -> None:
    assert of(block) == (
        "In the paper “The budget” the words “the plan” link to “”: give an address that begins with https://, http:// "
        "or mailto:."
    )


def test_the_first_fault_is_told() -> None:
    document = Document("test", "one", "A title", (Paragraph("p", link("x")), Paragraph("q", link("y"))))
    assert "link to “x”" in fault(document, "P")
    assert "link to “y”" in fault(replace(document, blocks=document.blocks[1:]), "P")


@pytest.mark.parametrize(
    "address",
    [
        "https://council.invalid",
        "http://council.invalid:8080/a plan.pdf?q=ü#x",
        "HTTP://X/",
        "Mailto:clerk@council.invalid",
        "http://[::1]/",
    ],
)
def test_pages_of_the_web_and_mail_may_be_linked(address: str) -> None:
    assert is_address(address)


@pytest.mark.parametrize(
    "address",
    [
        *("", " ", "https://", "http:///x", "http:x", "mailto:", "http://[::1", "www.council.invalid", "/plan", "#p"),
        *("pack:item-5", "file:///etc/passwd", "ftp://x/y", "javascript:alert(1)", "data:text/html,x"),
    ],
)
def test_nothing_else_may_be_linked(address: str) -> None:
    assert not is_address(address)
