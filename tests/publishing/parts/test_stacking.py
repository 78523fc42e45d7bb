"""Strips are stacked to pages that are tagged, marked and named as if they had been set in one piece."""

import re
import zlib
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from random import Random

import pytest
from msgspec.structs import replace

from tests.publishing import packs
from tests.publishing.parts import papers
from tests.publishing.parts.fake_setters import FakeSetters, made, refused
from torbay_reports.documents.blocks import Document, Heading, Paragraph, ParagraphLink, Table, WebLink, words
from torbay_reports.publishing.checks.parts import check_part
from torbay_reports.publishing.frames import LANDSCAPE, PORTRAIT
from torbay_reports.publishing.parts import setting
from torbay_reports.publishing.parts.graphics import Entries
from torbay_reports.publishing.parts.making import Making
from torbay_reports.publishing.parts.pieces import break_order_from
from torbay_reports.publishing.parts.stacking import Stacked, StackedPage, stack
from torbay_reports.publishing.parts.store import MemoryStore
from torbay_reports.publishing.parts.values import (
    CONTENT,
    ELEMENT,
    LINK,
    Element,
    Font,
    Link,
    Part,
    PartPage,
    Raw,
    Room,
    Strip,
    content,
    content_page,
    kid_kind,
    to_bytes,
)

TOP = 765.354
"""Where what pieces fill begins on an upright page, in points from its foot."""


def strip(
    *elements: Element,
    content: bytes = b"/P <</MCID 0>> BDC\nBT\n/F 10 Tf\n<0001> Tj\nET\nEMC",
    height: float = 100.0,
    owners: Sequence[int] | None = None,
    fonts: Sequence[Font] = (Font("400-normal", ((1, "a"),)),),
    named: dict[str, int] | None = None,
    entries: Entries | None = None,
    objects: tuple[Raw, ...] = (),
    links: tuple[Link, ...] = (),
    places: dict[str, tuple[int, float, float]] | None = None,
    goes_on: bool = False,
    pages: int = 1,
) -> Strip:
    """A strip of one content on every page, held by its last element."""
    page = PartPage(
        width=595.276,
        height=height,
        content=zlib.compress(b"q\n" + content + b"\nQ"),
        fonts={"F": 0} if named is None else named,
        owners=tuple(owners) if owners is not None else (len(elements) - 1,) if elements else (),
    )
    part = Part(
        pages=(page,) * pages,
        elements=elements,
        tops=(0,) if elements else (),
        destinations=places or {},
        links=links,
        fonts=tuple(fonts),
        objects=objects,
        goes_on=goes_on,
    )
    return Strip(Room((height,) * pages), part, (entries or {},) * pages)


HELD = ((CONTENT, 0),)


def text(name: str = "", **others: object) -> Strip:
    """A paragraph."""
    return strip(Element("P", 0, HELD, name), **others)  # type: ignore[arg-type]


def under(*kinds: str, name: str, headers: tuple[str, ...] = ()) -> tuple[Element, ...]:
    """Elements one under the other, of which the last holds content."""
    *outer, last = kinds
    scope = "Column" if last == "TH" else ""
    chain = [Element(kind, 0, ((ELEMENT, place + 1),)) for place, kind in enumerate(outer)]
    return (*chain, Element(last, 0, HELD, name, scope, headers))


def head(name: str) -> Strip:
    return strip(*under("Table", "THead", "TR", "TH", name=name))


def row(name: str, headed_by: str) -> Strip:
    return strip(*under("Table", "TBody", "TR", "TD", name=name, headers=(headed_by,)), goes_on=True)


AGAIN = strip(content=b"/Artifact\nBMC\nBT\n/F 10 Tf\n<0001> Tj\nET\nEMC")


def stacked(*pages: Sequence[Strip | tuple[Strip, int]], going_on: Sequence[str] = ()) -> Part:
    """The strips on their pages, 100 points each, or a strip's fragment of that number."""
    numbers: dict[int, int] = {}
    found = []
    count = 0
    for place, page in enumerate(pages):
        on = []
        for line, each in enumerate(page):
            whole, fragment = each if isinstance(each, tuple) else (each, 0)
            if not isinstance(each, tuple) or id(whole) not in numbers:
                numbers[id(whole)] = count
                count += 1
            on.append(Stacked(whole, fragment, 100.0 * line, numbers[id(whole)]))
        found.append(StackedPage(tuple(on), going_on[place] if going_on else ""))
    return stack(found, PORTRAIT)


