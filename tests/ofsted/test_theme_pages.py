"""A theme followed through the visits; what a held-back letter says of it, for who may read that."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ofsted.kinds import Polarity
from ofsted.models import Visit
from tests.access.people.pages import page, sentences, text_of
from tests.improvement.builders import person_with_plan
from tests.ofsted.builders import a_letter, publish
from tests.ofsted.readers import CANARY, INSPECTION, PUBLISHED, Letters, browser_of, mark, reads_recorded
from torbay_reports.access.roles import Role

pytestmark = pytest.mark.django_db
HOMES = f"{INSPECTION}themes/homes/"
HELD_BACK_THEME = f"{INSPECTION}themes/songs-of-the-{CANARY}/"
LATE = timedelta(hours=5)


@pytest.fixture
def letters() -> Letters:
    return Letters()


def fifth(letters: Letters) -> None:
    """A published visit of January 2018 that has nothing on homes."""
    a_letter(
        letters.inspection,
        published=True,
        first=date(2018, 1, 9),
        last=date(2018, 1, 9),
        printed="9 January 2018",
        visit_number=5,
        dated=date(2018, 1, 30),
    )


def headings(browser: Client, address: str = HOMES) -> list[str]:
    return [text_of(each) for each in page(browser, address).cssselect("h2")]


def test_each_visit_stands_in_order_of_time_with_what_it_found(client: Client, letters: Letters) -> None:
    fifth(letters)
    assert headings(client) == [
        "Visit of December 2016",
        "Third visit, 25 and 26 July 2017",
        "Fifth visit, 9 January 2018",
    ]
    words = sentences(client, HOMES)
    assert "Visit of December 2016 The letter of this visit is not at hand." in words
    assert "Pathway plans are written late, and audits of them are over-optimistic. Overview, paragraph 1" in words
    assert "▼ Weakness Figure: 52% of care leavers; at most 40% was the target." in words
    assert "Its letter of 30 January 2018 has no finding on this." in words


def test_each_finding_leads_to_its_paragraph(client: Client, letters: Letters) -> None:
    (link,) = (each for each in page(client, HOMES).cssselect("main a") if "#" in each.attrib["href"])
    address, _, anchor = link.attrib["href"].partition("#")
    assert address == PUBLISHED
    assert "Pathway plans" in text_of(page(client, address).get_element_by_id(anchor))


def test_nobody_else_is_told_what_a_held_back_letter_says_of_it(client: Client, letters: Letters) -> None:
    owner = browser_of(person_with_plan(Role.ACTION_OWNER, letters.inspection.plan))
    for browser in (client, owner):
        told = browser.get(HOMES).content.decode()
        assert CANARY not in told
        assert "November" not in told
    assert owner.get(HELD_BACK_THEME).status_code == owner.get(f"{INSPECTION}themes/none/").status_code == 404
    assert client.get(HELD_BACK_THEME).status_code == client.get(f"{INSPECTION}themes/none/").status_code == 302
    assert reads_recorded() == []


def test_who_may_read_it_follows_the_theme_through_the_held_back_letter_too(letters: Letters) -> None:
    fifth(letters)
    browser = browser_of(letters.reader())
    assert headings(browser)[2] == "Fourth visit, 7 and 8 November 2017"
    words = sentences(browser, HOMES)
    assert "NOT FOR PUBLICATION Confidential: Ofsted has not published this letter." in words
    assert f"Homes are too few, says a {CANARY}." in words
    assert "no-store" in browser.get(HOMES)["Cache-Control"]
    assert {each.about for each in reads_recorded()} == {"Held-back letter of the visit of November 2017"}
    assert len(reads_recorded()) == 3


def test_a_public_visit_whose_letter_is_held_back_stands_once(client: Client, letters: Letters) -> None:
    Visit.objects.filter(pk=letters.held_back.visit_id).update(is_public=True)
    assert len(headings(client)) == 3
    assert "7 and 8 November 2017 The letter of this visit is not at hand." in sentences(client, HOMES)
    assert len(headings(browser_of(letters.lead))) == 3


def test_a_theme_of_held_back_letters_alone_is_read_by_who_may_read_these(letters: Letters) -> None:
    words = sentences(browser_of(letters.lead), HELD_BACK_THEME)
    assert f"The {CANARY} sings well." in words
    assert "Its letter of 24 August 2017 has no finding on this." in words


def test_hours_after_the_sign_in_the_public_part_alone_is_shown(letters: Letters) -> None:
    letters.lead.set_password("nine-green-bottles")
    letters.lead.save()
    browser = browser_of(letters.lead, ago=LATE)
    words = sentences(browser, HOMES)
    assert "is left out: your last sign-in is more than four hours ago" in words
    assert CANARY not in words
    assert browser.get(HELD_BACK_THEME).status_code == 302
    assert reads_recorded() == []


def test_once_published_everybody_follows_it(client: Client, letters: Letters) -> None:
    publish(letters.held_back)
    assert f"Homes are too few, says a {CANARY}." in sentences(client, HOMES)
    assert client.get(HELD_BACK_THEME).status_code == 200


def test_the_page_asks_as_often_for_many_visits_as_for_two(client: Client, letters: Letters) -> None:
    def queries(browser: Client) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(HOMES).status_code == 200
        return len(captured)

    browsers = (client, browser_of(letters.lead))
    for browser in browsers:
        browser.get(HOMES)
    few = [queries(each) for each in browsers]
    for month in (2, 4, 9):
        letter = a_letter(
            letters.inspection,
            published=True,
            first=date(2017, month, 1),
            last=date(2017, month, 1),
            printed=f"1/{month}/2017",
            visit_number=month + 10,
        )
        mark(letter, 1, Polarity.WEAKNESS, "Homes")
    assert [queries(each) for each in browsers] == few
    assert few[0] <= 7
