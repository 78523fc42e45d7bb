"""A good file keeps its text, tags, header references and links; one without tags is read out page by page."""

import zlib
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from tests.publishing.uploads import good, hostile
from tests.publishing.uploads.checking import assert_clean
from torbay_reports.publishing.parts.values import CONTENT, ELEMENT, Element, Part, content_page, from_bytes, kid_kind
from torbay_reports.publishing.uploads import plain
from torbay_reports.publishing.uploads.cleaning import Cleaned, cleaned


def part_of(source: Pdf | bytes) -> Part:
    return from_bytes(read(source).part)


def read(source: Pdf | bytes) -> Cleaned:
    found = cleaned(source if isinstance(source, bytes) else good.saved(source))
    assert_clean(from_bytes(found.part))
    return found


def codes(found: Cleaned) -> set[str]:
    return {each.code for each in found.findings}


def outline(part: Part, place: int) -> Any:
    """An element as its kind and those of the elements under it."""
    element = part.elements[place]
    inner = [outline(part, kid) for kind, kid in element.kids if kind == ELEMENT]
    return (element.kind, inner) if inner else element.kind


def content_of(part: Part, page: int = 0) -> bytes:
    return zlib.decompress(part.pages[page].content)


def one_page(content: bytes, *elements: Dictionary, **resources: Any) -> Pdf:
    """A file of one page with these instructions and tags, whose elements lie on that page."""
    pdf = good.blank(1)
    page = hostile.first(pdf)
    page.Contents = pdf.make_indirect(Stream(pdf, content))
    for key, value in resources.items():
        page.Resources["/" + key] = value
    for element in elements:
        element.Pg = page
    return good.with_tags(pdf, *elements) if elements else pdf


def tag(kind: str, kids: Any, **more: Any) -> Dictionary:
    return Dictionary(S=Name("/" + kind), K=kids, **more)


@pytest.fixture(scope="module")
def tagged() -> Cleaned:
    return read(good.tagged())


def test_a_good_file_is_told_nothing_but_that_its_notes_stay_behind(tagged: Cleaned) -> None:
    assert tagged.is_tagged
    assert codes(tagged) == {"metadata-removed"}


def test_every_word_of_a_good_file_is_kept_in_order(tagged: Cleaned) -> None:
    document = pypdfium2.PdfDocument(good.tagged())
    before = " ".join(page.get_textpage().get_text_range() for page in document).split()
    assert " ".join(tagged.texts).split() == before
    assert f"{(70 - 1) * 3} boats" in " ".join(tagged.texts)


def test_the_tags_of_a_good_file_are_kept_without_its_own_document(tagged: Cleaned) -> None:
    part = from_bytes(tagged.part)
    tops = [outline(part, top) for top in part.tops]
    kinds = [each if isinstance(each, str) else each[0] for each in tops]
    assert [kind for kind in kinds if kind != "Table"] == ["H1", "P", "L", "P", "H2", "P"]
    assert "Table" in kinds[2:4]
    assert tops[1] == ("P", ["Link", "Link", "Link"])
    assert sum(each.kind == "TH" for each in part.elements) >= good.ROWS
    assert sum(each.kind == "LBody" for each in part.elements) == 2
    assert [each.alternative for each in part.elements if each.kind == "Figure"] == ["A blue square"]


def test_header_cells_keep_their_names_and_cells_their_headers(tagged: Cleaned) -> None:
    part = from_bytes(tagged.part)
    heads = {each.name for each in part.elements if each.kind == "TH"}
    cells = [each for each in part.elements if each.kind == "TD"]
    assert len(cells) == 2 * good.ROWS
    assert all(each.headers and set(each.headers) <= heads for each in cells)


def test_links_keep_their_targets(tagged: Cleaned) -> None:
    part = from_bytes(tagged.part)
    last = len(part.pages)
    assert [link.target for link in part.links] == [
        "https://example.org/boats?year=2031",
        f"#page-{last}",
        "mailto:harbour@example.org",
    ]
    assert part.destinations["page-1"] == (0, 0.0, part.pages[0].height)
    assert part.destinations[f"page-{last}"][0] == last - 1


def test_the_same_file_gives_the_same_part(tagged: Cleaned) -> None:
    assert cleaned(good.tagged()).part == tagged.part


