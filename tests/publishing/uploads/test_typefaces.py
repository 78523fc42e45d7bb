"""A font is embedded when its file is there, and readable when its codes are known to mean characters."""

from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from torbay_reports.publishing.uploads.typefaces import Typeface, typeface_of


def font(kind: str, *, file: str = "", flags: int = 32, **entries: Any) -> Object:
    pdf = Pdf.new()
    descriptor = Dictionary(Type=Name.FontDescriptor, Flags=flags)
    if file:
        descriptor["/" + file] = Stream(pdf, b"")
    held = Dictionary(Type=Name.Font, Subtype=Name("/" + kind), BaseFont=Name("/ABCDEF+Harbour"), **entries)
    if kind == "Type0":
        held.DescendantFonts = Array([Dictionary(FontDescriptor=descriptor)])
    elif kind != "Type3":
        held.FontDescriptor = descriptor
    return held


@pytest.mark.parametrize(
    ("held", "is_embedded", "is_readable"),
    [
        (font("Type1"), False, True),
        (font("Type1", file="FontFile", flags=4), True, True),
        (font("TrueType", file="FontFile2"), True, True),
        (font("TrueType", file="FontFile2", flags=4), True, False),
        (font("TrueType", file="FontFile2", flags=4, Encoding=Name.WinAnsiEncoding), True, True),
        (font("Type0", file="FontFile3", Encoding=Name("/Identity-H")), True, False),
        (font("Type0", Encoding=Name("/Identity-H"), ToUnicode=Name("/Identity-H")), False, True),
        (font("Type0", file="FontFile2", Encoding=Name("/UniJIS-UTF16-H")), True, True),
        (font("Type3"), True, False),
        (font("Type3", ToUnicode=Dictionary()), True, True),
    ],
)
def test_what_is_known_of_a_font(held: Object, is_embedded: bool, is_readable: bool) -> None:
    assert typeface_of(held) == Typeface("Harbour", is_embedded, is_readable)


def test_a_font_of_nonsense_has_no_name_and_is_not_embedded() -> None:
    held = Dictionary(Subtype=Name.TrueType, BaseFont=7, FontDescriptor=Dictionary(Flags=Name.Many))
    assert typeface_of(held) == Typeface("nameless", False, True)
