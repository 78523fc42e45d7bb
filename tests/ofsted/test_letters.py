"""A letter is stored as it was read, at its visit and held back; corrected with its history; and removed."""

from dataclasses import replace
from datetime import date
from typing import Any

import msgspec
import pytest
from django.core.exceptions import ValidationError

from ofsted.calculations.letter import LetterText, ParagraphText, SectionText
from ofsted.importing.lengths import PARAGRAPHS
from ofsted.kinds import ParagraphKind
from ofsted.models import Finding, FindingTheme, Letter, LetterEntry, LetterParagraph, Visit
from ofsted.selectors.keeping import paper_subject
from ofsted.services.history import LetterHasMoved
from ofsted.services.letters import (
    FROZEN,
    FROZEN_MONTH,
    HELD_VISIT,
    PUBLISHED,
    change_letter,
    recognised,
    remove_letter,
    store_letter,
    words_of,
)
from ofsted.services.visits import LetterIsThere
from tests.access.cast import TODAY
from tests.access.services.racing import at_once
from tests.improvement.builders import at
from tests.ofsted.builders import FINDINGS, a_letter, a_visit, again, an_inspection, letter_text, publish
from tests.ofsted.keeping import KeptLetter, recorded, told
from torbay_reports.access.models import User
from torbay_reports.publishing.models import Publication, RestrictedPublication

pytestmark = pytest.mark.django_db


def frozen(letter: Letter, by: User, rows: Any = Publication, **more: Any) -> None:
    """The letter's paper, as far as anybody asks whether it was frozen."""
    rows.objects.create(
        source="ofsted.letter",
        subject=paper_subject(letter),
        version=1,
        title="A letter",
        document_json="{}",
        checksum="0" * 64,
        frozen_at=at(TODAY),
        frozen_by=by,
        **more,
    )


def test_a_letter_is_stored_held_back_with_paragraphs_in_order_and_findings_unmarked(kept: KeptLetter) -> None:
    letter = kept.letter
    assert letter.is_held_back
    assert not letter.visit.is_public
    rows = LetterParagraph.objects.filter(letter=letter).values_list("position", "section", "kind", "number", "words")
    assert [row[:4] for row in rows] == [
        (1, "", "text", 1),
        (2, "Areas covered by the visit", "text", 1),
        (3, "Areas covered by the visit", "area", 1),
        (4, "Areas covered by the visit", "area", 2),
        (5, "Overview", "finding", 1),
        (6, "Overview", "finding", 2),
        (7, "Overview", "finding", 3),
    ]
    findings = Finding.objects.filter(paragraph__letter=letter).order_by("paragraph__position")
    assert tuple(each.words for each in findings) == FINDINGS
    assert {each.polarity for each in findings} == {""}


def test_what_the_letter_says_of_itself_is_kept(kept: KeptLetter) -> None:
    letter = again(kept.letter)
    assert letter.addressee == "Ms Ada Director\nDirector of Children's Services"
    assert (letter.inspectors, letter.companions) == (["Ina Inspector HMI"], ["Sam Senior, senior HMI"])
    assert (letter.dated, letter.entered_by) == (date(2017, 8, 24), kept.lead)
    visit = letter.visit
    assert (visit.slug, visit.number, visit.month) == ("2017-07", 3, date(2017, 7, 1))
    assert (visit.started_on, visit.ended_on) == (date(2017, 7, 25), date(2017, 7, 26))
    assert recognised(letter) == "2 areas, 3 findings, visit 3 of 25 and 26 July 2017"


def test_history_and_record_say_who_entered_it_and_the_record_never_its_title(kept: KeptLetter) -> None:
    entry = LetterEntry.objects.get()
    assert (entry.letter, entry.by, entry.says) == (kept.letter, kept.lead, "Entered from pasted text.")
    assert recorded() == [("letter_entered", "Letter of the visit of July 2017")]
    assert kept.revision == 1


def test_the_demonstration_leaves_no_entry_and_no_record() -> None:
    letter = a_letter()
    assert not LetterEntry.objects.exists()
    assert recorded() == []
    assert (letter.entered_at, letter.entered_by, letter.revision) == (None, None, 0)


@pytest.mark.parametrize(
    "stored", [{"month": date(2017, 7, 1)}, {"month": date(2017, 6, 1), "number": 3}], ids=["month", "number"]
)
def test_a_visit_without_a_letter_that_fits_gets_it(stored: dict[str, Any]) -> None:
    inspection = an_inspection()
    visit = a_visit(inspection, **stored)
    letter = a_letter(inspection)
    assert letter.visit == visit
    visit.refresh_from_db()
    assert (visit.slug, visit.number, visit.dates_printed) == ("2017-07", 3, "25 and 26 July 2017")


def test_what_everybody_knows_of_a_visit_does_not_take_the_days_of_a_letter_that_is_held_back() -> None:
    inspection = an_inspection()
    visit = a_visit(inspection, date(2017, 7, 1), is_public=True)
    assert a_letter(inspection).visit == visit
    visit.refresh_from_db()
    assert (visit.number, visit.started_on, visit.dates_printed) == (None, None, "July 2017")