def test_names_of_two_files_never_meet() -> None:
    first, second = (part_of(one_page(b"", tag("Note", Array([]), ID=String("a"), Alt=String(alt)))) for alt in "ab")
    assert not {each.name for each in first.elements} & {each.name for each in second.elements} - {""}


def test_a_page_without_tags_is_one_paragraph_in_a_section() -> None:
    found = read(good.untagged(3))
    part = from_bytes(found.part)
    assert not found.is_tagged
    assert "not-tagged" in codes(found)
    assert [outline(part, top) for top in part.tops] == [("Sect", ["P"])] * 3
    assert [page.owners for page in part.pages] == [(1,), (3,), (5,)]
    assert content_of(part).startswith(b"/P <</MCID 0>> BDC")
    assert found.texts == ("This is page 1.", "This is page 2.", "This is page 3.")


def test_a_page_that_lost_its_tags_is_a_paragraph_at_its_place() -> None:
    pdf = good.blank(3)
    marked = b"/P <</MCID 0>> BDC " + good.shown("Tagged") + b"EMC"
    for place in (0, 2):
        pdf.pages[place].obj.Contents = pdf.make_indirect(Stream(pdf, marked))
    good.with_tags(pdf, *(tag(kind, 0, Pg=pdf.pages[place].obj) for kind, place in (("H1", 0), ("H2", 2))))
    found = read(pdf)
    part = from_bytes(found.part)
    assert [outline(part, top) for top in part.tops] == ["H1", ("Sect", ["P"]), "H2"]
    assert [each.page for each in found.findings if each.code == "page-not-tagged"] == [2]


def test_links_that_no_element_holds_get_one() -> None:
    part = part_of(hostile.annotated(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("HTTPS://example.org/"))))
    assert outline(part, part.tops[0]) == ("Sect", [("P", ["Link"])])
    assert part.links[0].target == "https://example.org/"
    assert part.links[0].area == (72, 690, 200, 720)


def test_roles_are_followed_and_wrappers_opened() -> None:
    pdf = one_page(
        b"/Titel <</MCID 0>> BDC " + good.shown("Title") + b"EMC /X <</MCID 1>> BDC " + good.shown("Text") + b"EMC"
    )
    page = hostile.first(pdf)
    inner = Array([tag("Titel", 0, Pg=page), tag("NonStruct", Array([tag("Unknown", 1, Pg=page)]))])
    good.with_tags(pdf, tag("Document", Array([tag("Part", inner)])))
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(Titel=Name.Ueberschrift, Ueberschrift=Name.H1)
    part = part_of(pdf)
    assert [each.kind for each in part.elements] == ["H1", "Div"]
    assert b"/H1 << /MCID 0 >> BDC" in content_of(part)


def test_attributes_come_from_cells_and_from_their_classes() -> None:
    cells = [
        tag("TH", 0, ID=String("h"), A=Dictionary(O=Name.Table, Scope=Name.Column), C=Name.Wide),
        tag("TD", 1, A=Array([0, Dictionary(O=Name.Table, Headers=Array([String("h"), String("gone")]), RowSpan=3)])),
    ]
    pdf = one_page(b"/A <</MCID 0>> BDC 0 0 m S EMC /B <</MCID 1>> BDC 0 0 m S EMC")
    for cell in cells:
        cell.Pg = hostile.first(pdf)
    rows = Array([tag("TR", Array([cell])) for cell in cells])
    good.with_tags(pdf, tag("Table", rows, A=Dictionary(O=Name.Layout, BBox=[10, 20, 30, 40])))
    pdf.Root.StructTreeRoot.ClassMap = Dictionary(Wide=Dictionary(O=Name.Table, ColSpan=2))
    part = part_of(pdf)
    head, data = (next(each for each in part.elements if each.kind == kind) for kind in ("TH", "TD"))
    assert (head.scope, head.colspan) == ("Column", 2)
    assert (data.headers, data.rowspan) == ((head.name,), 3)
    assert part.elements[0].box == (10, 20, 30, 40)


