"""Papers for which PDFs are brought, without the reading of a PDF, and versions in which they stand, without a pack."""

import zlib
from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import date
from hashlib import sha256
from typing import Any, Final

import msgspec
import pytest
from django.conf import settings
from django.db import transaction

from torbay_reports.access.models import User
from torbay_reports.agenda.bringing import run_bringing
from torbay_reports.agenda.composition import outline, pack_key, paper_key
from torbay_reports.agenda.models import (
    AgendaItem,
    BroughtFile,
    Committee,
    Instalment,
    JobState,
    Meeting,
    Paper,
    RestrictedPaper,
)
from torbay_reports.agenda.restricting import close
from torbay_reports.agenda.selectors import business
from torbay_reports.core import clock
from torbay_reports.publishing.bundles.values import ItemEntry, PaperEntry
from torbay_reports.publishing.models import PACKS, AnyBundle, AnyPdf, RestrictedPdf, UploadedPdf, bundles_of
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
    paper = Paper.objects.create(
        item=item,
        instalment=instalment,
        slug=slug,
        title=f"The {slug}",
        position=item.papers.count() + 1,
        **fields,
    )
    return paper if restriction is Restriction.OPEN else closed(paper, restriction)


def closed(paper: Paper, restriction: Restriction = Restriction.EXEMPT) -> Paper:
    """The paper, exempt or confidential from now on."""
    with transaction.atomic():
        close(paper=paper, restriction=restriction)
    return paper


def now_open(paper: Paper) -> Paper:
    """A restricted paper to follow, opened past all that asks for reasons."""
    Paper.objects.filter(pk=paper.pk).update(restriction=Restriction.OPEN, title=paper.content.title)
    RestrictedPaper.objects.filter(pk=paper.pk).delete()
    return Paper.objects.get(pk=paper.pk)


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
) -> AnyPdf:
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
    values = {
        "name": name,
        "title": title,
        "original_checksum": sha256(data).hexdigest(),
        "checksum": sha256(part).hexdigest(),
        "part": part,
        "pages": len(texts),
        "is_tagged": is_tagged,
        "texts": list(texts),
        "findings": [list(each) for each in findings],
        "uploaded_at": clock.now(),
        "uploaded_by": by,
    }
    if restriction is Restriction.OPEN:
        return UploadedPdf.objects.create(**values)
    return RestrictedPdf.objects.create(**values, restriction=restriction.value)


def bring_to(paper: Paper, by: User, **upload: Any) -> Paper:
    """Puts such a PDF under the paper's item."""
    content = paper.content
    content.upload = make_upload(by, restriction=paper.held_back_as, title=content.title, **upload)
    content.save()
    return paper


def put_out(*papers: Paper, edition: Edition = Edition.PUBLIC, first: int = 14) -> AnyBundle:
    """The next published version, without files: the papers stand in it one after another, all others are to follow.

    The file's first page is printed as i. So printed numbers and those in the file differ by one, or are E1, E2… in a
    restricted pack.
    """
    instalment = papers[0].instalment
    key, now, pages = pack_key(instalment), clock.now(), to_stored(pages_of(papers, edition, first))
    PACKS[edition]._default_manager.update_or_create(
        key=key, defaults={"pdf": b"%PDF", "pages": pages, "checksum": SHA, "plan_checksum": SHA, "built_at": now}
    )
    found = business(instalment.meeting, edition=edition, instalment=instalment)
    plan = outline(instalment, found, edition=edition, council=settings.COUNCIL_NAME)
    contents = [
        ItemEntry(each.item.number, each.item.title, tuple(_entry(paper, paper in papers) for paper in each.papers))
        for each in found
    ]
    bundle: AnyBundle = bundles_of(edition).create(
        key=key,
        version=bundles_of(edition).filter(key=key).count() + 1,
        title=plan.title,
        committee=plan.committee,
        meeting_on=plan.meeting_on,
        manifest=SHA,
        files=[],
        contents=[asdict(each) for each in contents],
        letter=msgspec.to_builtins(plan.letter),
        papers=[paper.pk for paper in papers],
        publications=[],
        uploads=[entry.upload for item in contents for entry in item.papers if entry.upload],
        pages=pages,
        plan_checksum=SHA,
        published_at=now,
        written_at=now,
    )
    return bundle


def pages_of(papers: Sequence[Paper], edition: Edition, first: int) -> PageMap:
    """Where papers stand that follow one another from a page on."""
    prefix = "E" if edition is Edition.RESTRICTED else ""
    ranges: dict[str, PageRange] = {}
    anchors: dict[tuple[str, str], str] = {}
    place = first
    for paper in papers:
        upload = paper.content.upload
        assert upload is not None
        key, pages = paper_key(paper.item.number, paper), upload.pages
        ranges[key] = PageRange(f"{prefix}{place}", f"{prefix}{place + pages - 1}", place)
        anchors |= {(key, f"page-{number + 1}"): f"{prefix}{place + number}" for number in range(pages)}
        place += pages
    labels = ("i", *(f"{prefix}{number}" for number in range(1, place)))
    return PageMap(papers=ranges, items={}, anchors=anchors, labels=labels)


def _entry(paper: Paper, stands: bool) -> PaperEntry:
    content = paper.content
    upload = content.upload_id if stands else None
    key = paper_key(paper.item.number, paper)
    return PaperEntry(key, paper.slug, content.title, paper.pk, paper.restriction, upload=upload)


def look_at_files() -> None:
    """What a worker does with the files that wait, in the test's own transaction."""
    for file in BroughtFile.objects.filter(state=JobState.WAITING):
        run_bringing(file=file.pk)


def address_of(paper: Paper) -> str:
    """Where readers find the paper."""
    return f"{paper.item.meeting.get_absolute_url()}items/{paper.item.number}/{paper.slug}/"


def rows_read(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, set[str]]]:
    """Fills with the key and the fields of every row of a file, open or not, that is read from now on."""
    read: list[tuple[int, set[str]]] = []

    def note(model: type[UploadedPdf] | type[RestrictedPdf]) -> None:
        real = model.from_db

        def noted(db: str | None, field_names: Collection[str], values: Collection[Any]) -> AnyPdf:
            found = real(db, field_names, values)
            read.append((found.pk, set(field_names)))
            return found

        monkeypatch.setattr(model, "from_db", noted)

    note(UploadedPdf)
    note(RestrictedPdf)
    return read
