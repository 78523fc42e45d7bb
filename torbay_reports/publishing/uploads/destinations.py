"""Where links inside an uploaded file lead: a page of it."""

import itertools
from collections.abc import Iterator, Sequence
from typing import Any, Final

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from torbay_reports.publishing.uploads.opening import SourcePage

_MOST_NAMES: Final = 200_000
_MOST_STEPS: Final = 4


class Destinations:
    """The file's named places and its pages."""

    def __init__(self, pdf: Pdf, pages: Sequence[SourcePage]) -> None:
        self._pages = {page.obj.objgen: place for place, page in enumerate(pages) if page.obj.is_indirect}
        self._named: dict[bytes, Any] = {}
        names = pdf.Root.get("/Names")
        if isinstance(names, Dictionary):
            for name, value in _leaves(names.get("/Dests")):
                self._named.setdefault(name, value)
        old = pdf.Root.get("/Dests")
        if isinstance(old, Dictionary) and not isinstance(old, Stream):
            for key, value in itertools.islice(old.items(), _MOST_NAMES):
                self._named.setdefault(key[1:].encode("utf-8", "surrogateescape"), value)

    def page(self, target: Any) -> int | None:
        """The place of the page that a destination names; nothing when it names none of this file."""
        for _ in range(_MOST_STEPS):
            if isinstance(target, Name):
                target = self._named.get(bytes(target)[1:])
            elif isinstance(target, String):
                target = self._named.get(bytes(target))
            elif isinstance(target, Dictionary):
                target = target.get("/D")
            elif isinstance(target, Array) and len(target):
                first = target[0]
                return self._pages.get(first.objgen) if isinstance(first, Dictionary) else None
            else:
                return None
        return None


def _leaves(top: Any) -> Iterator[tuple[bytes, Object]]:
    waiting = [top]
    seen: set[tuple[int, int]] = set()
    count = 0
    while waiting:
        node = waiting.pop()
        if not isinstance(node, Dictionary) or (node.is_indirect and node.objgen in seen):
            continue
        seen.add(node.objgen)
        kids, names = node.get("/Kids"), node.get("/Names")
        if isinstance(kids, Array):
            waiting.extend(reversed(list(kids)))
        listed = list(names) if isinstance(names, Array) else []
        count += len(listed) + 1
        if count > _MOST_NAMES:
            return
        for name, value in zip(listed[::2], listed[1::2], strict=False):
            if isinstance(name, String):
                yield bytes(name), value