def test_header_cells_without_a_scope_get_one_by_their_place() -> None:
    pdf = one_page(b"".join(b"/A <</MCID %d>> BDC 0 0 m S EMC " % n for n in range(4)))
    page = hostile.first(pdf)
    rows = [[("TH", 0), ("TH", 1)], [("TH", 2), ("TD", 3)]]
    good.with_tags(
        pdf,
        tag("Table", Array([tag("TR", Array([tag(kind, n, Pg=page) for kind, n in row])) for row in rows])),
    )
    found = read(pdf)
    scopes = [each.scope for each in from_bytes(found.part).elements if each.kind == "TH"]
    assert scopes == ["Column", "Column", "Row"]
    assert "header-without-scope" in codes(found)


def test_words_that_stand_for_others_are_kept() -> None:
    element = tag("P", 0, ActualText=String("whole"), Lang=String("cy"), E=String("expanded"))
    content = b"/P <</MCID 0>> BDC /Span <</ActualText (said)/Bad (x)>> BDC " + good.shown("shown") + b"EMC EMC"
    part = part_of(one_page(content, element))
    assert (part.elements[0].actual_text, part.elements[0].language, part.elements[0].expansion) == (
        "whole",
        "cy",
        "expanded",
    )
    assert b"/Span << /ActualText (said) >> BDC" in content_of(part)


def test_one_element_keeps_what_it_holds_on_two_pages() -> None:
    pdf = good.blank(2)
    marked = b"/P <</MCID 5>> BDC " + good.shown("Half") + b"EMC"
    for page in pdf.pages:
        page.obj.Contents = pdf.make_indirect(Stream(pdf, marked))
    first, second = (page.obj for page in pdf.pages)
    good.with_tags(pdf, tag("P", Array([5, Dictionary(Type=Name.MCR, Pg=second, MCID=5)]), Pg=first))
    (element,) = part_of(pdf).elements
    assert [(content_page(kid, element.page), kid[1], kid_kind(kid)) for kid in element.kids] == [
        (0, 0, CONTENT),
        (1, 0, CONTENT),
    ]


def test_marks_inside_marks_become_pieces_side_by_side() -> None:
    content = (
        b"/Sect <</MCID 0>> BDC "
        + good.shown("outer")
        + b"/Artifact BMC "
        + good.shown("decoration")
        + b"EMC /P <</MCID 1>> BDC "
        + good.shown("inner")
        + b"EMC "
        + good.shown("outer again")
        + b"EMC"
    )
    part = part_of(one_page(content, tag("Sect", Array([0, tag("P", 1)]))))
    written = content_of(part)
    assert written.index(b"/Artifact BMC") < written.index(b"(decoration)") < written.index(b"(inner)")
    assert [part.elements[owner].kind for owner in part.pages[0].owners] in (["Sect", "Sect"], ["Sect", "P", "Sect"])


def test_what_a_form_paints_belongs_to_who_draws_it() -> None:
    pdf = one_page(b"/Figure <</MCID 0>> BDC /X Do EMC", tag("Figure", 0, Alt=String("A plan")))
    look = Stream(pdf, b"/P <</MCID 0>> BDC " + good.shown("In the plan") + b"EMC", Subtype=Name.Form, StructParents=7)
    look.BBox = Array([0, 0, 600, 800])
    look.Resources = Dictionary(Font=Dictionary(F1=good.helvetica(pdf)))
    hostile.first(pdf).Resources.XObject = Dictionary(X=pdf.make_indirect(look))
    found = read(pdf)
    part = from_bytes(found.part)
    assert [each.kind for each in part.elements] == ["Figure"]
    assert found.texts == ("In the plan",)


def test_a_form_whose_own_marks_are_tagged_goes_to_the_first_who_holds_them() -> None:
    pdf = one_page(b"/X Do")
    look = Stream(pdf, b"/P <</MCID 0>> BDC " + good.shown("One") + b"EMC", Type=Name.XObject, Subtype=Name.Form)
    look.BBox = Array([0, 0, 600, 800])
    look.Resources = Dictionary(Font=Dictionary(F1=good.helvetica(pdf)))
    held = pdf.make_indirect(look)
    page = hostile.first(pdf)
    page.Resources.XObject = Dictionary(X=held)
    inner = [Dictionary(Type=Name.MCR, Pg=page, Stm=held, MCID=n) for n in range(2)]
    good.with_tags(pdf, tag("H1", inner[0], Pg=page), tag("P", inner[1], Pg=page))
    found = read(pdf)
    assert [each.kind for each in from_bytes(found.part).elements] == ["H1"]
    assert "tags-inside-drawings" in codes(found)


