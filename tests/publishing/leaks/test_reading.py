"""Every text of every file is read; what cannot be read is refused by its name."""

import json
import struct
import zipfile
import zlib
from base64 import b64encode
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document as Word
from openpyxl import Workbook
from pikepdf import Dictionary, Encryption, Name, Pdf, String

from tests.publishing.leaks import canaries
from tests.publishing.leaks.canaries import SENTENCE
from torbay_reports.documents.blocks import to_json
from torbay_reports.publishing.leaks.found import Unreadable
from torbay_reports.publishing.leaks.index import Index
from torbay_reports.publishing.leaks.reading import read_file, read_folder
from torbay_reports.publishing.leaks.words import normalised

DRAWING = b64encode(f"<svg><desc>{SENTENCE}</desc></svg>".encode()).decode()


def places(name: str, data: bytes | str, sought: str = SENTENCE) -> list[str]:
    found = list(read_file(name, data.encode() if isinstance(data, str) else data))
    return list(dict.fromkeys(found[place].place for place in Index(found).places(normalised(sought))))


@pytest.mark.parametrize(
    ("source", "place"),
    [
        (f"<p>{SENTENCE}</p>", "its text"),
        (
            "<p>" + SENTENCE.replace("lease", "le<b>as</b>e").replace("a premium", "a <i class='x'>premium</i>"),
            "its text",
        ),
        (f"<div><span>Offer</span><span>{SENTENCE}</span><span>Yes</span></div>", "its text"),
        ("<table><tr>" + "".join(f"<td>{word}</td>" for word in SENTENCE.split()) + "</tr></table>", "its text"),
        ("<p>" + SENTENCE.replace("boathouse", "boat&shy;house").replace(" ", "&nbsp;"), "its text"),
        ("<p>" + "".join(f"&#{ord(letter)};" for letter in SENTENCE), "its text"),
        ("<p>" + SENTENCE.replace("offered", "oﬀered").replace("tenant", "ten-\nant"), "its text"),
        (f"<p hidden style='display:none'>{SENTENCE}</p>", "its text"),
        (f"</html>{SENTENCE}", "its text"),
        (f"<p unclosed='{SENTENCE}", "its text"),
        (f"<title>{SENTENCE}</title>", "its title"),
        (f'<img src="a.png" alt="{SENTENCE}">', "an attribute"),
        (f'<meta name="description" content="{SENTENCE}">', "an attribute"),
        (f"<p data-{SENTENCE.replace(' ', '-')}>", "an attribute"),
        (f'<a href="mailto:x@y.invalid?subject={SENTENCE.replace(" ", "%20")}">', "an attribute"),
        (f'<a href="/search?q={SENTENCE.replace(" ", "+")}">', "an attribute"),
        ('<iframe srcdoc="&lt;p&gt;' + SENTENCE.replace("lease", "le&lt;b&gt;ase&lt;/b&gt;") + '">', "an attribute"),
        (f"<!-- {SENTENCE} -->", "a comment"),
        (f"<!-- <p>{SENTENCE.replace('lease', 'le<b>ase</b>')} never closed", "a comment"),
        (f"<script>if (a<b) x = '{SENTENCE}'</script>", "a script or style"),
        (
            '<script type="application/json">' + json.dumps({"a": SENTENCE.replace("e", "é")}) + "</script>",
            "a script or style",
        ),
        ("<script>x='" + "".join(f"\\u{ord(letter):04x}" for letter in SENTENCE) + "'", "a script or style"),
        (f"<style>p::before {{ content: '{SENTENCE}' }}</style>", "a script or style"),
        (f"<svg><title>{SENTENCE}</title></svg>", "its title"),
        ("<svg><text>" + SENTENCE.replace("lease", "le<tspan dy='1'>ase</tspan>") + "</text></svg>", "its text"),
        (f"<feed><entry><![CDATA[<p>{SENTENCE.replace('a pre', 'a <i>pre</i>')}]]></entry></feed>", "its text"),
        (f"<?xml-stylesheet {SENTENCE}?><a/>", "an attribute"),
        (f'<img src="data:image/svg+xml;base64,{DRAWING}">', "a file written inside it"),
    ],
)
@pytest.mark.parametrize("ending", ["html", "svg", "xml"])
def test_a_page_is_read_wherever_it_says_it(source: str, place: str, ending: str) -> None:
    assert place in places(f"a.{ending}", f"<html><p>Before</p>{source}")


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (canaries.saved(canaries.text_pdf("One", SENTENCE)), "page 2"),
        (canaries.saved(canaries.text_pdf(SENTENCE.replace(" ", "\n"))), "page 1"),
        (canaries.saved(canaries.text_pdf(SENTENCE.replace("lease", "le-\nase"))), "page 1"),
        (canaries.with_content(canaries.shown(SENTENCE) + " 0 g 0 0 600 800 re f"), "page 1"),
        (canaries.with_content(canaries.shown(SENTENCE, "1 g")), "page 1"),
        (canaries.with_content(canaries.shown(SENTENCE, "3 Tr")), "page 1"),
        (canaries.with_content(canaries.shown(SENTENCE, place="-4000 9000")), "page 1"),
        (canaries.with_content(canaries.shown(SENTENCE, "0.001 0 0 0.001 1 1 cm")), "page 1"),
        (canaries.with_content(f"q 0 0 1 1 re W n {canaries.shown(SENTENCE)} Q"), "page 1"),
        (canaries.with_content(f"/Span <</ActualText (x)>> BDC {canaries.shown(SENTENCE)} EMC"), "page 1"),
        (
            canaries.with_content(f"/Span <</ActualText ({SENTENCE})>> BDC {canaries.shown('x')} EMC"),
            "words beside a drawing",
        ),
        (canaries.with_content(f"\n% {SENTENCE}\n"), "words beside a drawing"),
        (canaries.with_form(SENTENCE, drawn=True), "page 1"),
        (canaries.with_form(SENTENCE, drawn=False), "a drawing inside it"),
        (canaries.with_title(SENTENCE), "its title"),
        (canaries.with_title(SENTENCE.replace("ff", "ﬀ")), "its title"),
        (canaries.with_xmp(SENTENCE), "its metadata"),
        (canaries.with_outline(SENTENCE), "the outline"),
        (canaries.with_structure("/Alt", SENTENCE), "the structure"),
        (canaries.with_structure("/ActualText", SENTENCE), "the structure"),
        (canaries.with_structure("/E", SENTENCE), "the structure"),
        (canaries.with_structure("/T", SENTENCE), "the structure"),
        (canaries.with_structure("/Lang", SENTENCE), "the structure"),
        (canaries.with_replacements(*SENTENCE.replace("lease", "le ase").split()), "the structure"),
        (canaries.with_annotation(Contents=String(SENTENCE)), "an annotation on page 1"),
        (
            canaries.with_annotation(
                A=Dictionary(S=Name.URI, URI=String(f"https://a.invalid/?{SENTENCE.replace(' ', '%20')}"))
            ),
            "an annotation on page 1",
        ),
        (canaries.with_destination(SENTENCE), "the list of named places"),
        (canaries.with_old_destination(SENTENCE), "inside the file"),
        (canaries.with_attachment("a.txt", SENTENCE.encode()), "attached file 1, its text"),
        (canaries.with_attachment("a.csv", SENTENCE.replace(" ", ",").encode()), "attached file 1, its rows"),
        (canaries.with_attachment("a.pdf", canaries.with_title(SENTENCE)), "attached file 1, its title"),
        (
            canaries.with_attachment("b.pdf", canaries.with_attachment("c.html", SENTENCE.encode())),
            "attached file 1, attached file 1, its text",
        ),
        (canaries.with_attachment(f"{SENTENCE}.txt", b"x"), "attached file 1, its name"),
    ],
)
def test_a_pdf_is_read_wherever_it_says_it(data: bytes, place: str) -> None:
    assert place in places("a.pdf", data)


