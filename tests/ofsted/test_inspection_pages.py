"""Inspections and one of them: judgement, visits in order, themes, and the search; what is held back stands apart."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ofsted.kinds import Polarity
from tests.access.people.pages import errors_on, page, sentences, text_of
from tests.improvement.builders import person_with_plan
from tests.ofsted.builders import a_letter, an_inspection, publish
from tests.ofsted.readers import (
    CANARY,
    HELD_BACK,
    INSPECTION,
    PUBLISHED,
    Letters,
    browser_of,
    held_back_letter,
    mark,
    reads_recorded,
)
from torbay_reports.access.roles import Role

pytestmark = pytest.mark.django_db
LIST = "/ofsted/"
HOURS = timedelta(hours=1)


@pytest.fixture
def letters() -> Letters:
    return Letters()


def test_before_any_inspection_is_entered_the_page_says_what_will_stand_there(client: Client) -> None:
    assert "Here will stand Ofsted’s inspections" in sentences(client, LIST)


def test_one_inspection_alone_is_shown_at_once(client: Client, letters: Letters) -> None:
    assert client.get(LIST)["Location"] == INSPECTION


def test_several_inspections_are_listed_newest_first_with_their_visits(client: Client, letters: Letters) -> None:
    an_inspection("older", title="Inspection of 2011", judgement="requires_improvement", judged_in=date(2011, 1, 1))
    words = sentences(client, LIST)
    assert words.index("Inspection of services for children") < words.index("Inspection of 2011")
    assert "Ofsted’s overall judgement in January 2016: inadequate." in words
    assert "Ofsted’s overall judgement in January 2011: requires improvement." in words
    assert "No visit since is public yet." in words
    assert CANARY not in words


def test_visits_stand_in_order_of_time_with_what_their_letters_found(client: Client, letters: Letters) -> None:
    lines = [text_of(each) for each in page(client, INSPECTION).cssselect("ol li")]
    assert lines == [
        "Visit of December 2016: its letter is not at hand",
        "Third visit, 25 and 26 July 2017: letter of 24 August 2017, "
        "3 findings: 1 weakness, 1 strength and 1 not marked yet",
    ]


def test_each_theme_says_where_it_stands_by_visit(client: Client, letters: Letters) -> None:
    fifth = a_letter(
        letters.inspection,
        published=True,
        first=date(2018, 1, 9),
        last=date(2018, 1, 9),
        printed="9 January 2018",
        visit_number=11,
        dated=date(2018, 1, 30),
    )
    mark(fifth, 1, Polarity.PROGRESS, "Homes")
    words = sentences(client, INSPECTION)
    assert "Homes Third visit: 1 weakness Visit 11: 1 sign of progress" in words
    assert "Entitlements Third visit: 1 strength Visit 11: nothing on it" in words


@pytest.mark.parametrize("address", [LIST, INSPECTION, f"{INSPECTION}?words={CANARY}", f"{INSPECTION}?words=homes"])
def test_nobody_else_is_told_of_a_letter_that_is_held_back(client: Client, letters: Letters, address: str) -> None:
    owner = person_with_plan(Role.ACTION_OWNER, letters.inspection.plan)
    for reader in (client, browser_of(owner)):
        told = reader.get(address, follow=True).content.decode()
        assert CANARY not in told.replace(f'value="{CANARY}"', "")
        assert "November" not in told
        assert "Held back" not in told
        assert HELD_BACK not in told
    assert reads_recorded() == []


def test_who_may_read_it_finds_it_held_back_apart_from_the_visits(letters: Letters) -> None:
    for someone in (letters.lead, letters.officer, letters.reader()):
        browser = browser_of(someone)
        response = browser.get(INSPECTION)
        assert "no-store" in response["Cache-Control"]
        words = sentences(browser, INSPECTION)
        assert "Confidential: Ofsted has not published this letter. Each read is recorded." in words
        assert "Fourth visit, 7 and 8 November 2017: letter of 30 November 2017" in words
        assert CANARY not in words
        assert len(page(browser, INSPECTION).cssselect("ol li")) == 2
    assert reads_recorded() == []


def test_words_are_found_in_the_published_findings_and_shown_in_them(client: Client, letters: Letters) -> None:
    tree = page(client, INSPECTION, words="pathway audit")
    (found,) = tree.cssselect("main li")
    assert text_of(found) == (
        "▼ Weakness Pathway plans are written late, and audits of them are over-optimistic. "
        "Third visit, 25 and 26 July 2017: Overview, paragraph 1. Theme: Homes"
    )
    assert [each.text for each in found.cssselect("mark")] == ["Pathway", "audits"]
    (link,) = found.cssselect("a")
    target = link.attrib["href"].partition("#")
    assert target[0] == PUBLISHED
    assert page(client, target[0]).get_element_by_id(target[2]) is not None


def test_words_are_read_as_a_search_engine_reads_them(client: Client, letters: Letters) -> None:
    for words, number in (
        ("homes", 2),
        ("homes -private", 1),
        ("“pathway plans”", 1),
        ("“plans pathway”", 0),
        ("website or landlords", 2),
    ):
        assert len(page(client, INSPECTION, words=words).cssselect("main li")) == number, words


def test_a_search_without_a_result_says_so(client: Client, letters: Letters) -> None:
    assert "No finding of a letter that Ofsted has published has these words." in sentences(
        client, f"{INSPECTION}?words=parrot"
    )


def test_an_empty_search_shows_the_whole_inspection(client: Client, letters: Letters) -> None:
    assert page(client, INSPECTION, words=" ").cssselect("ol li")


@pytest.mark.parametrize("words", ["x" * 201, "a\0b"])
def test_words_that_cannot_be_looked_for_are_refused_in_a_sentence(
    client: Client, letters: Letters, words: str
) -> None:
    tree = page(client, INSPECTION, words=words)
    assert errors_on(tree)
    assert tree.findtext(".//title").startswith("Error: ")


@pytest.mark.parametrize("words", ["'", "a:*b & | !", "<b>", "\ue000", "-", "“"])
def test_odd_words_find_nothing_and_break_nothing(client: Client, letters: Letters, words: str) -> None:
    assert client.get(INSPECTION, {"words": words}).status_code == 200


def test_who_may_read_it_finds_words_of_a_held_back_letter_apart_and_that_is_recorded(letters: Letters) -> None:
    words = sentences(browser_of(letters.lead), f"{INSPECTION}?words={CANARY}")
    assert "No finding of a letter that Ofsted has published has these words." in words
    assert "Confidential: 3 findings in letters that Ofsted has not published." in words
    assert f"Homes are too few, says a {CANARY}." in words
    (read,) = reads_recorded()
    assert read.person == letters.lead
    assert read.about == "Held-back letter of the visit of November 2017"
    assert read.key == f"letter:{letters.held_back.pk}"
    assert read.reason.startswith("you are improvement lead")


def test_a_search_hours_after_the_sign_in_leaves_held_back_letters_out_and_says_so(letters: Letters) -> None:
    browser = browser_of(letters.lead, ago=5 * HOURS)
    words = sentences(browser, f"{INSPECTION}?words={CANARY}")
    assert "were not searched: your last sign-in is more than four hours ago" in words
    assert "sings" not in words
    assert reads_recorded() == []


def test_once_published_the_letter_is_found_by_everybody(client: Client, letters: Letters) -> None:
    publish(letters.held_back)
    assert "3 findings in letters that Ofsted has published." in sentences(client, f"{INSPECTION}?words={CANARY}")
    assert "Fourth visit, 7 and 8 November 2017: letter of 30 November 2017" in sentences(client, INSPECTION)


def test_links_lead_each_reader_to_what_they_may_do(client: Client, letters: Letters) -> None:
    answers = reverse("ofsted:answers", args=["services-2016"])
    add = reverse("ofsted:letter-add", args=["services-2016"])
    for browser, expected in (
        (client, set[str]()),
        (browser_of(letters.officer), {answers}),
        (browser_of(letters.lead), {answers, add}),
    ):
        links = {each.attrib["href"] for each in page(browser, INSPECTION).cssselect("main a")}
        assert links & {answers, add} == expected


def test_the_pages_ask_as_often_for_many_letters_as_for_one(client: Client, letters: Letters) -> None:
    browser = browser_of(letters.lead)
    an_inspection("older", title="Inspection of 2011", judged_in=date(2011, 1, 1))
    addresses = [
        (reader, f"{path}") for reader in (client, browser) for path in (LIST, INSPECTION, f"{INSPECTION}?words=homes")
    ]
    browser.get(INSPECTION)
    few = [queries(*each) for each in addresses]
    for month in (2, 4):
        letter = a_letter(
            letters.inspection,
            published=True,
            first=date(2017, month, 1),
            last=date(2017, month, 1),
            printed=f"1/{month}/2017",
            visit_number=month + 10,
        )
        mark(letter, 1, Polarity.WEAKNESS, f"Homes of {month}")
    many = [queries(*each) for each in addresses]
    assert many == few
    assert max(few[:3]) <= 8
    held_back_letter(letters.inspection, month=10, number=9)
    assert [queries(*each) for each in addresses[:-1]] == few[:-1]
    assert queries(*addresses[-1]) == few[-1] + 2, "one more read to record, with its reason"


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)
