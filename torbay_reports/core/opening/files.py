"""What a file is that may be hostile, by its content and its name, and whether it is too large to be opened."""

import codecs
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from typing import Final

from torbay_reports.core.formatting import listed
from torbay_reports.core.reading import UnreadableFile

LARGEST_FILE: Final = 10 * 1024 * 1024
"""Bytes of a file that is taken in at all."""


class FileKind(StrEnum):
    """The kinds of file that are taken in, by the ending of their name."""

    WORKBOOK = ".xlsx"
    DOCUMENT = ".docx"
    TEXT = ".csv"


_KIND_NAMES: Final = {
    FileKind.WORKBOOK: "an Excel workbook",
    FileKind.DOCUMENT: "a Word document",
    FileKind.TEXT: "a CSV file",
}

_FORMS: Final = {
    FileKind.WORKBOOK: "an Excel workbook (.xlsx)",
    FileKind.DOCUMENT: "a Word document (.docx)",
    FileKind.TEXT: "a CSV file",
}

_OTHER_ENDINGS: Final = {
    **dict.fromkeys((".xls", ".xlsb", ".xlt"), "is an older kind of Excel file."),
    **dict.fromkeys((".doc", ".dot", ".rtf"), "is an older kind of Word file."),
    **dict.fromkeys((".ods", ".odt"), "is an OpenDocument file."),
    ".pdf": "is a PDF, whose tables cannot be read safely. Ask for the file from which it was made.",
}

_WITH_MACROS: Final = (".xlsm", ".xltm", ".xlam", ".docm", ".dotm")

_BEGINNINGS: Final = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"BM", "a picture"),
    (b"RIFF", "a picture or a recording"),
    (b"{\\rtf", "a document of the kind RTF"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
)

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ZIP = b"PK\x03\x04"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for, as refusals name it ("the tracker"), in which kinds of file, and how much of it is taken in.

    `most_cells` are those of a workbook or document, merged ones counted singly.
    """

    subject: str
    kinds: tuple[FileKind, ...]
    most_cells: int = 300_000
    most_elements: int = 2_000_000

    @property
    def save_as(self) -> str:
        """What to do with a file of another kind."""
        return f"Save it as {listed([_FORMS[kind] for kind in self.kinds], 'or')}, and choose that file."


def require_size(size: int, file_name: str, wanted: Wanted) -> None:
    """Refuse a file by its size in bytes, before anything of it is read. Raises UnreadableFile."""
    if size > LARGEST_FILE:
        raise UnreadableFile(
            f"{file_name} has {size / 1024**2:,.0f} MB; {LARGEST_FILE // 1024**2} MB is the most that is taken in. "
            f"Remove pictures and what is not {wanted.subject}, and save it anew."
        )
    if not size:
        raise UnreadableFile(f"{file_name} is empty. Choose the file that holds {wanted.subject}.")


def kind_of(data: bytes, file_name: str, wanted: Wanted) -> FileKind:
    """What the file is, where its content agrees with its name. Raises UnreadableFile with the cure."""
    require_size(len(data), file_name, wanted)
    ending = PurePath(file_name).suffix.lower()
    if ending in _WITH_MACROS:
        without = listed([kind.value for kind in wanted.kinds if kind is not FileKind.TEXT], "or")
        raise UnreadableFile(
            f"{file_name} is a file with macros. Save it as {without} without macros, and choose that file."
        )
    if ending in _OTHER_ENDINGS:
        raise UnreadableFile(f"{file_name} {_OTHER_ENDINGS[ending]} {wanted.save_as}")
    if ending not in set(FileKind):
        raise UnreadableFile(f"{file_name}: the name does not say what kind of file it is. {wanted.save_as}")
    kind = FileKind(ending)
    if kind not in wanted.kinds:
        raise UnreadableFile(f"{file_name} is {_KIND_NAMES[kind]}. {wanted.save_as}")
    _require_content(data, kind, file_name, wanted)
    return kind


def mismatch(file_name: str, kind: FileKind, found: str, wanted: Wanted) -> UnreadableFile:
    """The refusal of a file whose content is not what its name says."""
    return UnreadableFile(f"{file_name} is named as {_KIND_NAMES[kind]}, but its content is {found}. {wanted.save_as}")


def _require_content(data: bytes, kind: FileKind, file_name: str, wanted: Wanted) -> None:
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise UnreadableFile(f"{file_name} is protected by a password. Save it without one, and choose that file.")
        raise mismatch(file_name, kind, "an older Office file", wanted)
    for beginning, found in _BEGINNINGS:
        if data.startswith(beginning) and not _is_words(data, beginning):
            raise mismatch(file_name, kind, found, wanted)
    is_archive = data.startswith(_ZIP)
    if kind is FileKind.TEXT and is_archive:
        raise mismatch(file_name, kind, "a workbook, a document or a compressed file", wanted)
    if kind is not FileKind.TEXT and not is_archive:
        raise mismatch(file_name, kind, "neither that nor anything else known here", wanted)


def _is_words(data: bytes, beginning: bytes) -> bool:
    """Whether a file that begins with letters which also begin a program or a picture is a text all the same."""
    head = data[:512].removeprefix(codecs.BOM_UTF8)
    return beginning.isalpha() and b"\x00" not in head and all(byte >= 9 for byte in head)
