"""What a pack is to hold: the value that `agenda` composes and this room renders.

A plan holds Documents already read, and for the public edition never one that is exempt or confidential: who composes
decides that by not reading them.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from torbay_reports.core.formatting import listed, page_range
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
    `place` is its name through all versions of the pack, by which it keeps its page numbers; see `slot`. One that is
    `withdrawn`, in a sentence that says when and by which office, comes without content: the pages that it had say
    that sentence alone. Its title may be empty then.
    """

    key: str
    title: str
    document: Document | None
    restriction: Restriction = Restriction.OPEN
    upload: PlannedUpload | None = None
    content: str = ""
    place: str = ""
    withdrawn: str = ""
    marking: str = ""
    short_marking: str = ""

    @property
    def is_there(self) -> bool:
        """Whether it has pages in this pack."""
        return self.document is not None or self.upload is not None

    @property
    def slot(self) -> str:
        """Its place, or its key without the checksum by which that names a brought file."""
        suffix = f"-{self.upload.checksum[:16]}" if self.upload else ""
        return self.place or self.key.removesuffix(suffix)

    @property
    def called(self) -> str:
        """Its title as readers are told it."""
        if self.withdrawn:
            return f"{self.title} (withdrawn)" if self.title else "Withdrawn paper"
        return self.title


@dataclass(frozen=True)
class GivenNumbers:
    """The page numbers that an earlier published version gave, in order, to a paper by its `slot`; under the place ""
    those of the cover letter."""

    place: str
    labels: tuple[str, ...]
    restriction: Restriction = Restriction.OPEN

    @property
    def is_restricted(self) -> bool:
        """Whether they are of the pages that the public may not read."""
        return self.restriction is not Restriction.OPEN


@dataclass(frozen=True)
class PlannedItem:
    """An agenda item with its papers, in the order of business. `words` stand below its title on the agenda sheets."""

    number: str
    title: str
    papers: tuple[PlannedPaper, ...]
    words: str = ""


@dataclass(frozen=True)
class CoverLetter:
    """The clerk's letter on top of a supplement. `opening` is the paragraph above the list of items, `reasons` say why
    papers are late, a sentence each, and `urgency` that the person presiding will be asked, or nothing."""

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
    reasons: tuple[str, ...] = ()
    urgency: str = ""


@dataclass(frozen=True)
class AgendaSheet:
    """The agenda's own sheets, numbered i, ii…, on which every item stands: `when` and `place` say where it meets
    ("Wednesday 6 September 2017 at 5.30 pm"), `presiding` who is in the chair; each may be empty but `when`."""

    clerk: str
    telephone: str
    email: str
    dated: date
    office: tuple[str, ...]
    heading: str
    when: str
    place: str = ""
    presiding: str = ""


@dataclass(frozen=True)
class Reached:
    """The highest whole page numbers that other instalments of a meeting have given: of open pages, and of those not
    for publication. New pages run on after them."""

    open: int = 0
    restricted: int = 0


@dataclass(frozen=True)
class PackPlan:
    """A pack or supplement, complete: `title` names the file, `notice` is printed on every page.

    `numbered` are the page numbers of the version published before (its page map's `numbered`), which all stay as they
    are; empty for a first version. The public edition leaves those of pages not for publication alone. `reached` are
    those of the meeting's other instalments.
    """

    council: str
    committee: str
    meeting_on: date
    title: str
    edition: Edition
    letter: CoverLetter | AgendaSheet
    items: tuple[PlannedItem, ...]
    notice: str = ""
    language: str = "en-GB"
    numbered: tuple[GivenNumbers, ...] = ()
    reached: Reached = Reached()

    @property
    def is_agenda(self) -> bool:
        """Whether it begins with the agenda's own sheets."""
        return isinstance(self.letter, AgendaSheet)


@dataclass(frozen=True)
class PageRange:
    """First and last page as printed ("2", "8a", or "E1" for exempt pages), and the first one's place in the file.

    `more` are further runs of pages, where a later version gave an item pages that do not follow on.
    """

    first: str
    last: str
    index: int
    more: tuple[tuple[str, str], ...] = ()

    @property
    def runs(self) -> tuple[tuple[str, str], ...]:
        """First and last page of every run."""
        return ((self.first, self.last), *self.more)

    @property
    def words(self) -> str:
        """Page 2; Pages 2 - 8; Pages 2 - 8a and 20 - 22."""
        if not self.more:
            return page_range(self.first, self.last)
        return f"Pages {listed([first if first == last else f'{first} - {last}' for first, last in self.runs])}"


@dataclass(frozen=True)
class PageMap:
    """Where everything stands in a rendered pack.

    `papers` by paper key; `items` by item number (only items with a page); `anchors` by (paper key, block or row
    anchor) to the printed page on which it begins; `labels` the printed label of every page in order. `numbered` says
    the same place by place, for the plan of the next version.
    """

    papers: dict[str, PageRange]
    items: dict[str, PageRange]
    anchors: dict[tuple[str, str], str]
    labels: tuple[str, ...]
    numbered: tuple[GivenNumbers, ...] = ()


@dataclass(frozen=True)
class RenderedPack:
    """The joined, checked PDF and its page map."""

    pdf: bytes
    pages: PageMap
