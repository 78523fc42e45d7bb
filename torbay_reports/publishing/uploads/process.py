"""Starts the process that cleans a PDF, and stops it when it takes too long."""

import subprocess
import sys
from pathlib import Path
from typing import Final

import msgspec

from torbay_reports.publishing.uploads import limits
from torbay_reports.publishing.uploads.cleaning import WITHOUT_TAGS, Cleaned
from torbay_reports.publishing.uploads.refusals import ANEW, RefusedPdf, broken

_ROOT: Final = Path(__file__).resolve().parents[3]
_MODULE: Final = "torbay_reports.publishing.uploads.cleaning"
_decoder = msgspec.msgpack.Decoder(Cleaned)


def clean(data: bytes, *, with_tags: bool = True) -> Cleaned:
    """Clean and read a file in a process of its own, with its tags or as if it had none. Raises RefusedPdf with the
    reason."""
    if len(data) > limits.FILE_BYTES:
        data = data[: limits.FILE_BYTES + 1]
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", _MODULE, *([] if with_tags else [WITHOUT_TAGS])],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.WALL_SECONDS,
            check=False,
            cwd="/",
            # Neither secrets nor settings go along.
            env={"PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"},
        )
    except subprocess.TimeoutExpired:
        raise RefusedPdf(f"This PDF takes too long to read. {ANEW}") from None
    if done.returncode == -limits.CPU_SIGNAL:
        raise RefusedPdf(f"This PDF takes too long to read. {ANEW}")
    try:
        answer = _decoder.decode(done.stdout)
    except msgspec.MsgspecError:
        raise broken() from None
    if done.returncode or answer.refused:
        raise RefusedPdf(answer.refused or str(broken()))
    return answer
