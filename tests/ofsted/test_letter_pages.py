"""A letter's page and file: the published one for everybody, the held-back one for who may read it, each read noted."""

import io
import re
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ofsted.kinds import Polarity
from ofsted.models import Finding, FindingMeasure, Inspection, Letter, LetterParagraph
from tests.access.cast import person
from tests.access.people.pages import page, sentences, text_of
from tests.improvement.builders import person_with_plan
from tests.ofsted.builders import ADDRESS, a_finding, again, an_inspection, publish
from tests.ofsted.readers import CANARY, HELD_BACK, INSPECTION, PUBLISHED, Letters, browser_of, reads_recorded
from torbay_reports.access.roles import Role

pytestmark = pytest.mark.django_db
WITHOUT = f"{INSPECTION}visits/2016-12/"
LATE = timedelta(hours=5)


@pytest.fixture
def letters() -> Letters:
    return Letters()


def test_what_ofsted_sent_stands_as_text(client: Client, letters: Letters) -> None:
    tree = page(client, PUBLISHED)
    words = text_of(tree.cssselect("main")[0])
    assert "Third visit, 25 and 26 July 2017 Third monitoring visit to children's services" in words
    assert "Date 24 August 2017" in words
    assert "To Ms Ada Director Director of Children's Services" in words
    assert "Inspectors Ina Inspector HMI" in words
    assert "Accompanied by Sam Senior, senior HMI" in words
    assert "Dear Ms Director This letter tells what the visit found." in words
    assert "Signed in the original by Ina Inspector, Her Majesty's Inspector." in words
    assert "Copied to: The Department for Education." in words
    assert [text_of(each) for each in tree.cssselect(".letter h2")] == ["Areas covered by the visit", "Overview"]
    assert [text_of(each) for each in tree.cssselect(".letter ul li")] == [
        "the timeliness of pathway plans",
        "advice about entitlements",
    ]


def test_each_finding_says_in_words_how_it_is_read(client: Client, letters: Letters) -> None:
    words = sentences(client, PUBLISHED)
    assert (
        "▼ Weakness Theme: Homes Figure: 52% of care leavers; at most 40% was the target. "
        "In words: “Pathway plans are wr figure” Since the last visit: as at the last visit. as bad as before"
    ) in words
    assert "▲ Strength Theme: Entitlements" in words
    assert "? Not marked yet" in words
    assert "Found 3 findings: 1 weakness, 1 strength and 1 not marked yet" in words


def test_a_finding_that_is_a_part_of_its_paragraph_is_quoted_beneath_it(client: Client, letters: Letters) -> None:
    paragraph = LetterParagraph.objects.get(letter=letters.published, words__startswith="Too few homes")
    Finding.objects.create(
        paragraph=paragraph, position=2, quote="Half of them rent from private landlords.", polarity=Polarity.PROGRESS
    )
    assert "▶ Progress “Half of them rent from private landlords.”" in sentences(client, PUBLISHED)


def test_ofsteds_own_publication_is_a_link_to_another_site(client: Client, letters: Letters) -> None:
    (link,) = page(client, PUBLISHED).cssselect('a[rel="external"]')
    assert link.attrib["href"] == ADDRESS
    assert "Published by Ofsted 24 August 2017" in sentences(client, PUBLISHED)


def test_its_own_notice_is_shown_and_not_that_of_its_inspection(client: Client, letters: Letters) -> None:
    Inspection.objects.update(notice="Written for the demonstration.")
    assert "Written for the demonstration." not in sentences(client, PUBLISHED)
    Letter.objects.update(notice="The findings are in other words.")
    assert "The findings are in other words." in sentences(client, PUBLISHED)


def test_a_letter_of_few_details_has_no_empty_rows(client: Client, letters: Letters) -> None:
    Letter.objects.update(
        addressee="", salutation="", inspectors=[], companions=[], copied_to=[], signed_by="", notice=""
    )
    words = sentences(client, PUBLISHED)
    for label in ("Inspectors", "Accompanied", "Signed in", "Copied to", "To "):
        assert label not in words


