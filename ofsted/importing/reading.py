"""A letter read from a file of any kind that it comes in."""

import codecs
import re
import zipfile
from io import BytesIO
from typing import Final

from improvement.importing.opening.archives import require_harmless
from improvement.importing.opening.files import FileKind, UnreadableTracker
from ofsted.calculations.letter import LetterText
from ofsted.importing.lines import Line
from ofsted.importing.pages import read_pdf
from ofsted.importing.recognising import recognise, recognise_lines
from ofsted.importing.refusals import PASTE, UnreadableLetter, no_words
from ofsted.importing.word import read_word

LARGEST_FILE: Final = 10 * 1024 * 1024
"""Bytes of a file that is taken in at all."""

_SAVE_AS: Final = (
    "Save it as a Word document (.docx) or a PDF and choose that file, or paste the letter's words as text."
)
_PDF_WITHIN: Final = 1024
"""Bytes within which a PDF says that it is one, as readers take it."""

_OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_ZIP: Final = b"PK\x03\x04"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_DAMAGED: Final = "is damaged. Open it where it was made, save it anew, and choose that file."
_OTHERS: Final = (
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\x00", "a picture"),
    (b"MM\x00*", "a picture"),
    (b"{\\rtf", "a document of the kind RTF"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"MZ\x90", "a program"),
    (b"\x7fELF", "a program"),
)
_PARTS: Final = (
    ("xl/workbook.xml", "an Excel workbook"),
    ("ppt/presentation.xml", "a presentation"),
    ("content.xml", "an OpenDocument file"),
)
_WEB_PAGE: Final = re.compile(r"\s*<(?:!doctype\s+html|html|\?xml)\b", re.IGNORECASE)
_BLANKS: Final = frozenset(b"\t\n\x0b\x0c\r\x1e\x1f")


def read_letter(data: bytes, file_name: str) -> LetterText:
    """The letter that a file holds: PDF, Word document or text, by its content and whatever its name says.

    Raises UnreadableLetter, and nothing else, with a sentence that begins with the file's name where the fault is the
    file's.
    """
    name = _shown(file_name)
    if len(data) > LARGEST_FILE:
        raise UnreadableLetter(
            f"{name} has {len(data) / 1024**2:,.0f} MB; {LARGEST_FILE // 1024**2} MB is the most that is taken in. "
            "Remove its pictures and save it anew, or paste the letter's words as text."
        )
    if not data.strip():
        raise UnreadableLetter(f"{name} is empty. Choose the file that holds the letter.")
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return recognise_lines(read_pdf(data))
    if data.startswith(_ZIP):
        return recognise_lines(_document(data, name))
    return recognise(_text(data, name))


def _document(data: bytes, name: str) -> list[Line]:
    _require_word(data, name)
    try:
        require_harmless(data, FileKind.DOCUMENT, name)
    except UnreadableTracker as refused:
        # The check is that of the improvement plan's files, and speaks of their tracker.
        raise UnreadableLetter(str(refused).replace("the tracker", "the letter")) from None
    try:
        return read_word(data)
    except UnreadableLetter:
        raise
    except Exception:
        # The libraries answer a damaged file with errors of any kind, from KeyError to what lxml raises; what they say
        # may repeat its words.
        raise UnreadableLetter(f"{name} {_DAMAGED}") from None


def _require_word(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = set(archive.namelist())
    except Exception:
        # zipfile answers a damaged file with errors of a dozen kinds.
        raise UnreadableLetter(f"{name} {_DAMAGED}") from None
    if "word/document.xml" not in members:
        found = next((kind for part, kind in _PARTS if part in members), "a compressed file")
        raise UnreadableLetter(f"{name} is {found}. {_SAVE_AS}")


def _text(data: bytes, name: str) -> str:
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise UnreadableLetter(f"{name} is protected by a password. Save it without one, and choose that file.")
        raise UnreadableLetter(f"{name} is an older kind of Office file. {_SAVE_AS}")
    for beginning, found in _OTHERS:
        if data.startswith(beginning):
            raise UnreadableLetter(f"{name} is {found}. {_SAVE_AS}")
    text = _decoded(data, name)
    if _WEB_PAGE.match(text):
        raise UnreadableLetter(f"{name} is a web page. Open it. {PASTE}")
    if not text.strip():
        raise no_words()
    return text


def _decoded(data: bytes, name: str) -> str:
    """The text in the first of the usual encodings that fits."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif any(byte < 32 and byte not in _BLANKS for byte in data):
        encodings = []
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableLetter(f"{name} is no text, no Word document and no PDF. {_SAVE_AS}")


def _shown(file_name: str) -> str:
    """The name as a sentence may hold it: on one line, without folders, and no longer than a line."""
    name = " ".join(
        re.sub(r"[\x00-\x1f\x7f\ud800-\udfff]", " ", file_name.replace("\\", "/").rpartition("/")[2]).split()
    )
    return (f"{name[:60]}…" if len(name) > 60 else name) or "The file"
