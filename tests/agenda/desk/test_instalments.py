"""The agenda and its supplements: one at a time, with what waits, its letter and the reasons why papers are late."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from tests.agenda.brought import bring_to
from tests.agenda.desk.world import (
    LETTER,
    a_paper,
    a_supplement,
    again,
    an_item,
    make_meeting,
    out_with_one_missing,
    published,
    says,
)
from torbay_reports.access.models import User
from torbay_reports.agenda.desk.instalments import (
    change_instalment,
    choosable,
    instalment_mark,
    make_agenda,
    make_supplement,
)
from torbay_reports.agenda.desk.letters import letter_of, proposed_letter
from torbay_reports.agenda.desk.refusals import ChangedMeanwhile
from torbay_reports.agenda.desk.standing import instalments_out, items_out, papers_out, standing_of
from torbay_reports.agenda.models import Committee, Instalment, Paper
from torbay_reports.agenda.selectors import business
from torbay_reports.publishing.packplan import Edition

pytestmark = pytest.mark.django_db


def test_what_is_out_is_read_from_what_was_published(clerk: User) -> None:
    meeting, there, missing = out_with_one_missing(clerk)
    assert items_out(meeting) == {"5", "6"}
    assert papers_out(meeting) == {there.pk}
    assert instalments_out(meeting) == {0}
    standing = standing_of(meeting)
    assert standing.listed == {there.pk, missing.pk}
    assert (standing.waits(missing), standing.waits(there)) == (True, False)


def test_an_agenda_is_made_once_with_the_committees_particulars(clerk: User) -> None:
    meeting = make_meeting()
    Committee.objects.update(clerk="Kate Spencer", telephone="01803 2", email="g@council.invalid", office="Town Hall")
    meeting.committee.refresh_from_db()
    agenda = make_agenda(meeting=meeting, by=clerk)
    assert (agenda.number, agenda.clerk, agenda.telephone, agenda.office) == (0, "Kate Spencer", "01803 2", "Town Hall")
    with pytest.raises(ValidationError, match="The agenda is there already, dated 5 September 2017"):
        make_agenda(meeting=meeting, by=clerk)


def test_an_agenda_is_dated_the_last_day_on_time_while_that_is_to_come(clerk: User) -> None:
    agenda = make_agenda(meeting=make_meeting(date(2017, 10, 4)), by=clerk)
    assert agenda.dated == date(2017, 9, 26)


def test_a_missing_paper_goes_into_the_supplement_and_stays_listed(clerk: User) -> None:
    meeting, there, missing = out_with_one_missing(clerk)
    supplement = a_supplement(meeting, clerk, missing, reasons={missing.pk: "The figures came late."})
    taken = again(missing)
    assert (taken.instalment, taken.listed_in, taken.why_late) == (
        supplement,
        there.instalment,
        "The figures came late.",
    )
    listed = business(meeting, edition=Edition.PUBLIC, instalment=there.instalment)
    assert [[paper.is_listed_only for paper in each.papers] for each in listed] == [[False], [True]]
    assert says(meeting)[-1] == "Supplement 1 is made, dated 5 September 2017. It takes 1 paper that waited."


def test_what_is_out_or_gone_cannot_be_taken(clerk: User) -> None:
    meeting, there, _ = out_with_one_missing(clerk)
    with pytest.raises(ValidationError, match="out meanwhile, or gone"):
        a_supplement(meeting, clerk, there)
    assert meeting.instalments.count() == 1


def test_the_second_of_two_supplements_is_refused_and_names_the_first(clerk: User) -> None:
    meeting, _, _ = out_with_one_missing(clerk)
    a_supplement(meeting, clerk)
    with pytest.raises(ValidationError, match="Supplement 1, dated 5 September 2017, is not published yet"):
        a_supplement(meeting, clerk)


def test_a_supplement_comes_after_the_agenda(clerk: User) -> None:
    meeting = make_meeting()
    with pytest.raises(ValidationError, match="The agenda is not published yet"):
        a_supplement(meeting, clerk)
    an_item(meeting, clerk)
    with pytest.raises(ValidationError, match="The agenda is not published yet"):
        a_supplement(meeting, clerk)


def test_a_paper_that_is_chosen_no_more_goes_back(clerk: User) -> None:
    meeting, there, missing = out_with_one_missing(clerk)
    supplement = a_supplement(meeting, clerk, missing)
    assert choosable(meeting, standing_of(meeting), supplement) == [missing]
    save(supplement, clerk)
    assert (again(missing).instalment, again(missing).listed_in) == (there.instalment, None)
    save(supplement, clerk, papers={missing.pk})
    assert again(missing).instalment == supplement


def test_what_a_supplement_went_out_without_waits_for_the_next(clerk: User) -> None:
    meeting, there, missing = out_with_one_missing(clerk)
    a_supplement(meeting, clerk, missing)
    published(a_paper(there.item, clerk, "Appendix"), by=clerk)
    second = a_supplement(meeting, clerk, missing)
    assert (second.number, again(missing).instalment, again(missing).listed_in) == (2, second, there.instalment)


def test_the_letter_of_what_is_out_changes_and_its_papers_stay(clerk: User) -> None:
    _meeting, there, _missing = out_with_one_missing(clerk)
    save(there.instalment, clerk, telephone="01803 9", reasons={there.pk: "It was reprinted."})
    assert Instalment.objects.get().telephone == "01803 9"
    assert again(there).why_late == "It was reprinted."
    assert Paper.objects.filter(instalment=there.instalment).count() == 2


def test_it_goes_out_before_the_meeting(clerk: User) -> None:
    meeting, _, _ = out_with_one_missing(clerk)
    late = replace(LETTER, dated=date(2017, 9, 7))
    with pytest.raises(ValidationError, match="before the meeting, on 6 September 2017 at the latest"):
        make_supplement(meeting=meeting, letter=late, papers=[], reasons={}, by=clerk)


def test_who_saves_a_letter_that_another_has_changed_is_told(clerk: User) -> None:
    meeting, _, missing = out_with_one_missing(clerk)
    supplement = a_supplement(meeting, clerk)
    seen = instalment_mark(supplement)
    save(supplement, clerk, papers={missing.pk})
    with pytest.raises(ChangedMeanwhile):
        change_instalment(
            instalment=supplement, letter=letter_of(supplement), papers=[], reasons={}, seen=seen, by=clerk
        )
    assert again(missing).instalment == supplement


def test_a_new_letter_says_what_the_committees_last_one_said(clerk: User) -> None:
    meeting, _, _ = out_with_one_missing(clerk)
    assert proposed_letter(meeting, number=1, by=clerk).signatory == clerk.full_name
    a_supplement(meeting, clerk)
    proposed = proposed_letter(make_meeting(date(2017, 10, 4)), number=1, by=clerk)
    assert (proposed.salutation, proposed.signatory, proposed.telephone) == ("Dear Member", "Kate Spencer", "01803 1")
    assert "Wednesday 4 October 2017" in proposed.opening


def test_a_ready_paper_that_did_not_go_out_can_be_taken(clerk: User) -> None:
    meeting, _, missing = out_with_one_missing(clerk)
    bring_to(missing, clerk)
    assert choosable(meeting, standing_of(meeting), None) == [missing]


def save(
    instalment: Instalment,
    by: User,
    papers: set[int] | None = None,
    reasons: dict[int, str] | None = None,
    **letter: object,
) -> None:
    now = Instalment.objects.select_related("meeting__committee").get(pk=instalment.pk)
    change_instalment(
        instalment=now,
        letter=replace(letter_of(now), **letter),  # type: ignore[arg-type]
        papers=papers or set(),
        reasons=reasons or {},
        seen=instalment_mark(now),
        by=by,
    )