def tree(part: Part, tops: Sequence[int] | None = None) -> list[object]:
    """The tags of a part: kinds and names, what hangs under them in a list behind."""
    found: list[object] = []
    for top in part.tops if tops is None else tops:
        element = part.elements[top]
        found.append(f"{element.kind} {element.name}".strip())
        inner = tree(part, [number for kind, number in element.kids if kind == ELEMENT])
        if inner:
            found.append(inner)
    return found


def painted(part: Part, page: int = 0) -> bytes:
    return zlib.decompress(part.pages[page].content)


def marks(part: Part, page: int = 0) -> list[int]:
    return [int(found) for found in re.findall(rb"/MCID (\d+)", painted(part, page))]


def sound(part: Part) -> Part:
    check_part(part)
    return part


def test_pages_are_as_large_as_the_papers() -> None:
    upright, lying = (stack([StackedPage((Stacked(text(), 0, 0.0, 0),))], frame) for frame in (PORTRAIT, LANDSCAPE))
    assert [(page.width, page.height) for page in (*upright.pages, *lying.pages)] == [
        (595.276, 841.89),
        (841.89, 595.276),
    ]


def test_a_strip_stands_as_far_below_the_top_as_it_is_told() -> None:
    moves = [f"1 0 0 1 0 {TOP - 100 - 100 * line:.3f} cm".encode() for line in range(2)]
    content = painted(stacked([text(), text()]))
    assert re.findall(rb"1 0 0 1 0 \S+ cm", content) == moves
    assert content.count(b"\nQ\nQ\n") == 2


def test_marked_content_is_numbered_anew_and_belongs_to_its_element() -> None:
    two = strip(
        Element("P", 0, ((ELEMENT, 1), (CONTENT, 1)), "outer"),
        Element("Span", 0, HELD, "inner"),
        content=b"/S <</MCID 0>> BDC\nEMC\n/P <</MCID 1>> BDC\nEMC",
        owners=(1, 0),
    )
    part = sound(stacked([text("first"), two, AGAIN, text("last")]))
    assert marks(part) == [0, 1, 2, 3]
    assert [part.elements[owner].name for owner in part.pages[0].owners] == ["first", "inner", "outer", "last"]


def test_marks_are_numbered_on_each_page_for_itself() -> None:
    part = sound(stacked([text(), text()], [text(), text()]))
    assert [marks(part, page) for page in range(2)] == [[0, 1], [0, 1]]
    assert [part.elements[top].page for top in part.tops] == [0, 0, 1, 1]


def test_rows_hang_in_one_body_below_their_tables_head() -> None:
    part = sound(stacked([text("p"), head("h"), row("a", "h"), row("b", "h"), text("q")]))
    body = ["TBody", ["TR", ["TD a"], "TR", ["TD b"]]]
    assert tree(part) == ["P p", "Table", ["THead", ["TR", ["TH h"]], *body], "P q"]
    assert not part.goes_on


def test_rows_on_a_later_page_of_a_part_hang_in_the_same_table_whose_head_is_not_read_again() -> None:
    part = sound(stacked([head("h"), row("a", "h")], [AGAIN, row("b", "h")], going_on=["", "Continued: Steps"]))
    assert tree(part) == ["Table", ["THead", ["TR", ["TH h"]], "TBody", ["TR", ["TD a"], "TR", ["TD b"]]]]
    assert [each.page for each in part.elements if each.kind == "TD"] == [0, 1]
    assert [page.going_on for page in part.pages] == ["", "Continued: Steps"]


def test_each_table_has_its_own_rows() -> None:
    part = sound(stacked([head("h"), row("a", "h"), head("i"), row("b", "i"), row("c", "i")]))
    first = ["THead", ["TR", ["TH h"]], "TBody", ["TR", ["TD a"]]]
    second = ["THead", ["TR", ["TH i"]], "TBody", ["TR", ["TD b"], "TR", ["TD c"]]]
    assert tree(part) == ["Table", first, "Table", second]


def test_a_part_that_begins_with_a_row_goes_on_with_the_table_of_the_part_before() -> None:
    part = sound(stacked([AGAIN, row("a", "elsewhere"), row("b", "elsewhere"), text("p")]))
    assert tree(part) == ["Table", ["TBody", ["TR", ["TD a"], "TR", ["TD b"]]], "P p"]
    assert part.goes_on