def test_a_sentence_over_two_pages_is_read_past_head_and_foot() -> None:
    words = SENTENCE.split()
    top, bottom = " ".join(words[:6]), " ".join(words[6:])
    pdf = canaries.text_pdf(f"Board\nOne.\n{top}\nPage 1 of 2", f"Board\n{bottom}\nTwo.\nPage 2 of 2")
    assert places("a.pdf", canaries.saved(pdf)) == ["pages 1 and 2"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", f'Item,Words\r\n1,"{SENTENCE}"\r\n'),
        ("a.csv", "\ufeff" + SENTENCE.replace(" ", ",")),
        ("a.json", json.dumps({"a": [1, {"b": SENTENCE}]})),
        ("a.json", json.dumps({SENTENCE: None})),
        ("a.json", f'{{"a": "{SENTENCE}", "a": "the later of two"}}'),
        ("a.json", json.dumps({"a": json.dumps({"b": SENTENCE.replace("ten", "tén")})})),
        ("a.json", json.dumps({"a": SENTENCE.replace("lease", "le<b>ase</b>")})),
        ("a.txt", SENTENCE),
        ("a.txt", SENTENCE.encode("utf-16")),
        ("a.css", f"/* {SENTENCE} */"),
        ("a.css", "p { content: '" + SENTENCE.replace("t", "\\74 ") + "' }"),
        (f"papers/{SENTENCE.replace(' ', '-')}/index.html", "x"),
        (f"{SENTENCE.replace(' ', '/')}.txt", "x"),
        ("a.jpg", b"\xff\xd8\xff\xe1\x00\x99Exif\0\0" + SENTENCE.encode() + b"\xff\xd9"),
        ("a.jpg", b"\xff\xd8\xff\xe1\x00\x99Exif\0\0" + SENTENCE.encode("utf-16-le") + b"\xff\xd9"),
        ("a.woff2", b"wOF2\0\0" + SENTENCE.encode()),
    ],
)
def test_other_files_are_read(name: str, data: bytes | str) -> None:
    assert places(name, data)


