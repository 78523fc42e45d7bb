"""Named places are found from every part, and every link says in words where it leads."""

import pytest
from msgspec.structs import replace as struct_replace

from tests.publishing import packs
from tests.publishing.joining import making
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.joining.places import Links, Places
from torbay_reports.publishing.packplan import PageMap
from torbay_reports.publishing.parts.values import Link, Part

PAGES = PageMap(papers={}, items={}, anchors={}, labels=("1", "2", "3", "E1"))


def part(**destinations: tuple[int, float, float]) -> Part:
    made = making.sheet_of_words(["x"]).part()
    return struct_replace(made, destinations={name.replace("_", "-"): where for name, where in destinations.items()})


def places() -> Places:
    found = Places()
    found.add_paper("letter", part(), 0)
    found.add_paper("item-5-report", part(item_5_report=(0, 60.0, 700.0)), 1)
    found.add_part(part(item_5_report__p1=(0, 60.0, 500.25)), 1)
    found.add_part(part(item_5_report__p1=(0, 60.0, 700.0), item_5_report__p2=(0, 1.0, 2.0)), 2)
    found.add_paper("item-7-late", part(), 3)
    found.add_part(part(page_1=(0, 0.0, 842.0)), 3, "item-7-late")
    return found


def test_a_place_that_stands_twice_counts_where_it_begins() -> None:
    assert places().destination("item-5-report--p1", [11, 12, 13, 14]) == "[12 0 R/XYZ 60 500.25 0]"
    assert places().destination("item-5-report--p2", [11, 12, 13, 14]) == "[13 0 R/XYZ 1 2 0]"


def test_a_paper_begins_where_it_says_or_at_the_top_of_its_first_page() -> None:
    assert places()["item-5-report"].y == 700
    assert (places()["letter"].page, places()["letter"].y) == (0, making.PORTRAIT[1])


def test_places_of_a_brought_paper_bear_its_key() -> None:
    assert "item-7-late--page-1" in places()
    assert "page-1" not in places()


def test_names_are_listed_in_order() -> None:
    assert places().name_tree([11, 12, 13, 14]) == (
        "<</Names[(item-5-report)[12 0 R/XYZ 60 700 0](item-5-report--p1)[12 0 R/XYZ 60 500.25 0]"
        "(item-5-report--p2)[13 0 R/XYZ 1 2 0](item-7-late)[14 0 R/XYZ 0 841.89 0]"
        "(item-7-late--page-1)[14 0 R/XYZ 0 842 0](letter)[11 0 R/XYZ 0 841.89 0]]>>"
    )


def annotation(target: str, prefix: str = "", parent_key: int | None = 7) -> str:
    link = Link(0, (60, 9, 10, 20), target)
    found = Links(packs.plan(), PAGES, places()).resolved(link, prefix=prefix, where="page 2")
    return found.annotation(link.area, parent_key)


@pytest.mark.parametrize(
    ("target", "prefix", "said", "leads"),
    [
        ("#item-5-report", "", "(Quarter 1 report, page 2)", "/Dest(item-5-report)"),
        ("#item-5-report--p2", "", "(To page 3 of this pack)", "/Dest(item-5-report--p2)"),
        ("#letter", "", "(Cover letter)", "/Dest(letter)"),
        ("#page-1", "item-7-late", "(To page E1 of this pack)", "/Dest(item-7-late--page-1)"),
        (
            "mailto:clerk@council.invalid",
            "",
            "(E-mail clerk@council.invalid)",
            "/A<</Type/Action/S/URI/URI(mailto:clerk@council.invalid)>>",
        ),
        (
            "MAILTO:clerk@council.invalid",
            "",
            "(E-mail clerk@council.invalid)",
            "/A<</Type/Action/S/URI/URI(MAILTO:clerk@council.invalid)>>",
        ),
        (
            "HTTP://council.invalid/",
            "",
            "(Web page HTTP://council.invalid/)",
            "/A<</Type/Action/S/URI/URI(HTTP://council.invalid/)>>",
        ),
        (
            "https://council.invalid/a(b)",
            "",
            r"(Web page https://council.invalid/a\(b\))",
            "/A<</Type/Action/S/URI/URI<68747470733a2f2f636f756e63696c2e696e76616c69642f61286229>>>",
        ),
    ],
)
def test_a_link_prints_and_says_where_it_leads(target: str, prefix: str, said: str, leads: str) -> None:
    assert annotation(target, prefix) == (
        f"<</Type/Annot/Subtype/Link/Rect[10 9 60 20]/F 4/Border[0 0 0]/Contents{said}/StructParent 7{leads}>>"
    )


def test_a_link_that_no_element_holds_has_no_row_in_the_tag_tree() -> None:
    assert "StructParent" not in annotation("#letter", parent_key=None)


@pytest.mark.parametrize("target", ["#nowhere", "#page-1"])
def test_a_link_to_a_place_that_is_not_there_stops_the_pack(target: str) -> None:
    with pytest.raises(PackFault, match=f"link on page 2 leads nowhere: {target[1:]}"):
        annotation(target)


@pytest.mark.parametrize("target", ["file:///etc/passwd", "javascript:alert(1)", "nowhere", ""])
def test_a_link_that_is_no_address_of_the_web_stops_the_pack(target: str) -> None:
    with pytest.raises(PackFault, match="only http, https and mailto may be linked"):
        annotation(target)
