"""A brought file is tried alone as a pack before it is kept."""

import itertools
from collections.abc import Callable
from io import BytesIO

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from tests.publishing.uploads import good, hostile
from tests.publishing.uploads.test_reading import one_page, tag
from torbay_reports.publishing.packplan import Restriction
from torbay_reports.publishing.pagetext import Reader
from torbay_reports.publishing.parts.values import Element, Part, from_bytes
from torbay_reports.publishing.uploads.cleaning import Cleaned, cleaned, outcome
from torbay_reports.publishing.uploads.trials import UnfitPdf, trial

MARKED = b"/P <</MCID 0>> BDC " + good.shown("Words") + b"EMC"


def tried(found: Cleaned, restriction: Restriction = Restriction.OPEN) -> bytes:
    return trial(title="Boats", part=from_bytes(found.part), restriction=restriction)


@pytest.mark.parametrize("make", [good.tagged, good.untagged])
@pytest.mark.parametrize("restriction", list(Restriction))
def test_a_good_file_stands_behind_a_sheet_that_says_what_this_is(
    make: Callable[[], bytes], restriction: Restriction
) -> None:
    found = cleaned(make())
    with Pdf.open(BytesIO(tried(found, restriction))) as pdf:
        assert len(pdf.pages) == 1 + found.pages
        words = " ".join(run.text for run in Reader().read(pdf.pages[0]).marked.values())
        assert "This is how the file will stand in a pack. It is in none yet." in words
        assert str(pdf.docinfo["/Title"]) == "Boats"


def widgets(how: str) -> Pdf:
    """A tagged form whose one field is listed more than once."""
    pdf = hostile.field_of(one_page(MARKED, tag("P", 0)))
    page = hostile.first(pdf)
    widget = page.Annots[0]
    match how:
        case "twice on a page":
            page.Annots.append(widget)
        case "on two pages":
            pdf.add_blank_page()
            pdf.pages[1].obj.Annots = Array([widget])
        case "no objects of their own":
            page.Annots = Array([Dictionary(dict(widget.items())) for _ in range(2)])
        case "in two tags":
            for _ in range(2):
                held = tag("Form", Dictionary(Type=Name.OBJR, Obj=widget), Pg=page)
                pdf.Root.StructTreeRoot.K.append(pdf.make_indirect(held))
    return pdf


@pytest.mark.parametrize("how", ["twice on a page", "on two pages", "no objects of their own", "in two tags"])
def test_a_field_that_is_listed_twice_stands_once_or_apart(how: str) -> None:
    assert tried(cleaned(good.saved(widgets(how))))


@pytest.mark.parametrize(
    "kids",
    [
        Array([tag("Note", 0)]),
        Array([tag("Note", Array([tag("Note", 0)]))]),
        Array([tag("Note", 0, ID=String("a")), tag("Note", 1, ID=String("a"))]),
    ],
    ids=["one in one", "one in one in one", "of the same name"],
)
def test_notes_inside_notes_have_names_of_their_own(kids: Array) -> None:
    found = cleaned(good.saved(one_page(MARKED + MARKED.replace(b"0", b"1", 1), tag("Note", kids))))
    assert found.is_tagged
    assert tried(found)


@pytest.mark.parametrize("content", [b"0 0 m 9 9 l S", b""])
def test_tags_that_hold_nothing_are_left_out_and_told(content: bytes) -> None:
    found = cleaned(good.saved(one_page(content, tag("P", 99))))
    assert not found.is_tagged
    assert {"tags-dropped"} == {each.code for each in found.findings} & {"tags-dropped", "not-tagged"}
    assert tried(found)


def test_links_that_are_listed_twice_stand_once() -> None:
    pdf = hostile.annotated(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("https://example.org/")))
    link = hostile.first(pdf).Annots[0]
    hostile.first(pdf).Annots = Array([link, link])
    pdf.pages[1].obj.Annots = Array([link])
    found = cleaned(good.saved(pdf))
    assert len(from_bytes(found.part).links) == 1
    assert tried(found)


def test_whatever_is_let_through_fits_into_a_pack() -> None:
    by_hand = (case.make() for case in hostile.CASES if not (case.is_slow or case.is_heavy))
    kept = 0
    for data in itertools.chain(by_hand, hostile.mutations(30)):
        found = outcome(data)
        if not found.refused:
            assert tried(found, Restriction.EXEMPT)
            kept += 1
    assert kept > 60


@pytest.mark.parametrize(
    "spoil",
    [
        lambda part: Part(pages=(), elements=(), tops=(), destinations={}),
        lambda part: Part(part.pages, (Element("P", 7, ((1, 0),)),), (0,), part.destinations),
    ],
    ids=["no pages", "a page that is not there"],
)
def test_what_the_joining_or_the_checks_refuse_is_unfit(spoil: Callable[[Part], Part]) -> None:
    part = from_bytes(cleaned(good.untagged()).part)
    with pytest.raises(UnfitPdf):
        trial(title="Boats", part=spoil(part), restriction=Restriction.OPEN)


def test_the_transparency_group_of_a_page_stands_in_the_pack() -> None:
    pdf = good.blank(1)
    hostile.first(pdf).Group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK, I=True)
    with Pdf.open(BytesIO(tried(cleaned(good.saved(pdf))))) as written:
        assert written.pages[1].obj.Group.CS == Name.DeviceCMYK