def test_what_is_filled_into_a_form_stands_as_text() -> None:
    found = read(hostile.field_of(good.blank(1)))
    assert found.texts[0].split("\n") == ["This is page 1.", "Filled in"]


def test_what_is_filled_into_a_tagged_form_is_tagged() -> None:
    pdf = hostile.field_of(one_page(b"/P <</MCID 0>> BDC " + good.shown("Name:") + b"EMC", tag("P", 0)))
    widget = hostile.first(pdf).Annots[0]
    pdf.Root.StructTreeRoot.K.append(
        pdf.make_indirect(tag("Form", Dictionary(Type=Name.OBJR, Obj=widget), Pg=hostile.first(pdf)))
    )
    part = part_of(pdf)
    assert [each.kind for each in part.elements] == ["P", "Span"]
    assert part.pages[0].owners == (0, 1)


def test_a_moved_page_begins_at_its_corner_and_its_links_move_along() -> None:
    pdf = hostile.annotated(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("https://example.org/")))
    page = hostile.first(pdf)
    page.MediaBox = Array([50, 600, 300, 800])
    page.UserUnit = 2
    page.Rotate = -90
    part = part_of(pdf)
    assert (part.pages[0].width, part.pages[0].height, part.pages[0].rotate) == (500, 400, 270)
    assert b"2 0 0 2 -100 -1200 cm" in content_of(part)
    assert part.links[0].area == (44, 180, 300, 240)


def test_pages_inherit_their_size_and_resources() -> None:
    objects = hostile.small(page=b"<</Type/Page/Parent 2 0 R/Contents 4 0 R>>")
    objects[2] = b"<</Type/Pages/Kids[3 0 R]/MediaBox[0 0 400 300]/Rotate 90/Resources<</Font<</F1 5 0 R>>>>>>"
    found = read(hostile.raw(objects))
    page = from_bytes(found.part).pages[0]
    assert (page.width, page.height, page.rotate) == (400, 300, 90)
    assert found.texts == ("Harmless",)


def test_only_what_a_page_uses_travels() -> None:
    pdf = good.blank(1)
    unused = pdf.make_indirect(Stream(pdf, b"SECRET", Subtype=Name.Form, BBox=[0, 0, 1, 1]))
    hostile.first(pdf).Resources.XObject = Dictionary(Unused=unused)
    part = part_of(pdf)
    assert len(part.objects) == 1
    assert part.pages[0].resources == ()


def test_pictures_are_kept_as_they_are_packed() -> None:
    pdf = good.blank(1)
    page = hostile.first(pdf)
    came = b"\xff\x00\x10\x01"
    picture = Stream(pdf, came, Type=Name.XObject, Subtype=Name.Image, Width=2, Height=2)
    picture.ColorSpace, picture.BitsPerComponent, picture.Filter = Name.DeviceGray, 1, Name.CCITTFaxDecode
    page.Resources.XObject = Dictionary(Im=pdf.make_indirect(picture))
    page.Contents = pdf.make_indirect(Stream(pdf, b"q 9 0 0 9 0 0 cm /Im Do Q"))
    part = part_of(pdf)
    assert [raw.stream for raw in part.objects] == [came]


def test_names_that_are_no_text_are_kept() -> None:
    objects = hostile.small(
        content=hostile.stream(b"/Gr\xfc gs BT /Schr\xf6#20ift 9 Tf 9 9 Td (a) Tj ET /T\xe4g BMC EMC")
    )
    objects[3] = objects[3].replace(b"/F1", b"/Schr\xf6#20ift").replace(b"/G ", b"/Gr#fc ")
    objects[5] = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]/FirstChar 97/LastChar 97/Widths[9]"
        b"/Name/Stra\xdfe/Encoding<</Differences[97/\xe4#2f]>>/CharProcs<</\xe4#2f 7 0 R>>/Resources<<>>>>"
    )
    objects[6] = b"<</Type/ExtGState/LW 3>>"
    objects[7] = hostile.stream(b"9 0 d0 0 0 m 9 9 l S")
    found = read(hostile.raw(objects))
    part = from_bytes(found.part)
    assert "broken-content" not in codes(found)
    assert any(
        b"/CharProcs<</#e4#2f " in piece for raw in part.objects for piece in raw.text if isinstance(piece, bytes)
    )
    assert any(b"/LW 3" in piece for raw in part.objects for piece in raw.text if isinstance(piece, bytes))


