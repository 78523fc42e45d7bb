"""The migration that takes what is not for publication out of the tables that public editions read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import StateApps

from tests.access.cast import person
from torbay_reports.access.models import User
from torbay_reports.agenda.models import AgendaItem, BroughtFile, Committee, Instalment, Meeting, Paper, RestrictedPaper
from torbay_reports.core import clock
from torbay_reports.publishing.models import (
    PassedWarning,
    Publication,
    RestrictedPack,
    RestrictedPart,
    RestrictedPassedWarning,
    RestrictedPdf,
    RestrictedPublication,
    StoredPack,
    StoredPart,
    UploadedPdf,
)
from torbay_reports.publishing.packplan import Restriction

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE = [("agenda", "0004_restricted_papers"), ("publishing", "0005_restricted_tables")]
CANARY = "Quillfeather"
SHA = "0" * 64


@dataclass
class Old:
    """The database as it was before, with what makes rows in it."""

    apps: StateApps
    by: User
    papers: int = 0

    def make(self, app: str, model: str, **fields: Any) -> Any:
        return self.apps.get_model(app, model).objects.create(**fields)

    def publication(self, restriction: str, *, version: int = 1, title: str = CANARY) -> Any:
        return self.make(
            "publishing",
            "Publication",
            source="invented.report",
            subject="q1",
            version=version,
            title=title,
            restriction=restriction,
            edition=edition_of(restriction),
            document_json=f'{{"title": "{title}", "version": {version}}}',
            checksum=SHA,
            frozen_at=clock.now(),
            frozen_by_id=self.by.pk,
        )

    def upload(self, restriction: str, *, title: str = CANARY) -> Any:
        made = self.make(
            "publishing",
            "UploadedPdf",
            name=f"{title}.pdf",
            title=title,
            restriction=restriction,
            edition=edition_of(restriction),
            original_checksum=SHA,
            checksum="1" * 64,
            part=title.encode(),
            pages=2,
            is_tagged=True,
            texts=[title, ""],
            findings=[["no-text", 2, "Page 2 has no text."]],
            uploaded_at=clock.now(),
            uploaded_by_id=self.by.pk,
        )
        warning = {"code": "no-text", "page": 2, "reason": f"{title} is a map.", "passed_at": clock.now()}
        self.make("publishing", "PassedWarning", upload=made, passed_by_id=self.by.pk, **warning)
        return made

    def paper(self, slug: str, restriction: str, *, title: str = CANARY, **content: Any) -> Any:
        self.papers += 1
        old = (self.apps.get_model("agenda", name) for name in ("AgendaItem", "Instalment"))
        places = dict(zip(("item_id", "instalment_id"), (model.objects.get().pk for model in old), strict=True))
        fields = {"slug": slug, "title": title, "restriction": restriction, "position": self.papers}
        return self.make("agenda", "Paper", **places, **fields, **content)

    def file(self, paper: Any, **fields: Any) -> Any:
        given = {"name": f"{CANARY}.pdf", "restriction": "exempt", "closes_paper": False, "checksum": SHA}
        return self.make(
            "agenda", "BroughtFile", paper=paper, asked_by_id=self.by.pk, asked_at=clock.now(), **{**given, **fields}
        )


def edition_of(restriction: str) -> str:
    return "public" if restriction == "open" else "restricted"


@pytest.fixture
def old() -> Iterator[Old]:
    """Before the migration; afterwards the tables are as they are now again, whatever became of the test."""
    meeting = Meeting.objects.create(
        committee=Committee.objects.create(slug="board", name="Board"), held_on=date(2031, 9, 6)
    )
    AgendaItem.objects.create(meeting=meeting, number="5", title="Harbours", position=1)
    Instalment.objects.create(meeting=meeting, number=1, dated=date(2031, 9, 1))
    by = person("Robin Vale")
    MigrationExecutor(connection).migrate(BEFORE)
    yield Old(MigrationExecutor(connection).loader.project_state(BEFORE).apps, by)
    if ("publishing", "0006_open_tables") not in MigrationExecutor(connection).loader.applied_migrations:
        clear()
        migrate()


def clear() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE agenda_committee, publishing_publication, publishing_uploadedpdf CASCADE")


def migrate() -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def words_of_open_tables() -> str:
    """All that the open tables hold."""
    said = []
    with connection.cursor() as cursor:
        for model in (Paper, Publication, UploadedPdf, PassedWarning, StoredPack, StoredPart):
            cursor.execute(f"SELECT coalesce(string_agg(whole::text, ' '), '') FROM {model._meta.db_table} AS whole")
            said.append(cursor.fetchone()[0])
    # PostgreSQL writes bytes out in hexadecimal.
    return " ".join(said).replace(CANARY.encode().hex(), CANARY)


def test_restricted_papers_keep_title_source_and_content_in_rows_of_their_own(old: Old) -> None:
    old.paper("follows", "exempt")
    old.paper("figures", "confidential", source="budget.quarterly", subject="2017-18/q1")
    old.paper("frozen", "exempt", publication=old.publication("exempt"))
    old.paper("brought", "confidential", upload=old.upload("confidential"))
    before = {each.slug: each.pk for each in Paper.objects.only("slug")}
    migrate()
    papers = {each.slug: each for each in Paper.objects.with_content(restricted=True)}
    assert {slug: each.pk for slug, each in papers.items()} == before
    assert {slug: each.held_back_as for slug, each in papers.items()} == {
        "follows": Restriction.EXEMPT,
        "figures": Restriction.CONFIDENTIAL,
        "frozen": Restriction.EXEMPT,
        "brought": Restriction.CONFIDENTIAL,
    }
    assert {each.content.title for each in papers.values()} == {CANARY}
    assert (papers["figures"].content.source, papers["figures"].content.subject) == ("budget.quarterly", "2017-18/q1")
    assert papers["frozen"].content.publication == RestrictedPublication.objects.get()
    assert papers["brought"].content.upload == RestrictedPdf.objects.get()
    assert not Paper.objects.exclude(title="", source="", subject="", publication=None, upload=None).exists()
    assert CANARY not in words_of_open_tables()


def test_open_papers_stay_as_they_are(old: Old) -> None:
    publication, upload = old.publication("open", title="Harbours"), old.upload("open", title="Boats")
    old.paper("follows", "open", title="Quays")
    old.paper("frozen", "open", title="Harbours", publication=publication, source="invented.report", subject="q1")
    old.paper("brought", "open", title="Boats", upload=upload)
    before = list(old.apps.get_model("agenda", "Paper").objects.order_by("pk").values())
    migrate()
    assert list(Paper.objects.order_by("pk").values(*before[0])) == before
    assert (Publication.objects.get().pk, UploadedPdf.objects.get().pk) == (publication.pk, upload.pk)
    assert PassedWarning.objects.get().reason == "Boats is a map."
    for model in (RestrictedPaper, RestrictedPublication, RestrictedPdf, RestrictedPassedWarning):
        assert not model._default_manager.exists()


def test_frozen_and_brought_rows_are_moved_whole_under_new_keys(old: Old) -> None:
    earlier, upload = old.publication("exempt"), old.upload("exempt")
    later = old.publication("exempt", version=2)
    confidential = old.publication("confidential")
    old.publication("open", title="Harbours")
    migrate()
    moved = list(RestrictedPublication.objects.order_by("version"))
    assert [(each.version, each.restriction) for each in moved] == [(1, "exempt"), (2, "exempt"), (3, "confidential")]
    same = ("source", "subject", "title", "document_json", "checksum", "frozen_at", "frozen_by_id")
    for new, was in zip(moved, (earlier, later, confidential), strict=True):
        assert [getattr(new, name) for name in same] == [getattr(was, name) for name in same]
        assert new.pk > 1_000_000_000
    brought = RestrictedPdf.objects.get()
    kept = ("name", "title", "original_checksum", "checksum", "pages", "is_tagged", "texts", "findings", "uploaded_at")
    assert [getattr(brought, name) for name in kept] == [getattr(upload, name) for name in kept]
    assert (bytes(brought.part), brought.restriction, brought.uploaded_by) == (CANARY.encode(), "exempt", old.by)
    assert brought.pk > 1_000_000_000
    passed = RestrictedPassedWarning.objects.get()
    assert (passed.upload, passed.reason, passed.passed_by) == (brought, f"{CANARY} is a map.", old.by)
    assert Publication.objects.get().title == "Harbours"
    assert CANARY not in words_of_open_tables()


def test_a_paper_that_was_open_in_one_column_only_is_restricted_as_what_it_held(old: Old) -> None:
    old.paper("brought", "open", upload=old.upload("confidential"))
    old.paper("frozen", "open", publication=old.publication("exempt"))
    migrate()
    papers = {each.slug: each for each in Paper.objects.with_content(restricted=True)}
    assert papers["brought"].held_back_as is Restriction.CONFIDENTIAL
    assert papers["frozen"].held_back_as is Restriction.EXEMPT
    assert all(each.is_there for each in papers.values())
    assert CANARY not in words_of_open_tables()


def test_packs_and_parts_that_may_hold_restricted_pages_go(old: Old) -> None:
    given = {"key": "k", "pages": {}, "checksum": SHA, "plan_checksum": SHA, "built_at": clock.now()}
    old.make("publishing", "StoredPack", **given, edition="public", pdf=b"public")
    old.make("publishing", "StoredPack", **given, edition="restricted", pdf=CANARY.encode())
    used_on = date(2031, 9, 6)
    old.make("publishing", "StoredPart", key=SHA, data=CANARY.encode(), checksum=SHA, size=1, used_on=used_on)
    migrate()
    assert bytes(StoredPack.objects.get().pdf) == b"public"
    assert not StoredPart.objects.exists()
    assert not RestrictedPack.objects.exists()
    assert not RestrictedPart.objects.exists()


def test_files_that_wait_are_kept_and_those_that_ended_are_forgotten(old: Old) -> None:
    now, upload = clock.now(), old.upload("exempt")
    brought = old.paper("brought", "exempt", upload=upload)
    old.file(brought, state="done", started_at=now, finished_at=now, upload=upload)
    waiting = old.file(brought, state="waiting", data=b"%PDF")
    old.file(old.paper("follows", "exempt"), state="failed", message="Why.", started_at=now, finished_at=now)
    migrate()
    kept = BroughtFile.objects.get()
    assert (kept.pk, kept.state, bytes(kept.data or b"")) == (waiting.pk, "waiting", b"%PDF")


def test_a_file_that_waits_still_takes_the_place_of_what_its_sender_saw(old: Old) -> None:
    upload = old.upload("exempt")
    waiting = old.file(old.paper("brought", "exempt", upload=upload), state="waiting", data=b"%PDF", seen=upload.pk)
    migrate()
    kept = BroughtFile.objects.get(pk=waiting.pk)
    # What the person saw in the paper's place has another key now, and still stands there.
    assert kept.seen == RestrictedPdf.objects.get().pk
