"""The check of published files that were joined: each was checked by itself before, so this is of the join alone."""

from io import BytesIO
from typing import Final

from pikepdf import Array, Name, Pdf

from torbay_reports.publishing.checks.objects import Bodies
from torbay_reports.publishing.checks.tree import TagTree
from torbay_reports.publishing.faults import PackFault

_NO_ROW: Final = -1


def check_whole(pdf: bytes, labels: tuple[str, ...]) -> None:
    """Raise PackFault where pages, tags and links do not hang together; `labels` are the printed page numbers."""
    if len(set(labels)) < len(labels):
        raise PackFault(
            f"Page {next(each for each in labels if labels.count(each) > 1)} stands twice in the joined pack."
        )
    with Pdf.open(BytesIO(pdf)) as opened:
        pages = [page.obj for page in opened.pages]
        if len(pages) != len(labels):
            raise PackFault(f"The joined pack has {len(pages)} pages, its instalments {len(labels)}.")
        numbers = [page.objgen[0] for page in pages]
        printed = dict(zip(numbers, labels, strict=True))
        names = {str(name) for name in list(opened.Root.Names.Dests.Names)[::2]}
        links = []
        for number, page in zip(numbers, pages, strict=True):
            for annotation in page.get(Name.Annots, Array()):
                target = annotation.get(Name.Dest)
                if target is not None and str(target) not in names:
                    raise PackFault(f"A link on page {printed[number]} of the joined pack leads nowhere.")
                links.append((number, annotation.objgen[0], int(annotation.get(Name.StructParent, _NO_ROW))))
        # What a person let pass in a brought file is no fault of the join.
        tree = TagTree(
            Bodies(opened, pdf),
            opened.Root.StructTreeRoot.objgen[0],
            where=lambda number: f"page {printed.get(number, '?')}",
            brought=range(max(numbers) + 1),
        )
        tree.check()
        tree.check_pages(numbers, [each for each in links if each[2] != _NO_ROW])