def test_a_documents_sentence_is_read_over_its_figures() -> None:
    assert "its text" in places(
        "document.json", to_json(canaries.paper()), "Works are priced at £48.25m by the surveyor"
    )


@pytest.mark.parametrize("kind", [b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"trailer"])
def test_words_beside_a_picture_are_read(kind: bytes) -> None:
    packed = zlib.compress(SENTENCE.encode())
    body = {b"zTXt": b"Title\0\0" + packed, b"iTXt": b"Title\0\1\0en\0t\0" + packed}.get(
        kind, b"Title\0" + SENTENCE.encode()
    )
    end = _chunk(b"IEND", b"")
    chunks = end + body if kind == b"trailer" else _chunk(kind, body) + end
    assert places("a.png", b"\x89PNG\r\n\x1a\n" + _chunk(b"IDAT", b"\0") + chunks) == ["words beside the picture"]


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + b"\0\0\0\0"


def test_office_files_are_read() -> None:
    book, word, sheet, text = Workbook(), Word(), BytesIO(), BytesIO()
    book.create_sheet("Hidden").append([SENTENCE])
    book["Hidden"].sheet_state = "hidden"
    book.save(sheet)
    paragraph = word.add_paragraph(SENTENCE[:30])
    paragraph.add_run(SENTENCE[30:])
    word.save(text)
    assert places("a.xlsx", sheet.getvalue())
    assert places("a.docx", text.getvalue())


def _locked() -> bytes:
    out = BytesIO()
    canaries.a_pdf().save(out, encryption=Encryption(owner="o", user="u"))
    return out.getvalue()


def _with_a_page_taken_out() -> bytes:
    pdf = canaries.text_pdf("One", SENTENCE)
    pdf.Root.PieceInfo = Dictionary(Left=pdf.pages[1].obj)
    del pdf.pages[1]
    return canaries.saved(pdf)


def _saved_again() -> bytes:
    """A title written over: the earlier one is still in the file."""
    data = canaries.with_title("An earlier title")
    return data + data[data.rindex(b"startxref") :]


def _archive(**members: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("papers/a.doc", b"\xd0\xcf\x11\xe0"),
        ("papers/a", b"x"),
        ("papers/a.zip", _archive(a=b"x")),
        ("papers/a.xlsx", _archive(a=b"x")),
        ("papers/a.xlsx", b"not an archive"),
        ("papers/a.txt", b"\xff\x00\x80"),
        ("papers/a.html", b"binary\0"),
        ("papers/a.json", b"{"),
        ("papers/a.png", b"\x89PNG\r\n\x1a\n\0\0"),
        ("papers/a.pdf", b"%PDF-1.7 nothing"),
        ("papers/a.pdf", canaries.saved(canaries.a_pdf())[:-60]),
        ("papers/a.pdf", _locked()),
        ("papers/a.pdf", _saved_again()),
        ("papers/a.pdf", _with_a_page_taken_out()),
        ("papers/a.pdf", b"before " + canaries.with_title("x")),
        ("papers/a.pdf", canaries.with_title("x") + b"after"),
        ("papers/a.pdf", canaries.with_attachment("a.exe", b"MZ")),
        ("papers/a.css", b"p { background: url(data:x;base64,AAECAwQFBgcA) }"),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_name(name: str, data: bytes) -> None:
    with pytest.raises(Unreadable, match="“papers/a.*Make the file anew"):
        list(read_file(name, data))


def test_a_refusal_does_not_quote_the_file() -> None:
    with pytest.raises(Unreadable) as refused:
        list(read_file("a.json", f"[{SENTENCE}".encode()))
    assert "tenant" not in str(refused.value)


def test_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.html").symlink_to("/etc/hostname")
    with pytest.raises(Unreadable, match="a.html.* is a link"):
        list(read_folder(tmp_path))


def test_hidden_and_deep_files_of_a_folder_are_read(tmp_path: Path) -> None:
    for name in ("b/c/d.txt", ".hidden.txt", "a.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    assert [name for name, found in read_folder(tmp_path) if found.words == "x"] == [
        ".hidden.txt",
        "a.txt",
        "b/c/d.txt",
    ]


def test_a_pdf_of_our_own_is_read_whole() -> None:
    with Pdf.new() as pdf:
        pdf.add_blank_page()
        assert list(read_file("x.pdf", canaries.saved(pdf)))
