"""The lead reads what was recognised of a letter, corrects it, and removes what was entered by mistake."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ofsted.kinds import Relation
from ofsted.models import Finding, Letter, LetterParagraph, Visit
from ofsted.services.history import MOVED
from ofsted.services.letters import PUBLISHED
from ofsted.services.links import link_step
from ofsted.services.paragraphs import IN_USE
from tests.access.cast import person_with
from tests.access.people.pages import done, errors_on, page, refused, sentences, text_of, tree_of
from tests.improvement.builders import make_plan, make_step, person_with_plan
from tests.improvement.keeping import browser_of, form_values, typed
from tests.ofsted.builders import FEW_HOMES, FINDINGS, PLANS_LATE, a_paragraph, again, publish
from tests.ofsted.keeping import KeptLetter, recorded
from torbay_reports.access.roles import Role

pytestmark = pytest.mark.django_db
HALF = "Half of them rent from private landlords."
HUGE = 10**30


def paragraph_address(kept: KeptLetter, words: str = PLANS_LATE) -> str:
    return f"{kept.address}paragraphs/{a_paragraph(kept.letter, words).pk}/"


def test_the_page_says_first_what_is_still_to_mark_and_leads_there_by_one_button(
    kept: KeptLetter, browser: Client
) -> None:
    kept.mark(1)
    tree = page(browser, f"{kept.address}keep/")
    assert "2 of 3 findings are not marked yet." in text_of(tree.cssselect("main")[0])
    (button,) = tree.cssselect("main .govuk-button")
    assert text_of(button) == "Mark the next finding"
    assert button.attrib["href"] == kept.finding_address(2)


def test_a_letter_that_is_marked_has_no_button(kept: KeptLetter, browser: Client) -> None:
    for number in (1, 2, 3):
        kept.mark(number)
    tree = page(browser, f"{kept.address}keep/")
    assert "All findings are marked." in text_of(tree.cssselect("main")[0])
    assert not tree.cssselect("main .govuk-button")


def test_what_was_recognised_paragraphs_and_marks_stand_in_order(kept: KeptLetter, browser: Client) -> None:
    finding = kept.mark(1)
    link_step(finding=finding, step=kept.step, relation=Relation.CONTRADICTED, why="", by=kept.lead)
    words = sentences(browser, f"{kept.address}keep/")
    assert "2 areas, 3 findings, visit 3 of 25 and 26 July 2017. Change what was recognised" in words
    for part in ("Date 24 August 2017", "Visit Number 3, 25 and 26 July 2017", "Inspectors Ina Inspector HMI"):
        assert part in words
    assert "Weakness; theme “Plans”; step 13.2/1 is contradicted by it." in words
    assert [words.index(each) for each in FINDINGS] == sorted(words.index(each) for each in FINDINGS)
    assert "Area: the timeliness of pathway plans" in words
    assert "Lee Lead services-2016: Linked step 13.2/1 with Overview, paragraph 1" in words


def test_each_read_of_a_letter_that_is_held_back_is_recorded(kept: KeptLetter, browser: Client) -> None:
    page(browser, f"{kept.address}keep/")
    assert recorded()[1:] == [("letter_read", "Held-back letter of the visit of July 2017")]
    publish(kept.letter)
    page(browser, f"{kept.address}keep/")
    assert len(recorded()) == 2


def test_a_letter_without_findings_says_what_to_do(kept: KeptLetter, browser: Client) -> None:
    Finding.objects.all().delete()
    assert "No paragraph of this letter is a finding yet." in sentences(browser, f"{kept.address}keep/")


def test_the_page_takes_as_many_queries_for_one_finding_as_for_many() -> None:
    counted = []
    for number, findings in enumerate((("One.",), tuple(f"Finding {each}." for each in range(20)))):
        kept = KeptLetter(f"services-{number}", findings)
        for each in range(1, len(findings) + 1):
            finding = kept.mark(each)
            step = make_step(kept.action)
            link_step(finding=finding, step=step, relation=Relation.ANSWERS, why="", by=kept.lead)
        browser = kept.browser()
        page(browser, f"{kept.address}keep/")
        with CaptureQueriesContext(connection) as seen:
            page(browser, f"{kept.address}keep/")
        counted.append(len(seen))
    assert counted[0] == counted[1]


def test_details_are_corrected_and_lead_to_the_months_address(kept: KeptLetter, browser: Client) -> None:
    address = f"{kept.address}details/"
    given = {
        "title": "Another title",
        "number": "",
        "printed": "29 June 2017",
        "started_on": "29/6/2017",
        "ended_on": "29 June 2017",
        "inspectors": "One HMI\n\n Two  HMI \n",
    }
    where, said = done(browser, address, **typed(browser, address, **given))
    assert where == "/ofsted/services-2016/visits/2017-06/keep/"
    assert said == ["The details are saved."]
    letter = again(kept.letter)
    assert (letter.title, letter.visit.number, letter.inspectors) == ("Another title", None, ["One HMI", "Two HMI"])


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", " ", "Type the letter's title."),
        ("title", "a\0b", "Null characters are not allowed."),
        ("dated", "someday", "“Date of the letter” is no day that can be read."),
        ("number", "third", "“Visit number” is no number of a visit. Type one from 1 to 99, or nothing."),
        ("number", "100", "“Visit number” is no number of a visit."),
        ("title", "\x01", "Type the letter's title."),
        ("dated", "6/9/2017", "The date of the letter, 6 September 2017, is still to come."),
        ("dated", "25/7/2017", "The visit's last day, 26 July 2017, comes after the date of the letter, 25 July 2017."),
        ("ended_on", "24/7/2017", "The visit's last day comes before its first."),
        ("ended_on", "25/8/2017", "The visit's last day, 25 August 2017, comes after the date of the letter,"),
        ("inspectors", "x" * 201, "“Inspectors”, line 1, is too long."),
        ("companions", "x\n" * 51, "“Who came with them” has 51 lines."),
        ("revision", "x", "This form was changed on its way. Open the page again."),
        ("revision", str(HUGE), "This form was changed on its way. Open the page again."),
    ],
)
def test_details_that_cannot_be_are_refused_and_stay_as_typed(
    kept: KeptLetter, browser: Client, field: str, value: str, sentence: str
) -> None:
    address = f"{kept.address}details/"
    given = typed(browser, address, signed_by="Somebody else", **{field: value})
    assert sentence in refused(browser, address, **given)[0]
    assert again(kept.letter).signed_by == "Ina Inspector, Her Majesty's Inspector"


def test_a_second_writer_is_told_who_changed_what_loses_nothing_and_may_save_again(
    kept: KeptLetter, browser: Client
) -> None:
    address = f"{kept.address}details/"
    given = typed(browser, address, title="My title")
    kept.mark()
    tree = tree_of(browser.post(address, given).content)
    assert errors_on(tree) == [MOVED]
    (meanwhile,) = tree.cssselect("section.govuk-inset-text")
    assert "Marked Overview, paragraph 1: polarity weakness; theme Plans. Lee Lead services-2016" in text_of(meanwhile)
    assert again(kept.letter).title != "My title"
    assert form_values(tree)["title"] == "My title"
    done(browser, address, **form_values(tree))
    assert again(kept.letter).title == "My title"


def test_a_paragraph_is_corrected(kept: KeptLetter, browser: Client) -> None:
    address = paragraph_address(kept)
    where, said = done(browser, address, **typed(browser, address, words="Plans are late.\r\n"))
    assert (where, said) == (f"{kept.address}keep/", ["The paragraph is saved."])
    assert kept.finding(1).words == "Plans are late."


def test_a_paragraph_is_made_text_only_while_its_finding_is_not_in_use(kept: KeptLetter, browser: Client) -> None:
    address = paragraph_address(kept)
    kept.mark(1)
    assert refused(browser, address, **typed(browser, address, kind="text")) == [IN_USE]
    other = paragraph_address(kept, FEW_HOMES)
    done(browser, other, **typed(browser, other, kind="text"))
    assert Finding.objects.count() == 2


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("words", " ", "Type the words of the paragraph."),
        ("words", "\u2800", "Type the words of the paragraph."),
        ("words", "x" * 20_001, "“Words” is too long. Write at most 20,000 characters."),
        ("kind", "nonsense", "“This paragraph is” has no such choice. Choose one from the list."),
    ],
)
def test_a_paragraph_that_cannot_be_is_refused(
    kept: KeptLetter, browser: Client, field: str, value: str, sentence: str
) -> None:
    address = paragraph_address(kept)
    assert refused(browser, address, **typed(browser, address, **{field: value})) == [sentence]
    assert LetterParagraph.objects.filter(words=PLANS_LATE, kind="finding").exists()


def test_a_part_of_a_paragraph_becomes_a_finding(kept: KeptLetter, browser: Client) -> None:
    address = f"{paragraph_address(kept, FEW_HOMES)}quote/"
    assert FEW_HOMES in sentences(browser, address)
    assert "does not say these words" in refused(browser, address, **typed(browser, address, quote="Half of it."))[0]
    done(browser, address, **typed(browser, address, quote=HALF))
    assert kept.finding(4).words == HALF
    assert f"“{HALF}” not marked Mark of Overview, paragraph 3" in sentences(browser, f"{kept.address}keep/")


def test_a_letter_is_removed_after_a_question(kept: KeptLetter, browser: Client) -> None:
    address = f"{kept.address}remove/"
    assert "Remove this letter?" in sentences(browser, address)
    response = browser.post(address, typed(browser, address))
    assert response["Location"] == "/ofsted/services-2016/"
    assert not Letter.objects.exists()
    assert not Visit.objects.exists()
    assert recorded()[-1] == ("letter_removed", "Letter of the visit of July 2017")


def test_a_published_letter_is_not_removed(kept: KeptLetter, browser: Client) -> None:
    publish(kept.letter)
    tree = page(browser, f"{kept.address}remove/")
    assert PUBLISHED in text_of(tree.cssselect("main")[0])
    assert not tree.cssselect("main form")
    browser.post(f"{kept.address}remove/", {"revision": str(kept.revision)})
    assert Letter.objects.exists()


def test_others_find_none_of_the_pages(client: Client, kept: KeptLetter) -> None:
    addresses = [f"{kept.address}{each}/" for each in ("keep", "details", "remove")]
    addresses += [paragraph_address(kept), f"{paragraph_address(kept)}quote/"]
    other = person_with_plan(Role.IMPROVEMENT_LEAD, make_plan("other"), "Otto Other")
    for someone in (other, *(person_with(role) for role in (Role.CLERK, Role.MEMBER, Role.MONITORING_OFFICER))):
        browser = browser_of(someone)
        assert [browser.get(each).status_code for each in addresses] == [404] * 5
        assert [browser.post(each, {}).status_code for each in addresses[1:]] == [404] * 4
    assert all(client.get(each)["Location"].startswith("/sign-in/") for each in addresses)
    assert [kind for kind, _ in recorded()] == ["letter_entered"]


@pytest.mark.parametrize("number", [1, HUGE])
def test_a_paragraph_of_another_letter_or_an_odd_number_is_not_there(
    kept: KeptLetter, browser: Client, number: int
) -> None:
    other = KeptLetter("other")
    number = a_paragraph(other.letter).pk if number == 1 else number
    assert browser.get(f"{kept.address}paragraphs/{number}/").status_code == 404