def test_a_part_that_begins_with_a_tables_head_does_not_go_on() -> None:
    assert not stacked([head("h"), row("a", "h")]).goes_on


def test_a_row_below_something_else_than_its_table_is_an_error() -> None:
    with pytest.raises(RuntimeError, match="no table is open"):
        stacked([head("h"), text("p"), row("a", "h")])


def test_what_is_broken_over_pages_is_one_element_with_content_on_each() -> None:
    spread = strip(Element("P", 0, (*HELD, content(1, 0)), "spread"), pages=2)
    part = sound(stacked([text("a"), (spread, 0)], [(spread, 1), text("b")]))
    assert tree(part) == ["P a", "P spread", "P b"]
    element = part.elements[1]
    assert (element.page, element.kids) == (0, ((CONTENT, 1), content(1, 0)))
    assert [page.owners for page in part.pages] == [(0, 1), (1, 2)]


def test_content_on_a_later_page_is_numbered_after_what_stands_above_it_there() -> None:
    spread = strip(Element("P", 0, (*HELD, content(1, 0)), "spread"), pages=2)
    part = sound(stacked([(spread, 0)], [text("a"), (spread, 1)]))
    assert part.elements[0].kids == ((CONTENT, 0), content(1, 1))


def test_a_row_broken_over_pages_is_one_row() -> None:
    elements = under("Table", "TBody", "TR", "TD", name="high", headers=("h",))
    high = strip(*elements[:-1], replace(elements[-1], kids=(*HELD, content(1, 0))), pages=2, goes_on=True)
    part = sound(stacked([head("h"), row("a", "h"), (high, 0)], [AGAIN, (high, 1), row("b", "h")]))
    assert tree(part) == [
        "Table",
        ["THead", ["TR", ["TH h"]], "TBody", ["TR", ["TD a"], "TR", ["TD high"], "TR", ["TD b"]]],
    ]
    [cell] = [each for each in part.elements if each.name == "high"]
    assert cell.kids == ((CONTENT, 2), content(1, 0))


def test_an_element_on_a_later_page_of_a_broken_strip_stands_on_that_page() -> None:
    points = strip(
        Element("L", 0, ((ELEMENT, 1), (ELEMENT, 2))),
        Element("LI", 0, HELD, "first"),
        Element("LI", 1, HELD, "second"),
        pages=2,
    )
    pages = tuple(replace(page, owners=(owner,)) for page, owner in zip(points.part.pages, (1, 2), strict=True))
    points = replace(points, part=replace(points.part, pages=pages))
    part = sound(stacked([text("a"), (points, 0)], [(points, 1), text("b")]))
    assert [(each.name, each.page, each.kids) for each in part.elements if each.kind == "LI"] == [
        ("first", 0, ((CONTENT, 1),)),
        ("second", 1, ((CONTENT, 0),)),
    ]


def test_a_page_says_what_goes_on_also_where_a_table_in_one_piece_is_broken() -> None:
    whole = strip(*under("Table", "TBody", "TR", "TD", name="a"), pages=2)
    first, second = whole.part.pages
    cell = replace(whole.part.elements[-1], kids=(*HELD, content(1, 0)))
    second = replace(second, going_on="Continued: Risks")
    elements = (*whole.part.elements[:-1], cell)
    broken = replace(whole, part=replace(whole.part, pages=(first, second), elements=elements))
    part = sound(stacked([(broken, 0)], [(broken, 1)]))
    assert [page.going_on for page in part.pages] == ["", "Continued: Risks"]


def test_links_places_and_boxes_move_with_their_strip() -> None:
    link = Link(0, (10.0, 20.0, 30.0, 40.0), "https://council.invalid/")
    figure = strip(
        Element("Figure", 0, (*HELD, (LINK, 0)), "f", alternative="A chart", box=(1.0, 2.0, 3.0, 4.0)),
        links=(link,),
        places={"chart": (0, 5.0, 90.0)},
    )
    paragraph = strip(Element("P", 0, (*HELD, (LINK, 0))), links=(replace(link, target="#chart"),))
    part = sound(stacked([paragraph], [text(), figure]))
    up = TOP - 200
    area = (10.0, round(20 + up, 3), 30.0, round(40 + up, 3))
    assert part.links[1] == Link(1, area, "https://council.invalid/")
    assert (part.links[0].page, part.links[0].target) == (0, "#chart")
    assert part.destinations == {"chart": (1, 5.0, round(90 + up, 3))}
    [element] = [each for each in part.elements if each.kind == "Figure"]
    assert element.box == (1.0, round(2 + up, 3), 3.0, round(4 + up, 3))
    assert [kid for kid in element.kids if kid[0] == LINK] == [(LINK, 1)]


