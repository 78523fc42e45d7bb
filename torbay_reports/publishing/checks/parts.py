"""The check of a part, made in the worker that set it, so that a finished pack need not be read glyph by glyph."""

import re
import zlib
from array import array
from collections.abc import Iterator
from typing import Final

from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.joining.fonts import FILES
from torbay_reports.publishing.parts.values import (
    ELEMENT,
    LINK,
    Element,
    Part,
    PartPage,
    content_page,
    kid_kind,
)

_SCOPES: Final = {"Column", "Row", "Both"}
_ADDRESSES: Final = ("#", "http://", "https://", "mailto:")
_TURNS: Final = {0, 90, 180, 270}
_UNREADABLE: Final = "\ufffd"
_LARGEST_CONTENT: Final = 64 * 1024 * 1024

_MEANT = re.compile(
    rb"[/E\[<fFSsBbD](?:"
    rb"(?<=/)([^\s<>\[\]()/%]+)(?:\s*(<<[^>]*(?:>(?!>)[^>]*)*>>)?\s*(B)[DM]C\b|\s+[-+.\d]+\s+Tf\b)"
    rb"|(?<=\bE)(MC)\b"
    rb"|(?<=\[)([^\]]*)\]\s*TJ\b"
    rb"|(?<=<)([0-9A-Fa-f\s]*>)\s*Tj\b"
    rb"|((?<=\s[fFSsBb])\*?(?=\s)|(?<=\sD)o(?=\s)|(?<=\ss)h(?=\s)))"
)
"""What of a content stream matters here: marked content opened and closed, fonts, text, painting. Beginning with a
set of characters, it is searched faster."""
_CODES = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_NUMBER = re.compile(rb"/MCID\s+(\d+)")
_SAVES = re.compile(rb"(?<![^\s])[qQ](?![^\s])")


def check_part(part: Part, where: str = "a part") -> None:
    """Raise PackFault, naming the page within `where`, when a part that this program set is not sound."""
    check_structure(part, where)
    for element in part.elements:
        _check_element(element, where)
    _check_headers(part, where)
    for font in part.fonts:
        if font.face not in FILES and (font.face or not 0 <= font.raw < len(part.objects)):
            raise PackFault(f"{_capital(where)} is set in a type that it does not bring along: set the part again.")
    for place, page in enumerate(part.pages):
        _check_content(part, page, f"page {place + 1} of {where}")


def check_structure(part: Part, where: str = "a part") -> None:
    """Raise PackFault when the tags of a part, its links or its places contradict its pages: no pack could hold it.

    A brought PDF has to pass this too; what else is wrong with it, a person may let pass.
    """
    if not part.pages:
        raise PackFault(f"{_capital(where)} has no page.")
    for page in part.pages:
        if page.rotate not in _TURNS or not (page.width > 0 and page.height > 0):
            raise PackFault(f"{_capital(where)} has a page without a proper size or turned by {page.rotate} degrees.")
    if any(not 0 <= page < len(part.pages) for page, _, _ in part.destinations.values()):
        raise PackFault(f"{_capital(where)} names a place on a page that it does not have.")
    names = [element.name for element in part.elements if element.name]
    if len(set(names)) != len(names):
        raise PackFault(f"A name stands twice in the tag tree of {where}.")
    _check_tree(part, where)
    _check_links(part, where)


def _check_tree(part: Part, where: str) -> None:
    """Every element hangs in the tree once, and every piece of content under the element that its page names."""
    reached = [0] * len(part.elements)
    held: list[dict[int, int]] = [{} for _ in part.pages]
    for top in part.tops:
        reached[top] += 1
    for place, element in enumerate(part.elements):
        for kid in element.kids:
            if kid_kind(kid) == ELEMENT:
                reached[kid[1]] += 1
            elif kid_kind(kid) != LINK:
                page = content_page(kid, element.page)
                if kid[1] in held[page]:
                    raise PackFault(f"Page {page + 1} of {where} has one piece of text twice in the tag tree.")
                held[page][kid[1]] = place
    if any(count != 1 for count in reached) or not _is_whole(part):
        raise PackFault(f"An element of {where} hangs in the tag tree twice or not at all.")
    for place, (page_held, each) in enumerate(zip(held, part.pages, strict=True)):
        if page_held != {mcid: owner for mcid, owner in enumerate(each.owners) if owner >= 0}:
            raise PackFault(f"Page {place + 1} of {where} has text that the tag tree does not hold.")


def _is_whole(part: Part) -> bool:
    """Whether all elements can be reached from the top: a ring of elements cannot."""
    waiting = list(part.tops)
    for place in waiting:
        waiting.extend(number for kind, number in part.elements[place].kids if kind == ELEMENT)
    return len(waiting) == len(part.elements)


