"""Makes tagged PDFs of Word and OpenDocument texts, where LibreOffice is installed."""

import os
import shutil
import signal
import stat
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from django.conf import settings

from torbay_reports.publishing.uploads import limits, office
from torbay_reports.publishing.uploads.refusals import RefusedPdf

PROGRAMS: Final = ("soffice", "libreoffice")
SUFFIXES: Final = (".docx", ".doc", ".odt", ".rtf")
HOW: Final = (
    "In Word: File, Save As, PDF, Options, tick “Document structure tags for accessibility”. In LibreOffice: File, "
    "Export As, Export as PDF, tick “Universal Accessibility (PDF/UA)”."
)
"""How a document is saved as a tagged PDF."""
NOT_INSTALLED: Final = f"This is a text document, and here only PDFs are taken. Save it as a tagged PDF. {HOW}"
NOT_MADE: Final = f"LibreOffice made no PDF of this document. {office.AGAIN} {HOW}"
TOO_LONG: Final = f"LibreOffice takes too long over this document. {office.AGAIN} {HOW}"
WALL_SECONDS: Final = 240.0
LEFT_OVER_AFTER: Final = 900.0
"""Seconds after which no conversion can be under way in a folder any more, so that its worker was killed."""
_ROOT: Final = Path(__file__).resolve().parents[3]
_MODULE: Final = "torbay_reports.publishing.uploads.office"
_PDF_WITHIN: Final = 1024
_PREFIX: Final = "torbay-reports-document-"
_DEAD_END: Final = "http://127.0.0.1:9"


def program() -> str:
    """The path of LibreOffice: the setting LIBREOFFICE, or what is on the PATH; nothing where it is not installed."""
    wanted = settings.LIBREOFFICE
    found = (shutil.which(each) for each in ((wanted,) if wanted else PROGRAMS))
    return next((each for each in found if each), "")


def is_document(data: bytes) -> bool:
    """Whether a file begins as a text document does, or another that an office program writes, and is no PDF."""
    return data.startswith((office.ZIP, office.OLD_WORD, office.RTF)) and b"%PDF-" not in data[:_PDF_WITHIN]


def as_pdf(data: bytes) -> bytes:
    """A document as a tagged PDF, which is no more trusted than any that is brought. Raises RefusedPdf.

    The file stands in a folder of its own while that is made, which only this user reads, and goes with it. Folders
    that killed workers left behind go too.
    """
    soffice = program()
    if not soffice:
        raise RefusedPdf(NOT_INSTALLED)
    if len(data) > limits.FILE_BYTES:
        raise RefusedPdf(office.BOMB)
    forget_left_over()
    with _own_folder() as name:
        folder = Path(name)
        (folder / "out").mkdir()
        (folder / office.BROUGHT).write_bytes(data)
        _run(soffice, folder)
        return _made(folder)


def forget_left_over() -> int:
    """Delete the folders, with the documents in them, in which this user's killed workers had begun to convert; how
    many those were."""
    left = []
    with _own_folder() as name:
        # By the clock of the disk itself, which no setting moves.
        own = Path(name).stat()
        for folder in Path(name).parent.glob(f"{_PREFIX}*"):
            with suppress(FileNotFoundError):
                known = folder.lstat()
                is_ours = stat.S_ISDIR(known.st_mode) and known.st_uid == own.st_uid
                if is_ours and own.st_mtime - known.st_mtime > LEFT_OVER_AFTER:
                    left.append(folder)
    for folder in left:
        shutil.rmtree(folder, ignore_errors=True)
    return len(left)


def _own_folder() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True)


def _run(soffice: str, folder: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-P", "-m", _MODULE, soffice, str(folder)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        # LibreOffice starts others, and all of them end with it.
        start_new_session=True,
        # Neither secrets nor settings go along.
        env={
            "PATH": os.defpath,
            "PYTHONPATH": str(_ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "LC_ALL": "C.UTF-8",
            "HOME": str(folder),
            "TMPDIR": str(folder),
            "SAL_USE_VCLPLUGIN": "svp",
            "http_proxy": _DEAD_END,
            "https_proxy": _DEAD_END,
        },
    ) as process:
        try:
            process.wait(timeout=WALL_SECONDS)
        except subprocess.TimeoutExpired:
            raise RefusedPdf(TOO_LONG) from None
        finally:
            _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End it and whatever it has started, which may outlive it."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _made(folder: Path) -> bytes:
    refused = folder / office.REFUSED
    if refused.is_file():
        raise RefusedPdf(refused.read_text(encoding="utf-8"))
    made = folder / office.MADE
    if made.is_symlink() or not made.is_file():
        raise RefusedPdf(NOT_MADE)
    with made.open("rb") as file:
        return file.read(limits.FILE_BYTES + 1)