def test_a_type_is_named_once_with_the_glyphs_of_all_strips() -> None:
    other = text(fonts=(Font("400-normal", ((1, "a"), (2, "b"))),))
    bold = text(fonts=(Font("700-normal", ((1, "A"),)),))
    part = sound(stacked([text(), other, bold]))
    assert part.fonts == (Font("400-normal", ((1, "a"), (2, "b"))), Font("700-normal", ((1, "A"),)))
    assert len(part.pages[0].fonts) == 2


def test_of_two_texts_for_a_glyph_the_same_is_told_whichever_comes_first() -> None:
    one, other = (text(fonts=(Font("400-normal", ((1, told),)),)) for told in ("fi", "ﬁ"))
    assert stacked([one, other]).fonts == stacked([other, one]).fonts == (Font("400-normal", ((1, "ﬁ"),)),)


def used_fonts(part: Part, page: int = 0) -> list[Font]:
    """The fonts of a page in the order in which it sets text in them."""
    fonts = part.pages[page].fonts
    return [part.fonts[fonts[name.decode()]] for name in re.findall(rb"/(\w+) \S+ Tf", painted(part, page))]


def test_one_name_for_two_fonts_is_told_apart() -> None:
    bold = Font("700-normal", ((1, "A"),))
    both = text(
        content=b"/P <</MCID 0>> BDC\nBT\n/F 10 Tf\n<0001> Tj\n/G 9.5 Tf\n<0001> Tj\nET\nEMC",
        fonts=(bold, Font("600-normal", ((1, "i"),))),
        named={"F": 0, "G": 1},
    )
    part = sound(stacked([text(), both, text(), both]))
    assert [font.face for font in used_fonts(part)] == [
        *("400-normal", "700-normal", "600-normal"),
        *("400-normal", "700-normal", "600-normal"),
    ]


def test_names_that_two_strips_have_crosswise_stay_with_their_fonts() -> None:
    told = b"/P <</MCID 0>> BDC\nBT\n/F 10 Tf\n<0001> Tj\n/G 10 Tf\n<0001> Tj\nET\nEMC"
    fonts = (Font("400-normal", ((1, "a"),)), Font("700-normal", ((1, "A"),)))
    straight, crosswise = (
        text(content=told, fonts=fonts, named=named) for named in ({"F": 0, "G": 1}, {"F": 1, "G": 0})
    )
    part = sound(stacked([straight, crosswise, straight]))
    weights = [font.face[:3] for font in used_fonts(part)]
    assert weights == ["400", "700", "700", "400", "400", "700"]


def test_fonts_that_strips_bring_along_are_not_taken_for_one() -> None:
    brought = [
        text(fonts=(Font("", ((1, told),), raw=1),), objects=(Raw((told.encode(),)), Raw((b"<</F ", 0, b">>"))))
        for told in "xy"
    ]
    part = sound(stacked([text(), *brought]))
    assert [font.glyphs for font in used_fonts(part)] == [((1, "a"),), ((1, "x"),), ((1, "y"),)]
    assert [part.objects[font.raw].text for font in used_fonts(part)[1:]] == [
        (b"<</F ", 0, b">>"),
        (b"<</F ", 2, b">>"),
    ]
    assert [part.objects[number].text for number in (0, 2)] == [(b"x",), (b"y",)]


def test_objects_name_their_fonts_and_one_another_by_their_new_numbers() -> None:
    drawing = Raw((b"<</Resources<</Font<</F ", -1, b">>>>/Next ", 0, b">>"), b"stream")
    strips = [
        text(fonts=(Font(face, ((1, "a"),)),), objects=(drawing,), entries={"XObject": {"x0": (0,)}})
        for face in ("400-normal", "700-normal")
    ]
    part = stacked([*strips])
    assert [raw.text[1::2] for raw in part.objects] == [(-1, 0), (-2, 1)]
    assert [raw.stream for raw in part.objects] == [b"stream", b"stream"]


def resources(part: Part, page: int = 0) -> str:
    """A page's resources but for fonts, numbers of objects in brackets."""
    return "".join(each.decode() if isinstance(each, bytes) else f"[{each}]" for each in part.pages[page].resources)