def test_reading_a_published_letter_is_recorded_nowhere(client: Client, letters: Letters) -> None:
    browser_of(letters.lead).get(PUBLISHED)
    client.get(PUBLISHED)
    assert reads_recorded() == []


@pytest.mark.parametrize("path", ["", "file/?as=csv", "file/?as=xlsx"])
def test_a_held_back_letter_is_as_if_it_were_not_there(client: Client, letters: Letters, path: str) -> None:
    held_back, nothing, without = (
        client.get(f"{where}{path}") for where in (HELD_BACK, f"{INSPECTION}visits/2019-01/", WITHOUT)
    )
    for each in (held_back, nothing, without):
        assert each.status_code == 302
        assert each["Location"].startswith(reverse("account_login"))
    stranger = browser_of(person_with_plan(Role.ACTION_OWNER, letters.inspection.plan))
    answers = [stranger.get(f"{where}{path}") for where in (HELD_BACK, f"{INSPECTION}visits/2019-01/", WITHOUT)]
    assert {each.status_code for each in answers} == {404}
    bodies = {re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", each.content.decode()) for each in answers}
    assert len(bodies) == 1, "the page tells a held-back letter from one that is not there"
    assert reads_recorded() == []


def test_the_lead_the_monitoring_officer_and_a_named_reader_read_it_and_are_told_why(letters: Letters) -> None:
    reasons = {
        letters.lead: "you are improvement lead",
        letters.officer: "you are monitoring officer",
        letters.reader(): "you are named as a reader of this letter",
    }
    for someone, reason in reasons.items():
        browser = browser_of(someone)
        words = sentences(browser, HELD_BACK)
        assert words.startswith("NOT FOR PUBLICATION: confidential information within the meaning of section 100A(3)")
        assert f"Ofsted has not published this letter. You may read it because {reason}" in words
        assert f"The {CANARY} sings well." in words
        assert "no-store" in browser.get(HELD_BACK)["Cache-Control"]
    recorded = reads_recorded()
    assert [each.person for each in recorded] == [each for each in reasons for _ in range(2)]
    for each in recorded:
        assert each.person is not None
        assert each.reason.startswith(reasons[each.person])
        assert each.about == "Held-back letter of the visit of November 2017"
        assert CANARY not in f"{each.about} {each.key} {each.reason}"


def test_nothing_is_shown_where_the_read_cannot_be_recorded(letters: Letters, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(**_: object) -> None:
        raise RuntimeError("the record is full")

    monkeypatch.setattr("ofsted.views.recording.record", fails)
    with pytest.raises(RuntimeError, match="the record is full"):
        browser_of(letters.lead).get(HELD_BACK)


def test_a_held_back_letter_asks_for_a_proof_hours_after_the_sign_in(letters: Letters) -> None:
    someone = letters.reader()
    someone.set_password("nine-green-bottles")
    someone.save()
    browser = browser_of(someone, ago=LATE)
    for path in ("", "file/?as=csv"):
        response = browser.get(f"{HELD_BACK}{path}")
        assert response.status_code == 302
        assert "next=" in response["Location"]
    assert browser.get(PUBLISHED).status_code == 200
    assert reads_recorded() == []


def test_links_lead_each_reader_to_what_they_may_do_with_it(client: Client, letters: Letters) -> None:
    def links(browser: Client, address: str) -> set[str]:
        found = {each.attrib["href"] for each in page(browser, address).cssselect("main .actions a")}
        return {each.removeprefix(address) for each in found if "file" not in each}

    answers = f"{INSPECTION}answers/"
    assert links(client, PUBLISHED) == set()
    assert links(browser_of(letters.officer), PUBLISHED) == {answers, "publication/"}
    assert links(browser_of(letters.lead), PUBLISHED) == {answers, "keep/", "publication/"}
    assert links(browser_of(letters.lead), HELD_BACK) == {answers, "keep/", "publication/", "readers/"}
    assert links(browser_of(letters.reader()), HELD_BACK) == set()


def sheet_of(browser: Client, address: str) -> Any:
    """The one sheet of a workbook."""
    return openpyxl.load_workbook(io.BytesIO(browser.get(address).content)).active


def test_the_findings_are_taken_away_as_csv(client: Client, letters: Letters) -> None:
    response = client.get(f"{PUBLISHED}file/?as=csv")
    assert response["Content-Disposition"] == 'attachment; filename="services-2016-2017-07-findings.csv"'
    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Section,Paragraph,Finding,Theme,How it is read,Figures,Since the last visit"
    assert lines[1] == (
        'Overview,1,"Pathway plans are written late, and audits of them are over-optimistic.",Homes,weakness,'
        "52% of care leavers; at most 40% was the target,as at the last visit: as bad as before"
    )
    assert len(lines) == 4


def test_a_cell_that_a_spreadsheet_would_take_for_a_formula_is_harmless(client: Client, letters: Letters) -> None:
    Finding.objects.filter(pk=a_finding(letters.published, 3).pk).update(quote="=HYPERLINK(1)")
    assert sheet_of(client, f"{PUBLISHED}file/?as=xlsx")["C4"].value == "'=HYPERLINK(1)"
    assert "'=HYPERLINK(1)" in client.get(f"{PUBLISHED}file/?as=csv").content.decode()


def test_a_held_back_copy_says_first_that_it_is_not_for_publication(letters: Letters) -> None:
    browser = browser_of(letters.reader())
    response = browser.get(f"{HELD_BACK}file/?as=csv")
    name = 'attachment; filename="NOT-FOR-PUBLICATION-services-2016-2017-11-findings.csv"'
    assert response["Content-Disposition"] == name
    assert "no-store" in response["Cache-Control"]
    assert response.content.decode("utf-8-sig").startswith("NOT FOR PUBLICATION: confidential information")
    sheet = sheet_of(browser, f"{HELD_BACK}file/?as=xlsx")
    assert str(sheet["A1"].value).startswith("NOT FOR PUBLICATION")
    assert len(reads_recorded()) == 2


@pytest.mark.parametrize("query", ["", "?as=pdf", "?as=csv%00"])
def test_another_format_is_not_there(client: Client, letters: Letters, query: str) -> None:
    assert client.get(f"{PUBLISHED}file/{query}").status_code == 404


def test_once_published_everybody_reads_it_and_nothing_is_recorded(client: Client, letters: Letters) -> None:
    publish(letters.held_back)
    assert f"The {CANARY} sings well." in sentences(client, HELD_BACK)
    assert "NOT FOR PUBLICATION" not in sentences(client, HELD_BACK)
    assert reads_recorded() == []


def test_a_letter_of_another_inspection_is_not_read_under_this_one(client: Client, letters: Letters) -> None:
    an_inspection("another-2016")
    assert client.get("/ofsted/another-2016/").status_code == 200
    assert client.get("/ofsted/another-2016/visits/2017-07/").status_code == 302


def test_the_page_asks_as_often_for_many_findings_as_for_one(client: Client, letters: Letters) -> None:
    def queries(browser: Client, address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(address).status_code == 200
        return len(captured)

    browser = browser_of(letters.lead)
    browser.get(HELD_BACK)
    pages = ((client, PUBLISHED), (browser, HELD_BACK))
    asked = [(reader, f"{address}{path}") for reader, address in pages for path in ("", "file/?as=csv")]
    few = [queries(*each) for each in asked]
    for letter in (letters.published, letters.held_back):
        paragraphs = LetterParagraph.objects.bulk_create(
            LetterParagraph(letter=letter, section="More", position=99 + n, number=n, kind="finding", words=f"No. {n}")
            for n in range(1, 60)
        )
        found = Finding.objects.bulk_create(Finding(paragraph=each) for each in paragraphs)
        FindingMeasure.objects.bulk_create(FindingMeasure(finding=each, words="Half", value=50) for each in found)
    assert [queries(*each) for each in asked] == few
    assert few[0] <= 7


def test_another_persons_name_opens_nothing(letters: Letters) -> None:
    letters.reader()
    assert browser_of(person("Ned Notnamed")).get(HELD_BACK).status_code == 404
    assert again(letters.held_back).is_held_back
