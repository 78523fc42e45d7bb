"""The page on which Ofsted's publication is recorded or taken back: for the lead and the monitoring officer alone."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from ofsted.models import Letter
from ofsted.services.history import note
from tests.access.people.pages import done, errors_on, page, refused, sentences, text_of, tree_of
from tests.improvement.builders import person_with_plan
from tests.improvement.keeping import form_values
from tests.ofsted.builders import again
from tests.ofsted.readers import CANARY, HELD_BACK, PUBLISHED, Letters, browser_of, reads_recorded
from torbay_reports.access.roles import Role

pytestmark = pytest.mark.django_db
PAGE = f"{HELD_BACK}publication/"
ADDRESS = "https://files.ofsted.gov.uk/v1/file/2698234"
GIVEN = {"published_on": "1/12/2017", "address": ADDRESS}


@pytest.fixture
def letters(settings: Any) -> Letters:
    settings.TODAY = date(2017, 12, 5)
    return Letters()


@pytest.fixture
def browser(letters: Letters) -> Client:
    return browser_of(letters.lead)


def sent(browser: Client, **given: object) -> dict[str, Any]:
    return {**form_values(page(browser, PAGE)), **GIVEN, **given}


def recorded(browser: Client, data: dict[str, Any]) -> tuple[str, list[str]]:
    """Where the sent data led, and what that page's notices say."""
    response = browser.post(PAGE, data)
    assert response.status_code == 302, errors_on(tree_of(response.content))
    notices = page(browser, response["Location"]).cssselect(".govuk-notification-banner__content")
    return response["Location"], [text_of(each) for each in notices]


def refused_as(browser: Client, data: dict[str, Any]) -> list[str]:
    """What the page says is wrong with the sent data."""
    response = browser.post(PAGE, data)
    assert response.status_code == 200
    return errors_on(tree_of(response.content))


def test_the_page_says_what_will_happen_and_nothing_of_the_letter(browser: Client, letters: Letters) -> None:
    words = sentences(browser, PAGE)
    assert words.startswith("Has Ofsted published the letter of the visit of November 2017?")
    assert "are then everybody's at once" in words
    assert "next version of the pack that the clerk publishes" in words
    assert CANARY not in browser.get(PAGE).content.decode()
    assert "no-store" in browser.get(PAGE)["Cache-Control"]
    assert reads_recorded() == []


def test_recorded_the_letter_is_everybodys(client: Client, browser: Client, letters: Letters) -> None:
    where, notices = recorded(browser, sent(browser))
    assert where == HELD_BACK
    assert notices == ["Recorded: Ofsted published the letter of the visit of November 2017 on 1 December 2017."]
    assert f"The {CANARY} sings well." in sentences(client, HELD_BACK)
    assert f"Published by Ofsted 1 December 2017: {ADDRESS}" in sentences(client, HELD_BACK)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"published_on": ""}, "Type the day on which Ofsted published the letter."),
        ({"published_on": "soon"}, "is no day that can be read"),
        ({"published_on": "6/12/2017"}, "6 December 2017 is still to come."),
        ({"published_on": "1/11/2017"}, "before its own date, 30 November 2017"),
        ({"address": ""}, "Type the address at which Ofsted shows the letter."),
        ({"address": "https://letters.example/"}, "of a site under gov.uk"),
        ({"address": f"https://www.gov.uk/{'x' * 500}"}, "at most 500 characters"),
        ({"address": "https://www.gov.uk/\0"}, "Null characters are not allowed."),
        ({"revision": "x"}, "This form was changed on its way."),
        ({"revision": ""}, "This form was changed on its way."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_recorded(
    browser: Client, letters: Letters, given: dict[str, str], sentence: str
) -> None:
    (error,) = refused_as(browser, sent(browser, **given))
    assert sentence in error
    assert again(letters.held_back).is_held_back


def test_who_saw_an_older_letter_is_told_and_saves_what_they_typed_the_next_time(
    browser: Client, letters: Letters
) -> None:
    data = sent(browser)
    note(letter=letters.held_back, says="Marked a finding.", by=letters.officer)
    response = browser.post(PAGE, data)
    assert "Somebody changed this letter while you did." in response.content.decode()
    assert again(letters.held_back).is_held_back
    typed = form_values(tree_of(response.content))
    assert typed["address"] == ADDRESS
    recorded(browser, typed)
    assert not again(letters.held_back).is_held_back


def test_what_two_people_record_at_once_is_recorded_once(browser: Client, letters: Letters) -> None:
    data = sent(browser)
    recorded(browser_of(letters.officer), data)
    assert "There is a problem" in browser.post(PAGE, data).content.decode()
    (error,) = refused_as(browser, {**data, "revision": again(letters.held_back).revision})
    assert error.startswith("It is recorded already")


def test_taking_back_says_what_was_recorded_and_what_the_clerk_has_to_do(
    client: Client, browser: Client, letters: Letters
) -> None:
    recorded(browser, sent(browser))
    words = sentences(browser, PAGE)
    assert f"Recorded is 1 December 2017, at {ADDRESS}." in words
    assert "stays public until the clerk withdraws the paper" in words
    assert refused(browser, PAGE, why=" ") == ["Say what was wrong with the record."]
    where, notices = done(browser, PAGE, why="It was another council's letter.")
    assert where == HELD_BACK
    assert notices == ["Taken back: the letter of the visit of November 2017 is held back again."]
    assert client.get(HELD_BACK).status_code == 302


def test_what_was_taken_back_meanwhile_is_not_taken_back_again(browser: Client, letters: Letters) -> None:
    response = browser.post(PAGE, {"why": "A mistake."})
    assert "it is held back as it is" in response.content.decode()
    assert again(letters.held_back).is_held_back


@pytest.mark.parametrize("where", [HELD_BACK, PUBLISHED])
def test_the_page_is_there_for_the_lead_and_the_monitoring_officer_alone(
    client: Client, letters: Letters, where: str
) -> None:
    address = f"{where}publication/"
    for someone in (letters.lead, letters.officer):
        assert browser_of(someone).get(address).status_code == 200
    for someone in (letters.reader(), person_with_plan(Role.ACTION_OWNER, letters.inspection.plan)):
        for answer in (browser_of(someone).get(address), browser_of(someone).post(address, GIVEN)):
            assert answer.status_code == 404
    assert client.get(address).status_code == client.post(address, GIVEN).status_code == 302
    assert Letter.objects.filter(published_on=None).get() == letters.held_back


def test_hours_after_the_sign_in_a_proof_is_asked_for_first(letters: Letters) -> None:
    letters.lead.set_password("nine-green-bottles")
    letters.lead.save()
    assert browser_of(letters.lead, ago=timedelta(hours=5)).get(PAGE).status_code == 302
