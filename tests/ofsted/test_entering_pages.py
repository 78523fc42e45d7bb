"""The lead adds a letter by its file or its words; it is stored at once and held back."""

from hashlib import sha256
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ofsted.forms.entering import BOTH, LONGEST_TEXT, NEITHER, TOO_LARGE
from ofsted.importing.reading import LARGEST_FILE
from ofsted.models import Finding, Inspection, Letter, Visit
from ofsted.views.entering import LARGEST_BODY
from tests.access.cast import person_with
from tests.access.people.pages import done, errors_on, page, refused, sentences, text_of, tree_of
from tests.improvement.builders import make_plan, person_with_plan
from tests.improvement.keeping import browser_of
from tests.ofsted.builders import a_letter, a_visit, an_inspection, publish
from tests.ofsted.keeping import recorded
from torbay_reports.access.models import User
from torbay_reports.access.roles import Role

pytestmark = pytest.mark.django_db
ADD = "/ofsted/services-2016/letters/add/"
KEEP = "/ofsted/services-2016/visits/2017-07/keep/"
LETTER = """24 August 2017

Ms Ada Director
Director of Children's Services

Dear Ms Director

Third monitoring visit to children's services

This letter summarises the findings of the monitoring visit to the council's children's services on 25 and 26 July \
2017. The visit was the third monitoring visit since the local authority was judged inadequate in January 2016. The \
inspectors were Ina Inspector HMI and Ian Inspector HMI. They were accompanied by Sam Senior, senior HMI.

Pathway plans are written late, and the pace of change is slow.

Areas covered by the visit

During the course of this visit, inspectors reviewed the progress made, including:

- the timeliness of pathway plans
- advice about entitlements

Overview

Young people know what they are entitled to, and the website helps them.

Findings and evaluation of progress

Too few homes are there for young people, and senior managers did not know.

I am copying this letter to the Department for Education.

Yours sincerely

Ina Inspector
Her Majesty's Inspector
"""


@pytest.fixture
def inspection(db: None) -> Inspection:
    return an_inspection()


@pytest.fixture
def lead(inspection: Inspection) -> User:
    return person_with_plan(Role.IMPROVEMENT_LEAD, inspection.plan, "Lee Lead")


@pytest.fixture
def browser(lead: User) -> Client:
    return browser_of(lead)


def file(content: bytes = LETTER.encode(), name: str = "letter.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_pasted_words_are_recognised_stored_and_held_back(browser: Client, lead: User) -> None:
    where, said = done(browser, ADD, text=LETTER)
    assert where == KEEP
    assert said == [
        "The letter is read: 2 areas, 3 findings, visit 3 of 25 and 26 July 2017. It is held back: you, the monitoring "
        "officer and the readers whom either of you names read it, nobody else."
    ]
    letter = Letter.objects.get()
    assert letter.is_held_back
    assert not letter.visit.is_public
    assert letter.entered_by == lead
    assert set(Finding.objects.values_list("polarity", flat=True)) == {""}
    assert recorded() == [
        ("letter_entered", "Letter of the visit of July 2017"),
        ("letter_read", "Held-back letter of the visit of July 2017"),
    ]


def test_a_file_is_read_and_of_it_only_name_and_checksum_are_kept(browser: Client) -> None:
    done(browser, ADD, file=file(name="../letters/third  visit.txt"))
    letter = Letter.objects.get()
    assert letter.file_name == "third visit.txt"
    assert letter.file_checksum == sha256(LETTER.encode()).hexdigest()
    assert "Read from third visit.txt" in sentences(browser, KEEP)


def test_the_page_says_who_reads_it_and_what_becomes_of_the_file(browser: Client) -> None:
    words = sentences(browser, ADD)
    assert "The letter is held back from the start" in words
    assert "The PDF that Ofsted sent is brought by the clerk, at the paper of the meeting" in words
    assert "the file that you choose here is read and not kept" in words


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, NEITHER),
        ({"text": "  \n "}, NEITHER),
        ({"text": LETTER, "file": file()}, BOTH),
        ({"file": file(b"")}, "The file is empty. Choose the one that holds the letter."),
        ({"file": file(b"x" * (LARGEST_FILE + 1))}, TOO_LARGE),
        ({"text": "x" * (LONGEST_TEXT + 1)}, "is too long. Write at most 200,000 characters."),
        ({"text": "Dear\0Ms Director"}, "Null characters are not allowed."),
    ],
)
def test_what_is_no_file_and_no_words_is_refused(browser: Client, data: dict[str, Any], sentence: str) -> None:
    assert sentence in refused(browser, ADD, **data)[0]
    assert not Visit.objects.exists()


