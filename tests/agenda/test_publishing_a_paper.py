"""A paper is published only when nothing stands against what it holds, and what is written meanwhile counts."""

from datetime import date

import pytest

from tests.access.cast import person_with
from torbay_reports.access.roles import Role
from torbay_reports.agenda.models import AgendaItem, Committee, Instalment, Meeting, Paper
from torbay_reports.agenda.services import NotReadyToPublish, publish_paper
from torbay_reports.documents import registry
from torbay_reports.documents.blocks import Document, Paragraph, words
from torbay_reports.documents.registry import ReportSource

pytestmark = pytest.mark.django_db


class Desk:
    """A source whose text somebody changes in the moment in which it is built."""

    def __init__(self, text: str, text_when_built: str) -> None:
        self.text = text
        self.text_when_built = text_when_built

    def build(self, subject: str) -> Document:
        self.text = self.text_when_built
        body = Paragraph(anchor="p", content=words(self.text))
        return Document(source="desk", subject=subject, title="Desk", blocks=(body,))

    def obstacles(self, subject: str) -> tuple[str, ...]:
        return ("Two children are counted.",) if "two children" in self.text else ()


@pytest.fixture
def paper() -> Paper:
    committee = Committee.objects.create(slug="board", name="Board")
    meeting = Meeting.objects.create(committee=committee, held_on=date(2017, 9, 6))
    item = AgendaItem.objects.create(meeting=meeting, number="1", title="Desk", position=1)
    instalment = Instalment.objects.create(meeting=meeting, number=1, dated=date(2017, 9, 4))
    return Paper.objects.create(
        item=item, instalment=instalment, slug="desk", title="Desk", source="desk", subject="s", position=1
    )


def published(paper: Paper, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Paper:
    source = ReportSource(name="desk", title="Desk", build=desk.build, obstacles=desk.obstacles)
    monkeypatch.setitem(registry._sources, "desk", source)
    return publish_paper(paper=paper, by=person_with(Role.CLERK))


def test_what_is_written_while_it_is_built_stops_it(paper: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotReadyToPublish, match="“Desk” is not published. Two children are counted."):
        published(paper, Desk("nothing", "two children"), monkeypatch)
    paper.refresh_from_db()
    assert paper.publication is None


def test_what_is_gone_when_it_is_built_does_not(paper: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    assert published(paper, Desk("two children", "nothing"), monkeypatch).publication is not None