def test_of_a_damaged_content_what_comes_before_the_damage_is_kept() -> None:
    content = zlib.compress(good.shown("Kept") + bytes(range(256)) * 20 + good.shown("Lost"))
    damaged = content[:-40] + b"\xff" * 40
    found = read(hostile.raw(hostile.small(content=hostile.stream(damaged, b"/Filter/FlateDecode"))))
    assert found.texts == ("Kept",)


def test_what_shows_of_layers_stays_and_what_does_not_goes() -> None:
    found = read(hostile.layered(b"/OC /L1 BDC " + good.shown("off") + b"EMC /OC /L2 BDC " + good.shown("on") + b"EMC"))
    assert found.texts[0] == "on"


def test_lines_of_a_hidden_layer_do_not_travel_but_its_cuts_do() -> None:
    content = b"/OC /L1 BDC 11 22 m 33 44 l S 55 66 7 8 re W n EMC " + good.shown("on")
    written = content_of(part_of(hostile.layered(content)))
    assert b"11 22 m" not in written
    assert b"55 66 7 8 re\nW\nn" in written


def test_empty_elements_go_but_empty_cells_stay() -> None:
    pdf = one_page(b"/P <</MCID 0>> BDC " + good.shown("Text") + b"EMC")
    page = hostile.first(pdf)
    row = tag("TR", Array([tag("TD", 0, Pg=page), tag("TD", Array([]))]))
    good.with_tags(pdf, tag("Table", Array([row])), tag("P", Array([])), tag("P", 9, Pg=page))
    assert [each.kind for each in part_of(pdf).elements] == ["Table", "TR", "TD", "TD"]


def test_the_language_of_the_file_is_that_of_its_elements() -> None:
    pdf = one_page(b"/P <</MCID 0>> BDC " + good.shown("Testun") + b"EMC", tag("P", 0))
    pdf.Root.Lang = String("cy-GB")
    found = read(pdf)
    assert [each.language for each in from_bytes(found.part).elements] == ["cy-GB"]
    assert "no-language" not in codes(found)


def test_a_part_is_read_by_the_pikepdf_that_checks_packs() -> None:
    with Pdf.open(BytesIO(plain.as_pdf(part_of(good.tagged())))) as pdf:
        assert len(pdf.pages) >= 2
        assert not pdf.check_pdf_syntax()


def test_elements_stand_on_the_page_of_their_first_piece() -> None:
    part = part_of(good.tagged())
    assert isinstance(part.elements[0], Element)
    assert [part.elements[top].page for top in part.tops] == sorted(part.elements[top].page for top in part.tops)


@pytest.mark.parametrize("entries", [b"/Filter/DCTDecode", b"/F/DCT", b"/Secret(SECRET)"])
def test_pictures_inside_instructions_bring_nothing_along(entries: bytes) -> None:
    content = b"BI /W 1 /H 1 /BPC 8 /CS /G " + entries + b" ID x EI " + good.shown("Shown")
    found = read(one_page(content))
    assert "content-removed" in codes(found)
    assert b"BI" not in content_of(from_bytes(found.part))


@pytest.mark.parametrize("colours", [Name.DeviceCMYK, Array([Name.CalRGB, Dictionary(WhitePoint=[1, 1, 1])])])
def test_the_transparency_group_of_a_page_is_kept(colours: Any) -> None:
    pdf = good.blank(1)
    hostile.first(pdf).Group = Dictionary(S=Name.Transparency, CS=colours, I=True, K=False, PieceInfo=String("SECRET"))
    with Pdf.open(BytesIO(plain.as_pdf(part_of(pdf)))) as written:
        group = written.pages[0].obj.Group
        assert set(group.keys()) == {"/S", "/CS", "/I", "/K"}
        assert group.S == Name.Transparency
        assert bool(group.I)
        assert not bool(group.K)


def test_a_group_that_is_none_is_not_kept() -> None:
    pdf = good.blank(1)
    hostile.first(pdf).Group = Dictionary(S=Name.JavaScript, JS=String("SECRET"))
    assert not part_of(pdf).pages[0].group
