"""Bookmarks nest item, paper and headings, and each leads to its page."""

import pytest
from pikepdf import Array, OutlineItem, Pdf

from tests.publishing import agendas, packs
from tests.publishing.joining import making
from tests.publishing.joining.reading import written
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.joining import outline
from torbay_reports.publishing.joining.outline import Bookmark
from torbay_reports.publishing.joining.places import Places
from torbay_reports.publishing.joining.writer import Writer
from torbay_reports.publishing.layout import letter_name, placed_papers


def titles(found: list[Bookmark]) -> list[object]:
    return [(each.title, titles(each.under)) if each.under else each.title for each in found]


def test_items_hold_papers_and_papers_their_headings_by_level() -> None:
    assert titles(outline.bookmarks(placed_papers(packs.restricted_plan()))) == [
        "Cover letter",
        (
            "5. Revenue Budget 2031/32",
            [
                (
                    "Revenue Monitoring 2031/32 – Quarter 1",
                    ["1. Purpose", ("2. Position", ["2.1 Detailed position"])],
                )
            ],
        ),
        ("7. Fees", [("Harbour fees", ["Fees"])]),
        ("5. Revenue Budget 2031/32 (not for publication)", [("Appendix: debts given up", ["Debts"])]),
    ]


def test_a_pack_with_an_agenda_begins_with_that() -> None:
    assert outline.bookmarks((), letter_name(agendas.agenda())) == [Bookmark("Agenda", "letter")]


FOUND = [
    Bookmark("Letter", "letter"),
    Bookmark("5. Item", "a", [Bookmark("Paper", "a", [Bookmark("1. Heading", "a--h", [Bookmark("1.1 In it", "b")])])]),
]


def file_of(found: list[Bookmark]) -> Pdf:
    def fill(writer: Writer, first: int) -> str:
        places = Places()
        part = making.sheet_of_words(["x"]).part()
        for page, name in enumerate(("letter", "a", "a--h", "b")):
            places.add_paper(name, part, page)
        return f"/Outlines {outline.write(writer, found, places, range(first, first + 4))} 0 R"

    return written(fill, pages=4)


def test_bookmarks_are_read_back_with_their_pages_items_open_and_papers_closed() -> None:
    with file_of(FOUND) as pdf:
        seen: list[tuple[str, int, bool]] = []
        pages = {page.obj.objgen: place for place, page in enumerate(pdf.pages)}

        def visit(items: list[OutlineItem]) -> None:
            for item in items:
                assert isinstance(item.destination, Array)
                seen.append((item.title, pages[item.destination[0].objgen], item.is_closed))
                visit(item.children)

        with pdf.open_outline() as opened:
            visit(opened.root)
        assert seen == [
            ("Letter", 0, False),
            ("5. Item", 1, False),
            ("Paper", 1, True),
            ("1. Heading", 2, True),
            ("1.1 In it", 3, False),
        ]
        # The letter, the item and the paper under it are what a reader sees at first.
        assert int(pdf.Root.Outlines.Count) == 3


def test_a_heading_that_stands_on_no_page_stops_the_pack() -> None:
    with pytest.raises(PackFault, match="heading “Lost” stands on no page"):
        file_of([Bookmark("Lost", "nowhere")])
