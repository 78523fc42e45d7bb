"""Each check of a part is shown to fail on a part that was spoilt on purpose."""

import zlib
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from tests.publishing import packs
from tests.publishing.joining import making
from torbay_reports.publishing import checks
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.parts.values import CONTENT, ELEMENT, Element, Link, Part, content


def sound() -> list[Part]:
    """The report, its long table over several pages."""
    papers, _ = making.made(packs.plan())
    return list(papers[0].parts)


def rewrite(part: Part, old: bytes, new: bytes) -> Part:
    page = part.pages[0]
    source = zlib.decompress(page.content)
    assert old in source
    return replace(part, pages=(replace(page, content=zlib.compress(source.replace(old, new, 1))),))


def with_element(part: Part, kind: str, change: Callable[[Element], Element]) -> Part:
    elements = list(part.elements)
    place = next(place for place, element in enumerate(elements) if element.kind == kind)
    elements[place] = change(elements[place])
    return replace(part, elements=tuple(elements))


FAULTS: list[tuple[str, Callable[[Part], Part], str]] = [
    ("no page", lambda part: replace(part, pages=()), "has no page"),
    (
        "a crooked page",
        lambda part: replace(part, pages=(replace(part.pages[0], rotate=45),)),
        "turned by 45 degrees",
    ),
    (
        "a place beyond the end",
        lambda part: replace(part, destinations={"x": (1, 0.0, 0.0)}),
        "names a place on a page that it does not have",
    ),
    (
        "a strange type",
        lambda part: replace(part, fonts=(replace(part.fonts[0], face="900"), part.fonts[1])),
        "not bring",
    ),
    (
        "a glyph without meaning",
        lambda part: replace(part, fonts=(replace(part.fonts[0], glyphs=()), part.fonts[1])),
        "page 1 of the report has characters that cannot be read out",
    ),
    (
        "a glyph whose meaning is unknown",
        lambda part: replace(
            part,
            fonts=(
                replace(part.fonts[0], glyphs=tuple((glyph, "\ufffd") for glyph, _ in part.fonts[0].glyphs)),
                part.fonts[1],
            ),
        ),
        "cannot be read out",
    ),
    (
        "a type that the page does not name",
        lambda part: replace(part, pages=(replace(part.pages[0], fonts={"400-normal": 0}),)),
        "is set in a type that it does not name",
    ),
    ("text outside marks", lambda part: rewrite(part, b"/Span <</MCID 3>> BDC", b"/Span BMC"), "outside the tag tree"),
    ("drawing outside marks", lambda part: rewrite(part, b"/Artifact BMC", b"/Span BMC"), "outside the tag tree"),
    ("a mark left open", lambda part: rewrite(part, b"EMC\n", b""), "unevenly"),
    ("a mark closed twice", lambda part: rewrite(part, b"EMC\n", b"EMC\nEMC\n"), "unevenly"),
    ("a state left open", lambda part: rewrite(part, b"\nQ", b"\n"), "unevenly"),
    ("a mark twice", lambda part: rewrite(part, b"/MCID 3", b"/MCID 2"), "text that the tag tree does not hold"),
    (
        "a mark without element",
        lambda part: replace(part, pages=(replace(part.pages[0], owners=(-1, *part.pages[0].owners[1:])),)),
        "page 1 of the report has text that the tag tree does not hold",
    ),
    (
        "bytes that are no content",
        lambda part: replace(part, pages=(replace(part.pages[0], content=b"x"),)),
        "cannot be unpacked",
    ),
    (
        "content held twice",
        lambda part: with_element(part, "P", lambda element: replace(element, kids=element.kids * 2)),
        "one piece of text twice",
    ),
    ("an element on no tree", lambda part: replace(part, tops=part.tops[1:]), "hangs in the tag tree twice or not"),
    (
        "an element within itself",
        lambda part: replace(
            part,
            elements=(*part.elements, Element("P", 0, ((ELEMENT, len(part.elements)),))),
        ),
        "hangs in the tag tree twice or not",
    ),
    (
        "a picture without words",
        lambda part: with_element(part, "Figure", lambda element: replace(element, alternative=" ")),
        "picture on page 1 of the report has no words",
    ),
    (
        "a header without scope",
        lambda part: with_element(part, "TH", lambda element: replace(element, scope="")),
        "does not say what it heads",
    ),
    (
        "a header that is not there",
        lambda part: with_element(part, "TD", lambda element: replace(element, headers=("nobody",))),
        "names a header that its table does not have",
    ),
    (
        "a name that stands twice",
        lambda part: with_element(part, "H1", lambda element: replace(element, name=part_name(part))),
        "stands twice",
    ),
    (
        "a link that nothing holds",
        lambda part: replace(part, links=(*part.links, Link(0, (0, 0, 1, 1), "#x"))),
        "is not held once by the tag tree",
    ),
    (
        "a link to a file",
        lambda part: replace(part, links=tuple(replace(link, target="file:///etc/passwd") for link in part.links)),
        "leads to “file:///etc/passwd”",
    ),
    ("a paragraph that goes on", lambda part: replace(part, goes_on=True), "does not begin with one"),
]


def part_name(part: Part) -> str:
    return next(element.name for element in part.elements if element.name)


@pytest.mark.parametrize(("spoil", "sentence"), [each[1:] for each in FAULTS], ids=[name for name, *_ in FAULTS])
def test_a_spoilt_part_is_caught(spoil: Callable[[Part], Part], sentence: str) -> None:
    with pytest.raises(PackFault, match=f"(?i){sentence}"):
        checks.check_part(spoil(sound()[0]), "the report")


def test_sound_parts_pass_though_a_table_goes_on_in_the_next() -> None:
    parts = sound()
    assert [part.goes_on for part in parts] == [False, True, True]
    for part in parts:
        checks.check_part(part, "the report")


def test_a_table_that_goes_on_may_not_bring_its_head_again() -> None:
    going_on = with_element(sound()[1], "TBody", lambda element: replace(element, kind="THead"))
    with pytest.raises(PackFault, match="tags its head a second time"):
        checks.check_part(going_on, "the report")


def test_content_on_a_later_page_than_its_element_is_counted_there() -> None:
    first, second = making.sheet_of_words(["begins"]).part(), making.sheet_of_words(["ends"]).part()
    whole = replace(
        first,
        pages=(first.pages[0], second.pages[0]),
        elements=(Element("P", 0, ((CONTENT, 0), content(1, 0))),),
        fonts=tuple(
            replace(font, glyphs=tuple(sorted({*font.glyphs, *other.glyphs})))
            for font, other in zip(first.fonts, second.fonts, strict=True)
        ),
    )
    checks.check_part(whole, "a paragraph")


def test_what_a_person_may_let_pass_is_no_fault_of_a_brought_parts_structure() -> None:
    page = making.PageMaker()
    page.tops.append(making.Node("TH", [page.line("Brought")]))
    page.tops.append(making.Node("Figure", [page.picture()]))
    checks.check_structure(page.part(), "a brought PDF")
