"""Papers for which PDFs are brought, without the reading of a PDF and without a built pack."""

import zlib
from collections.abc import Collection, Sequence
from datetime import date
from hashlib import sha256
from typing import Any, Final

import pytest

from torbay_reports.access.models import User
from torbay_reports.agenda.bringing import run_bringing
from torbay_reports.agenda.composition import pack_key, paper_key
from torbay_reports.agenda.models import AgendaItem, BroughtFile, Committee, Instalment, JobState, Meeting, Paper
from torbay_reports.core import clock
from torbay_reports.publishing.models import StoredPack, UploadedPdf
from torbay_reports.publishing.packplan import Edition, PageMap, PageRange, Restriction
from torbay_reports.publishing.pagemaps import to_stored
from torbay_reports.publishing.parts.values import CONTENT, Element, Part, PartPage, to_bytes

Found = Sequence[tuple[str, int, str]]

NOT_TAGGED: Final = ("not-tagged", 0, "The file has no tags. Ask its author for a tagged PDF.")
NO_TEXT: Final = ("no-text", 2, "Page 2 has no text. Ask for the document itself.")
NO_TITLE: Final = ("no-title", 0, "The file has no title of its own; readers see the title given here.")
SHA: Final = "0" * 64


def make_paper(slug: str = "letter", *, restriction: Restriction = Restriction.OPEN, **fields: Any) -> Paper:
    """A paper that is to follow, under item 7 of the board's meeting on the demonstration's day."""
    committee, _ = Committee.objects.get_or_create(
        slug="overview-and-scrutiny-board", defaults={"name": "Overview and Scrutiny Board"}
    )
    meeting, _ = Meeting.objects.get_or_create(committee=committee, held_on=date(2017, 9, 6))
    letter = {"dated": date(2017, 9, 4), "clerk": "Kate Spencer", "telephone": "01803 1", "email": "k@council.invalid"}
    instalment, _ = Instalment.objects.get_or_create(meeting=meeting, number=1, defaults=letter)
    item, _ = AgendaItem.objects.get_or_create(
        meeting=meeting, number="7", defaults={"title": "Letters", "position": 7}
    )
    return Paper.objects.create(
        item=item,
        instalment=instalment,
        slug=slug,
        title=f"The {slug}",
        restriction=restriction.value,
        position=item.papers.count() + 1,
        **fields,
    )


def make_upload(
    by: User,
    *,
    name: str = "letter.pdf",
    restriction: Restriction = Restriction.OPEN,
    texts: Sequence[str] = ("First words.",),
    findings: Found = (),
    is_tagged: bool = True,
    data: bytes = b"%PDF",
    title: str = "The letter",
) -> UploadedPdf:
    """The row of a PDF with these words on its pages."""
    content = zlib.compress(b"/P <</MCID 0>> BDC\nEMC\n")
    places = range(len(texts))
    part = to_bytes(
        Part(
            pages=tuple(PartPage(width=595, height=842, content=content, fonts={}, owners=(n,)) for n in places),
            elements=tuple(Element("P", n, ((CONTENT, 0),)) for n in places),
            tops=tuple(places),
            destinations={f"page-{n + 1}": (n, 0.0, 842.0) for n in places},
        )
    )
    edition = Edition.PUBLIC if restriction is Restriction.OPEN else Edition.RESTRICTED
    return UploadedPdf.objects.create(
        name=name,
        title=title,
        restriction=restriction.value,
        edition=edition.value,
        original_checksum=sha256(data).hexdigest(),
        checksum=sha256(part).hexdigest(),
        part=part,
        pages=len(texts),
        is_tagged=is_tagged,
        texts=list(texts),
        findings=[list(each) for each in findings],
        uploaded_at=clock.now(),
        uploaded_by=by,
    )


def bring_to(paper: Paper, by: User, **upload: Any) -> Paper:
    """Puts such a PDF under the paper's item."""
    paper.upload = make_upload(by, restriction=paper.held_back_as, title=paper.title, **upload)
    paper.save()
    return paper


def put_out(*papers: Paper, edition: Edition = Edition.PUBLIC, first: int = 14) -> StoredPack:
    """A stored pack in which the papers stand one after another; the file's first page is printed as 0.

    So printed numbers and those in the file differ by one, or are E1, E2… in a restricted pack.
    """
    prefix = "E" if edition is Edition.RESTRICTED else ""
    ranges: dict[str, PageRange] = {}
    anchors: dict[tuple[str, str], str] = {}
    place = first
    for paper in papers:
        assert paper.upload is not None
        key, pages = paper_key(paper.item.number, paper), paper.upload.pages
        ranges[key] = PageRange(f"{prefix}{place}", f"{prefix}{place + pages - 1}", place)
        anchors |= {(key, f"page-{number + 1}"): f"{prefix}{place + number}" for number in range(pages)}
        place += pages
    labels = tuple(f"{prefix}{number}" for number in range(place))
    pages_of = PageMap(papers=ranges, items={}, anchors=anchors, labels=labels)
    stored, _ = StoredPack.objects.update_or_create(
        key=pack_key(papers[0].instalment),
        edition=edition.value,
        defaults={
            "pdf": b"%PDF",
            "pages": to_stored(pages_of),
            "checksum": SHA,
            "plan_checksum": SHA,
            "built_at": clock.now(),
        },
    )
    return stored


def look_at_files() -> None:
    """What a worker does with the files that wait, in the test's own transaction."""
    for file in BroughtFile.objects.filter(state=JobState.WAITING):
        run_bringing(file=file.pk)


def address_of(paper: Paper) -> str:
    """Where readers find the paper."""
    return f"{paper.item.meeting.get_absolute_url()}items/{paper.item.number}/{paper.slug}/"


def rows_read(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, set[str]]]:
    """Fills with the key and the fields of every row of a file that is read from now on."""
    read: list[tuple[int, set[str]]] = []
    real = UploadedPdf.from_db

    def noted(db: str | None, field_names: Collection[str], values: Collection[Any]) -> UploadedPdf:
        found = real(db, field_names, values)
        read.append((found.pk, set(field_names)))
        return found

    monkeypatch.setattr(UploadedPdf, "from_db", noted)
    return read
