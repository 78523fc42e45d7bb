"""What holds for every part that cleaning lets through."""

import re
import zlib
from io import BytesIO
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, parse_content_stream

from torbay_reports.publishing.parts.values import CONTENT, ELEMENT, LINK, Part, content_page, kid_kind
from torbay_reports.publishing.uploads import plain
from torbay_reports.publishing.uploads.annotations import is_safe_address
from torbay_reports.publishing.uploads.scalars import spelt

FORBIDDEN_KEYS = frozenset(
    {
        "/A",
        "/AA",
        "/AF",
        "/AcroForm",
        "/Alternates",
        "/Annots",
        "/Collection",
        "/EF",
        "/F",
        "/FS",
        "/JS",
        "/Launch",
        "/Metadata",
        "/Names",
        "/Next",
        "/OC",
        "/OCGs",
        "/OCProperties",
        "/OPI",
        "/OpenAction",
        "/Outlines",
        "/PS",
        "/PieceInfo",
        "/Ref",
        "/RichMediaContent",
        "/StructParent",
        "/StructParents",
        "/Thumb",
        "/URI",
        "/XFA",
        "/MCID",
        "/SourceModified",
    }
)
FORBIDDEN_VALUES = frozenset(
    {
        "/JavaScript",
        "/Launch",
        "/SubmitForm",
        "/ImportData",
        "/GoToR",
        "/GoToE",
        "/Named",
        "/Rendition",
        "/EmbeddedFile",
        "/Filespec",
        "/Widget",
        "/PS",
        "/OCG",
        "/OCMD",
        "/RichMedia",
        "/Action",
        "/Annot",
    }
)
PAINTS = frozenset({"Tj", "TJ", "'", '"', "Do", "sh", "f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "INLINE IMAGE"})
SECRET = b"SECRET"


def assert_clean(part: Part) -> None:
    """Fails when anything in the part could act, hide something or lead elsewhere."""
    pdf = Pdf.open(BytesIO(plain.as_pdf(part)), inherit_page_attributes=False)
    assert pdf.check_pdf_syntax() == []
    for held in pdf.objects:
        _assert_harmless(held)
        if isinstance(held, Stream) and held.get(Name.Filter) in (None, Name.FlateDecode):
            assert SECRET not in held.read_bytes()
    assert all(link.target.startswith("#page-") or is_safe_address(link.target) for link in part.links)
    for page in part.pages:
        assert all(re.fullmatch(r"[a-z]\d+", name) for name in page.fonts)
        assert_complete(zlib.decompress(page.content), len(page.owners))
    assert_sound_tree(part)


def _assert_harmless(held: Any) -> None:
    if isinstance(held, Array):
        for each in list(held):
            if not (isinstance(each, Object) and each.is_indirect):
                _assert_harmless(each)
    elif isinstance(held, (Dictionary, Stream)):
        # In a dictionary of glyphs or fonts any name may stand as a key.
        bad = FORBIDDEN_KEYS & set(held.keys())
        assert not bad, f"{bad} in {held!r:.300}"
        for key, value in held.items():
            assert spelt(value) not in FORBIDDEN_VALUES, f"{key} in {held!r:.300}"
            if isinstance(value, (Array, Dictionary)) and not value.is_indirect and key != "/CharProcs":
                _assert_harmless(value)


def assert_complete(content: bytes, marked: int) -> None:
    """Fails when states, text objects or marks of a content are not in pairs, or numbers are not 0, 1, 2, …"""
    pdf = Pdf.new()
    states, is_in_text = 0, False
    marks: list[str] = []
    numbers: list[int] = []
    for instruction in parse_content_stream(Stream(pdf, content)):
        operator = str(instruction.operator)
        states += {"q": 1, "Q": -1}.get(operator, 0)
        assert states >= 0
        if operator in {"BT", "ET"}:
            assert is_in_text == (operator == "ET")
            is_in_text = operator == "BT"
        elif operator in {"BMC", "BDC", "EMC"}:
            _follow(operator, list(instruction.operands), marks, numbers)
        elif operator in PAINTS:
            assert marks, "painted without a mark"
    assert (states, marks, is_in_text) == (0, [], False)
    assert numbers == list(range(marked))


def _follow(operator: str, operands: list[Any], marks: list[str], numbers: list[int]) -> None:
    if operator == "EMC":
        marks.pop()
    elif operator == "BMC":
        assert operands[0] == Name.Artifact
        assert not marks
        marks.append("artifact")
    else:
        assert isinstance(operands[1], Dictionary)
        assert set(operands[1].keys()) <= {"/MCID", "/ActualText", "/Alt", "/E", "/Lang"}
        if Name.MCID in operands[1]:
            assert not marks
            numbers.append(int(operands[1].MCID))
        marks.append("text")


def assert_sound_tree(part: Part) -> None:
    """Fails when an element, a piece or a link is held twice or never, or a name stands twice."""
    elements = [kid[1] for each in part.elements for kid in each.kids if kid_kind(kid) == ELEMENT]
    assert sorted([*elements, *part.tops]) == list(range(len(part.elements)))
    assert all(
        place > holder for holder, each in enumerate(part.elements) for kind, place in each.kids if kind == ELEMENT
    )
    links = [kid[1] for each in part.elements for kid in each.kids if kid_kind(kid) == LINK]
    assert sorted(links) == list(range(len(part.links)))
    held = {
        (content_page(kid, each.page), kid[1]): place
        for place, each in enumerate(part.elements)
        for kid in each.kids
        if kid_kind(kid) == CONTENT
    }
    owners = {(page, n): owner for page, each in enumerate(part.pages) for n, owner in enumerate(each.owners)}
    assert held == owners
    names = [each.name for each in part.elements if each.name]
    assert len(names) == len(set(names))
    assert all(set(each.headers) <= set(names) for each in part.elements)
    assert all(each.kind != "Link" or any(kind == LINK for kind, _ in each.kids) for each in part.elements)
