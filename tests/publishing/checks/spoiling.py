"""Spoils a finished pack on purpose, and writes it again in the one form in which packs are written."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

from pikepdf import Name, Pdf, Stream

from torbay_reports.publishing import tagtree as steps
from torbay_reports.publishing.joining.writer import Writer
from torbay_reports.publishing.packplan import RenderedPack

Spoil = Callable[[Pdf], Any]
_LENGTH = re.compile(r"/Length \d+( \d+ R)?")
_CONTAINERS = (Name.ObjStm, Name.XRef)


def spoilt(pack: RenderedPack, spoil: Spoil) -> bytes:
    """The pack after something was done to it."""
    with Pdf.open(BytesIO(pack.pdf)) as pdf:
        spoil(pdf)
        return rewritten(pdf)


def rewritten(pdf: Pdf) -> bytes:
    """A PDF written by the program's own writer, every object under its number."""
    writer = Writer()
    objects: dict[int, Any] = {each.objgen[0]: each for each in pdf.objects if each.objgen[0]}
    writer.numbers(max(objects))
    for number in range(1, max(objects) + 1):
        each = objects.get(number)
        if isinstance(each, Stream):
            if each.get(Name.Type) in _CONTAINERS:
                writer.put(number, "null")
                continue
            entries = each.stream_dict.unparse(resolved=True).decode("latin-1")
            entries = _LENGTH.sub("", entries).removeprefix("<<").removesuffix(">>")
            writer.put_stream(number, entries, each.read_raw_bytes())
        else:
            writer.put(number, "null" if each is None else each.unparse(resolved=True).decode("latin-1"))
    return writer.finish(root=pdf.Root.objgen[0], info=pdf.trailer.Info.objgen[0])


def every(pdf: Pdf, kind: str) -> list[Any]:
    """All elements of a kind in reading order."""
    return [each for top in steps.document_elements(pdf) for each in steps.walk(top) if steps.kind(each) == kind]
