"""Why a paper is exempt or confidential: given by its clerk or the monitoring officer, and printed as its marking."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.access.cast import person_with, sign_in
from tests.access.people.pages import done, page, refused, sentences, text_of
from tests.agenda.held_back import (
    BALANCE,
    REVIEW,
    SECRET,
    SHA,
    WHY,
    address_of,
    again,
    brought,
    make_held_back,
    with_confidential_grounds,
    with_grounds,
)
from torbay_reports.access.models import AccessRecord, User
from torbay_reports.access.roles import Role
from torbay_reports.agenda.grounds import ground_words, markings, obstacles
from torbay_reports.agenda.models import BroughtFile, HeldBackEntry, JobState, Paper
from torbay_reports.core import clock
from torbay_reports.publishing.packplan import Restriction

pytestmark = pytest.mark.django_db
ACT = "of Part 1 of Schedule 12A to the Local Government Act 1972"
TYPED = {
    "numbers": ["3"],
    "contract": "no",
    "reason": WHY,
    "public_interest": BALANCE,
    "review_on": "1/3/2018",
    "qualified": "on",
}
TERMS = {
    "furnished_by": "the Home Office",
    "prohibited_by": "",
    "reason": "Not to be disclosed.",
    "review_on": "1/3/2018",
}


@pytest.fixture
def paper(db: None) -> Paper:
    return make_held_back()


@pytest.fixture
def confidential(db: None) -> Paper:
    return make_held_back(Restriction.CONFIDENTIAL, slug="terms")


def page_of(paper: Paper) -> str:
    return address_of(paper, "grounds/")


@pytest.mark.parametrize("role", [Role.CLERK, Role.MONITORING_OFFICER])
def test_clerk_and_monitoring_officer_give_the_grounds(paper: Paper, role: Role) -> None:
    officer, client = person_with(role), Client()
    sign_in(client, officer)
    place, notices = done(client, page_of(paper), **TYPED)
    assert place == address_of(paper, "readers/")
    assert notices == ["The grounds are kept. Each copy of the paper that is made from now on is marked with them."]
    kept = again(paper)
    assert (kept.descriptions, kept.description_list) == ([3], date(2006, 3, 1))
    held_back = kept.held_back
    assert (held_back.reason, held_back.public_interest, held_back.review_on) == (WHY, BALANCE, REVIEW)
    assert held_back.has_contract_terms is False
    assert kept.has_grounds


def test_they_stand_in_the_record_without_a_word_of_them(browser: Client, paper: Paper, clerk: User) -> None:
    done(browser, page_of(paper), **TYPED)
    entry = AccessRecord.objects.get(kind="grounds_set")
    assert entry.person == clerk
    assert entry.about == "Exempt paper under item 7, Overview and Scrutiny Board, 6 September 2017"
    assert entry.key == f"paper:{paper.pk}"
    assert entry.reason == "you are clerk since 9 May 2017"
    told = HeldBackEntry.objects.get()
    assert told.says == (f"Exempt by paragraph 3. Reason: {WHY} Public interest: {BALANCE} Review on 1 March 2018.")


def test_the_page_says_the_acts_words_and_what_was_given(browser: Client, paper: Paper) -> None:
    done(browser, page_of(paper), **TYPED)
    said = sentences(browser, page_of(paper))
    assert f"Item 7, {SECRET}." in said
    assert "Paragraph 5: Information in respect of which a claim to legal professional privilege" in said
    assert "Schedule 12A as it stood from 1 March 2006" in said
    assert "Paragraph 9: Not exempt if it relates to proposed development" in said
    assert f"Each copy is marked now: NOT FOR PUBLICATION by virtue of paragraph 3 {ACT}" in said
    tree = page(browser, page_of(paper))
    assert [each.attrib["value"] for each in tree.cssselect("input[name=numbers][checked]")] == ["3"]
    assert tree.get_element_by_id("id_reason").text_content().strip() == WHY
    assert not tree.cssselect("input[name=qualified][checked]")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"numbers": []}, "Choose at least one description."),
        ({"numbers": ["8"]}, "There is no such choice. Choose one from the list."),
        ({"contract": ""}, "Say whether the paper holds terms proposed for a contract."),
        ({"reason": " "}, "Say why the paper is exempt."),
        ({"reason": "x" * 1001}, "“Reason” is too long. Write at most 1,000 characters."),
        (
            {"public_interest": ""},
            "Weigh the public interest: say what speaks for disclosing the paper, and why it weighs less.",
        ),
        ({"review_on": ""}, "Give the day of the review."),
        ({"review_on": "5/9/2017"}, "The review has to come after today."),
        ({"review_on": "8/9/2018"}, "The review is at most a year away: 7 September 2018 or before."),
        (
            {"qualified": ""},
            "Confirm that none of the Schedule's qualifications keeps the paper from being exempt, or open it.",
        ),
    ],
)
def test_what_is_missing_is_said(browser: Client, paper: Paper, given: dict[str, Any], sentence: str) -> None:
    assert refused(browser, page_of(paper), **{**TYPED, **given}) == [sentence]
    assert not again(paper).has_grounds
    assert not HeldBackEntry.objects.exists()


def test_terms_of_a_contract_are_asked_for_paragraph_3_alone(browser: Client, paper: Paper) -> None:
    done(browser, page_of(paper), **{**TYPED, "numbers": ["5"], "contract": "yes"})
    assert again(paper).held_back.has_contract_terms is False
    done(browser, page_of(paper), **{**TYPED, "contract": "yes"})
    assert again(paper).held_back.has_contract_terms is True


def test_a_paper_of_an_older_meeting_rests_on_the_list_of_its_day(browser: Client) -> None:
    old = make_held_back(held_on=date(2005, 6, 1))
    tree = page(browser, page_of(old))
    assert len(tree.cssselect("input[name=numbers]")) == 15
    assert not tree.cssselect("[name=public_interest], [name=contract]")
    done(browser, page_of(old), numbers=["9"], reason=WHY, review_on="1/3/2018", qualified="on")
    kept = again(old)
    assert kept.description_list == date(1986, 4, 1)
    assert markings(kept)[1].endswith("Part I of Schedule 12A to the Local Government Act 1972 (terms of a contract)")


def test_a_confidential_paper_names_who_forbids_it(browser: Client, confidential: Paper) -> None:
    assert "no resolution is needed" in sentences(browser, page_of(confidential))
    done(browser, page_of(confidential), **TERMS)
    kept = again(confidential)
    assert kept.has_grounds
    assert (kept.descriptions, kept.description_list) == ([], None)
    assert "Furnished by the Home Office upon terms which forbid" in markings(kept)[0]
    assert "Home Office" not in markings(kept)[1]
    assert ground_words(kept) == "Confidential: the Home Office"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"furnished_by": ""}, "Name the department, or the enactment or order that forbids it."),
        ({"reason": ""}, "Say its terms: without them the paper is not confidential."),
        (
            {"review_on": "31/13/2018"},
            "“Review on” is no day that can be read. Type one like 5/9/2017 or 5 September 2017.",
        ),
    ],
)
def test_what_a_confidential_paper_lacks_is_said(
    browser: Client, confidential: Paper, given: dict[str, str], sentence: str
) -> None:
    assert refused(browser, page_of(confidential), **{**TERMS, **given}) == [sentence]
    assert not again(confidential).has_grounds


def test_the_marking_says_exempt_alone_while_there_are_no_grounds(paper: Paper, confidential: Paper) -> None:
    assert markings(paper) == ("NOT FOR PUBLICATION: exempt",) * 2
    assert ground_words(paper) == "Exempt"
    assert markings(confidential)[0].startswith("NOT FOR PUBLICATION: confidential information within the meaning of")
    assert ground_words(confidential) == "Confidential"


def test_the_marking_has_the_acts_words_and_a_shorter_form(paper: Paper, clerk: User) -> None:
    kept = with_grounds(paper, clerk, (3, 1))
    long, short = markings(kept)
    assert long.startswith(f"NOT FOR PUBLICATION by virtue of paragraphs 1 and 3 {ACT}: 1. Information relating to any")
    assert short.endswith("(an individual; financial or business affairs)")
    assert ground_words(kept) == "Exempt: paragraph 1, an individual; paragraph 3, financial or business affairs"


def test_papers_without_grounds_stand_against_publishing_by_their_item_alone(paper: Paper, clerk: User) -> None:
    make_held_back(Restriction.CONFIDENTIAL, slug="letter", title="The letter of the Home Office")
    found = obstacles(paper.instalment)
    assert found == [
        "Item 7: nobody has said yet under which description of Schedule 12A a paper is exempt. Give its grounds on "
        "the check list.",
        "Item 7: nobody has said yet who or what forbids that a paper is published. Give its grounds on the check "
        "list.",
    ]
    with_grounds(paper, clerk)
    assert obstacles(paper.instalment) == found[1:]
    with_confidential_grounds(Paper.objects.get(slug="letter"), clerk)
    assert obstacles(paper.instalment) == []


def test_obstacles_cost_one_query_however_many_papers_there_are(paper: Paper) -> None:
    for number in range(5):
        make_held_back(slug=f"more-{number}")
    with CaptureQueriesContext(connection) as captured:
        assert len(obstacles(paper.instalment)) == 6
    assert len(captured) == 1


def test_what_was_decided_on_other_grounds_falls_with_them(paper: Paper, clerk: User) -> None:
    kept = with_grounds(paper, clerk, (3, 5))
    kept.held_back.every_councillor = True
    kept.held_back.save()
    assert with_grounds(kept, clerk, (5, 3), reason="Worded better.").held_back.every_councillor is True
    assert with_grounds(kept, clerk, (1, 5)).held_back.every_councillor is None


def test_grounds_of_the_other_kind_are_refused(paper: Paper, clerk: User) -> None:
    with pytest.raises(ValidationError, match="Meanwhile this paper is exempt"):
        with_confidential_grounds(paper, clerk)
    Paper.objects.filter(pk=paper.pk).update(restriction="confidential")
    with pytest.raises(ValidationError, match="Meanwhile this paper is confidential"):
        with_grounds(paper, clerk)
    assert not HeldBackEntry.objects.exists()


def test_a_paper_under_several_numbers_that_are_not_in_its_list_is_refused_whole(paper: Paper, clerk: User) -> None:
    with pytest.raises(LookupError):
        with_grounds(paper, clerk, (3, 9))
    assert again(paper).descriptions == []


@pytest.mark.parametrize("role", [each for each in Role if each not in {Role.CLERK, Role.MONITORING_OFFICER}])
def test_nobody_else_gets_there(paper: Paper, role: Role) -> None:
    client = Client()
    sign_in(client, person_with(role))
    assert client.get(page_of(paper)).status_code == 404
    assert client.post(page_of(paper), TYPED).status_code == 404
    assert not again(paper).has_grounds


def test_an_open_paper_has_no_grounds(browser: Client, paper: Paper) -> None:
    other = make_held_back(slug="open")
    other.held_back.delete()
    Paper.objects.filter(pk=other.pk).update(restriction="open", title="Open")
    assert browser.get(page_of(other)).status_code == 404


def test_the_page_is_not_kept_and_wants_a_recent_proof(browser: Client, paper: Paper, clerk: User) -> None:
    response = browser.get(page_of(paper))
    assert "no-store" in response["Cache-Control"]
    sign_in(browser, clerk, ago=timedelta(hours=5))
    late = browser.get(page_of(paper))
    assert late.status_code == 302
    assert SECRET not in late.content.decode()


def test_the_check_list_says_what_is_missing_and_leads_there(browser: Client, paper: Paper, clerk: User) -> None:
    address = f"{paper.item.meeting.get_absolute_url()}build/"
    assert f"Item 7: {SECRET}. Exempt. Grounds missing The restricted edition is not published" in sentences(
        browser, address
    )
    links = [each.attrib["href"] for each in page(browser, address).cssselect("main a")]
    assert page_of(paper) in links
    assert address_of(paper, "readers/") in links
    with_grounds(paper, clerk, (3, 5))
    said = sentences(browser, address)
    assert "Grounds missing" not in said
    assert "To be decided The monitoring officer has to decide who may read it." in said


def test_the_upload_form_says_that_grounds_come_next(browser: Client, paper: Paper) -> None:
    tree = page(browser, address_of(paper, "upload/"))
    hint = tree.get_element_by_id("id_restriction_helptext")
    assert "exempt or confidential you give the grounds next" in text_of(hint)
    assert tree.get_element_by_id("id_restriction").attrib["aria-describedby"] == "id_restriction_helptext"


def test_a_restricted_file_that_is_brought_leads_to_the_grounds(browser: Client, paper: Paper, clerk: User) -> None:
    upload = brought(paper, clerk).held_back.upload
    now = clock.now()
    file = BroughtFile.objects.create(
        paper=paper,
        state=JobState.DONE,
        asked_at=now,
        started_at=now,
        finished_at=now,
        asked_by=clerk,
        name="kiosk.pdf",
        restriction="exempt",
        closes_paper=False,
        checksum=SHA,
        restricted_upload=upload,
    )
    address = address_of(paper, f"upload/{file.pk}/")

    def leads_there() -> bool:
        return page_of(paper) in [each.attrib["href"] for each in page(browser, address).cssselect("main a")]

    assert leads_there()
    with_grounds(paper, clerk)
    assert not leads_there()