@pytest.mark.parametrize(
    "other",
    [{"first": date(2017, 7, 3), "visit_number": None}, {"first": date(2018, 1, 3), "last": date(2018, 1, 3)}],
    ids=["month", "number"],
)
def test_a_second_letter_of_the_number_or_month_is_refused_and_names_the_first(
    kept: KeptLetter, other: dict[str, Any]
) -> None:
    with pytest.raises(LetterIsThere, match=r"There is a letter of visit 3, of July 2017, already\.") as refused:
        a_letter(kept.inspection, **other)
    assert refused.value.visit == kept.letter.visit
    assert Letter.objects.count() == 1


def test_a_number_and_a_month_of_two_visits_are_refused() -> None:
    inspection = an_inspection()
    a_visit(inspection, date(2017, 7, 1))
    a_visit(inspection, date(2017, 5, 1), number=3)
    with pytest.raises(ValidationError, match="Visit 3 stands in May 2017, and another visit in July 2017"):
        a_letter(inspection)


def test_a_month_that_stands_under_another_number_is_refused() -> None:
    inspection = an_inspection()
    a_visit(inspection, date(2017, 7, 1), number=2)
    with pytest.raises(ValidationError, match="stands as visit 2, and this letter tells of visit 3"):
        a_letter(inspection)


def with_paragraph(words: str, times: int = 1) -> LetterText:
    section = SectionText("Overview", (ParagraphText(words, ParagraphKind.FINDING),) * times)
    return msgspec.structs.replace(letter_text(), sections=(section,))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (letter_text(title="x" * 301), "A part of the letter is empty or too long"),
        (letter_text(title="Third\0visit"), "a character is none that can be stored"),
        (letter_text(addressee=("x" * 201,)), "A part of the letter is empty or too long"),
        (letter_text(visit_number=100), "A part of the letter is empty or too long"),
        (letter_text(last=date(2017, 7, 24)), "last day comes before its first"),
        (with_paragraph("x" * 20_001), "A part of the letter is empty or too long"),
        (with_paragraph("words", PARAGRAPHS + 1), "This text has 501 paragraphs, more than a letter has"),
    ],
)
def test_what_cannot_be_stored_is_refused_and_nothing_of_it_stays(text: LetterText, sentence: str) -> None:
    inspection = an_inspection()
    with pytest.raises(ValidationError, match=sentence):
        store_letter(inspection=inspection, text=text, by=None)
    assert not Visit.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_enter_the_same_letter_at_once_one_is_told_that_it_is_there() -> None:
    inspection = an_inspection()

    def enter() -> Letter:
        return store_letter(inspection=inspection, text=letter_text(), by=None)

    assert set(at_once(lambda _: told(enter), 2)) == {None, LetterIsThere}
    assert Letter.objects.count() == 1


def test_details_are_changed_with_what_they_were_in_the_history(kept: KeptLetter) -> None:
    before = words_of(kept.letter)
    words = replace(before, title="Another title", companions=(), visit=replace(before.visit, number=None))
    change_letter(letter=kept.letter, words=words, revision=kept.revision, by=kept.lead)
    letter = again(kept.letter)
    assert (letter.title, letter.companions, letter.visit.number) == ("Another title", [], None)
    assert kept.history()[-1] == (
        "Changed title from “Third monitoring visit to children's services” to “Another title”; visit number from “3” "
        "to nothing; companions from “Sam Senior, senior HMI” to nothing."
    )
    assert letter.revision == 2


def test_the_same_details_again_change_nothing(kept: KeptLetter) -> None:
    change_letter(letter=kept.letter, words=words_of(kept.letter), revision=kept.revision, by=kept.lead)
    assert len(kept.history()) == 1
    assert kept.revision == 1


def test_other_days_move_the_visit_to_their_month(kept: KeptLetter) -> None:
    before = words_of(kept.letter)
    visit = replace(before.visit, first=date(2017, 6, 29), last=date(2017, 7, 3), printed="29 June to 3 July 2017")
    change_letter(letter=kept.letter, words=replace(before, visit=visit), revision=kept.revision, by=kept.lead)
    assert again(kept.letter).visit.slug == "2017-06"


def test_the_month_and_the_number_of_another_visit_are_refused(kept: KeptLetter) -> None:
    a_visit(kept.inspection, date(2017, 5, 1), number=2)
    before = words_of(kept.letter)
    for visit in (
        replace(before.visit, number=2),
        replace(before.visit, first=date(2017, 5, 9), last=date(2017, 5, 9)),
    ):
        with pytest.raises(ValidationError, match="The visit of May 2017 has this number or month already"):
            change_letter(letter=kept.letter, words=replace(before, visit=visit), revision=kept.revision, by=kept.lead)