def drawn(content: bytes, entries: Entries, objects: int = 1) -> Strip:
    """A strip that paints with resources."""
    told = b"/P <</MCID 0>> BDC\n" + content + b"\nEMC"
    return text(content=told, entries=entries, objects=tuple(Raw((b"%d" % n,)) for n in range(objects)))


def test_drawings_of_one_name_are_told_apart() -> None:
    chart = drawn(b"/x0 Do /x1 Do", {"XObject": {"x0": (0,), "x1": (1,)}}, objects=2)
    part = sound(stacked([chart, text(), chart]))
    assert re.findall(rb"/(\w+) Do", painted(part)) == [b"x0", b"x1", b"x0n1", b"x1n1"]
    assert resources(part) == "/XObject<</x1 [1]/x0 [0]/x1n1 [3]/x0n1 [2]>>"


def test_what_means_the_same_keeps_its_one_name() -> None:
    opacity: Entries = {"ExtGState": {"a0.5": (b"<</ca 0.5>>",)}}
    part = sound(stacked([drawn(b"/a0.5 gs", opacity), drawn(b"/a0.5 gs", opacity)]))
    assert resources(part) == "/ExtGState<</a0.5 <</ca 0.5>>>>"
    assert painted(part).count(b"/a0.5 gs") == 2


def test_one_name_for_resources_of_two_kinds_is_changed_only_where_it_is_taken() -> None:
    first = drawn(b"/s0 gs /s0 sh", {"ExtGState": {"s0": (b"<</ca 0.5>>",)}, "Shading": {"s0": (0,)}})
    other = drawn(b"/s0 gs /s0 sh", {"ExtGState": {"s0": (b"<</ca 0.5>>",)}, "Shading": {"s0": (0,)}})
    part = sound(stacked([first, other]))
    assert re.findall(rb"/(\w+) (gs|sh)", painted(part)) == [
        *((b"s0", b"gs"), (b"s0", b"sh")),
        *((b"s0", b"gs"), (b"s0n1", b"sh")),
    ]
    assert resources(part) == "/ExtGState<</s0 <</ca 0.5>>>>/Shading<</s0 [0]/s0n1 [1]>>"


def test_each_page_names_what_it_paints_with_itself() -> None:
    chart = drawn(b"/x0 Do", {"XObject": {"x0": (0,)}})
    part = sound(stacked([chart], [chart], [text()]))
    assert [resources(part, page) for page in range(3)] == ["/XObject<</x0 [0]>>", "/XObject<</x0 [1]>>", ""]


def test_a_repeated_head_adds_nothing_to_what_is_read() -> None:
    part = sound(stacked([AGAIN, row("a", "h")]))
    assert tree(part) == ["Table", ["TBody", ["TR", ["TD a"]]]]
    assert painted(part).count(b"/Artifact") == 1


# From here on strips are really set.


class Setting(FakeSetters):
    """Sets pieces as workers do."""

    def set_pieces(self, data: bytes) -> object:
        return setting.set_pieces(data)

    def break_piece(self, data: bytes) -> object:
        self.broken.append(break_order_from(data).piece)
        return setting.break_piece(data)


@pytest.mark.parametrize("seed", [4, 6])
def test_parts_of_really_set_strips_are_sound(seed: int) -> None:
    chapters = papers.chapters(papers.document(seed, 14))
    setters = Setting()
    found = made(chapters, MemoryStore(), setters)
    for chapter, parts in zip(chapters, found, strict=True):
        for part in parts:
            check_part(part, chapter.title)
        assert not parts[0].goes_on
    assert sum(len(part.pages) for parts in found for part in parts) > 4
    assert setters.broken


LONG = Paragraph("long", (*words("Some words of it. " * 900), ParagraphLink(text="1", anchor="start")), "1")
GRADIENT = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 60" width="400" height="60"><defs>'
    '<linearGradient id="g"><stop offset="0" stop-color="#ffffff"/><stop offset="1" stop-color="#a3000f"/>'
    '</linearGradient></defs><rect x="150" y="10" width="180" height="20" fill="url(#g)"/></svg>'
)
CHART = packs.chart(GRADIENT)
OTHER = packs.chart(GRADIENT.replace("#a3000f", "#0b3c6f"))
PAPER = Document(
    "invented.any",
    "any",
    "Title",
    (
        Heading("start", "Purpose", 2, "1."),
        Paragraph("arrow", (*words("From Ω "), WebLink("a plan", "https://council.invalid/"))),
        CHART,
        replace(OTHER, anchor="other", table=replace(OTHER.table, anchor="other-table", rows=())),
        LONG,
        Paragraph("another", words("To Ψ and Ω.")),
        Table("steps", "Steps", papers.COLUMNS, tuple(papers.row(Random(7), n, 40) for n in range(30)), ("A note.",)),
    ),
)