def _check_element(element: Element, where: str) -> None:
    if element.kind == "Figure" and not element.alternative.strip():
        raise PackFault(f"A picture on page {element.page + 1} of {where} has no words beside it.")
    if element.kind == "TH" and element.scope not in _SCOPES:
        raise PackFault(f"A header cell on page {element.page + 1} of {where} does not say what it heads.")


def _check_headers(part: Part, where: str) -> None:
    """Data cells name headers of the part; those of a table that goes on may name what stands in the part before."""
    known = {element.name for element in part.elements}
    excepted: set[int] = set()
    if part.goes_on:
        if not part.tops or part.elements[part.tops[0]].kind != "Table":
            raise PackFault(f"{_capital(where)} says that it goes on with a table and does not begin with one.")
        excepted = set(_under(part, part.tops[0]))
        if any(part.elements[place].kind in {"THead", "Caption"} for place in excepted):
            raise PackFault(f"{_capital(where)} goes on with a table and tags its head a second time.")
    for place, element in enumerate(part.elements):
        if place not in excepted and not known.issuperset(element.headers):
            raise PackFault(
                f"A cell on page {element.page + 1} of {where} names a header that its table does not have."
            )


def _under(part: Part, top: int) -> Iterator[int]:
    waiting = [top]
    for place in waiting:
        waiting.extend(number for kind, number in part.elements[place].kids if kind == ELEMENT)
    yield from waiting


def _check_links(part: Part, where: str) -> None:
    holders = [0] * len(part.links)
    for element in part.elements:
        for kind, place in element.kids:
            if kind == LINK:
                holders[place] += 1
    for link, count in zip(part.links, holders, strict=True):
        if count != 1:
            raise PackFault(f"A link on page {link.page + 1} of {where} is not held once by the tag tree.")
        if not link.target.lower().startswith(_ADDRESSES) or len(link.target) < 2:
            raise PackFault(f"A link on page {link.page + 1} of {where} leads to “{link.target}”, where no pack leads.")


class _Content:
    """What one content stream does: which pieces it marks, which glyphs it shows, what it paints outside of marks."""

    def __init__(self) -> None:
        self.marked: list[int] = []
        self.shown: dict[bytes, list[bytes]] = {}
        self.is_loose = False
        self.is_balanced = True

    def read(self, content: bytes) -> None:
        """Read it from end to end."""
        marks: list[bool] = []
        font = b""
        depth = 0
        for found in _MEANT.finditer(content):
            name, properties, opened, closed, texts, text, painted = found.groups()
            if opened:
                number = _NUMBER.search(properties) if properties else None
                if number:
                    self.marked.append(int(number.group(1)))
                is_mark = number is not None or name == b"Artifact"
                depth += is_mark
                marks.append(is_mark)
            elif name:
                font = name
            elif closed:
                if not marks:
                    self.is_balanced = False
                    return
                depth -= marks.pop()
            elif painted is not None:
                self.is_loose |= not depth
            else:
                shown = texts if text is None else b"<" + text
                self.shown.setdefault(font, []).append(shown)
                self.is_loose |= not depth and b"<" in shown
        saves = _SAVES.findall(content)
        self.is_balanced = not marks and saves.count(b"q") == saves.count(b"Q")


def _check_content(part: Part, page: PartPage, where: str) -> None:
    content = _Content()
    content.read(_inflated(page.content, where))
    if not content.is_balanced:
        raise PackFault(f"{_capital(where)} opens and closes its marks or its states unevenly.")
    if content.is_loose:
        raise PackFault(f"{_capital(where)} has text or drawing outside the tag tree.")
    owned = [mcid for mcid, owner in enumerate(page.owners) if owner >= 0]
    if sorted(content.marked) != owned:
        raise PackFault(f"{_capital(where)} has text that the tag tree does not hold, or holds what it does not have.")
    for name, pieces in content.shown.items():
        if name.decode("latin-1") not in page.fonts:
            raise PackFault(f"{_capital(where)} is set in a type that it does not name.")
        texts = dict(part.fonts[page.fonts[name.decode("latin-1")]].glyphs)
        for glyph in _glyphs(b"".join(_CODES.findall(b"".join(pieces)))):
            if not texts.get(glyph, "").strip("\0") or _UNREADABLE in texts[glyph]:
                raise PackFault(f"{_capital(where)} has characters that cannot be read out.")


def _inflated(content: bytes, where: str) -> bytes:
    reader = zlib.decompressobj()
    try:
        inflated = reader.decompress(content, _LARGEST_CONTENT)
    except zlib.error:
        inflated = b""
    if not reader.eof:
        raise PackFault(f"{_capital(where)} cannot be unpacked: set the part again.")
    return inflated


def _glyphs(codes: bytes) -> set[int]:
    glyphs = array("H", bytes.fromhex(codes.decode("ascii")))
    # Codes stand with the high byte first, whatever the machine's own order is.
    if array("H", b"\0\1")[0] != 1:
        glyphs.byteswap()
    return set(glyphs)


def _capital(where: str) -> str:
    return where[:1].upper() + where[1:]
