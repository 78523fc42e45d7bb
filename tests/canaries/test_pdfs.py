"""Words in a PDF are found wherever they stand, shown or not, and the place is named."""

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
import weasyprint
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from tests.canaries.reading import texts_of
from tests.canaries.words import Canaries

CANARIES = Canaries()
CANARY = CANARIES.of("contract", "title")
WORDS = CANARY.sentence
ALL = {*CANARY.marks, str(CANARY.amount)}
UTF_16 = String(b"\xfe\xff" + WORDS.encode("utf-16-be"))

Change = Callable[[Pdf], None]


@pytest.fixture(scope="module")
def plain() -> bytes:
    return written("<p>One</p><p style='break-before: page'>Two</p>")


def written(body: str) -> bytes:
    page = f'<html lang="en"><title>Papers</title><style>@page {{ size: A6 }}</style><body><h1>Papers</h1>{body}'
    data = weasyprint.HTML(string=page).write_pdf(pdf_variant="pdf/ua-1")
    assert isinstance(data, bytes)
    return data


def changed(data: bytes, change: Change) -> bytes:
    file = BytesIO()
    with Pdf.open(BytesIO(data)) as opened:
        change(opened)
        opened.save(file, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True)
    return file.getvalue()


def found_in(data: bytes) -> set[tuple[str, str]]:
    return {(text.place, mark) for text in texts_of(data, "x") for mark in CANARIES.marks_in(text.data)}


def in_the_info(pdf: Pdf) -> None:
    pdf.docinfo["/Title"] = UTF_16


def in_xmp(pdf: Pdf) -> None:
    with pdf.open_metadata() as metadata:
        metadata["dc:description"] = WORDS


def in_the_outline(pdf: Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root[0].title = WORDS


def in_an_annotation(pdf: Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], Contents=UTF_16)
    pdf.pages[0].Annots = Array([pdf.make_indirect(note)])


def in_an_embedded_file(pdf: Pdf) -> None:
    pdf.attachments["notes.txt"] = WORDS.encode()


def in_the_name_of_an_embedded_file(pdf: Pdf) -> None:
    pdf.attachments[f"{WORDS}.txt"] = b"nothing"


def in_an_embedded_pdf(pdf: Pdf) -> None:
    pdf.attachments["inner.pdf"] = changed(written("<p>One</p>"), in_the_info)


def in_a_tag(key: str) -> Change:
    def change(pdf: Pdf) -> None:
        element = next(each for each in pdf.objects if isinstance(each, Dictionary) and each.get("/S") == Name.P)
        element[key] = UTF_16

    return change


def as_a_name(pdf: Pdf) -> None:
    pdf.Root.Names = Dictionary(Dests=Dictionary({f"/{CANARY.marks[0]}": String(WORDS)}))


def in_kerned_strings(pdf: Pdf) -> None:
    kerned = "".join(f"({word[:4]})-20.5({word[4:]})" for word in WORDS.replace("£", "").split())
    pdf.pages[0].contents_add(f"BT 3 Tr [{kerned}] TJ ET".encode())


def in_hexadecimals(pdf: Pdf) -> None:
    pdf.pages[0].contents_add(b"BT [<" + WORDS.encode("utf-16-be").hex(" ").encode() + b">] TJ ET")


def in_marked_content(pdf: Pdf) -> None:
    pdf.pages[0].contents_add(b"/Span <</ActualText <FEFF" + WORDS.encode("utf-16-be").hex().encode() + b">>> BDC EMC")


def in_a_stream_that_nothing_uses(pdf: Pdf) -> None:
    pdf.Root.Left = pdf.make_indirect(Stream(pdf, WORDS.encode()))


PLACES: dict[str, tuple[Change, str]] = {
    "the Info": (in_the_info, "x, Info /Title"),
    "XMP": (in_xmp, "x, Metadata"),
    "the outline": (in_the_outline, "x, outline /Title"),
    "an annotation": (in_an_annotation, "x, Annot /Contents"),
    "an embedded file": (in_an_embedded_file, "x, EmbeddedFile"),
    "the name of an embedded file": (in_the_name_of_an_embedded_file, "x, Filespec /UF"),
    "an embedded PDF": (in_an_embedded_pdf, "x, EmbeddedFile, Info /Title"),
    "an alternative": (in_a_tag("/Alt"), "x, StructElem /Alt"),
    "an actual text": (in_a_tag("/ActualText"), "x, StructElem /ActualText"),
    "an expansion": (in_a_tag("/E"), "x, StructElem /E"),
    "the title of a tag": (in_a_tag("/T"), "x, StructElem /T"),
    "a name": (as_a_name, "x, Catalog /Names /Dests"),
    "kerned strings": (in_kerned_strings, "x, object"),
    "hexadecimals": (in_hexadecimals, "x, object"),
    "marked content": (in_marked_content, "x, object"),
    "a stream that nothing uses": (in_a_stream_that_nothing_uses, "x, object"),
}


@pytest.mark.parametrize("place", PLACES)
def test_words_are_found_in(plain: bytes, place: str) -> None:
    change, where = PLACES[place]
    found = found_in(changed(plain, change))
    assert {mark for _, mark in found} >= ALL
    assert any(each.startswith(where) for each, _ in found), sorted(found)


def test_a_printed_page_is_found_by_its_number() -> None:
    found = found_in(written(f"<p style='break-before: page'>{WORDS}</p>"))
    assert {mark for place, mark in found if place == "x, page 2"} == ALL
    assert not {place for place, _ in found if place == "x, page 1"}


def test_white_tiny_and_narrow_print_is_found() -> None:
    style = "color: white; font-size: 1pt; width: 4pt; hyphens: manual; overflow-wrap: anywhere"
    found = found_in(written(f"<p style='{style}'>{WORDS}</p>"))
    assert {mark for place, mark in found if place == "x, page 1"} == ALL


def test_an_earlier_revision_is_found_below_the_one_that_stands(plain: bytes) -> None:
    """A program that saves over words by appending to the file leaves them in it."""
    file = BytesIO()
    with Pdf.open(BytesIO(plain)) as opened:
        in_a_stream_that_nothing_uses(opened)
        opened.save(file, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=True)
    before = file.getvalue()
    with Pdf.open(BytesIO(before)) as opened:
        number = opened.Root.Left.objgen[0]
        root, size = opened.Root.objgen[0], int(opened.trailer.Size)
    earlier = int(before.rsplit(b"startxref", 1)[1].split()[0])
    emptied = b"\n%d 0 obj\n<< /Length 0 >>\nstream\n\nendstream\nendobj\n" % number
    table = b"xref\n%d 1\n%010d 00000 n \n" % (number, len(before) + 1)
    trailer = b"trailer\n<< /Size %d /Root %d 0 R /Prev %d >>\n" % (size, root, earlier)
    after = before + emptied + table + trailer + b"startxref\n%d\n%%%%EOF\n" % (len(before) + len(emptied))
    with Pdf.open(BytesIO(after)) as opened:
        assert opened.Root.Left.read_bytes() == b""
    assert found_in(after) == {("x, a bare stream", mark) for mark in ALL}


def test_of_a_file_that_was_sent_in_part_the_whole_streams_are_read(plain: bytes) -> None:
    data = changed(plain, in_an_embedded_file)
    texts = texts_of(data[: len(data) - 40], "x", is_whole=False)
    assert {mark for text in texts for mark in CANARIES.marks_in(text.data)} == ALL


def test_what_nobody_planted_is_not_found(plain: bytes) -> None:
    assert found_in(plain) == set()
