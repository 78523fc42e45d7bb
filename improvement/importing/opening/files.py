"""What a file is that may be hostile, by its content and its name, and whether it is too large to be opened."""

import codecs
from enum import StrEnum
from pathlib import PurePath
from typing import Final

LARGEST_FILE: Final = 10 * 1024 * 1024
"""Bytes of a file that is taken in at all."""

_SAVE_AS = "Save it as an Excel workbook (.xlsx), a Word document (.docx) or a CSV file, and choose that file."
_NO_MACROS = "Save it as .xlsx or .docx without macros, and choose that file."


class UnreadableTracker(ValueError):
    """The file cannot be taken in; the message says what, where and the cure, and nothing of the file counts."""


class FileKind(StrEnum):
    """The kinds of file that hold a tracker, by the ending of their name."""

    WORKBOOK = ".xlsx"
    DOCUMENT = ".docx"
    TEXT = ".csv"


_KIND_NAMES: Final = {
    FileKind.WORKBOOK: "an Excel workbook",
    FileKind.DOCUMENT: "a Word document",
    FileKind.TEXT: "a CSV file",
}

_OTHER_ENDINGS: Final = {
    **dict.fromkeys((".xlsm", ".xltm", ".xlam", ".docm", ".dotm"), f"is a file with macros. {_NO_MACROS}"),
    **dict.fromkeys((".xls", ".xlsb", ".xlt"), f"is an older kind of Excel file. {_SAVE_AS}"),
    **dict.fromkeys((".doc", ".dot", ".rtf"), f"is an older kind of Word file. {_SAVE_AS}"),
    **dict.fromkeys((".ods", ".odt"), f"is an OpenDocument file. {_SAVE_AS}"),
    ".pdf": f"is a PDF, whose tables cannot be read safely. Ask for the file from which it was made. {_SAVE_AS}",
}

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


def require_size(size: int, file_name: str) -> None:
    """Refuse a file by its size in bytes, before anything of it is read. Raises UnreadableTracker."""
    if size > LARGEST_FILE:
        raise UnreadableTracker(
            f"{file_name} has {size / 1024**2:,.0f} MB; {LARGEST_FILE // 1024**2} MB is the most that is taken in. "
            "Remove pictures and what is not the tracker, and save it anew."
        )
    if not size:
        raise UnreadableTracker(f"{file_name} is empty. Choose the file that holds the tracker.")


def kind_of(data: bytes, file_name: str) -> FileKind:
    """What the file is, where its content agrees with its name. Raises UnreadableTracker with the cure."""
    require_size(len(data), file_name)
    ending = PurePath(file_name).suffix.lower()
    if ending in _OTHER_ENDINGS:
        raise UnreadableTracker(f"{file_name} {_OTHER_ENDINGS[ending]}")
    if ending not in set(FileKind):
        raise UnreadableTracker(f"{file_name}: the name does not say what kind of file it is. {_SAVE_AS}")
    kind = FileKind(ending)
    _require_content(data, kind, file_name)
    return kind


def mismatch(file_name: str, kind: FileKind, found: str) -> UnreadableTracker:
    """The refusal of a file whose content is not what its name says."""
    return UnreadableTracker(f"{file_name} is named as {_KIND_NAMES[kind]}, but its content is {found}. {_SAVE_AS}")


def _require_content(data: bytes, kind: FileKind, file_name: str) -> None:
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise UnreadableTracker(
                f"{file_name} is protected by a password. Save it without one, and choose that file."
            )
        raise mismatch(file_name, kind, "an older Office file")
    for beginning, found in _BEGINNINGS:
        if data.startswith(beginning) and not _is_words(data, beginning):
            raise mismatch(file_name, kind, found)
    is_archive = data.startswith(_ZIP)
    if kind is FileKind.TEXT and is_archive:
        raise mismatch(file_name, kind, "a workbook, a document or a compressed file")
    if kind is not FileKind.TEXT and not is_archive:
        raise mismatch(file_name, kind, "neither that nor anything else known here")


def _is_words(data: bytes, beginning: bytes) -> bool:
    """Whether a file that begins with letters which also begin a program or a picture is a text all the same."""
    head = data[:512].removeprefix(codecs.BOM_UTF8)
    return beginning.isalpha() and b"\x00" not in head and all(byte >= 9 for byte in head)
