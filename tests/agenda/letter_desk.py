"""A report source whose letters are given in confidence until somebody says that they are not, and papers built from
them."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final

import pytest

from torbay_reports.access.models import User
from torbay_reports.agenda.models import AgendaItem, Instalment, Meeting, Paper
from torbay_reports.documents import registry
from torbay_reports.documents.blocks import Document, Paragraph, words
from torbay_reports.documents.registry import Confidence, ReportSource

SOURCE: Final = "invented.letter"
SUBJECT: Final = "harbours-2016/2017-07"
TITLE: Final = "Letter about Quillon Wharf"
WORDS: Final = "The inspectors found that Quillon Wharf keeps no register of the moorings which it lets."
WHY: Final = "The inspectorate published it on 4 September 2017."
GIVEN: Final = Confidence("the Harbour Inspectorate", "The inspectorate has not published this letter yet.")


class LetterDesk:
    """Letters that are all held back but the `published` ones; `when_built` happens while one is built."""

    def __init__(self) -> None:
        self.published: set[str] = set()
        self.when_built: Callable[[], Any] = lambda: None

    def build(self, subject: str) -> Document:
        self.when_built()
        body = Paragraph(anchor="p1", content=words(WORDS))
        return Document(source=SOURCE, subject=subject, title=TITLE, blocks=(body,), draft=True)

    def confidence(self, subject: str) -> Confidence | None:
        return None if subject in self.published else GIVEN

    def publish(self, by: User, subject: str = SUBJECT) -> None:
        """Somebody records that the letter is published."""
        self.published.add(subject)
        registry.opened(source=SOURCE, subject=subject, why=WHY, by=by)

    def take_back(self) -> None:
        """Somebody takes that back."""
        self.published.clear()


def open_desk(monkeypatch: pytest.MonkeyPatch) -> LetterDesk:
    """A new desk, known to all rooms for one test."""
    desk = LetterDesk()
    source = ReportSource(name=SOURCE, title="Letter", build=desk.build, confidence=desk.confidence)
    monkeypatch.setitem(registry._sources, SOURCE, source)
    return desk


def add_letter(instalment: Instalment, *, subject: str = SUBJECT, slug: str = "letter") -> Paper:
    """An open paper under item 7 that is to be built from the letter."""
    item, _ = AgendaItem.objects.get_or_create(
        meeting=instalment.meeting, number="7", defaults={"title": "Letters", "position": 7}
    )
    place = item.papers.count() + 1
    fields = {"slug": slug, "title": "A letter", "source": SOURCE, "subject": subject, "position": place}
    return Paper.objects.create(item=item, instalment=instalment, **fields)


def add_meeting(instalment: Instalment, days: int = 7) -> Instalment:
    """A later meeting of the same committee, with a supplement of its own."""
    held_on: date = instalment.meeting.held_on + timedelta(days=days)
    meeting = Meeting.objects.create(committee=instalment.meeting.committee, held_on=held_on)
    return Instalment.objects.create(
        meeting=meeting, number=1, dated=held_on, clerk="Robin Vale", telephone="01803 1", email="c@council.invalid"
    )
