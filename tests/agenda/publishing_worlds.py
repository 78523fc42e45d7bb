"""A small meeting whose papers are published, corrected and withdrawn, and what readers find of it."""

import json
import re
from datetime import date, timedelta
from hashlib import sha256
from typing import Final

from django.test import Client

from tests.agenda.jobs import BOARD, DAY, make_instalment
from tests.publishing import packs
from torbay_reports.access.models import User
from torbay_reports.agenda.composition import pack_key
from torbay_reports.agenda.grounds import give_exempt_grounds
from torbay_reports.agenda.models import AgendaItem, Instalment, Meeting, Paper, RestrictedPaper
from torbay_reports.agenda.published import standing_bundle
from torbay_reports.agenda.publishing import publish_pack
from torbay_reports.agenda.withdrawing import withdraw_paper
from torbay_reports.documents.blocks import Document, Heading, Paragraph, words
from torbay_reports.publishing.bundles.services import finish_withdrawals, folder_of, store_of
from torbay_reports.publishing.bundles.stores import locked_store, public_store, restricted_store
from torbay_reports.publishing.models import AnyBundle, bundles_of
from torbay_reports.publishing.packplan import Edition, Restriction
from torbay_reports.publishing.services import publish

MEETING: Final = f"/meetings/{BOARD}/{DAY}/"
PACK: Final = f"{MEETING}pack/"
PAPER: Final = f"{MEETING}items/5/harbours/"
SECOND: Final = f"{MEETING}items/6/moorings/"
TENDERS: Final = f"{MEETING}items/5/tenders/"
TABLE: Final = "budget"
HARBOURS: Final = "invented.harbours"
SECRET: Final = "Marlowe Dredging of Brixham asks for £48,215 to clear the inner basin before the spring tides."
SECRET_TITLE: Final = "Tender of Marlowe Dredging"
FIRST: Final = "The forecast of the harbours is an overspend of £120,000."
SECOND_FIGURE: Final = "The forecast of the harbours is an overspend of £130,000."
_HREF: Final = re.compile(r'href="([^"#:]+)"')


def report(says: str = FIRST, *, title: str = "Harbour fees", source: str = HARBOURS, more: int = 0) -> Document:
    """A report of one paragraph, for the harbours with a table, and so many long paragraphs after them."""
    return Document(
        source=source,
        subject="2017",
        title=title,
        blocks=(
            Heading("fees", "Fees", 2, "1."),
            Paragraph("p1-1", words(says), "1.1", "recommendation"),
            *([packs.budget_table()] if source == HARBOURS else []),
            *(Paragraph(f"p1-{n}", words(packs.STORY * 6), f"1.{n}") for n in range(2, 2 + more)),
        ),
    )


def freeze(paper: Paper, document: Document, by: User) -> Paper:
    """Puts a Document under the paper's item, as the clerk does with a report."""
    content = paper.content
    content.publication = publish(document=document, restriction=paper.held_back_as, by=by)
    content.save(update_fields=["publication"])
    return paper


def make_meeting(by: User) -> Instalment:
    """Two items with a frozen report each."""
    instalment = make_instalment()
    freeze(Paper.objects.get(slug="harbours"), report(), by)
    item = AgendaItem.objects.create(meeting=instalment.meeting, number="6", title="Moorings", position=2)
    moorings = Paper.objects.create(item=item, instalment=instalment, slug="moorings", title="Moorings", position=1)
    freeze(moorings, report("Nothing is asked for.", title="Moorings", source="invented.moorings"), by)
    return again(instalment)


def again(instalment: Instalment) -> Instalment:
    return Instalment.objects.select_related("meeting__committee").get(pk=instalment.pk)


def paper_of(instalment: Instalment, slug: str = "harbours") -> Paper:
    """The paper as it stands now."""
    papers = Paper.objects.with_content(restricted=True).select_related("item__meeting__committee")
    return papers.select_related("instalment__meeting__committee").get(instalment=instalment, slug=slug)


def add_tenders(instalment: Instalment, by: User, *, says: str = SECRET, with_grounds: bool = True) -> Paper:
    """An exempt report under the first item, with its grounds."""
    item = AgendaItem.objects.get(meeting=instalment.meeting, number="5")
    paper = Paper.objects.create(
        item=item, instalment=instalment, slug="tenders", restriction=Restriction.EXEMPT.value, position=2
    )
    RestrictedPaper.objects.create(paper=paper, title=SECRET_TITLE)
    paper = paper_of(instalment, "tenders")
    freeze(paper, report(says, title=SECRET_TITLE, source="invented.tenders"), by)
    if with_grounds:
        give_exempt_grounds(
            paper=paper,
            numbers=[3],
            reason="It tells of a bidder's prices.",
            public_interest="The council would pay more for the work than it has to.",
            has_contract_terms=True,
            review_on=date(2018, 3, 1),
            by=by,
        )
    return paper_of(instalment, "tenders")


