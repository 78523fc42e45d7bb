"""Named readers of a letter that is held back: who is named, by whom and why, and that it ends at once."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from ofsted.models import LetterEntry, NamedReader
from ofsted.services.publication import end_reader, name_reader
from tests.access.cast import person
from tests.access.people.pages import done, page, refused, sentences, text_of
from tests.improvement.builders import person_with_plan
from tests.ofsted.builders import publish
from tests.ofsted.readers import CANARY, HELD_BACK, PUBLISHED, Letters, browser_of, reads_recorded
from torbay_reports.access.models import AccessRecord, User
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.access.roles import Role

pytestmark = pytest.mark.django_db
PAGE = f"{HELD_BACK}readers/"
WHY = "She writes the director's answer."


@pytest.fixture
def letters() -> Letters:
    return Letters()


@pytest.fixture
def ada() -> User:
    return person("Ada Answer")


@pytest.fixture
def browser(letters: Letters) -> Client:
    return browser_of(letters.lead)


def records() -> list[AccessRecord]:
    return list(AccessRecord.objects.filter(kind=RecordKind.LETTER_READER_NAMED).order_by("pk"))


def test_a_named_reader_reads_the_letter_until_that_is_ended(letters: Letters, ada: User) -> None:
    assert browser_of(ada).get(HELD_BACK).status_code == 404
    reader = name_reader(letter=letters.held_back, person=ada, reason=f" {WHY} ", by=letters.officer)
    assert (reader.reason, reader.named_by) == (WHY, letters.officer)
    assert browser_of(ada).get(HELD_BACK).status_code == 200
    end_reader(reader=reader, by=letters.lead)
    assert browser_of(ada).get(HELD_BACK).status_code == 404


def test_naming_and_ending_stand_in_history_and_record_without_the_typed_words_there(
    letters: Letters, ada: User
) -> None:
    reader = name_reader(letter=letters.held_back, person=ada, reason=WHY, by=letters.officer)
    end_reader(reader=reader, by=letters.lead)
    assert [(each.by, each.says) for each in LetterEntry.objects.order_by("pk")] == [
        (letters.officer, f"Named Ada Answer as a reader: {WHY}"),
        (letters.lead, "Ada Answer is no reader of it any more."),
    ]
    assert [(each.person, each.about) for each in records()] == [
        (letters.officer, "Letter of the visit of November 2017: Ada Answer"),
        (letters.lead, "Letter of the visit of November 2017: Ada Answer, ended"),
    ]
    assert all(WHY not in each.reason for each in records())


@pytest.mark.parametrize("reason", ["", " ", "x" * 301])
def test_a_reader_is_named_with_a_reason(letters: Letters, ada: User, reason: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        name_reader(letter=letters.held_back, person=ada, reason=reason, by=letters.lead)
    assert list(refusal.value.message_dict) == ["reason"]
    assert not NamedReader.objects.exists()


def test_nobody_is_named_who_reads_it_already_or_cannot_sign_in(letters: Letters, ada: User) -> None:
    closed = person("Clo Closed")
    closed.is_active = False
    closed.save()
    for someone, sentence in ((letters.officer, "may read it already"), (closed, "account of Clo Closed is closed")):
        with pytest.raises(ValidationError, match=sentence):
            name_reader(letter=letters.held_back, person=someone, reason=WHY, by=letters.lead)
    name_reader(letter=letters.held_back, person=ada, reason=WHY, by=letters.lead)
    with pytest.raises(ValidationError, match="may read it already"):
        name_reader(letter=letters.held_back, person=ada, reason=WHY, by=letters.lead)


def test_a_published_letter_needs_no_readers(letters: Letters, ada: User) -> None:
    with pytest.raises(ValidationError, match="everybody reads it"):
        name_reader(letter=letters.published, person=ada, reason=WHY, by=letters.lead)


def test_what_was_ended_meanwhile_is_not_ended_twice(letters: Letters, ada: User) -> None:
    reader = name_reader(letter=letters.held_back, person=ada, reason=WHY, by=letters.lead)
    twice = NamedReader.objects.select_related("person").get(pk=reader.pk)
    end_reader(reader=reader, by=letters.lead)
    with pytest.raises(ValidationError, match="no longer named"):
        end_reader(reader=twice, by=letters.officer)
    assert len(records()) == 2


def test_the_page_lists_who_is_named_by_whom_and_why_and_nothing_of_the_letter(
    browser: Client, letters: Letters, ada: User
) -> None:
    assert "Nobody is named. Here will stand who is, with the reason." in sentences(browser, PAGE)
    name_reader(letter=letters.held_back, person=ada, reason=WHY, by=letters.officer)
    (line,) = page(browser, PAGE).cssselect("main li")
    assert text_of(line) == (
        f"Ada Answer (ada.answer@council.invalid), named on 5 September 2017 by Mo Officer: {WHY} "
        "End access for Ada Answer"
    )
    assert CANARY not in browser.get(PAGE).content.decode()
    assert "no-store" in browser.get(PAGE)["Cache-Control"]
    assert reads_recorded() == []


def test_a_person_is_named_by_address_and_ended_by_a_question(browser: Client, letters: Letters, ada: User) -> None:
    where, notices = done(browser, PAGE, person=" ADA.Answer@council.invalid ", reason=WHY)
    assert (where, notices) == (PAGE, ["Ada Answer may read this letter now."])
    (link,) = page(browser, PAGE).cssselect("main li a")
    ends = link.attrib["href"]
    assert f"Ada Answer was named for the letter of the visit of November 2017: {WHY}" in sentences(browser, ends)
    where, notices = done(browser, ends)
    assert (where, notices) == (PAGE, ["Ada Answer is no reader of this letter any more."])
    assert browser.get(ends).status_code == browser.post(ends).status_code == 404


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"person": ""}, "Type the e-mail address of the person."),
        ({"person": "ada"}, "This is no e-mail address."),
        ({"person": f"{'a' * 300}@council.invalid"}, "This is no e-mail address."),
        ({"person": "nobody@council.invalid"}, "Nobody with an open account has the address nobody@council.invalid."),
        ({"person": "lee.lead@council.invalid"}, "Lee Lead may read it already"),
        ({"reason": ""}, "Say why they need it."),
        ({"reason": "x" * 301}, "at most 300 characters"),
        ({"reason": "a\0b"}, "Null characters are not allowed."),
    ],
)
def test_what_is_wrong_is_said_and_nobody_is_named(
    browser: Client, letters: Letters, ada: User, given: dict[str, str], sentence: str
) -> None:
    found = refused(browser, PAGE, **{"person": ada.email, "reason": WHY, **given})
    assert any(sentence in each for each in found)
    assert not NamedReader.objects.exists()


def test_for_a_published_letter_the_page_says_that_everybody_reads_it(browser: Client, letters: Letters) -> None:
    address = f"{PUBLISHED}readers/"
    tree = page(browser, address)
    assert "everybody reads it, and nobody has to be named" in text_of(tree.cssselect("main")[0])
    assert not tree.cssselect("main form")
    browser.post(address, {"person": "ada.answer@council.invalid", "reason": WHY})
    assert not NamedReader.objects.exists()


def test_a_reader_of_another_letter_is_not_ended_here(browser: Client, letters: Letters, ada: User) -> None:
    reader = name_reader(letter=letters.held_back, person=ada, reason=WHY, by=letters.lead)
    assert browser.post(f"{PUBLISHED}readers/{reader.pk}/end/").status_code == 404
    assert browser.post(f"{PAGE}{10**30}/end/").status_code == 404
    assert NamedReader.objects.count() == 1


def test_the_pages_are_there_for_the_lead_and_the_monitoring_officer_alone(
    client: Client, letters: Letters, ada: User
) -> None:
    reader = name_reader(letter=letters.held_back, person=ada, reason=WHY, by=letters.lead)
    pages: tuple[tuple[str, dict[str, Any]], ...] = (
        (PAGE, {"person": ada.email, "reason": WHY}),
        (f"{PAGE}{reader.pk}/end/", {}),
    )
    for address, data in pages:
        assert browser_of(letters.officer).get(address).status_code == 200
        for someone in (ada, person_with_plan(Role.ACTION_OWNER, letters.inspection.plan, f"Ola Owner {address}")):
            other = browser_of(someone)
            assert other.get(address).status_code == other.post(address, data).status_code == 404
        assert client.get(address).status_code == client.post(address, data).status_code == 302
    assert NamedReader.objects.get() == reader


def test_hours_after_the_sign_in_a_proof_is_asked_for_first(letters: Letters) -> None:
    letters.lead.set_password("nine-green-bottles")
    letters.lead.save()
    assert browser_of(letters.lead, ago=timedelta(hours=5)).get(PAGE).status_code == 302


def test_once_published_a_named_reader_reads_as_everybody_does(client: Client, letters: Letters, ada: User) -> None:
    name_reader(letter=letters.held_back, person=ada, reason=WHY, by=letters.lead)
    publish(letters.held_back)
    assert client.get(HELD_BACK).status_code == browser_of(ada).get(HELD_BACK).status_code == 200
    assert reads_recorded() == []
