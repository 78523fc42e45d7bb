"""The check of a workbook's or document's archive, before any library opens it: bombs, macros, entities, passwords."""

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Final
from xml.parsers import expat

from torbay_reports.core.opening.files import FileKind, Wanted, mismatch
from torbay_reports.core.reading import UnreadableFile

MOST_MEMBERS: Final = 1_000
LARGEST_UNPACKED: Final = 64 * 1024 * 1024
"""Bytes of all members together, counted while they are unpacked."""

LARGEST_RATIO: Final = 250
"""How many times its packed size a member of more than a megabyte may have."""

MOST_ORNAMENTS: Final = 100_000
"""Of a workbook, which keeps an object for each in memory."""

DEEPEST: Final = 200
_BEYOND_ANY_LIMIT: Final = 10**12

_CHUNK = 64 * 1024
_PIECE = 1024 * 1024
"""Bytes of XML read at once: the parser begins an unfinished token, however long, anew with each."""

_ALLOWED_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCODINGS = ("utf-8", "utf8", "us-ascii", "ascii")
_MACROS = re.compile(r"vbaproject|vbadata|macrosheets|/activex/|dialogsheets", re.IGNORECASE)
_EMBEDDED = re.compile(r"/embeddings/|oleobject", re.IGNORECASE)
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})")
_ORNAMENTS = frozenset(
    [
        "definedName",
        "conditionalFormatting",
        "cfRule",
        "dataValidation",
        "hyperlink",
        "mergeCell",
        "comment",
        "col",
        "xf",
    ]
)
_MAIN_PARTS = {FileKind.WORKBOOK: "xl/workbook.xml", FileKind.DOCUMENT: "word/document.xml"}


