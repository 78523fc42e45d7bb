"""The line under a meeting's title: how many papers went out five clear days before it, how many later, which are out
yet; and of which day each is, read from what was published."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.agenda.jobs import DAY, make_instalment
from torbay_reports.access.models import User
from torbay_reports.agenda.calculations.timeliness import PaperState, Timeliness
from torbay_reports.agenda.composition import pack_key
from torbay_reports.agenda.lateness import timeliness
from torbay_reports.agenda.models import Instalment, Meeting, Paper
from torbay_reports.core import clock
from torbay_reports.publishing.models import Withdrawal, bundles_of
from torbay_reports.publishing.packplan import Edition, Restriction

EARLY, LAST, LATE = date(2017, 8, 25), date(2017, 8, 29), date(2017, 9, 4)
SEVEN = dict(enumerate([EARLY, EARLY, LAST, LAST, date(2017, 8, 30), LATE, None]))
ON_THE_29TH = datetime(2017, 8, 29, 22, 59, tzinfo=UTC)
ON_THE_30TH = datetime(2017, 8, 29, 23, 1, tzinfo=UTC)
"""Just before and just after midnight in the council's summer time."""


@pytest.mark.parametrize(
    ("today", "papers", "line"),
    [
        (DAY, SEVEN, "Five clear days ended Tuesday 29 August. On time 4, late 2, missing 1."),
        (LAST, {1: EARLY, 2: None}, "Five clear days end Tuesday 29 August. On time 1, missing 1."),
        (date(2017, 8, 30), {1: None}, "Five clear days ended Tuesday 29 August. Missing 1."),
        (EARLY, {}, "Five clear days end Tuesday 29 August. No paper is out yet."),
    ],
)
def test_the_line_says_when_the_days_end_and_counts(today: date, papers: dict[int, date | None], line: str) -> None:
    assert Timeliness(DAY, today, papers).line == line


def test_the_line_names_the_year_where_it_is_not_the_meetings() -> None:
    line = Timeliness(date(2018, 1, 3), date(2018, 1, 2), {1: date(2017, 12, 21)}).line
    assert line == "Five clear days ended Thursday 21 December 2017. On time 1."


def test_papers_of_a_meeting_convened_at_shorter_notice_are_due_on_the_day_of_its_convening() -> None:
    convened = date(2017, 9, 1)
    told = Timeliness(DAY, DAY, {1: convened, 2: LATE}, convened_on=convened)
    assert told.line == "Convened at shorter notice: papers were due on Friday 1 September. On time 1, late 1."
    assert Timeliness(DAY, convened, {}, convened).line.startswith("Convened at shorter notice: papers are due on Fri")


def test_a_convening_before_the_last_day_is_not_at_shorter_notice() -> None:
    told = Timeliness(DAY, DAY, {1: LAST}, convened_on=EARLY)
    assert told.line == "Five clear days ended Tuesday 29 August. On time 1."


def test_where_bank_holidays_are_not_known_it_counts_what_is_out() -> None:
    told = Timeliness(date(2031, 9, 3), date(2031, 9, 2), {1: date(2031, 9, 1), 2: None})
    assert (told.last_day, told.late) == (None, 0)
    assert told.line.endswith("bank holidays of that time are not known to this program. Out 1, missing 1.")


@pytest.fixture
def instalment(db: None) -> Instalment:
    return Instalment.objects.select_related("meeting__committee").get(pk=make_instalment().pk)


def publish(
    instalment: Instalment, at: datetime, *, version: int = 1, edition: Edition = Edition.PUBLIC, **entry: Any
) -> Any:
    """A published version as far as its row tells, in which the paper stands like this."""
    paper = Paper.objects.get(instalment=instalment)
    said = {"key": "x", "slug": paper.slug, "title": "", "row": paper.pk, "restriction": paper.restriction, **entry}
    return bundles_of(edition).create(
        key=pack_key(instalment),
        version=version,
        title="Pack",
        committee="Harbour Board",
        meeting_on=DAY,
        manifest="0" * 64,
        plan_checksum="0" * 64,
        files=[],
        contents=[{"number": "5", "title": "Harbours", "papers": [said]}],
        letter={},
        papers=[paper.pk],
        publications=[],
        uploads=[],
        pages={},
        published_at=at,
        written_at=at,
    )


def state(meeting: Meeting) -> PaperState:
    return timeliness(meeting, DAY).state_of(Paper.objects.get().pk)


def test_a_paper_is_on_time_until_the_end_of_the_last_day_in_the_councils_time(instalment: Instalment) -> None:
    publish(instalment, ON_THE_29TH, publication=1)
    assert state(instalment.meeting) is PaperState.ON_TIME


def test_a_minute_later_it_is_late(instalment: Instalment) -> None:
    publish(instalment, ON_THE_30TH, upload=1)
    assert state(instalment.meeting) is PaperState.LATE
    assert timeliness(instalment.meeting, DAY).line == "Five clear days ended Tuesday 29 August. Late 1."


def test_what_counts_is_the_first_version_that_holds_the_paper(instalment: Instalment) -> None:
    publish(instalment, ON_THE_29TH)
    assert timeliness(instalment.meeting, DAY).missing == 1
    publish(instalment, ON_THE_30TH, version=2, publication=1)
    assert state(instalment.meeting) is PaperState.LATE
    Instalment.objects.update(dated=EARLY)
    assert state(instalment.meeting) is PaperState.LATE


def test_a_correction_does_not_make_a_paper_late(instalment: Instalment) -> None:
    publish(instalment, ON_THE_29TH, publication=1)
    publish(instalment, ON_THE_30TH, version=2, publication=2)
    assert state(instalment.meeting) is PaperState.ON_TIME


def test_a_withdrawn_paper_counts_as_what_it_was(instalment: Instalment, clerk: User) -> None:
    bundle = publish(instalment, ON_THE_29TH, publication=1)
    Withdrawal.objects.create(bundle=bundle, at=clock.now(), by=clerk, office="the clerk", why="It names a tenant.")
    publish(instalment, ON_THE_30TH, version=2, withdrawn="Withdrawn on 30 August 2017 by the clerk.")
    assert state(instalment.meeting) is PaperState.ON_TIME


def test_an_exempt_paper_is_out_with_the_restricted_edition(instalment: Instalment) -> None:
    exempt = str(Restriction.EXEMPT)
    publish(instalment, ON_THE_29TH, edition=Edition.RESTRICTED, restriction=exempt, publication=1)
    assert state(instalment.meeting) is PaperState.ON_TIME


def test_an_open_paper_is_not_out_with_the_restricted_edition(instalment: Instalment) -> None:
    publish(instalment, ON_THE_29TH, edition=Edition.RESTRICTED, publication=1)
    assert state(instalment.meeting) is PaperState.MISSING


def test_a_paper_that_nothing_published_names_is_not_counted(instalment: Instalment) -> None:
    told = timeliness(instalment.meeting, DAY)
    assert told.line.endswith("No paper is out yet.")
    assert told.state_of(Paper.objects.get().pk) is PaperState.MISSING


def test_a_paper_that_is_no_more_is_not_counted(instalment: Instalment) -> None:
    publish(instalment, ON_THE_29TH)
    Paper.objects.all().delete()
    assert timeliness(instalment.meeting, DAY).missing == 0


def test_it_asks_as_often_for_one_version_as_for_nine(instalment: Instalment) -> None:
    for version in range(1, 10):
        publish(instalment, ON_THE_30TH, version=version, publication=version)
        with CaptureQueriesContext(connection) as captured:
            timeliness(instalment.meeting, DAY)
        assert len(captured) == 3
