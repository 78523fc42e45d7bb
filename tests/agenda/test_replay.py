"""The meeting of 6 September 2017 replayed: its agenda on time, its supplement late and incomplete, an urgent item at
the meeting, and one of its reports in Council's pack a week later.

Titles, numbers and dates are the source's; the reports are short invented ones.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Final

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings
from pikepdf import Pdf
from pytest_django import DjangoDbBlocker

from tests.access.cast import person_with
from tests.agenda.publishing_worlds import freeze, report
from tests.environment import STORES
from tests.printed.pdf import page_texts
from tests.printed.readings import parsed
from torbay_reports.access.models import User
from torbay_reports.access.roles import Role
from torbay_reports.agenda.importing import read_agenda
from torbay_reports.agenda.lateness import timeliness
from torbay_reports.agenda.minutes.urgency import admit_urgent_item
from torbay_reports.agenda.minutes.words import urgency_minute
from torbay_reports.agenda.models import Instalment, Meeting, Paper
from torbay_reports.agenda.publishing import publish_pack
from torbay_reports.agenda.services import load_agenda
from torbay_reports.agenda.whole import whole_pack
from torbay_reports.core import clock
from torbay_reports.publishing.bundles.reading import bytes_of
from torbay_reports.publishing.models import Bundle
from torbay_reports.publishing.packplan import Edition
from torbay_reports.publishing.pagemaps import from_stored

pytestmark = pytest.mark.django_db

BOARD_DAY, COUNCIL_DAY = date(2017, 9, 6), date(2017, 9, 13)
PRINTING, FOUR_O_CLOCK, EVENING, COUNCILS = date(2017, 8, 25), date(2017, 9, 4), BOARD_DAY, date(2017, 9, 5)
REVENUE: Final = "Revenue Budget Monitoring 2017/18 – Quarter 1"
LETTER: Final = "Third monitoring visit to Torbay local authority children's services"
TRACKER: Final = "Torbay Children's Services: Improvement Action Tracker"
CAPITAL: Final = "Update to the Capital Plan 2017/18"
REASON: Final = "Items 5 and 6: They were not yet available when the agenda was printed."
CIRCUMSTANCES: Final = "Council decides on the plan on 13 September 2017, before the Board meets again."


@dataclass(frozen=True)
class Told:
    """What everybody was told on a day: the line under the meeting's title, and the meeting's page."""

    line: str
    page: str


@dataclass(frozen=True)
class Replay:
    """What was said on each day and what was published."""

    told: dict[str, Told]
    agenda: Bundle
    incomplete: Bundle
    complete: Bundle
    council: Bundle
    minute: str


def publish(instalment: Instalment, why: str = "") -> Bundle:
    kept = Instalment.objects.select_related("meeting__committee").get(pk=instalment.pk)
    bundle = publish_pack(instalment=kept, edition=Edition.PUBLIC, by=None, why=why)
    assert isinstance(bundle, Bundle)
    return bundle


def told(day: date) -> Told:
    meeting = Meeting.objects.select_related("committee").get(held_on=day)
    page = Client().get(meeting.get_absolute_url()).content.decode()
    return Told(timeliness(meeting, clock.today()).line, " ".join(parsed(page).text_content().split()))


def freeze_small(slug: str, by: User) -> Paper:
    """A report of one paragraph under the paper's real title and of its real source, which a council's paper shares."""
    paper = Paper.objects.get(slug=slug)
    return freeze(paper, report("The position is noted.", title=paper.title, source=paper.source), by)


def replay() -> Replay:
    clerk = person_with(Role.CLERK)
    load_agenda(content=read_agenda(Path(settings.FIXTURES_DIR) / "agenda.json"))
    agenda, supplement = Instalment.objects.filter(meeting__held_on=BOARD_DAY).order_by("number")
    said: dict[str, Told] = {}
    with override_settings(TODAY=PRINTING):
        printed = publish(agenda)
        said["agenda"] = told(BOARD_DAY)
    with override_settings(TODAY=FOUR_O_CLOCK):
        freeze_small("revenue-budget-monitoring", clerk)
        freeze_small("ofsted-letter", clerk)
        incomplete = publish(supplement)
        said["incomplete"] = told(BOARD_DAY)
        freeze_small("improvement-tracker", clerk)
        complete = publish(supplement, why="The tracker has come.")
        said["complete"] = told(BOARD_DAY)
    with override_settings(TODAY=COUNCILS):
        freeze_small("revenue-budget-monitoring-quarter-1", clerk)
        council = publish(Instalment.objects.get(meeting__held_on=COUNCIL_DAY))
    with override_settings(TODAY=EVENING):
        item = admit_urgent_item(
            meeting=agenda.meeting,
            number="7",
            title=CAPITAL,
            because="Council decides on it before the Board meets again.",
            circumstances=CIRCUMSTANCES,
            decided_by="the Chairman of the Board",
            by=clerk,
        )
        said["meeting"], said["council"] = told(BOARD_DAY), told(COUNCIL_DAY)
    return Replay(said, printed, incomplete, complete, council, urgency_minute(item.urgency))


@pytest.fixture(scope="module")
def made(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Replay, Path]]:
    """Played once for the module and undone after it, with a copy of the stores, which each test leaves empty."""
    with django_db_blocker.unblock(), transaction.atomic():
        played = replay()
        kept = tmp_path_factory.mktemp("stores") / "kept"
        shutil.copytree(STORES, kept)
        yield played, kept
        transaction.set_rollback(True)


@pytest.fixture
def played(made: tuple[Replay, Path]) -> Replay:
    shutil.copytree(made[1], STORES, dirs_exist_ok=True)
    return made[0]


def labels(bundle: Bundle) -> list[str]:
    return list(from_stored(bundle.pages).labels)


def paper_pages(bundle: Bundle, slug: str) -> str:
    papers = from_stored(bundle.pages).papers
    return next(pages.words for key, pages in papers.items() if key.endswith(slug))


def first_page(bundle: Bundle) -> str:
    return " ".join(page_texts(bytes_of(bundle, "pack.pdf"))[0].split())


def test_the_agenda_goes_out_on_time_with_the_papers_of_items_5_and_6_to_follow(played: Replay) -> None:
    assert played.told["agenda"].line == "Five clear days end Tuesday 29 August. Missing 3."
    assert played.told["agenda"].line in played.told["agenda"].page
    assert labels(played.agenda) == ["i"]
    sheet = first_page(played.agenda)
    assert "Agenda" in sheet
    for title in (REVENUE, LETTER, TRACKER):
        assert f"{title} (to follow)" in sheet


def test_the_supplement_is_late_gives_the_reason_once_and_is_shown_as_incomplete(played: Replay) -> None:
    line = "Five clear days ended Tuesday 29 August. Late 2, missing 1."
    assert played.told["incomplete"].line == line
    assert line in played.told["incomplete"].page
    letter = first_page(played.incomplete)
    assert letter.count(REASON) == 1
    assert "to follow" in letter.lower()
    assert "Wednesday, 6 September 2017" in letter
    assert "4 September 2017" in letter


def test_the_missing_paper_comes_under_the_next_numbers_and_nothing_is_missing(played: Replay) -> None:
    assert played.told["complete"].line == "Five clear days ended Tuesday 29 August. Late 3."
    assert labels(played.incomplete) == ["1", "2", "3"]
    assert labels(played.complete) == ["1", "2", "3", "4"]
    assert paper_pages(played.complete, "improvement-tracker") == "Page 4"
    assert "to follow" not in first_page(played.complete).lower()
    assert played.complete.version == 2


def test_the_urgent_item_is_minuted_with_its_special_circumstances(played: Replay) -> None:
    assert played.minute == (
        f"Item 7, “{CAPITAL}”: the person presiding, the Chairman of the Board, was of the opinion that by reason of "
        "special circumstances the item should be considered at the meeting as a matter of urgency under section "
        f"100B(4)(b) of the Local Government Act 1972. The special circumstances: {CIRCUMSTANCES}"
    )


def test_the_page_of_the_meeting_tells_of_the_urgent_item(played: Replay) -> None:
    page = played.told["meeting"].page
    assert f"7. {CAPITAL}" in page
    assert CIRCUMSTANCES in page
    assert "Five clear days ended Tuesday 29 August. Late 3." in page


def test_the_pack_so_far_has_the_agenda_first_and_runs_on(played: Replay) -> None:
    meeting = Meeting.objects.select_related("committee").get(held_on=BOARD_DAY)
    joined = whole_pack(meeting, Edition.PUBLIC)
    with Pdf.open(BytesIO(bytes(joined.pdf))) as pdf:
        assert [str(page.label) for page in pdf.pages] == ["i", "1", "2", "3", "4"]


def test_council_has_the_same_report_under_its_own_numbers_and_on_time(played: Replay) -> None:
    board, council = (
        Paper.objects.get(slug=slug) for slug in ("revenue-budget-monitoring", "revenue-budget-monitoring-quarter-1")
    )
    assert board.publication_id == council.publication_id
    assert labels(played.council) == ["i", "1"]
    assert paper_pages(played.council, "quarter-1") == "Page 1"
    assert paper_pages(played.complete, "revenue-budget-monitoring") == "Page 2"
    assert played.told["council"].line == "Five clear days ended Tuesday 5 September. On time 1."
