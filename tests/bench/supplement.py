"""The complete supplement with an invented tracker, and one changed step after another in it."""

import re
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from msgspec.structs import replace

from budget.importing.quarter_file import read_quarter
from budget.services import loading as budget_services
from improvement.importing.report import ImportReport
from improvement.services.versions import bring_in
from tests.access.cast import person_with
from tests.bench.rows import invented_tracker
from torbay_reports.access.models import User
from torbay_reports.access.roles import Role
from torbay_reports.agenda import services
from torbay_reports.agenda.composition import compose
from torbay_reports.agenda.importing import read_agenda
from torbay_reports.agenda.models import Instalment, JobState, PackBuild, Paper
from torbay_reports.agenda.selectors import business
from torbay_reports.core import clock
from torbay_reports.documents.blocks import Cell, Document, Row, Table, words
from torbay_reports.publishing.layout import letter_html, papers_html
from torbay_reports.publishing.models import Publication, StoredPack, StoredPart
from torbay_reports.publishing.packplan import Edition, Restriction
from torbay_reports.publishing.parts.setting import style_sheet
from torbay_reports.publishing.selectors import document_of
from torbay_reports.publishing.services import publish

_BODY = re.compile(r"(<body[^>]*>)(.*)(</body>)", re.DOTALL)
_LONG = 80
"""An update of more characters than this fills lines of its own."""
CHANGES = ((0.1, 1.0), (0.35, 3.0), (0.55, 0.3), (0.75, 1.0), (0.95, 6.0))
"""How far into the tracker a step changes, and how many times as long its update is then."""


@dataclass
class BenchSupplement:
    """The supplement in the test's database, its papers published."""

    instalment: Instalment
    tracker: Paper
    clerk: User
    document: Document

    def change_step(self, number: int) -> None:
        """Publish the tracker anew with other words in one update, in another place each time."""
        place, length = CHANGES[number % len(CHANGES)]
        self.document = with_other_update(self.document, place, length, f"Change {number}")
        frozen = publish(document=self.document, restriction=Restriction.OPEN, by=self.clerk)
        assert isinstance(frozen, Publication)
        self.tracker.publication = frozen
        self.tracker.save(update_fields=["publication"])

    def asked(self) -> int:
        """The number of a build that a worker has just taken."""
        build = PackBuild.objects.create(
            instalment=self.instalment, edition=Edition.PUBLIC.value, state=JobState.WAITING, asked_at=clock.now()
        )
        return build.pk

    def forget_parts(self) -> None:
        """As on the first day: no part is stored, and no pack."""
        StoredPart.objects.all().delete()
        StoredPack.objects.all().delete()

    def newest_pack(self) -> StoredPack:
        """The pack that was built; the build that was asked for last ended well."""
        last = PackBuild.objects.order_by("pk").last()
        assert last is not None
        assert last.state == JobState.DONE, last.message
        return StoredPack.objects.get()

    def html(self) -> str:
        """The same pages for other programs: letter and papers with the style sheet and the program's fonts."""
        papers = business(self.instalment.meeting, edition=Edition.PUBLIC, instalment=self.instalment)
        plan = compose(self.instalment, papers, edition=Edition.PUBLIC, council=settings.COUNCIL_NAME)
        letter = _BODY.search(letter_html(plan, {}))
        assert letter is not None
        sheet = style_sheet().replace("font:", f"{Path(settings.FONTS_DIR).as_uri()}/")
        page = _BODY.sub(lambda found: f"{found[1]}{letter[2]}{found[2]}{found[3]}", papers_html(plan))
        return page.replace("</head>", f"<style>{sheet}</style></head>", 1)


def published_supplement(copies: int) -> BenchSupplement:
    """Load the fixtures with an invented tracker of so many times the source's rows, and publish both papers."""
    fixtures = Path(settings.FIXTURES_DIR)
    clerk = person_with(Role.CLERK)
    budget_services.load_quarter(content=read_quarter(fixtures / "budget.json"))
    content = invented_tracker(fixtures / "improvement.json", copies)
    bring_in(
        slug=content.slug,
        tracker=content.tracker,
        report=ImportReport.of(content.tracker).to_builtins(),
        as_at=content.as_at,
        file_name="invented.json",
        checksum=f"{copies:064}",
        by=None,
        notice=content.notice,
    )
    services.load_agenda(content=read_agenda(fixtures / "agenda.json"))
    for slug in ("revenue-budget-monitoring", "improvement-tracker"):
        services.publish_paper(paper=Paper.objects.get(slug=slug), by=clerk)
    tracker = Paper.objects.get(slug="improvement-tracker")
    assert tracker.publication is not None
    instalment = Instalment.objects.get(meeting__committee__slug="overview-and-scrutiny-board", number=1)
    return BenchSupplement(instalment, tracker, clerk, document_of(tracker.publication))


def with_other_update(document: Document, place: float, length: float, said: str) -> Document:
    """The tracker with other words in the last cell of a step, so far into it and so many times as long."""
    tables = [block for block in document.blocks if isinstance(block, Table) and block.kind == "tracker"]
    rows = [row for table in tables for row in table.rows]
    chosen = next(row for row in rows[int(place * len(rows)) :] if len(row.cells[-1].text) > _LONG)

    def changed(row: Row) -> Row:
        return replace(row, cells=(*row.cells[:-1], _longer(row.cells[-1], length, said))) if row is chosen else row

    blocks = (
        replace(block, rows=tuple(changed(row) for row in block.rows)) if isinstance(block, Table) else block
        for block in document.blocks
    )
    return replace(document, blocks=tuple(blocks))


def _longer(cell: Cell, length: float, said: str) -> Cell:
    wanted = max(int(len(cell.text) * length), len(said))
    text = f"{said}: {cell.text} "
    return replace(cell, content=words((text * (wanted // len(text) + 1))[:wanted].strip()))
