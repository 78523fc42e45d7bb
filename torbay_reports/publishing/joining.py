"""Makes one element again of what WeasyPrint tagged once a page, and artifacts of what is no content.

A table, row, list or paragraph that goes on over a page is one element with one head; the repeated heads and the
running heads and feet are no part of what is read aloud.
"""

import re
from collections.abc import Sequence
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf

from torbay_reports.publishing.fragments import Boundary
from torbay_reports.publishing.tagtree import document_elements, elements, is_element, kids, kind, walk

_JOINED = {"Art", "Sect", "Div", "Table", "TBody", "TR", "L", "LI", "LBody", "P", "BlockQuote", "H1", "H2", "H3", "H4"}
_OPENING = re.compile(rb"/[A-Za-z0-9]+\s*<<\s*/MCID (\d+)\s*>>\s*BDC")


def join_fragments(pdf: Pdf, boundaries: Sequence[Boundary]) -> None:
    """Join what each page leaves open with what the next goes on with."""
    top = document_elements(pdf)[0]
    by_page: dict[tuple[int, int], list[Object]] = {}
    for element in elements(top):
        by_page.setdefault(element.Pg.objgen, []).append(element)
    kept: list[Object] = []
    for place, page in enumerate(pdf.pages):
        found = by_page.get(page.obj.objgen, [])
        open_names = boundaries[place - 1] if place else ()
        if open_names and kept and found:
            _join(kept[-1], found[0], len(open_names))
            found = found[1:]
        kept.extend(found)
    top.K = Array(kept)


def _join(left: Object, right: Object, depth: int) -> None:
    """Move all that hangs under `right` to the end of `left`, and join the next level where it goes on too."""
    if kind(left) == "TR":
        # A row higher than a page: each of its cells goes on.
        for begun, rest in zip(elements(left), elements(right), strict=False):
            _join(begun, rest, 1)
        return
    moved = kids(right)
    if kind(left) == "Table":
        moved = [kid for kid in moved if not (is_element(kid) and kind(kid) == "THead")]
    goes_on = depth > 1 or kind(left) == "LI"
    if goes_on and moved and elements(left) and is_element(moved[0]):
        inner_left, inner_right = elements(left)[-1], moved[0]
        if kind(inner_left) == kind(inner_right) and kind(inner_left) in _JOINED:
            _join(inner_left, inner_right, depth - 1)
            moved = moved[1:]
    for kid in moved:
        if is_element(kid):
            kid.P = left
    left.K = Array([*kids(left), *(_placed(kid, right) for kid in moved)])


def _placed(kid: Any, former: Object) -> Any:
    """Marked content that was named by its number alone has to name its page once it hangs under another's element."""
    if isinstance(kid, int):
        return Dictionary(Type=Name.MCR, Pg=former.Pg, MCID=kid)
    return kid


def make_artifacts(pdf: Pdf) -> None:
    """Turn marked content that no element of the tree holds into artifacts, and drop it from the parent tree."""
    held = _held_content(pdf)
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    arrays = {int(numbers[place]): numbers[place + 1] for place in range(0, len(numbers), 2)}
    for page in pdf.pages:
        mine = held.get(page.obj.objgen, set())
        _rewrite(pdf, page, mine)
        array = arrays[int(page.obj.StructParents)]
        for mcid in range(len(array)):
            if mcid not in mine:
                array[mcid] = None


def _held_content(pdf: Pdf) -> dict[tuple[int, int], set[int]]:
    held: dict[tuple[int, int], set[int]] = {}
    for top in document_elements(pdf):
        for element in walk(top):
            for kid in kids(element):
                if isinstance(kid, int):
                    held.setdefault(element.Pg.objgen, set()).add(kid)
                elif isinstance(kid, Dictionary) and kid.get(Name.Type) == Name.MCR:
                    held.setdefault(kid.Pg.objgen, set()).add(int(kid.MCID))
    return held


def _rewrite(pdf: Pdf, page: Page, held: set[int]) -> None:
    content = page.obj.Contents.read_bytes()
    rewritten = _OPENING.sub(
        lambda found: found.group(0) if int(found.group(1)) in held else b"/Artifact\nBMC", content
    )
    page.obj.Contents = pdf.make_stream(rewritten)