def add_other_meeting(instalment: Instalment, slug: str = "harbours") -> Instalment:
    """A meeting a week later that has the same frozen report under its only item."""
    paper = Paper.objects.get(instalment=instalment, slug=slug)
    meeting = Meeting.objects.create(
        committee=instalment.meeting.committee, held_on=instalment.meeting.held_on + timedelta(days=7)
    )
    item = AgendaItem.objects.create(meeting=meeting, number="3", title="Harbours again", position=1)
    other = Instalment.objects.get(pk=instalment.pk)
    other.pk, other.meeting = None, meeting
    other.save(force_insert=True)
    Paper.objects.create(
        item=item, instalment=other, slug=slug, title=paper.title, position=1, publication=paper.publication
    )
    return again(other)


def put_out(
    instalment: Instalment, edition: Edition = Edition.PUBLIC, *, by: User | None = None, why: str = ""
) -> AnyBundle:
    """Build an edition and publish it; before a restricted one the public one, which gives the pages their numbers."""
    if edition is Edition.RESTRICTED and not standing_bundle(instalment, Edition.PUBLIC):
        publish_pack(instalment=again(instalment), edition=Edition.PUBLIC, by=by)
    return publish_pack(instalment=again(instalment), edition=edition, by=by, why=why)


def withdraw(instalment: Instalment, by: User, slug: str = "harbours") -> list[AnyBundle]:
    """Withdraw a paper, with all that follows at once; the versions that go."""
    gone = withdraw_paper(paper=paper_of(instalment, slug), why="It names a tenant.", by=by)
    finish_withdrawals()
    return gone


def versions(edition: Edition = Edition.PUBLIC) -> list[tuple[int, bool]]:
    """The number of each version's row, and whether it is written."""
    rows = bundles_of(edition).order_by("key", "version")
    return [(each.version, each.written_at is not None) for each in rows]


def stored() -> dict[str, bytes]:
    """All files of the three stores."""
    stores = {"public": public_store(), "restricted": restricted_store(), "locked": locked_store()}
    return {f"{name}/{path}": store.read(path) for name, store in stores.items() for path in store.paths()}


def out(bundle: AnyBundle) -> set[str]:
    """The files that stand in a bundle's folder."""
    folder = folder_of(bundle)
    return {path.removeprefix(f"{folder}/") for path in store_of(bundle.edition).paths(folder)}


def whole_folders(instalment: Instalment, edition: Edition = Edition.PUBLIC) -> list[int]:
    """The versions whose folder stands in the store; each has just the files of its manifest, to the byte."""
    store, prefix = store_of(edition), f"packs/{pack_key(instalment)}"
    paths = [path.removeprefix(f"{prefix}/") for path in store.paths(prefix)]
    numbers = sorted({int(path.partition("/")[0]) for path in paths if "/" in path})
    for number in numbers:
        own = {path.removeprefix(f"{number}/") for path in paths if path.startswith(f"{number}/")}
        said = json.loads(store.read(f"{prefix}/{number}/manifest.json"))["files"]
        assert own == {"manifest.json", *(each["path"] for each in said)}
        for each in said:
            assert sha256(store.read(f"{prefix}/{number}/{each['path']}")).hexdigest() == each["sha256"]
    return numbers


def pointed_to(instalment: Instalment) -> set[int]:
    """The versions that the public pages of the pack, of all packs and the feed lead to; each of them can be read."""
    store, key = public_store(), pack_key(instalment)
    numbers = set()
    for page, pattern in (
        ("index.html", rf"packs/{key}/(\d+)/index.html"),
        (f"packs/{key}/index.html", r'href="(\d+)/index.html"'),
    ):
        if page in store.paths():
            found = {int(number) for number in re.findall(pattern, store.read(page).decode())}
            assert all(f"packs/{key}/{number}/index.html" in set(store.paths()) for number in found), page
            numbers |= found
    return numbers


def told(client: Client) -> int:
    """The version that the program's own page of the pack tells of; 0 where there is none."""
    response = client.get(PACK)
    found = re.search(r", version (\d+): published", response.content.decode())
    assert bool(found) == (response.status_code == 200)
    return int(found[1]) if found else 0


def feed() -> str:
    return public_store().read("feed.xml").decode()
