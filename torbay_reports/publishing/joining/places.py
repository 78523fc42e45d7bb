"""Where links and the page map may lead: every named place of a pack, and the links that name one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.joining.writer import byte_string, decimal, text
from torbay_reports.publishing.layout import LETTER_ID
from torbay_reports.publishing.markup import element_id
from torbay_reports.publishing.packplan import PackPlan, PageMap
from torbay_reports.publishing.parts.values import Link, Part

_PRINT: Final = 4
"""The annotation flag that lets a link's area be printed (PDF 32000-1, 12.5.3, bit 3)."""

_SEPARATOR: Final = "--"
_ADDRESSES: Final = ("http://", "https://", "mailto:")


@dataclass(frozen=True)
class Place:
    """A page's index in the pack and a point on it, from the lower left corner in points."""

    page: int
    x: float
    y: float


class Places:
    """The named places of a pack. A name that stands twice counts where it begins."""

    def __init__(self) -> None:
        self._places: dict[str, Place] = {}

    def __getitem__(self, name: str) -> Place:
        return self._places[name]

    def __contains__(self, name: str) -> bool:
        return name in self._places

    def add_paper(self, key: str, part: Part, first_page: int) -> None:
        """A paper begins at the top of its first part's first page, or where that part says so itself."""
        page, x, y = part.destinations.get(key, (0, 0.0, part.pages[0].height))
        self._places.setdefault(key, Place(first_page + page, x, y))

    def add_part(self, part: Part, first_page: int, prefix: str = "") -> None:
        """The places of one part. `prefix` is the key of a brought paper, whose names stand for themselves only."""
        for name, (page, x, y) in part.destinations.items():
            full = element_id(prefix, name) if prefix else name
            if full not in self._places:
                self._places[full] = Place(first_page + page, x, y)

    def name_tree(self, pages: Sequence[int]) -> str:
        """The tree of names as PDF; `pages` are the objects of all pages."""
        listed = "".join(f"{byte_string(name)}{self.destination(name, pages)}" for name in sorted(self._places))
        return f"<</Names[{listed}]>>"

    def destination(self, name: str, pages: Sequence[int]) -> str:
        """One place as an explicit destination that keeps the reader's zoom."""
        place = self._places[name]
        return f"[{pages[place.page]} 0 R/XYZ {decimal(place.x)} {decimal(place.y)} 0]"


@dataclass(frozen=True)
class Resolved:
    """Where a link leads: in words, and as entries of an annotation."""

    description: str
    target: str

    def annotation(self, area: Sequence[float], parent_key: int | None) -> str:
        """The link's annotation as PDF. `parent_key` is its row in the parent tree, None where no element holds it."""
        left, bottom, right, top = area
        box = (min(left, right), min(bottom, top), max(left, right), max(bottom, top))
        row = "" if parent_key is None else f"/StructParent {parent_key}"
        return (
            f"<</Type/Annot/Subtype/Link/Rect[{' '.join(map(decimal, box))}]/F {_PRINT}/Border[0 0 0]"
            f"/Contents{text(self.description)}{row}{self.target}>>"
        )


class Links:
    """Writes the links of one pack."""

    def __init__(self, plan: PackPlan, pages: PageMap, places: Places) -> None:
        self._titles: Mapping[str, str] = {paper.key: paper.called for item in plan.items for paper in item.papers}
        self._pages = pages
        self._places = places

    def resolved(self, link: Link, *, prefix: str, where: str) -> Resolved:
        """Where a link leads. `prefix` is the key of the brought paper that it stands in; `where` names its page for a
        fault's sentence.

        Raises PackFault when it leads nowhere, or elsewhere than to a page of the web or an e-mail address.
        """
        if link.target.startswith("#"):
            name = link.target[1:]
            name = element_id(prefix, name) if prefix else name
            if name not in self._places:
                raise PackFault(f"A link on {where} leads nowhere: {name}.")
            return Resolved(self._description(name), f"/Dest{byte_string(name)}")
        address = link.target
        scheme, _, rest = address.partition(":")
        if address.lower().startswith(_ADDRESSES) and address.isascii():
            said = f"E-mail {rest}" if scheme.lower() == "mailto" else f"Web page {address}"
            return Resolved(said, f"/A<</Type/Action/S/URI/URI{byte_string(address)}>>")
        raise PackFault(f"A link on {where} leads to “{link.target}”: only http, https and mailto may be linked.")

    def _description(self, name: str) -> str:
        key, separator, _ = name.partition(_SEPARATOR)
        if name == LETTER_ID:
            return "Cover letter"
        label = self._pages.labels[self._places[name].page]
        return f"To page {label} of this pack" if separator else f"{self._titles[key]}, page {label}"