def test_days_of_a_visit_that_everybody_knows_are_not_taken_from_a_letter_that_is_held_back(kept: KeptLetter) -> None:
    Visit.objects.update(is_public=True)
    before = words_of(kept.letter)
    words = replace(before, visit=replace(before.visit, printed="25 July 2017"))
    with pytest.raises(ValidationError) as refused:
        change_letter(letter=kept.letter, words=words, revision=kept.revision, by=kept.lead)
    assert refused.value.messages == [HELD_VISIT]


def test_a_letter_in_a_pack_keeps_its_month(kept: KeptLetter) -> None:
    frozen(kept.letter, kept.lead)
    before = words_of(kept.letter)
    words = replace(before, visit=replace(before.visit, first=date(2017, 6, 29)))
    with pytest.raises(ValidationError) as refused:
        change_letter(letter=kept.letter, words=words, revision=kept.revision, by=kept.lead)
    assert refused.value.messages == [FROZEN_MONTH]


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ({"dated": date(2017, 8, 25)}, "dated"),
        ({"dated": date(2017, 9, 6)}, "dated"),
        ({"dated": date(2017, 7, 25)}, "ended_on"),
    ],
    ids=["after its publication", "to come", "before the visit ended"],
)
def test_a_published_letter_is_dated_after_its_visit_and_not_after_its_publication(
    kept: KeptLetter, days: dict[str, Any], field: str
) -> None:
    publish(kept.letter)
    words = replace(words_of(kept.letter), **days)
    with pytest.raises(ValidationError) as refused:
        change_letter(letter=kept.letter, words=words, revision=kept.revision, by=kept.lead)
    assert list(refused.value.message_dict) == [field]
    assert again(kept.letter).dated == date(2017, 8, 24)


def test_a_letter_that_is_held_back_may_be_of_today_and_no_later(kept: KeptLetter) -> None:
    words = replace(words_of(kept.letter), dated=TODAY)
    change_letter(letter=kept.letter, words=words, revision=kept.revision, by=kept.lead)
    assert again(kept.letter).dated == TODAY
    with pytest.raises(ValidationError, match="6 September 2017, is still to come"):
        change_letter(
            letter=kept.letter, words=replace(words, dated=date(2017, 9, 6)), revision=kept.revision, by=kept.lead
        )


def test_a_stale_writer_is_told_who_changed_what(kept: KeptLetter) -> None:
    seen = kept.revision
    kept.mark()
    with pytest.raises(LetterHasMoved) as moved:
        change_letter(
            letter=kept.letter, words=replace(words_of(kept.letter), title="Mine"), revision=seen, by=kept.lead
        )
    assert [each.says for each in moved.value.entries] == kept.history()[1:]
    assert again(kept.letter).title != "Mine"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_change_the_letter_at_once_one_is_told() -> None:
    kept = KeptLetter()
    seen = kept.revision

    def change(number: int) -> Letter:
        words = replace(words_of(kept.letter), title=f"Title {number}")
        return change_letter(letter=kept.letter, words=words, revision=seen, by=kept.lead)

    assert set(at_once(lambda number: told(lambda: change(number)), 2)) == {None, LetterHasMoved}
    assert len(kept.history()) == 2


def test_a_letter_is_removed_with_its_visit_themes_and_history_and_recorded_by_its_month(kept: KeptLetter) -> None:
    kept.mark()
    remove_letter(letter=kept.letter, revision=kept.revision, by=kept.lead)
    for rows in (Letter, Visit, Finding, FindingTheme, LetterEntry):
        assert not rows.objects.exists()
    assert recorded()[-1] == ("letter_removed", "Letter of the visit of July 2017")


def test_a_visit_that_everybody_knows_stays_without_its_letter() -> None:
    inspection = an_inspection()
    visit = a_visit(inspection, date(2017, 7, 1), is_public=True)
    kept = KeptLetter("other")
    letter = a_letter(inspection, by=kept.lead)
    remove_letter(letter=letter, revision=letter.revision, by=kept.lead)
    assert Visit.objects.filter(pk=visit.pk).exists()
    assert kept.history() == ["Entered from pasted text."]


def test_a_published_letter_is_not_removed(kept: KeptLetter) -> None:
    publish(kept.letter)
    with pytest.raises(ValidationError) as refused:
        remove_letter(letter=kept.letter, revision=kept.revision, by=kept.lead)
    assert refused.value.messages == [PUBLISHED]


@pytest.mark.parametrize(
    ("rows", "more"), [(Publication, {}), (RestrictedPublication, {"restriction": "confidential"})]
)
def test_a_letter_that_was_frozen_is_not_removed(kept: KeptLetter, rows: Any, more: dict[str, str]) -> None:
    frozen(kept.letter, kept.lead, rows, **more)
    with pytest.raises(ValidationError) as refused:
        remove_letter(letter=kept.letter, revision=kept.revision, by=kept.lead)
    assert refused.value.messages == [FROZEN]
    assert Letter.objects.exists()