def test_a_text_that_is_no_letter_is_refused_in_a_sentence_and_stays_in_the_form(browser: Client) -> None:
    text = "The Board met on Tuesday.\n\nIt spoke of the weather."
    response = browser.post(ADD, {"text": text})
    tree = tree_of(response.content)
    (sentence,) = errors_on(tree)
    assert sentence.startswith("This is no letter about a monitoring visit")
    assert tree.cssselect("textarea")[0].value.strip() == text
    assert not Visit.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"\x89PNG\r\n\x1a\n", "letter.pdf", "letter.pdf is a picture"),
        (b"%PDF-1.7 nothing", "letter.pdf", "This PDF is broken and cannot be read."),
        (b"PK\x03\x04", "letter.docx", "letter.docx is damaged."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(
    browser: Client, content: bytes, name: str, sentence: str
) -> None:
    assert sentence in refused(browser, ADD, file=file(content, name))[0]
    assert not Visit.objects.exists()


def test_a_files_name_is_kept_without_what_cannot_be_shown(browser: Client) -> None:
    done(browser, ADD, file=file(name="a\u202eb.txt"))
    assert Letter.objects.get().file_name == "ab.txt"


def test_a_request_that_is_too_large_is_refused_unread(browser: Client) -> None:
    response = browser.post(ADD, {"text": LETTER}, headers={"content-length": str(LARGEST_BODY + 1)})
    assert response.status_code == 413
    assert errors_on(tree_of(response.content)) == [TOO_LARGE]


def test_a_form_without_its_token_is_refused(lead: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(lead)
    assert browser.post(ADD, {"text": LETTER}).status_code == 403
    assert not Letter.objects.exists()


def test_a_letter_of_the_same_visit_is_refused_with_a_link_to_the_one_there(
    browser: Client, inspection: Inspection
) -> None:
    a_letter(inspection)
    response = browser.post(ADD, {"text": LETTER})
    tree = tree_of(response.content)
    assert errors_on(tree) == [
        "There is a letter of visit 3, of July 2017, already. Open that one, or remove it first."
    ]
    (link,) = (each for each in tree.cssselect("a") if text_of(each) == "Open the letter that is there")
    assert link.attrib["href"] == KEEP
    assert tree.cssselect("textarea")[0].value.strip() == LETTER.strip()
    assert Letter.objects.count() == 1


def test_a_visit_without_a_letter_gets_it(browser: Client, inspection: Inspection) -> None:
    visit = a_visit(inspection, number=3)
    done(browser, ADD, text=LETTER)
    assert Letter.objects.get().visit == visit


def test_only_the_lead_of_the_plan_adds_a_letter(client: Client, inspection: Inspection) -> None:
    publish(a_letter(inspection))
    other = person_with_plan(Role.IMPROVEMENT_LEAD, make_plan("other"), "Otto Other")
    others = [other, *(person_with(role) for role in (Role.CLERK, Role.MEMBER, Role.MONITORING_OFFICER))]
    for someone in others:
        browser = browser_of(someone)
        assert browser.get(ADD).status_code == 404
        assert browser.post(ADD, {"text": LETTER}).status_code == 404
    assert client.get(ADD)["Location"].startswith("/sign-in/")
    assert Letter.objects.count() == 1


def test_an_inspection_that_is_not_there_takes_no_letter(browser: Client) -> None:
    assert browser.get("/ofsted/nothing/letters/add/").status_code == 404


def test_the_page_is_not_kept_by_any_cache(browser: Client) -> None:
    assert "no-store" in browser.get(ADD)["Cache-Control"]
    assert page(browser, ADD).cssselect("form[enctype='multipart/form-data']")
