"""What the writer writes is a PDF that others read, byte for byte the same each time."""

from io import BytesIO

import pytest
from pikepdf import Name, Pdf

from tests.publishing.joining.reading import written
from torbay_reports.publishing.joining.writer import UnwrittenObject, Writer, byte_string, decimal, name, text


def test_thousands_of_objects_in_two_groups_are_read_back_under_their_numbers() -> None:
    numbers: list[int] = []

    def fill(writer: Writer, page: int) -> str:
        numbers.extend(writer.add(f"<</Place {place}>>", "odd" if place % 2 else "") for place in range(3000))
        return ""

    with written(fill) as pdf:
        assert [int(pdf.get_object(number, 0).Place) for number in numbers] == list(range(3000))
        assert pdf.check_pdf_syntax() == []


def test_a_stream_is_stored_as_it_is_given() -> None:
    data = bytes(range(256))
    with written(lambda writer, page: f"/Own {writer.add_stream('/Type/Own', data)} 0 R") as pdf:
        assert pdf.Root.Own.read_raw_bytes() == data
        assert pdf.Root.Own.Type == Name.Own


def test_objects_may_refer_to_numbers_that_are_written_later() -> None:
    def fill(writer: Writer, page: int) -> str:
        later = writer.numbers(2)
        early = writer.add(f"[{later} 0 R {later + 1} 0 R]")
        writer.put(later + 1, "(second)")
        writer.put(later, "(first)")
        return f"/Own {early} 0 R"

    with written(fill) as pdf:
        assert [str(each) for each in pdf.Root.Own] == ["first", "second"]


def whole(title: str) -> bytes:
    writer = Writer()
    pages = writer.add("<</Type/Pages/Kids[]/Count 0>>")
    root = writer.add(f"<</Type/Catalog/Pages {pages} 0 R>>")
    return writer.finish(root=root, info=writer.add(f"<</Title{text(title)}>>"))


def test_the_same_objects_give_the_same_bytes_and_others_another_id() -> None:
    assert whole("One") == whole("One")
    with Pdf.open(BytesIO(whole("One"))) as one, Pdf.open(BytesIO(whole("Two"))) as two:
        assert bytes(one.trailer.ID[0]) == bytes(one.trailer.ID[1]) != bytes(two.trailer.ID[0])


def test_a_number_without_object_and_an_object_written_twice_are_faults_of_the_program() -> None:
    writer = Writer()
    number = writer.number()
    with pytest.raises(UnwrittenObject, match="never written"):
        writer.finish(root=number, info=number)
    twice = Writer()
    place = twice.add_stream("", b"")
    with pytest.raises(UnwrittenObject, match="twice"):
        twice.put_stream(place, "", b"")


@pytest.mark.parametrize(
    "value", ["plain", "£1,377k – “over”", "brackets (open", "back\\slash)", "", "\U0001f6a2 ship", "line\nbreak"]
)
def test_a_string_reads_back_as_it_was(value: str) -> None:
    with written(lambda writer, page: f"/Own{text(value)}") as pdf:
        assert str(pdf.Root.Own) == value


@pytest.mark.parametrize("value", ["item-5--p1-1", "caf\u00e9 (1)", "back\\slash"])
def test_a_name_of_a_place_keeps_its_bytes(value: str) -> None:
    with written(lambda writer, page: f"/Own{byte_string(value)}") as pdf:
        assert bytes(pdf.Root.Own) == value.encode()


@pytest.mark.parametrize("value", ["Table", "A.b-c", "with space", "sl/ash", "caf\u00e9"])
def test_a_pdf_name_reads_back_as_it_was(value: str) -> None:
    with written(lambda writer, page: f"/Own{name(value)}") as pdf:
        assert str(pdf.Root.Own) == f"/{value}"


@pytest.mark.parametrize(
    ("value", "shown"), [(1.0, "1"), (0.5, "0.5"), (595.275591, "595.276"), (-0.0001, "0"), (-2.25, "-2.25"), (7, "7")]
)
def test_a_decimal_has_no_more_places_than_paper_shows(value: float, shown: str) -> None:
    assert decimal(value) == shown
