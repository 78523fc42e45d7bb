"""What the letter of a supplement says by itself: its opening, why papers are late, that urgency will be asked."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.agenda.jobs import make_instalment
from torbay_reports.access.models import User
from torbay_reports.agenda.business import Business
from torbay_reports.agenda.composition import compose
from torbay_reports.agenda.letters import opening_for, reasons, urgency_sentence, when_words
from torbay_reports.agenda.models import AgendaItem, Committee, Instalment, Meeting, Paper, Urgency
from torbay_reports.agenda.selectors import business
from torbay_reports.publishing.packplan import CoverLetter, Edition
from torbay_reports.publishing.services import role_of

PRINTING = "They were not yet available when the agenda was printed."


def paper(why: str = "", **said: Any) -> Paper:
    made = Paper(title="Fees", why_late=why)
    made.is_listed_only = said.get("is_listed_only", False)
    return made


def item(number: str, *papers: Paper, key: int | None = None) -> Business:
    return Business(AgendaItem(pk=key, number=number, title="Harbours"), papers)


def test_each_reason_is_said_once_with_the_items_that_it_is_given_for() -> None:
    found = [
        item("5", paper(PRINTING), paper(PRINTING)),
        item("6", paper(" They were not yet\navailable when the agenda was printed "), paper("The survey was redone")),
        item("7", paper()),
    ]
    assert reasons(found) == (
        f"Items 5 and 6: {PRINTING}",
        "Item 6: The survey was redone.",
    )


def test_a_paper_that_another_supplement_brings_has_its_reason_there() -> None:
    assert reasons([item("5", paper(PRINTING, is_listed_only=True))]) == ()


def test_a_letter_opens_with_what_is_enclosed_for_which_meeting_and_an_agenda_has_none() -> None:
    meeting = Meeting(committee=Committee(name="Council"), held_on=date(2017, 9, 13))
    assert opening_for(Instalment(number=1, meeting=meeting)) == (
        "Please find with this letter the papers listed below, which the Council will consider when it meets on "
        "Wednesday 13 September 2017."
    )
    assert opening_for(Instalment(number=0, meeting=meeting)) == ""


def test_a_meeting_without_an_hour_is_named_by_its_day() -> None:
    meeting = Meeting(held_on=date(2017, 9, 13))
    assert when_words(meeting) == "Wednesday 13 September 2017"
    meeting.starts_at = time(17, 30)
    assert when_words(meeting) == "Wednesday 13 September 2017 at 5.30 pm"


@pytest.fixture
def instalment(db: None) -> Instalment:
    return Instalment.objects.select_related("meeting__committee").get(pk=make_instalment().pk)


def add_urgent(instalment: Instalment, number: str, because: str, **decided: Any) -> Urgency:
    row = AgendaItem.objects.create(
        meeting=instalment.meeting, number=number, title="Dredging", kind="urgent", added_in=instalment, position=9
    )
    return Urgency.objects.create(item=row, because=because, **decided)


def found(instalment: Instalment) -> list[Business]:
    return business(instalment.meeting, edition=Edition.PUBLIC, instalment=instalment)


def test_a_letter_says_that_the_person_presiding_will_be_asked(instalment: Instalment) -> None:
    add_urgent(instalment, "9", "The bid closes on 8 September 2017.")
    instalment.meeting.presiding = "Councillor Ash (Chairman)"
    assert urgency_sentence(found(instalment), instalment.meeting) == (
        "The person presiding, Councillor Ash (Chairman), will be asked to take item 9 as a matter of urgency (Local "
        "Government Act 1972, section 100B(4)(b)), because the bid closes on 8 September 2017."
    )


def test_several_urgent_items_have_a_reason_each(instalment: Instalment) -> None:
    add_urgent(instalment, "9", "The bid closes soon.")
    add_urgent(instalment, "10", "Brixham's grant ends")
    assert urgency_sentence(found(instalment), instalment.meeting) == (
        "The person presiding will be asked to take items 9 and 10 as matters of urgency (Local Government Act 1972, "
        "section 100B(4)(b)), because item 9: the bid closes soon; item 10: Brixham's grant ends."
    )


def test_nothing_is_asked_where_nothing_is_urgent(instalment: Instalment) -> None:
    assert urgency_sentence(found(instalment), instalment.meeting) == ""


@pytest.mark.parametrize(("day", "is_asked"), [(5, False), (6, True), (7, True)])
def test_what_was_decided_before_the_meeting_is_not_asked_and_a_letter_of_before_stays(
    instalment: Instalment, clerk: User, day: int, is_asked: bool
) -> None:
    at = datetime(2017, 9, day, 9, tzinfo=UTC)
    decided: dict[str, Any] = {"outcome": "refused", "decided_by": "Councillor Ash", "recorded_at": at}
    add_urgent(instalment, "9", "The bid closes soon.", recorded_by=clerk, **decided)
    assert bool(urgency_sentence(found(instalment), instalment.meeting)) is is_asked


def test_the_letter_is_composed_by_the_role_that_reads_nothing_restricted_in_as_many_queries(
    instalment: Instalment,
) -> None:
    Paper.objects.update(why_late="The survey was redone.")

    def letter() -> tuple[CoverLetter, int]:
        with CaptureQueriesContext(connection) as captured, transaction.atomic(), role_of(Edition.PUBLIC):
            plan = compose(instalment, found(instalment), edition=Edition.PUBLIC, council="Harbour Council")
        assert isinstance(plan.letter, CoverLetter)
        return plan.letter, len(captured)

    add_urgent(instalment, "9", "The bid closes soon.")
    said, queries = letter()
    assert said.reasons == ("Item 5: The survey was redone.",)
    assert "because the bid closes soon." in said.urgency
    for number in range(10, 20):
        add_urgent(instalment, str(number), "The bid closes soon.")
    assert letter()[1] == queries
