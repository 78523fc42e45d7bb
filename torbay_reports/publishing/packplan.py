"""What a pack is to hold: the value that `agenda` composes and this room renders.

A plan holds Documents already read, and for the public edition never one that is exempt or confidential: who composes
decides that by not reading them.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from torbay_reports.documents.blocks import Document


class Edition(StrEnum):
    """The two builds of one pack."""

    PUBLIC = "public"
    RESTRICTED = "restricted"


class Restriction(StrEnum):
    """Whether a paper is open to the public, and if not, on which ground (Local Government Act 1972, s100A)."""

    OPEN = "open"
    EXEMPT = "exempt"
    CONFIDENTIAL = "confidential"


@dataclass(frozen=True)
class PlannedUpload:
    """A brought PDF that stands for a paper; who composes has seen that nothing stands against it."""

    part: bytes
    checksum: str
    is_tagged: bool


@dataclass(frozen=True)
class PlannedPaper:
    """One paper under an item, built or brought; with neither it is still to follow. `key` is unique in the pack.

    `content` is the checksum of what was frozen or brought: it tells whether a stored pack still holds just that.
    """

    key: str
    title: str
    document: Document | None
    restriction: Restriction = Restriction.OPEN
    upload: PlannedUpload | None = None
    content: str = ""

    @property
    def is_there(self) -> bool:
        """Whether it has pages in this pack."""
        return self.document is not None or self.upload is not None


@dataclass(frozen=True)
class PlannedItem:
    """An agenda item with its papers, in the order of business."""

    number: str
    title: str
    papers: tuple[PlannedPaper, ...]


@dataclass(frozen=True)
class CoverLetter:
    """The clerk's letter on top of a supplement. `opening` is the paragraph above the list of items."""

    clerk: str
    telephone: str
    email: str
    dated: date
    office: tuple[str, ...]
    salutation: str
    heading: str
    opening: str
    closing: str
    signatory: str
    signatory_title: str


@dataclass(frozen=True)
class PackPlan:
    """A pack or supplement, complete: `title` names the file, `notice` is printed on every page."""

    council: str
    committee: str
    meeting_on: date
    title: str
    edition: Edition
    letter: CoverLetter
    items: tuple[PlannedItem, ...]
    notice: str = ""
    language: str = "en-GB"


@dataclass(frozen=True)
class PageRange:
    """First and last page as printed ("2", "8", or "E1" for exempt pages), and the first one's place in the file."""

    first: str
    last: str
    index: int


@dataclass(frozen=True)
class PageMap:
    """Where everything stands in a rendered pack.

    `papers` by paper key; `items` by item number (only items with a page); `anchors` by (paper key, block or row
    anchor) to the printed page on which it begins; `labels` the printed label of every page in order.
    """

    papers: dict[str, PageRange]
    items: dict[str, PageRange]
    anchors: dict[tuple[str, str], str]
    labels: tuple[str, ...]


@dataclass(frozen=True)
class RenderedPack:
    """The joined, checked PDF and its page map."""

    pdf: bytes
    pages: PageMap
