"""Bundles of invented packs in a store's folder, and how their pages are read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import lxml.html
from msgspec.structs import replace as with_fields

from tests.publishing import packs
from tests.publishing.uploads import good
from torbay_reports.documents.blocks import Document, Paragraph, ParagraphLink, Text, to_json, words
from torbay_reports.publishing.bundles import feeds, pointers
from torbay_reports.publishing.bundles.assets import assets
from torbay_reports.publishing.bundles.contents import labels_of
from torbay_reports.publishing.bundles.making import make
from torbay_reports.publishing.bundles.values import BundleFacts, BundleFile, EarlierVersion
from torbay_reports.publishing.differences import Change
from torbay_reports.publishing.packplan import (
    Edition,
    GivenNumbers,
    PackPlan,
    PlannedItem,
    PlannedPaper,
    PlannedUpload,
    RenderedPack,
)
from torbay_reports.publishing.parts.store import MemoryStore
from torbay_reports.publishing.printing import render_pack
from torbay_reports.publishing.uploads.cleaning import cleaned

KEY = "harbour-board/2031-09-06/supplement-1"
REASON = "One forecast was printed with the wrong sign."
WITHDRAWN = "This paper was withdrawn on 5 September 2031 by the monitoring officer."
BROUGHT = "item-8-boats-0123456789abcdef"
GONE = "item-9-gone"
WORDS = (("Boats in the harbours", "Read the register.\nOr write."), ())
"""The paragraphs of the two pages of the file that is brought; nothing can be read on the second."""
_PARTS = MemoryStore()


@dataclass(frozen=True)
class Made:
    """A bundle in a store, and all that it was made from."""

    root: Path
    plan: PackPlan
    rendered: RenderedPack
    facts: BundleFacts
    files: tuple[BundleFile, ...]

    @property
    def folder(self) -> Path:
        return self.root / self.facts.folder

    def page(self, path: str = "index.html") -> lxml.html.HtmlElement:
        """One of its pages, parsed."""
        return parsed(self.folder / path)

    def pages_of(self, key: str) -> tuple[str, ...]:
        """The printed page numbers of a paper."""
        return labels_of(key, self.rendered.pages)

    def pages(self) -> Iterator[Path]:
        return self.folder.rglob("*.html")


def first_facts(key: str = KEY) -> BundleFacts:
    return BundleFacts(key, 1, datetime(2031, 9, 4, 8, tzinfo=UTC))


def second_facts(key: str = KEY) -> BundleFacts:
    """Of a correction, published at half past midnight by the council's clock."""
    changes = (
        Change("Quarter 1 report", "Paragraph 1.2", "The forecast is £1.2m.", "The forecast is £1.3m."),
        Change("Quarter 1 report", "Paragraph 3.1", "", "A new <sentence>."),
        Change("Fees", "Table “Fees”, row Quays, column Fee", "12", ""),
    )
    earlier = (EarlierVersion(1, date(2031, 9, 4)),)
    return BundleFacts(key, 2, datetime(2031, 9, 5, 23, 30, tzinfo=UTC), REASON, changes, earlier)


def asking_report() -> Document:
    """The invented report with a recommendation that points to another paragraph, and a last one of over a page."""
    content = (Text(text="That the Board notes "), ParagraphLink(text="2.1", anchor="p2-1"), Text(text=" & agrees."))
    asks = Paragraph("p4-1", content, "4.1", "recommendation")
    return packs.report(extra=(asks, Paragraph("p4-2", words(packs.STORY * 24), "4.2")))


def public_plan() -> PackPlan:
    """Papers of every kind: built, to follow, withheld."""
    return packs.plan(document=asking_report())


def restricted_plan() -> PackPlan:
    return packs.plan(edition=Edition.RESTRICTED, document=asking_report(), restricted=asking_appendix())


def asking_appendix() -> Document:
    appendix = packs.appendix()
    asks = Paragraph("debts-asks", (Text(text="That the debts are given up."),), "", "recommendation")
    return with_fields(appendix, blocks=(*appendix.blocks, asks))


def later_plan() -> PackPlan:
    """A second version: the report is a page longer, a brought file two pages shorter, and a paper is withdrawn."""
    part = cleaned(good.tagged()).part
    upload = PlannedUpload(part, "0123456789abcdef" * 4, is_tagged=False)
    boats = PlannedItem("8", "Boats", (PlannedPaper(BROUGHT, "Boats in the harbours", None, upload=upload),))
    paper = PlannedPaper(GONE, "Berths", None, withdrawn=WITHDRAWN)
    numbered = (
        GivenNumbers("", ("1",)),
        GivenNumbers("item-5-report", tuple(str(page) for page in range(2, 11))),
        GivenNumbers("item-7-fees", ("11",)),
        GivenNumbers("item-8-boats", ("12", "13", "14", "15")),
        GivenNumbers(GONE, ("16", "17")),
    )
    whole = packs.plan(document=asking_report())
    items = (*whole.items, boats, PlannedItem("9", "Berths", (paper,)))
    return replace(whole, items=items, numbered=numbered)


@cache
def rendered_pack(plan: PackPlan) -> RenderedPack:
    """The pack as the program sets it; what several plans share is set once."""
    return render_pack(plan, store=_PARTS)


def frozen_of(plan: PackPlan) -> dict[str, str]:
    return {
        paper.key: to_json(paper.document).decode()
        for item in plan.items
        for paper in item.papers
        if paper.document is not None
    }


def put(
    root: Path,
    plan: PackPlan,
    facts: BundleFacts,
    *,
    rendered: RenderedPack | None = None,
    texts: Mapping[str, Sequence[Sequence[str]]] | None = None,
) -> Made:
    """Make a bundle where it stands in the store."""
    rendered = rendered or rendered_pack(plan)
    into = root / facts.folder
    into.mkdir(parents=True)
    files = make(plan=plan, rendered=rendered, facts=facts, frozen=frozen_of(plan), texts=texts or {}, into=into)
    return Made(root, plan, rendered, facts, files)


def finish(root: Path, made: Made, versions: tuple[pointers.PointerVersion, ...]) -> None:
    """What makes the folder a whole store: style, fonts, the pages of versions and of packs, the feed."""
    assets(root)
    plan = made.plan
    pack = pointers.PointerPack(made.facts.key, plan.title, plan.committee, plan.meeting_on, versions)
    publisher = pointers.Publisher(plan.council, plan.notice)
    (root / pack.folder / "index.html").write_bytes(pointers.versions_page(pack, publisher=publisher))
    (root / "index.html").write_bytes(pointers.packs_page([pack], publisher=publisher))
    (root / "feed.xml").write_bytes(feeds.feed([pack], council=plan.council, authority="council.invalid"))


def whole_store(root: Path) -> Made:
    """A store with both versions of a pack; the later one, with papers of every kind."""
    first, later = first_facts(), second_facts()
    put(root, public_plan(), first)
    made = put(root, later_plan(), later, texts={BROUGHT: WORDS})
    versions = (
        pointers.PointerVersion(1, first.published_at),
        pointers.PointerVersion(2, later.published_at, later.reason),
    )
    finish(root, made, versions)
    return made


def parsed(path: Path) -> lxml.html.HtmlElement:
    return parsed_bytes(path.read_bytes())


def parsed_bytes(page: bytes) -> lxml.html.HtmlElement:
    found: lxml.html.HtmlElement = lxml.html.document_fromstring(page)
    return found


def said(element: lxml.html.HtmlElement) -> str:
    """The words of an element with single spaces."""
    return " ".join(str(element.text_content()).split())
