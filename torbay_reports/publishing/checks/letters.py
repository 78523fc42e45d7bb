"""The check of a pack's cover letter or agenda, whose pages are the only ones that are read word by word once they are
joined."""

import unicodedata
from collections.abc import Sequence
from typing import Any

from pikepdf import Name, Object, Page

from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.pagetext import Reader, Run, joined
from torbay_reports.publishing.tagtree import cells_of, is_element, kids, kind, rows_of, walk

Line = tuple[str, str, str]
"""A line of its table: title with the words below it, pages in words, and the place that they link to (or nothing)."""


class Letter:
    """A cover letter or an agenda, by its name: its pages, and the element that holds it."""

    def __init__(self, pages: Sequence[Page], top: Object, name: str = "cover letter") -> None:
        self._name = name
        reader = Reader()
        self._texts = {page.obj.objgen: reader.read(page).marked for page in pages}
        self._top = top

    def check(self, expected: Sequence[Line]) -> None:
        """Raise PackFault for the first line of its table that is not the one expected."""
        table = next((element for element in walk(self._top) if kind(element) == "Table"), None)
        found = [self._line(row) for row, is_head in rows_of(table) if not is_head] if table is not None else []
        if len(found) != len(expected):
            raise PackFault(f"The {self._name} has {len(found)} lines, its plan {len(expected)}.")
        for line, right in zip(found, expected, strict=True):
            if _squeezed(line) != _squeezed(right):
                said, meant = (" ".join(each[:2]) for each in (line, right))
                raise PackFault(f"The {self._name} says “{said}” or links it wrongly; right is “{meant}”.")

    def _line(self, row: Object) -> Line:
        title, pages = cells_of(row)[-2:]
        links = [kid for element in walk(pages) for kid in kids(element) if _is_annotation(kid)]
        target = str(links[0].Obj.Dest) if links else ""
        return self._words(title), self._words(pages), target

    def _words(self, element: Object) -> str:
        runs: list[Run] = []
        for each in walk(element):
            for kid in kids(each):
                if isinstance(kid, int):
                    runs.append(self._texts[each.Pg.objgen][kid])
                elif not is_element(kid) and kid.get(Name.Type) == Name.MCR:
                    runs.append(self._texts[kid.Pg.objgen][int(kid.MCID)])
        return joined(runs)


def _squeezed(line: Line) -> list[str]:
    """A line by what is seen of it: where words are broken, or may be, is for the type to say."""
    shown = (unicodedata.normalize("NFC", each) for each in line)
    return ["".join(each for each in said if each.isprintable() and not each.isspace()) for said in shown]


def _is_annotation(kid: Any) -> bool:
    return not isinstance(kid, int) and not is_element(kid) and kid.get(Name.Type) == Name.OBJR
