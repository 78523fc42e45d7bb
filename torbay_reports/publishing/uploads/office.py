"""Looks at one Word or OpenDocument text that nobody trusts, and becomes the LibreOffice that makes a PDF of it.

Runs as a process of its own (`python -m torbay_reports.publishing.uploads.office SOFFICE FOLDER`), without Django, the
program's settings and secrets. FOLDER is its alone: it holds the file as `brought`, and afterwards `out/paper.pdf`, or
`refused` with the sentence that says why there is none.
"""

import ctypes
import json
import os
import resource
import sys
import zipfile
from pathlib import Path
from typing import Final, NoReturn

from torbay_reports.publishing.uploads import limits
from torbay_reports.publishing.uploads.refusals import RefusedPdf

BROUGHT: Final = "brought"
REFUSED: Final = "refused"
MADE: Final = "out/paper.pdf"
AGAIN: Final = "Save it as a tagged PDF yourself, and bring that."
"""The cure for what this program does not convert."""
LOCKED: Final = "This document is locked with a password. Save it without one, and bring that."
BROKEN: Final = f"This document is broken and cannot be read. Open it where it was written, and look. {AGAIN}"
NO_TEXT: Final = f"This file is neither a PDF nor a text document of Word or LibreOffice. {AGAIN}"
MACROS: Final = "This document holds macros. Save it without macros (as .docx or .odt), and bring that."
BOMB: Final = f"This document unpacks to more than a paper may hold. {AGAIN}"

ZIP: Final = b"PK\x03\x04"
OLD_WORD: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
RTF: Final = b"{\\rtf"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_MOST_MEMBERS: Final = 5_000
_UNPACKED: Final = 256 * limits.MEGABYTE
_RATIO: Final = 250
"""How many times its packed size a member of more than a megabyte may have."""
_CHUNK: Final = 64 * 1024
_SCRIPTS: Final = ("basic/", "scripts/")
_OPENDOCUMENT: Final = b"application/vnd.oasis.opendocument.text"
MEMORY_BYTES: Final = 4096 * limits.MEGABYTE
"""Address space; what LibreOffice really holds is a tenth of it for a long paper."""
CPU_SECONDS: Final = 120
_NEW_NETWORK: Final = 0x40000000
"""CLONE_NEWNET: a network of its own, with nothing in it."""

_OPTIONS: Final = {
    "UseTaggedPDF": True,
    "PDFUACompliance": True,
    "ExportFormFields": False,
    "ExportNotes": False,
    "ExportBookmarks": True,
}
_PROFILE: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
{items}
</oor:items>
"""
_SETTINGS: Final = (
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("org.openoffice.Inet/Settings", "ooInetProxyType", "1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
"""No macro runs, nothing that the document names elsewhere is fetched, and no way leads to the network."""


def suffix_of(brought: Path) -> str:
    """The kind of a document by what it holds, whatever it is called. Raises RefusedPdf."""
    with brought.open("rb") as file:
        begins = file.read(len(OLD_WORD))
    if begins.startswith(ZIP):
        return _suffix_of_archive(brought)
    if begins.startswith(RTF):
        return ".rtf"
    if begins != OLD_WORD:
        raise RefusedPdf(NO_TEXT)
    if _ENCRYPTED in brought.read_bytes():
        raise RefusedPdf(LOCKED)
    return ".doc"


def _suffix_of_archive(brought: Path) -> str:
    try:
        with zipfile.ZipFile(brought) as archive:
            names = [each.filename for each in archive.infolist()]
            _check_members(archive)
            if "word/document.xml" in names:
                return ".docx"
            if "mimetype" in names and archive.read("mimetype").startswith(_OPENDOCUMENT):
                if b"encryption-data" in archive.read("META-INF/manifest.xml"):
                    raise RefusedPdf(LOCKED)
                return ".odt"
    except RefusedPdf:
        raise
    except Exception as error:
        # zipfile answers a damaged file with errors of a dozen kinds.
        raise RefusedPdf(BROKEN) from error
    raise RefusedPdf(NO_TEXT)


def _check_members(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if len(members) > _MOST_MEMBERS:
        raise RefusedPdf(BOMB)
    left = _UNPACKED
    for member in members:
        if member.flag_bits & 1:
            raise RefusedPdf(LOCKED)
        if "vbaproject" in member.filename.lower() or member.filename.lower().startswith(_SCRIPTS):
            raise RefusedPdf(MACROS)
        left -= _unpacked(archive, member, left)


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> int:
    """How many bytes a member unpacks to, counted: what the archive says of it may be a lie."""
    size, allowed = 0, max(limits.MEGABYTE, _RATIO * member.compress_size)
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > min(most, allowed):
                raise RefusedPdf(BOMB)
    return size


def _confine() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (2 * limits.FILE_BYTES, 2 * limits.FILE_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Where this user may not, the profile's settings alone keep it from the network.
    ctypes.CDLL(None).unshare(_NEW_NETWORK)


def _write_profile(folder: Path) -> None:
    own = folder / "profile" / "user"
    own.mkdir(parents=True)
    items = "\n".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    (own / "registrymodifications.xcu").write_text(_PROFILE.format(items=items), encoding="utf-8")


def _become(soffice: str, folder: Path, paper: Path) -> NoReturn:
    options = {name: {"type": "boolean", "value": str(value).lower()} for name, value in _OPTIONS.items()}
    arguments = [
        soffice,
        "--headless",
        "--norestore",
        "--nodefault",
        "--nolockcheck",
        "--nologo",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to",
        f"pdf:writer_pdf_Export:{json.dumps(options)}",
        "--outdir",
        str(folder / "out"),
        str(paper),
    ]
    os.execv(soffice, arguments)


def main() -> None:
    """The file that stands in the folder, looked at and made into a PDF beside it."""
    soffice, folder = sys.argv[1], Path(sys.argv[2])
    _confine()
    brought = folder / BROUGHT
    try:
        paper = brought.rename(folder / f"paper{suffix_of(brought)}")
    except RefusedPdf as refused:
        (folder / REFUSED).write_text(str(refused), encoding="utf-8")
        return
    except MemoryError:
        (folder / REFUSED).write_text(BOMB, encoding="utf-8")
        return
    _write_profile(folder)
    _become(soffice, folder, paper)


if __name__ == "__main__":
    main()
