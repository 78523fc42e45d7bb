"""The text of a file that a spreadsheet program has saved: UTF-8, UTF-16 with its mark, or that of Windows."""

import codecs
from typing import Final

from torbay_reports.core.reading import UnreadableFile

_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decoded(data: bytes, file_name: str) -> tuple[str, str]:
    """The text and the name of its encoding, empty for UTF-8. Raises UnreadableFile with the line.

    Windows is tried only where nothing before the fault is in UTF-8: every such sign would change.
    """
    if data.startswith(_UTF_16):
        encoding = "utf-16"
    else:
        try:
            return data.decode("utf-8-sig"), ""
        except UnicodeDecodeError as error:
            if not data[: error.start].isascii():
                raise _undecodable(data, error.start, file_name) from error
            encoding = "windows-1252"
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError as error:
        raise _undecodable(data, error.start, file_name) from error


def _undecodable(data: bytes, at: int, file_name: str) -> UnreadableFile:
    line = data[:at].count(b"\n") + 1
    return UnreadableFile(
        f"{file_name}, line {line}: a character is none of UTF-8 and none of Windows. Save the file as CSV UTF-8."
    )
