"""A file that is not what it says, or is made to do harm, is refused with a sentence and nothing else."""

import random
import zipfile
from io import BytesIO

import docx
import msgspec
import pikepdf
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from ofsted.calculations.letter import LetterText
from ofsted.importing import recognising
from ofsted.importing.lines import Line
from ofsted.importing.reading import LARGEST_FILE, read_letter
from ofsted.importing.recognising import recognise, recognise_lines
from ofsted.importing.refusals import UnreadableLetter
from tests.ofsted.importing.making import Written, document, pdf, saved, spaced, wrapped
from tests.ofsted.importing.samples import FIFTH, FIRST, SECOND

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
MAIN = "word/document.xml"
ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'


def refusal(data: bytes, name: str = "letter") -> str:
    with pytest.raises(UnreadableLetter) as refused:
        read_letter(data, name)
    said = str(refused.value)
    assert said.endswith(".")
    assert "tracker" not in said
    return said


def repacked(data: bytes, parts: dict[str, bytes]) -> bytes:
    """The document with these parts in place of its own, or beside them."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in {*old.namelist(), *parts}:
            new.writestr(name, parts[name] if name in parts else old.read(name))
    return stream.getvalue()


def archive(*names: str) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name in names:
            made.writestr(name, "<x/>")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "letter is empty. Choose the file"),
        (b"\n \n", "letter is empty."),
        (bytes(LARGEST_FILE + 1), "letter has 10 MB; 10 MB is the most"),
        (OLE + b"..", "is an older kind of Office file. Save it as a Word document"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "is protected by a password. Save it without one"),
        (b"\x89PNG\r\n\x1a\n", "is a picture. Save it as a Word document"),
        (b"{\\rtf1 Dear Mr Lowe}", "is a document of the kind RTF."),
        (b"<!DOCTYPE html><p>Dear Mr Lowe", "is a web page. Open it. Copy the letter's words"),
        (b"Dear Mr Lowe\x00", "is no text, no Word document and no PDF."),
        (b"\xff\xfeD\x00e", "is no text, no Word document and no PDF."),
        (b"Dear Mr Lowe\x81", "is no text, no Word document and no PDF."),
        (archive("xl/workbook.xml"), "is an Excel workbook. Save it as a Word document"),
        (archive("a.txt"), "is a compressed file. Save it as"),
        (b"PK\x03\x04 and so on", "letter is damaged. Open it where it was made"),
        (archive(MAIN), "letter is damaged. Open it where it was made"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_the_cure(data: bytes, words: str) -> None:
    assert words in refusal(data)


def test_an_archive_that_unpacks_to_too_much_is_refused() -> None:
    bomb = repacked(document(FIRST), {"word/media/a.xml": b"<x>" + b" " * 80 * 1024**2})
    assert "its content unpacks to more than 64 MB" in refusal(bomb)


def test_a_document_with_entities_of_its_own_is_refused() -> None:
    assert "declares entities" in refusal(repacked(document(FIRST), {MAIN: ENTITY}))


def test_a_document_with_macros_is_refused() -> None:
    assert "holds macros" in refusal(repacked(document(FIRST), {"word/vbaProject.bin": b"x"}))


def test_a_document_with_footnotes_is_refused_since_they_would_be_lost() -> None:
    word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    notes = f"<w:footnotes {word}><w:footnote><w:p><w:r><w:t>See below</w:t></w:r></w:p></w:footnote></w:footnotes>"
    made = docx.Document(BytesIO(document(FIRST)))
    part = Part(
        PackURI("/word/footnotes.xml"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
        notes.encode(),
        made.part.package,
    )
    made.part.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes")
    assert "has footnotes or endnotes, which would be lost" in refusal(saved(made))


def test_a_pdf_behind_a_password_a_cut_one_and_one_without_words_are_refused() -> None:
    data = pdf(SECOND, is_tagged=True)
    with pikepdf.open(BytesIO(data)) as opened:
        stream = BytesIO()
        opened.save(stream, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert "password" in refusal(stream.getvalue())
    assert "PDF" in refusal(data[: len(data) // 3])
    blank = pikepdf.new()
    blank.add_blank_page()
    scan = BytesIO()
    blank.save(scan)
    assert refusal(scan.getvalue()) == (
        "The PDF holds pictures of pages and no words, as a scan does. Copy the letter's words and paste them as text."
    )


def test_a_part_that_is_too_long_is_refused_with_its_place() -> None:
    text = spaced(FIFTH)
    for words, long, said in (
        ("Harrowmere Borough Council", "x" * 201, "Line 2 of the addressee has 201 characters; 200 is the most."),
        ("Dear Mr Lowe,", f"Dear {'x' * 96}", "The salutation has 101 characters; 100 is the most."),
        ("Tom Birch", f"Tom {'B' * 200}", "Inspector 2 has 209 characters; 200 is the most."),
        ("Audits", f"Audits{'x' * 20_001}", "Section 5, paragraph 1 has 20,"),
        ("Fifth monitoring", f"Fifth {'x' * 300} monitoring", "The title has 3"),
    ):
        with pytest.raises(UnreadableLetter) as refused:
            recognise(text.replace(words, long))
        assert said in str(refused.value)


@pytest.fixture
def unmatched(monkeypatch: pytest.MonkeyPatch) -> None:
    """No pattern may go over the paragraphs."""

    def fail(*_: object, **__: object) -> None:
        raise AssertionError("The paragraphs were searched.")

    monkeypatch.setattr(recognising, "_require_letter", fail)
    monkeypatch.setattr(recognising, "text_of", fail)


@pytest.mark.usefixtures("unmatched")
def test_too_long_a_paragraph_is_refused_before_patterns_go_over_it() -> None:
    with pytest.raises(UnreadableLetter, match=r"Section 5, paragraph 1 has 20,\d+ characters; 20,000 is the most"):
        recognise(spaced(FIFTH).replace("Audits", "Audits" + " identified" * 1_815))


@pytest.mark.usefixtures("unmatched")
def test_too_many_paragraphs_are_refused_before_patterns_go_over_them() -> None:
    with pytest.raises(UnreadableLetter) as refused:
        recognise(spaced(with_more(FIFTH, ["Plans drift."] * 501)))
    assert str(refused.value).startswith("This text has 5")
    assert str(refused.value).endswith(" paragraphs, more than a letter has. Choose the letter alone.")


@pytest.mark.usefixtures("unmatched")
def test_a_document_with_more_words_than_any_letter_is_refused() -> None:
    said = refusal(document(with_more(FIFTH, ["Based on the evidence " + "identified " * 1_800] * 11)))
    assert "characters; 200,000 is the most of a letter. Leave out what is not the letter." in said


def test_lines_with_more_words_than_any_letter_are_refused() -> None:
    lines = [Line("x" * 1_000)] * 201
    with pytest.raises(UnreadableLetter, match="The text has 201,000 characters; 200,000 is the most of a letter"):
        recognise_lines(lines)


def test_many_points_beneath_a_paragraph_without_end_are_answered_at_once() -> None:
    """Takes several seconds where the paragraph is searched for every point, and from each of its words."""
    areas = ("paragraph", f"The {'area ' * 3_900}.")
    points = [("point", f"point {number}") for number in range(440)]
    at = next(place for place, (kind, _) in enumerate(FIFTH.blocks) if kind == "heading")
    letter = recognise(spaced(Written((*FIFTH.blocks[:at], areas, *points, *FIFTH.blocks[at:]))))
    assert len(letter.areas) == len(recognise(spaced(FIFTH)).areas)


def with_more(letter: Written, paragraphs: list[str]) -> Written:
    """The letter with these paragraphs beneath its last heading."""
    at = max(place for place, (kind, _) in enumerate(letter.blocks) if kind == "heading") + 1
    more = [("paragraph", words) for words in paragraphs]
    return Written((*letter.blocks[:at], *more, *letter.blocks[at:]))


def test_random_bytes_are_refused_and_never_fail() -> None:
    chance = random.Random(7)
    for beginning in (b"", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf", OLE):
        for _ in range(60):
            refusal(beginning + chance.randbytes(chance.randrange(1, 400)))


def test_a_spoilt_letter_is_read_or_refused_and_never_fails() -> None:
    """Every spoilt letter is as good or refused: what is read always has a date, days and findings."""
    chance = random.Random(11)
    texts = [spaced(FIRST), wrapped(FIFTH), wrapped(SECOND, "•\n")]
    odd = [
        "\x00",
        "\f",
        "\n",
        "\n\n",
        "•",
        "-",
        "Dear ",
        "Overview\n",
        ":",
        "\u00ad\n",
        "12\n",
        "\ud800",
        "31 June 2017",
    ]
    read = 0
    for turn in range(600):
        text = texts[turn % 3]
        for _ in range(chance.randrange(1, 6)):
            at, to = sorted(chance.randrange(len(text)) for _ in range(2))
            to = min(to, at + 300)
            text = text[:at] + chance.choice([*odd, text[at:to] * 2, ""]) + text[to if chance.random() < 0.5 else at :]
        letter = either(text)
        read += letter is not None
    assert 100 < read < 600


def either(text: str) -> LetterText | None:
    try:
        letter = recognise(text)
    except UnreadableLetter:
        return None
    assert letter.findings
    assert msgspec.convert(msgspec.to_builtins(letter), LetterText) == letter
    assert letter.visit.first <= letter.visit.last
    return letter


def test_a_spoilt_document_is_read_or_refused_and_never_fails() -> None:
    chance = random.Random(13)
    good = document(SECOND)
    read = 0
    for _ in range(60):
        data = bytearray(good)
        for _ in range(chance.randrange(1, 4)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            read += read_letter(bytes(data), "letter.docx") is not None
        except UnreadableLetter:
            continue
    assert read < 60


def test_long_texts_without_sense_are_answered_at_once() -> None:
    for piece in ("a", "1 ", "- ", "( ", "and ", "Dear a\n", "25 and ", ".\n", "Inspectors were A B, ", "\f\n"):
        text = (
            f"24 August 2017\nDear Ms A\nThis letter is about the monitoring visit. {piece * (150_000 // len(piece))}"
        )
        assert either(text) is None
