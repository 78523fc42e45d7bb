"""Cleans and reads one PDF that nobody trusts: bytes in on standard input, what may be kept out on standard output.

Runs as a process of its own (`python -m torbay_reports.publishing.uploads.cleaning`), held to `limits`, without
Django, without the program's settings and secrets, and without a way to write files. What is not taken over by name
does not come out: scripts, actions, attached files, fields, layers that do not show, comments.
"""

import hashlib
import os
import sys
from typing import Final

import msgspec

from torbay_reports.publishing.parts.values import to_bytes
from torbay_reports.publishing.uploads import limits, looking, plain
from torbay_reports.publishing.uploads.findings import Finding, Findings
from torbay_reports.publishing.uploads.hazards import Search
from torbay_reports.publishing.uploads.looking import Look
from torbay_reports.publishing.uploads.margins import with_room
from torbay_reports.publishing.uploads.opening import opened, pages_of
from torbay_reports.publishing.uploads.reading import Reader
from torbay_reports.publishing.uploads.refusals import ANEW, RefusedPdf, broken, too_much
from torbay_reports.publishing.uploads.texts import texts_of

WITHOUT_TAGS: Final = "--without-tags"
_PREFIX: Final = 16


class Cleaned(msgspec.Struct, frozen=True, array_like=True):
    """What may be kept of a file: its pages as a part, the words of each, and what there is to know of it.

    With `refused`, the sentence that says why nothing may be.
    """

    refused: str = ""
    part: bytes = b""
    pages: int = 0
    is_tagged: bool = False
    texts: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def cleaned(data: bytes, *, with_tags: bool = True) -> Cleaned:
    """Clean and read a file in this process, with its tags or as if it had none.

    Raises RefusedPdf; may raise anything else for what is broken.
    """
    findings = Findings()
    pdf = opened(data)
    pages = pages_of(pdf)
    Search(pdf, findings).run()
    prefix = hashlib.sha256(data).hexdigest()[:_PREFIX]
    read = Reader(pdf, pages, findings, prefix, with_tags=with_tags).read()
    if read.is_tagged and not read.part.tops:
        return cleaned(data, with_tags=False)
    pdf_of_part = plain.as_pdf(read.part)
    texts, unreadable = texts_of(pdf_of_part)
    if len(texts) != len(read.part.pages):
        raise broken()
    for page in unreadable:
        findings.add("unreadable-characters", page)
    for page, text in enumerate(texts, 1):
        if not text:
            findings.add("no-text", page)
    looks = looking.looks(pdf_of_part)
    for place in range(len(pages)):
        _note(looks.get(place), place + 1, findings)
    part = to_bytes(with_room(read.part, looks))
    if len(part) > limits.PART_BYTES:
        raise too_much(f"comes to more than {limits.PART_BYTES // limits.MEGABYTE} MB")
    return Cleaned("", part, len(pages), read.is_tagged, tuple(texts), tuple(findings.sorted()))


def _note(look: Look | None, page: int, findings: Findings) -> None:
    if look is None:
        findings.add("not-looked-at", page)
        return
    for code, count in (
        ("hidden-text", look.hidden),
        ("tiny-text", look.tiny),
        ("invisible-text", look.recognised),
    ):
        if count:
            findings.add(code, page, f"{count:,} on page {page}")


def outcome(data: bytes, *, with_tags: bool = True) -> Cleaned:
    """What becomes of a file: cleaned, or refused with a sentence, whatever is in it."""
    try:
        return cleaned(data, with_tags=with_tags)
    except RefusedPdf as refused:
        return Cleaned(str(refused))
    except MemoryError:
        return Cleaned(f"This PDF takes too much memory to read. {ANEW}")
    except Exception:
        # Whatever goes wrong on the way is the file's doing, and what cannot be read to its end is not kept.
        return Cleaned(str(broken()))


def main() -> None:
    """Standard input to standard output. Whatever a library prints goes where errors go."""
    out = os.dup(1)
    os.dup2(2, 1)
    limits.confine()
    data = sys.stdin.buffer.read(limits.FILE_BYTES + 1)
    answer = msgspec.msgpack.encode(outcome(data, with_tags=WITHOUT_TAGS not in sys.argv))
    with os.fdopen(out, "wb") as stream:
        stream.write(answer)


if __name__ == "__main__":
    main()