def require_harmless(data: bytes, kind: FileKind, file_name: str, wanted: Wanted) -> None:
    """Unpack every member within limits, then read the XML of all. Raises UnreadableFile."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _require_members(archive, kind, file_name, wanted)
            _Unpacking(file_name, wanted).every_member(archive)
    except UnreadableFile:
        raise
    except Exception as error:
        # zipfile answers a damaged file with errors of a dozen kinds, from struct.error to NotImplementedError.
        raise damaged(file_name) from error


def damaged(file_name: str) -> UnreadableFile:
    """The refusal of a file that its own program could not open either."""
    return UnreadableFile(f"{file_name} is damaged. Open it where it was made, save it anew, and choose that file.")


def _require_members(archive: zipfile.ZipFile, kind: FileKind, file_name: str, wanted: Wanted) -> None:
    members = archive.infolist()
    names = [member.filename for member in members]
    if len(members) > MOST_MEMBERS:
        raise UnreadableFile(
            f"{file_name} is made of {len(members):,} parts; {MOST_MEMBERS:,} is the most that is taken in. "
            f"Copy {wanted.subject} into a new file."
        )
    if len(set(names)) < len(names):
        raise damaged(file_name)
    for member in members:
        if member.flag_bits & 1:
            raise UnreadableFile(f"{file_name} is protected by a password. Save it without one.")
        if member.compress_type not in _ALLOWED_METHODS:
            raise damaged(file_name)
        if _MACROS.search(member.filename):
            raise UnreadableFile(
                f"{file_name} holds macros. Save it as {kind.value} without macros, and choose that file."
            )
        if _EMBEDDED.search(member.filename):
            raise UnreadableFile(
                f"{file_name} holds another file inside ({member.filename}). Remove it, and save the file anew."
            )
    if _MAIN_PARTS[kind] not in names:
        others = [other for other, part in _MAIN_PARTS.items() if part in names]
        found = "a compressed file"
        if others:
            found = "a Word document" if others[0] is FileKind.DOCUMENT else "an Excel workbook"
        raise mismatch(file_name, kind, found, wanted)


@dataclass(slots=True)
class _Unpacking:
    """Counts over all members of one file."""

    file_name: str
    wanted: Wanted
    unpacked: int = 0
    elements: int = 0
    cells: int = 0
    ornaments: int = 0
    depth: int = 0

    def every_member(self, archive: zipfile.ZipFile) -> None:
        members = [member for member in archive.infolist() if not member.is_dir()]
        written = [member for member in members if self._is_small_xml(archive, member)]
        for member in written:
            self._read(archive, member)

    def _is_small_xml(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
        """Whether a member, which keeps the limits, is XML."""
        size, is_xml = 0, False
        with archive.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                is_xml = is_xml or (not size and _is_xml(member.filename, chunk))
                size += len(chunk)
                self.unpacked += len(chunk)
                self._require_small(size, member)
        return is_xml

    def _read(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
        parser: expat.XMLParserType | None = self._parser(member.filename)
        with archive.open(member) as stream:
            while parser is not None and (piece := stream.read(_PIECE)):
                parser = self._parsed(parser, piece, member)
        if parser is not None:
            self._parsed(parser, b"", member)

    def _require_small(self, size: int, member: zipfile.ZipInfo) -> None:
        is_bomb = size > 1024 * 1024 and size > LARGEST_RATIO * max(member.compress_size, 1)
        if is_bomb or self.unpacked > LARGEST_UNPACKED:
            raise UnreadableFile(
                f"{self.file_name}: its content unpacks to more than {LARGEST_UNPACKED // 1024**2} MB, or to more than "
                f"{LARGEST_RATIO} times its size. Copy {self.wanted.subject} alone into a new file."
            )

    def _parsed(self, parser: expat.XMLParserType, chunk: bytes, member: zipfile.ZipInfo) -> expat.XMLParserType | None:
        """The parser after this chunk, empty at the end; None after a fault in an old drawing, which nothing reads."""
        try:
            parser.Parse(chunk, not chunk)
        except expat.ExpatError as error:
            if _is_drawing(member.filename):
                return None
            raise damaged(self.file_name) from error
        return parser

    def _parser(self, name: str) -> expat.XMLParserType:
        parser = expat.ParserCreate(namespace_separator=None if _is_drawing(name) else " ")
        self.depth = 0

        def declared(version: str, encoding: str | None, standalone: int) -> None:
            if encoding is not None and encoding.lower() not in _ENCODINGS:
                raise damaged(self.file_name)

        def doctype(*_: object) -> None:
            raise UnreadableFile(
                f"{self.file_name}: the part {name} declares entities, which no office program writes. "
                f"Copy {self.wanted.subject} into a new file."
            )

        def started(element: str, attributes: Mapping[str, str]) -> None:
            self.elements += 1
            self.depth += 1
            local = element.rpartition(" ")[2].rpartition(":")[2]
            self.ornaments += local in _ORNAMENTS
            if local in ("c", "tc"):
                self.cells += 1
            elif local in ("mergeCell", "hyperlink") and (reference := attributes.get("ref")):
                self.cells += _area(reference)
            self._require_bounded(name)

        def ended(_: str) -> None:
            self.depth -= 1

        parser.XmlDeclHandler = declared
        parser.StartDoctypeDeclHandler = doctype
        parser.StartElementHandler = started
        parser.EndElementHandler = ended
        return parser

    def _require_bounded(self, name: str) -> None:
        if self.cells > self.wanted.most_cells:
            raise UnreadableFile(
                f"{self.file_name}, part {name}: there are more than {self.wanted.most_cells:,} cells, "
                f"merged ones counted singly. Copy {self.wanted.subject} alone into a new file."
            )
        if self.ornaments > MOST_ORNAMENTS:
            raise UnreadableFile(
                f"{self.file_name}, part {name}: there are more than {MOST_ORNAMENTS:,} names, styles, links, "
                f"comments, merged cells and rules for cells. Copy the text of {self.wanted.subject} "
                "alone into a new file."
            )
        if self.elements > self.wanted.most_elements or self.depth > DEEPEST:
            raise UnreadableFile(
                f"{self.file_name}, part {name}: the content is larger or nested deeper than can be read. "
                f"Copy {self.wanted.subject} alone into a new file."
            )


def _is_xml(name: str, beginning: bytes) -> bool:
    """Whether some library might read the member as XML, whatever its name: also one that begins with mere blanks."""
    if name.lower().endswith((".xml", ".rels", ".vml")):
        return True
    words = beginning.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")
    return words[:1] == b"<" or (not words and beginning[:1] != b"\x00")


def _is_drawing(name: str) -> bool:
    """Whether it is a drawing of the old kind, which office programs write with faults."""
    return name.lower().endswith(".vml")


def _area(reference: str) -> int:
    """How many cells a range has: 8 for "A1:B4"; 0 for what is no range."""
    match = _RANGE.fullmatch(reference)
    if match is None:
        return _BEYOND_ANY_LIMIT if ":" in reference else 0
    columns = abs(_column(match[3]) - _column(match[1])) + 1
    return columns * (abs(int(match[4]) - int(match[2])) + 1)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
