"""Papers that are not for publication, with a file or a frozen report each, and a version in which they stand."""

import zlib
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from hashlib import sha256
from typing import Any, Final

from torbay_reports.access.models import User
from torbay_reports.agenda.composition import pack_key
from torbay_reports.agenda.grounds import give_confidential_grounds, give_exempt_grounds
from torbay_reports.agenda.models import AgendaItem, Committee, Instalment, Meeting, Paper, RestrictedPaper
from torbay_reports.core import clock
from torbay_reports.documents.blocks import Document, Heading, Paragraph, words
from torbay_reports.publishing.bundles.values import ItemEntry, PaperEntry
from torbay_reports.publishing.models import RestrictedBundle, RestrictedPdf, RestrictedPublication
from torbay_reports.publishing.packplan import Restriction
from torbay_reports.publishing.parts.values import CONTENT, Element, Part, PartPage, to_bytes

HELD_ON: Final = date(2017, 9, 6)
REVIEW: Final = date(2018, 3, 1)
SECRET: Final = "Sale of the harbour kiosk"
SHA: Final = "0" * 64
WHY: Final = "It holds the tenant's accounts."
BALANCE: Final = "Disclosure would lower the price that the public gets."


def make_held_back(
    restriction: Restriction = Restriction.EXEMPT, *, slug: str = "kiosk", title: str = SECRET, held_on: date = HELD_ON
) -> Paper:
    """A restricted paper that is to follow, under item 7 of a meeting of the board."""
    committee, _ = Committee.objects.get_or_create(
        slug="overview-and-scrutiny-board", defaults={"name": "Overview and Scrutiny Board"}
    )
    meeting, _ = Meeting.objects.get_or_create(committee=committee, held_on=held_on)
    letter = {"dated": held_on, "clerk": "Kate Spencer", "telephone": "01803 1", "email": "k@council.invalid"}
    instalment, _ = Instalment.objects.get_or_create(meeting=meeting, number=1, defaults=letter)
    item, _ = AgendaItem.objects.get_or_create(
        meeting=meeting, number="7", defaults={"title": "Harbours", "position": 7}
    )
    paper = Paper.objects.create(
        item=item,
        instalment=instalment,
        slug=slug,
        restriction=restriction.value,
        position=item.papers.count() + 1,
    )
    RestrictedPaper.objects.create(paper=paper, title=title)
    return again(paper)


def again(paper: Paper) -> Paper:
    """The paper as stored now."""
    rows = Paper.objects.with_content(restricted=True)
    return rows.select_related("item__meeting__committee", "instalment__meeting__committee").get(pk=paper.pk)


def with_grounds(paper: Paper, by: User, numbers: Sequence[int] = (3,), **given: Any) -> Paper:
    """The exempt paper with grounds by which it is withheld."""
    wanted: dict[str, Any] = {
        "reason": WHY,
        "public_interest": BALANCE,
        "has_contract_terms": False,
        "review_on": REVIEW,
        **given,
    }
    give_exempt_grounds(paper=paper, numbers=numbers, by=by, **wanted)
    return again(paper)


def with_confidential_grounds(paper: Paper, by: User, furnished_by: str = "the Home Office") -> Paper:
    """The confidential paper with whose terms forbid it."""
    give_confidential_grounds(
        paper=paper, furnished_by=furnished_by, prohibited_by="", reason="Not to be disclosed.", review_on=REVIEW, by=by
    )
    return again(paper)


def brought(paper: Paper, by: User, texts: Sequence[str] = ("The kiosk goes for £90,000.",)) -> Paper:
    """The paper with a restricted file of these words."""
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
    paper.held_back.upload = RestrictedPdf.objects.create(
        name="kiosk.pdf",
        title=paper.held_back.title,
        restriction=paper.restriction,
        original_checksum=SHA,
        checksum=sha256(part).hexdigest(),
        part=part,
        pages=len(texts),
        is_tagged=True,
        texts=list(texts),
        findings=[],
        uploaded_at=clock.now(),
        uploaded_by=by,
    )
    paper.held_back.save()
    return again(paper)


def frozen(paper: Paper, publication: RestrictedPublication) -> Paper:
    """The paper with a frozen Document instead of a file."""
    held_back = paper.held_back
    held_back.source, held_back.subject = publication.source, publication.subject
    held_back.publication = publication
    held_back.save()
    return again(paper)


def document(title: str = SECRET) -> Document:
    """A short report."""
    return Document(
        source="harbour.kiosk",
        subject="2017",
        title=title,
        blocks=(Heading("kiosk", "The kiosk", 2), Paragraph("price", words("It goes for £90,000."))),
    )


def put_out(*papers: Paper) -> RestrictedBundle:
    """The next published version of the restricted pack, in which these papers stand, without its files."""
    now, key = clock.now(), pack_key(papers[0].instalment)
    rows = [each.held_back for each in papers]
    entries = tuple(
        PaperEntry(each.slug, each.slug, row.title, each.pk, each.restriction, row.publication_id, row.upload_id)
        for each, row in zip(papers, rows, strict=True)
    )
    return RestrictedBundle.objects.create(
        key=key,
        version=RestrictedBundle.objects.filter(key=key).count() + 1,
        title="Restricted pack",
        committee="Overview and Scrutiny Board",
        meeting_on=HELD_ON,
        manifest=SHA,
        files=[],
        contents=[asdict(ItemEntry("7", "Harbours", entries))],
        letter={},
        papers=[each.pk for each in papers],
        publications=[each.publication_id for each in rows if each.publication_id],
        uploads=[each.upload_id for each in rows if each.upload_id],
        pages={},
        plan_checksum=SHA,
        published_at=now,
        written_at=now,
    )


def address_of(paper: Paper, page: str = "") -> str:
    """One of the paper's pages."""
    return f"{paper.item.meeting.get_absolute_url()}items/{paper.item.number}/{paper.slug}/{page}"
