"""All files of one bundle, written into a folder. The same values give the same bytes."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from torbay_reports.documents.blocks import BrokenDocument, Document, from_json
from torbay_reports.publishing.bundles import contents, pages, tables
from torbay_reports.publishing.bundles.folders import CSV, HTML, JSON, PDF, Folder
from torbay_reports.publishing.bundles.manifest import NAME, manifest
from torbay_reports.publishing.bundles.values import BundleFacts, BundleFile
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.layout import PlacedPaper
from torbay_reports.publishing.packplan import PackPlan, RenderedPack


def make(
    *,
    plan: PackPlan,
    rendered: RenderedPack,
    facts: BundleFacts,
    frozen: Mapping[str, str],
    texts: Mapping[str, Sequence[Sequence[str]]],
    into: Path,
) -> tuple[BundleFile, ...]:
    """Write a bundle into the empty folder `into`; its files, the manifest last.

    By the keys of the papers: `frozen` is the stored JSON of each built one, `texts` the paragraphs of each page of
    each brought one. Raises PackFault where a built paper is not the one that was frozen, where the words of a page are
    missing, or where a name cannot be a file's.
    """
    folder = Folder(into)
    folder.put("index.html", pages.pack_page(plan, rendered, facts), HTML)
    folder.put("pack.pdf", rendered.pdf, PDF)
    for placed in contents.shown_papers(plan):
        words = _words(placed, rendered, texts)
        page = pages.paper_page(placed, plan, rendered, facts, words)
        folder.put(contents.address_of(placed.paper.key), page, HTML)
        if placed.paper.document is not None:
            _put_data(folder, placed, plan, frozen)
    folder.put(NAME, manifest(plan, rendered, facts, folder.files), JSON)
    return folder.files


def _put_data(folder: Folder, placed: PlacedPaper, plan: PackPlan, frozen: Mapping[str, str]) -> None:
    key = placed.paper.key
    stored = frozen.get(key, "")
    if not _is_frozen(stored, placed.document):
        raise PackFault(f"A paper of item {placed.item.number} is not the one that was frozen: build the pack again.")
    folder.put(f"papers/{key}/document.json", stored.encode(), JSON)
    marking = contents.marking_in(plan, placed.paper)
    for table in placed.document.tables():
        path = f"papers/{key}/tables/{table.anchor}"
        folder.put(f"{path}.csv", tables.as_csv(table, marking=marking), CSV)
        folder.put(f"{path}.json", tables.as_json(table, marking=marking), JSON)


def _is_frozen(stored: str, document: Document) -> bool:
    try:
        return from_json(stored) == document
    except BrokenDocument:
        # Its own sentence may quote what the public may not read.
        return False


def _words(placed: PlacedPaper, rendered: RenderedPack, texts: Mapping[str, Sequence[Sequence[str]]]) -> pages.Words:
    if placed.paper.upload is None:
        return ()
    words = texts.get(placed.paper.key, ())
    if len(words) != _file_pages(placed.paper.key, rendered):
        raise PackFault(f"The words of a PDF brought for item {placed.item.number} are missing: bring the file again.")
    return words


def _file_pages(key: str, rendered: RenderedPack) -> int:
    """How many pages the brought file itself has: its part names each."""
    names = contents.pages_of(key, rendered.pages)
    return sum(f"page-{number}" in names for number in range(1, len(names) + 1))
