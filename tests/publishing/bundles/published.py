"""Packs published as clerks do: corrected, withdrawn, and one of each edition; and rows changed past the triggers."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeVar

from django.db import connection

from tests.access.cast import person_with
from tests.agenda.held_back import frozen, make_held_back, with_grounds
from tests.agenda.jobs import make_instalment
from tests.publishing import packs
from tests.publishing.uploads import good
from torbay_reports.access.models import User
from torbay_reports.access.roles import Role
from torbay_reports.agenda.models import Instalment, Paper
from torbay_reports.agenda.publishing import publish_pack
from torbay_reports.agenda.withdrawing import withdraw_paper
from torbay_reports.core import clock
from torbay_reports.core.progress import Progress
from torbay_reports.documents.blocks import Document, Heading, Paragraph, words
from torbay_reports.publishing.bundles.services import finish_withdrawals
from torbay_reports.publishing.bundles.verifying import verify
from torbay_reports.publishing.models import (
    AnyBundle,
    Bundle,
    RestrictedBundle,
    RestrictedPdf,
    RestrictedPublication,
    UploadedPdf,
    Verification,
)
from torbay_reports.publishing.packplan import Edition, Restriction
from torbay_reports.publishing.services import publish
from torbay_reports.publishing.uploads.cleaning import cleaned

SLUG = "sale-of-the-kiosk"
"""The name of a paper not for publication, which stands in the paths of its files."""


@dataclass(frozen=True)
class World:
    """`withdrawn` were two versions of a pack, in whose third their paper is withdrawn; `public` and `restricted` are
    the editions of another one, with a paper not for publication in the latter."""

    clerk: User
    withdrawn: tuple[Bundle, Bundle]
    public: Bundle
    restricted: RestrictedBundle
    paper: Paper
    exempt: Paper


def fees(text: str = "It goes for £12 a day.") -> Document:
    """A short report with a table."""
    blocks = (Heading("fees", "Fees", 2), Paragraph("fee", words(text), "1.1"), packs.budget_table())
    return Document(source="harbour.fees", subject="2017", title="Harbour fees", blocks=blocks)


def secret() -> Document:
    """A short report not for publication."""
    blocks = (Heading("kiosk", "The kiosk", 2), Paragraph("price", words("Peregrine Marlowe offers £91,234."), "1.1"))
    return Document(source="harbour.kiosk", subject="2017", title="Sale of the kiosk", blocks=blocks)


def put_under(paper: Paper, document: Document, by: User) -> None:
    """Freeze an open Document for a paper."""
    paper.publication = publish(document=document, restriction=Restriction.OPEN, by=by)  # type: ignore[assignment]
    paper.save()


Pdf = TypeVar("Pdf", UploadedPdf, RestrictedPdf)


def brought_pdf(model: type[Pdf], by: User, title: str, texts: Sequence[str], **fields: str) -> Pdf:
    """A brought PDF of two pages as it is kept once it is cleaned."""
    kept = cleaned(good.tagged())
    return model._default_manager.create(
        name="brought.pdf",
        title=title,
        original_checksum="0" * 64,
        checksum=sha256(kept.part).hexdigest(),
        part=kept.part,
        pages=kept.pages,
        is_tagged=kept.is_tagged,
        texts=list(texts),
        findings=[],
        uploaded_at=clock.now(),
        uploaded_by=by,
        **fields,
    )


def published(instalment: Instalment, by: User, edition: Edition = Edition.PUBLIC, why: str = "") -> AnyBundle:
    """A version of an edition."""
    return publish_pack(instalment=Instalment.objects.get(pk=instalment.pk), edition=edition, by=by, why=why)


def build_world() -> World:
    """Publish, correct and withdraw."""
    clerk, officer = person_with(Role.CLERK), person_with(Role.MONITORING_OFFICER)
    harbour = make_instalment()
    berths = Paper.objects.get(instalment=harbour)
    put_under(berths, fees(), clerk)
    published(harbour, clerk)
    put_under(berths, fees("It goes for £13 a day."), clerk)
    published(harbour, clerk, why="The fee was wrong.")
    gone = withdraw_paper(paper=berths, why="Sent by mistake.", by=officer)
    finish_withdrawals()
    published(harbour, clerk, why="A paper was withdrawn.")
    exempt = with_grounds(make_held_back(slug=SLUG, title="Sale of the kiosk"), officer)
    kept = publish(document=secret(), restriction=Restriction.EXEMPT, by=clerk)
    assert isinstance(kept, RestrictedPublication)
    exempt = frozen(exempt, kept)
    leases = with_grounds(make_held_back(slug="leases", title="Leases of the kiosk"), officer)
    leases.held_back.upload = brought_pdf(
        RestrictedPdf, clerk, "Leases of the kiosk", ("Leases of the kiosk.", ""), restriction=Restriction.EXEMPT.value
    )
    leases.held_back.save()
    boats = Paper.objects.create(
        item=exempt.item, instalment=exempt.instalment, slug="boats", title="Boats", position=3
    )
    boats.upload = brought_pdf(UploadedPdf, clerk, "Boats", ("Boats in the harbours.", ""))
    boats.save()
    quays = Paper.objects.create(
        item=exempt.item, instalment=exempt.instalment, slug="quays", title="Quays", position=4
    )
    put_under(quays, fees("The quays go for £14 a day."), clerk)
    public = published(exempt.instalment, clerk)
    restricted = published(exempt.instalment, clerk, Edition.RESTRICTED)
    first, second = gone
    assert isinstance(public, Bundle)
    assert isinstance(restricted, RestrictedBundle)
    assert isinstance(first, Bundle)
    assert isinstance(second, Bundle)
    return World(clerk, (first, second), public, restricted, quays, exempt)


@contextmanager
def past_the_triggers(table: str) -> Iterator[None]:
    """Rows of a table may be changed meanwhile, as somebody does who owns the database."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def change(table: str, to: str, number: int) -> None:
    """Change one row past the triggers: `to` is what SQL sets."""
    with past_the_triggers(table), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {to} WHERE id = %s", [number])
        assert cursor.rowcount == 1


def delete(table: str, number: int) -> None:
    """Delete one row past the triggers."""
    with past_the_triggers(table), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE id = %s", [number])
        assert cursor.rowcount == 1


def verified() -> Verification:
    """A verification of now."""
    with Progress("Verification") as progress:
        return verify(progress=progress)
