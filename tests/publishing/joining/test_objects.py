"""Objects that parts bring along are written once where they are equal, with references and fonts put right."""

from collections.abc import Sequence

from msgspec.structs import replace
from pikepdf import Pdf

from tests.publishing.joining import making
from tests.publishing.joining.reading import written
from torbay_reports.publishing.joining.fonts import Faces
from torbay_reports.publishing.joining.objects import Objects
from torbay_reports.publishing.joining.writer import Writer
from torbay_reports.publishing.pagetext import unicode_map
from torbay_reports.publishing.parts.values import Font, Part, Raw


def part_of(*raws: Raw, fonts: Sequence[Font] = ()) -> Part:
    return replace(making.sheet_of_words(["x"]).part(), objects=raws, fonts=tuple(fonts))


def brought(*parts: Part) -> Pdf:
    """A file whose catalogue lists every part's objects."""

    def fill(writer: Writer, page: int) -> str:
        faces = Faces(writer)
        objects = Objects(writer, faces)
        listed = [objects.add(part).objects for part in parts]
        faces.write()
        return f"/Own[{''.join('[' + ' '.join(f'{number} 0 R' for number in each) + ']' for each in listed)}]"

    return written(fill)


PICTURE = Raw((b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8>>",), b"\x80")


def test_equal_objects_of_two_parts_are_one_in_the_pack() -> None:
    holder = Raw((b"<</Picture", 0, b">>"))
    with brought(part_of(PICTURE, holder), part_of(PICTURE, holder)) as pdf:
        first, second = pdf.Root.Own
        assert [each.objgen for each in first] == [each.objgen for each in second]
        assert first[1].Picture.read_raw_bytes() == b"\x80"


def test_a_reference_to_an_object_further_on_is_put_right() -> None:
    with brought(part_of(Raw((b"<</Picture ", 1, b">>")), PICTURE)) as pdf:
        assert pdf.Root.Own[0][0].Picture.objgen == pdf.Root.Own[0][1].objgen


def test_objects_in_a_ring_stay_apart_and_whole() -> None:
    ring = (Raw((b"<</Next", 1, b">>")), Raw((b"<</Next", 0, b">>")), Raw((b"[", 0, b"]")))
    with brought(part_of(*ring), part_of(*ring)) as pdf:
        one, two, user = pdf.Root.Own[0]
        assert one.Next.objgen == two.objgen
        assert two.Next.objgen == one.objgen
        assert user[0].objgen == one.objgen
        assert pdf.Root.Own[1][0].objgen != one.objgen


def test_a_drawing_names_fonts_of_the_program_and_of_its_own() -> None:
    fonts = (Font("400-normal", ((5, "a"),)), Font(raw=1))
    form = Raw((b"<</A", -1, b"/B", -2, b">>"), b"q Q")
    courier = Raw((b"<</Type/Font/Subtype/Type1/BaseFont/Courier>>",))
    with brought(part_of(form, courier, fonts=fonts)) as pdf:
        drawn = pdf.Root.Own[0][0]
        assert unicode_map(drawn.A) == {5: "a"}
        assert str(drawn.B.BaseFont) == "/Courier"
        assert drawn.read_raw_bytes() == b"q Q"