@cache
def stored() -> MemoryStore:
    store = MemoryStore()
    made(papers.chapters(PAPER), store, Setting())
    return store


@cache
def real() -> tuple[Part, ...]:
    """The parts of the paper."""
    [parts] = Making(papers.chapters(PAPER), store=stored(), pool=refused).parts()
    for part in parts:
        check_part(part)
    return parts


def elements(kind: str) -> list[tuple[Part, Element]]:
    return [(part, element) for part in real() for element in part.elements if element.kind == kind]


def test_a_paragraph_really_broken_over_pages_is_one_with_content_on_each() -> None:
    [(part, held)] = [(part, each) for part, each in elements("P") if any(kind >= 10 for kind, _ in each.kids)]
    pages = {content_page(kid, held.page) for kid in held.kids if kid_kind(kid) == CONTENT}
    assert pages == set(range(len(part.pages)))
    assert len(pages) > 1


def test_every_link_of_a_paper_leads_to_a_place_that_it_has_on_a_page() -> None:
    places = {name: spot for part in real() for name, spot in part.destinations.items()}
    targets = [link.target for part in real() for link in part.links]
    assert sorted(set(targets)) == ["#item-5-report--start", "https://council.invalid/"]
    assert {f"item-5-report--{block.anchor}" for block in PAPER.blocks} <= places.keys()
    assert all(0 < y <= TOP + 0.01 for _, _, y in places.values())
    for part in real():
        for link in part.links:
            left, bottom, right, top = link.area
            assert 0 < left < right < 595
            assert TOP - PORTRAIT.room - 0.01 < bottom < top < TOP + 0.01


def test_pictures_have_their_own_drawings_and_lie_on_their_page() -> None:
    figures = elements("Figure")
    assert len(figures) == 2
    for _, figure in figures:
        _, bottom, _, top = figure.box
        assert TOP - PORTRAIT.room < bottom < top < TOP
    used = [number for part in real() for page in range(len(part.pages)) for number in patterns(part, page)]
    assert len(used) == len(set(used)) == 2


def patterns(part: Part, page: int) -> list[int]:
    """The objects that a page fills its drawings with, in order."""
    numbers = {
        before.split(b"/")[-1].strip(): number
        for before, number in pairwise(part.pages[page].resources)
        if isinstance(before, bytes) and isinstance(number, int)
    }
    return [numbers[name] for name in re.findall(rb"/(\w+) scn", painted(part, page))]


def test_rows_of_a_real_table_hang_in_one_table_a_part_and_each_row_once() -> None:
    rows = [name for name in (name for part in real() for name in part.destinations) if "row-" in name]
    assert sorted(rows) == sorted(f"item-5-report--row-{n}" for n in range(30))
    steps = [part for part in real() if any("row-" in name for name in part.destinations)]
    assert [part.goes_on for part in steps] == [False, *[True] * (len(steps) - 1)]
    assert len(steps) > 1
    for place, part in enumerate(steps):
        table = [part.elements[top] for top in part.tops if part.elements[top].kind == "Table"][-1]
        kinds = [part.elements[number].kind for _, number in table.kids]
        assert kinds == (["TBody"] if place else ["Caption", "THead", "TBody"])
    tops = [[part.elements[top].kind for top in part.tops] for part in steps[1:]]
    assert tops == [*[["Table"]] * (len(tops) - 1), ["Table", "P"]]


def test_fonts_that_really_set_strips_bring_along_are_told_apart() -> None:
    brought = [{text for _, text in font.glyphs} - {" "} for part in real() for font in part.fonts if not font.face]
    assert [texts for texts in brought if "Ω" in texts] == [{"Ω"}, {"Ψ", "Ω"}]


def test_the_same_strips_stack_to_the_same_bytes() -> None:
    strips = MemoryStore()
    strips.put(row for row in stored().rows.values() if row.room is not None)
    [again] = Making(papers.chapters(PAPER), store=strips, pool=refused).parts()
    assert [to_bytes(part) for part in again] == [to_bytes(part) for part in real()]
