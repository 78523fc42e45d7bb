"""Recording that Ofsted has published a letter opens it, tells who listens, and can be taken back."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from ofsted.models import Letter, LetterEntry, Visit
from ofsted.selectors import public
from ofsted.services.history import LetterHasMoved
from ofsted.services.letters import remove_letter
from ofsted.services.publication import record_publication, take_back
from tests.improvement.builders import person_with_plan
from tests.ofsted.builders import a_letter, a_visit, again, an_inspection
from tests.ofsted.builders import publish as publish_letter
from tests.ofsted.readers import CANARY, HELD_BACK, Letters, browser_of
from torbay_reports.access.models import AccessRecord
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.access.roles import Role
from torbay_reports.documents import registry

pytestmark = pytest.mark.django_db
ADDRESS = "https://files.ofsted.gov.uk/v1/file/2698234"
DAY = date(2017, 12, 1)
SLUG, MONTH = "services-2016", "2017-11"

Told = dict[str, Any]


@pytest.fixture
def letters(settings: Any) -> Letters:
    settings.TODAY = date(2017, 12, 5)
    return Letters()


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[Told]:
    """What a listener of another room is told."""
    told: list[Told] = []
    monkeypatch.setattr(registry, "_listeners", [lambda **given: told.append(given)])
    return told


def publish(letters: Letters, **other: Any) -> Letter:
    letter = again(letters.held_back)
    given = {
        "letter": letter,
        "published_on": DAY,
        "address": ADDRESS,
        "by": letters.officer,
        "revision": letter.revision,
        **other,
    }
    return record_publication(**given)


def refusal(letters: Letters, **other: Any) -> tuple[str, list[str]]:
    """The field and the sentences of the refusal; nothing was stored."""
    with pytest.raises(ValidationError) as refused:
        publish(letters, **other)
    assert again(letters.held_back).is_held_back
    assert public.letter(SLUG, MONTH) is None
    ((field, sentences),) = refused.value.message_dict.items()
    return field, sentences


def test_the_letter_its_visit_and_its_findings_are_everybodys_at_once(letters: Letters, heard: list[Told]) -> None:
    assert public.letter(SLUG, MONTH) is None
    stored = publish(letters)
    assert (stored.published_on, stored.published_at_address) == (DAY, ADDRESS)
    letter = public.letter(SLUG, MONTH)
    assert letter is not None
    assert CANARY in letter.title
    assert MONTH in {line.visit.slug for each in public.inspections() for line in each.visits}
    assert len(public.found_findings(SLUG, CANARY)) == 3


def test_who_listens_is_told_which_paper_is_confidential_no_more(letters: Letters, heard: list[Told]) -> None:
    publish(letters)
    assert heard == [
        {
            "source": "ofsted.letter",
            "subject": "services-2016/2017-11",
            "why": f"Ofsted published it on 1 December 2017 at {ADDRESS}.",
            "by": letters.officer,
        }
    ]


def test_who_did_it_stands_in_the_history_and_without_the_letters_words_in_the_record(
    letters: Letters, heard: list[Told]
) -> None:
    before = again(letters.held_back).revision
    assert publish(letters).revision == before + 1 == again(letters.held_back).revision
    entry = LetterEntry.objects.latest("pk")
    assert (entry.by, entry.says) == (
        letters.officer,
        f"Recorded: Ofsted published it on 1 December 2017 at {ADDRESS}.",
    )
    record = AccessRecord.objects.latest("pk")
    assert (record.kind, record.person) == (RecordKind.LETTER_OPENED, letters.officer)
    assert (record.about, record.key) == (
        "Letter of the visit of November 2017",
        f"letter:{letters.held_back.pk}",
    )
    assert record.reason.startswith("you are monitoring officer")


@pytest.mark.parametrize("day", [date(2017, 11, 29), date(2017, 12, 6), date(2099, 1, 1)])
def test_a_day_before_the_letter_or_still_to_come_is_refused(letters: Letters, day: date) -> None:
    field, (sentence,) = refusal(letters, published_on=day)
    assert field == "published_on"
    assert sentence in (
        "Ofsted cannot have published the letter before its own date, 30 November 2017. Type that day or a later one.",
        f"{day.day} {day:%B %Y} is still to come. Record it once Ofsted has published the letter.",
    )


@pytest.mark.parametrize("day", [date(2017, 11, 30), date(2017, 12, 5)])
def test_the_letters_own_day_and_today_are_both_taken(letters: Letters, day: date, heard: list[Told]) -> None:
    assert publish(letters, published_on=day).published_on == day


@pytest.mark.parametrize(
    "address",
    [
        "",
        "reports.ofsted.gov.uk/letter",
        "http://reports.ofsted.gov.uk/letter",
        "https://reports.ofsted.gov.uk.example/letter",
        "https://ofstedgov.uk/letter",
        "https://gov.uk/letter",
        "https://evil.example/?www.gov.uk",
        "https://www.gov.uk@evil.example/",
        "https://person:word@www.gov.uk/letter",
        "javascript:alert(1)//.gov.uk",
        "https://www.gov.uk/let\nter",
        "https://www.gov.uk/let ter",
        "https://[www.gov.uk/",
        "https://www.gov.uk/\0",
        f"https://www.gov.uk/{'x' * 500}",
    ],
)
def test_what_is_no_https_address_under_gov_uk_is_refused(letters: Letters, address: str) -> None:
    field, (sentence,) = refusal(letters, address=address)
    assert field == "address"
    assert "https://" in sentence or "longer than 500 characters" in sentence


@pytest.mark.parametrize("address", ["https://www.gov.uk/letter", "https://REPORTS.OFSTED.GOV.UK/a?b=c#d"])
def test_addresses_under_gov_uk_are_taken(letters: Letters, address: str, heard: list[Told]) -> None:
    assert publish(letters, address=address).published_at_address == address


def test_nobody_records_it_twice(letters: Letters, heard: list[Told]) -> None:
    publish(letters)
    with pytest.raises(ValidationError, match="It is recorded already"):
        publish(letters)
    assert len(heard) == 1


def test_who_saw_an_older_letter_is_told_and_nothing_is_stored(letters: Letters, heard: list[Told]) -> None:
    with pytest.raises(LetterHasMoved):
        publish(letters, revision=again(letters.held_back).revision + 1)
    assert again(letters.held_back).is_held_back
    assert heard == []


def test_where_a_listener_fails_nothing_is_opened(letters: Letters, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(**_: object) -> None:
        raise RuntimeError("the pack is being built")

    monkeypatch.setattr(registry, "_listeners", [fails])
    with pytest.raises(RuntimeError, match="the pack is being built"):
        publish(letters)
    assert again(letters.held_back).is_held_back
    assert public.letter(SLUG, MONTH) is None
    assert not AccessRecord.objects.filter(kind=RecordKind.LETTER_OPENED).exists()


def test_taken_back_the_letter_and_its_visit_are_held_back_again(
    client: Client, letters: Letters, heard: list[Told]
) -> None:
    publish(letters)
    assert client.get(HELD_BACK).status_code == 200
    stored = take_back(letter=letters.held_back, why="It was  another council's.", by=letters.lead)
    assert (stored.published_on, stored.published_at_address) == (None, "")
    assert public.letter(SLUG, MONTH) is None
    assert CANARY not in repr(public.inspections())
    assert client.get(HELD_BACK).status_code == 302
    assert browser_of(letters.lead).get(HELD_BACK).status_code == 200
    says = LetterEntry.objects.latest("pk").says
    assert says == "Took back that Ofsted has published it: It was another council's."
    record = AccessRecord.objects.filter(kind=RecordKind.LETTER_CLOSED).get()
    assert (record.person, record.about) == (letters.lead, "Letter of the visit of November 2017")
    assert "another council" not in record.reason


@pytest.mark.parametrize("why", ["", "  ", "x" * 301])
def test_taking_back_wants_a_reason(letters: Letters, heard: list[Told], why: str) -> None:
    publish(letters)
    with pytest.raises(ValidationError) as refused:
        take_back(letter=letters.held_back, why=why, by=letters.lead)
    assert list(refused.value.message_dict) == ["why"]
    assert not again(letters.held_back).is_held_back


def test_what_was_never_recorded_cannot_be_taken_back(letters: Letters) -> None:
    with pytest.raises(ValidationError, match="held back as it is"):
        take_back(letter=letters.held_back, why="A mistake.", by=letters.lead)


def test_it_can_be_recorded_again_after_it_was_taken_back(letters: Letters, heard: list[Told]) -> None:
    publish(letters)
    take_back(letter=letters.held_back, why="A mistake.", by=letters.lead)
    publish(letters)
    assert public.letter(SLUG, MONTH) is not None
    assert len(heard) == 2


def test_a_visit_that_a_published_paper_names_stays_public_when_its_letter_is_taken_back_and_removed() -> None:
    visit = a_visit(an_inspection(), date(2017, 7, 1), is_public=True)
    lead = person_with_plan(Role.IMPROVEMENT_LEAD, visit.inspection.plan, "Robin Lead")
    letter = publish_letter(a_letter(visit.inspection))
    assert letter.visit == visit
    taken = take_back(letter=letter, why="It was another letter.", by=lead)
    assert visit.slug in {line.visit.slug for each in public.inspections() for line in each.visits}
    remove_letter(letter=taken, revision=again(taken).revision, by=lead)
    assert Visit.objects.get().is_public
