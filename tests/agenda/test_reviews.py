"""The diary of reviews; a reviewed paper stays as it is, or is released to the public."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from tests.access.cast import person, person_with, sign_in
from tests.access.people.pages import done, page, refused, sentences, text_of
from tests.agenda.held_back import (
    REVIEW,
    SECRET,
    address_of,
    again,
    brought,
    document,
    frozen,
    make_held_back,
    put_out,
    with_confidential_grounds,
    with_grounds,
)
from tests.improvement.keeping import table_rows
from torbay_reports.access.decisions import may
from torbay_reports.access.models import AccessRecord, RoleAssignment, User
from torbay_reports.access.permissions import Permission
from torbay_reports.access.roles import Role
from torbay_reports.agenda.checklist import checklist
from torbay_reports.agenda.deciding import admit
from torbay_reports.agenda.models import Admission, HeldBackEntry, Paper, RestrictedPaper
from torbay_reports.agenda.restricting import close
from torbay_reports.agenda.reviews import diary, keep_back, release
from torbay_reports.core import clock
from torbay_reports.documents.blocks import from_json
from torbay_reports.publishing.models import Publication, RestrictedPublication, UploadedPdf
from torbay_reports.publishing.packplan import Edition, Restriction
from torbay_reports.publishing.services import publish

pytestmark = pytest.mark.django_db
DIARY = "/reviews/"
WHY = "The kiosk is sold."


@pytest.fixture
def officer(db: None) -> User:
    return person_with(Role.MONITORING_OFFICER)


@pytest.fixture
def desk(officer: User) -> Client:
    """The monitoring officer's browser, signed in."""
    client = Client()
    sign_in(client, officer)
    return client


@pytest.fixture
def paper(clerk: User) -> Paper:
    """An exempt paper with grounds, of which a restricted version holds the file."""
    kept = with_grounds(brought(make_held_back(), clerk), clerk)
    put_out(kept)
    return kept


def built(paper: Paper, clerk: User) -> Paper:
    """The same place with a frozen report."""
    publication = publish(document=document(), restriction=Restriction.EXEMPT, by=clerk)
    assert isinstance(publication, RestrictedPublication)
    return frozen(paper, publication)


def test_the_diary_has_what_is_due_what_is_soon_and_what_is_later(
    desk: Client, clerk: User, settings: Settings
) -> None:
    days = {
        "past": date(2017, 9, 20),
        "today": date(2017, 10, 1),
        "soon": date(2017, 10, 31),
        "later": date(2017, 11, 1),
    }
    for slug, day in days.items():
        with_grounds(make_held_back(slug=slug, title=slug.capitalize()), clerk, review_on=day)
    make_held_back(slug="without")
    settings.TODAY = date(2017, 10, 1)
    tree = page(desk, DIARY)
    cells = {caption: [row[0::2][:2] for row in table_rows(tree, caption)] for caption in ("due", "soon", "later")}
    assert cells == {
        "due": [["20 September 2017", "Item 7: Past"], ["1 October 2017", "Item 7: Today"]],
        "soon": [["31 October 2017", "Item 7: Soon"]],
        "later": [["1 November 2017", "Item 7: Later"]],
    }
    assert table_rows(tree, "due")[0][3] == "Exempt: paragraph 3, financial or business affairs"


def test_the_diary_leads_to_the_review_and_to_what_waits_for_a_decision(desk: Client, clerk: User) -> None:
    waiting = with_grounds(make_held_back(), clerk, (3, 5))
    links = {text_of(each).split(":")[0]: each.attrib["href"] for each in page(desk, DIARY).cssselect("main td a")}
    assert links == {
        "Review it": address_of(waiting, "review/"),
        "The monitoring officer has to decide who may read it": address_of(waiting, "readers/"),
    }


def test_an_empty_diary_says_so(desk: Client) -> None:
    assert "No review is due. In the next 30 days No review falls due in the next 30 days." in sentences(desk, DIARY)


def test_a_clerk_reads_the_diary_of_their_own_committees_and_reviews_nothing(paper: Paper, browser: Client) -> None:
    tree = page(browser, DIARY)
    assert len(table_rows(tree, "later")) == 1
    assert not [each for each in tree.cssselect("main a") if text_of(each).startswith("Review it")]
    other = person("Other Clerk")
    RoleAssignment.objects.create(
        person=other, role=Role.CLERK, scope_kind="committee", scope_slug="council", starts_on=date(2017, 5, 1)
    )
    client = Client()
    sign_in(client, other)
    assert SECRET not in sentences(client, DIARY)


@pytest.mark.parametrize("role", [each for each in Role if each not in {Role.CLERK, Role.MONITORING_OFFICER}])
def test_nobody_else_reads_the_diary(paper: Paper, role: Role) -> None:
    client = Client()
    sign_in(client, person_with(role))
    assert client.get(DIARY).status_code == 404


def test_the_public_is_sent_to_sign_in(client: Client) -> None:
    assert client.get(DIARY)["Location"].startswith("/accounts/login/") or client.get(DIARY).status_code == 302


def test_the_diary_is_not_kept_and_wants_a_recent_proof(desk: Client, paper: Paper, officer: User) -> None:
    assert "no-store" in desk.get(DIARY)["Cache-Control"]
    sign_in(desk, officer, ago=timedelta(hours=5))
    assert desk.get(DIARY).status_code == 302


def test_the_menu_offers_it_to_the_monitoring_officer_alone(desk: Client, browser: Client) -> None:
    def offered(client: Client) -> bool:
        return DIARY in [each.attrib["href"] for each in page(client, "/").cssselect("nav a")]

    assert (offered(desk), offered(browser), offered(Client())) == (True, False, False)


def test_the_diary_costs_the_same_number_of_queries_however_long_it_is(paper: Paper, clerk: User) -> None:
    def queries() -> int:
        officer = User.objects.get(pk=clerk.pk)
        with CaptureQueriesContext(connection) as captured:
            diary(officer)
        return len(captured)

    few = queries()
    for number in range(5):
        with_grounds(make_held_back(slug=f"more-{number}"), clerk)
    assert queries() == few <= 4


def test_a_reviewed_paper_stays_with_a_reason_and_another_day(desk: Client, paper: Paper, officer: User) -> None:
    address = address_of(paper, "review/")
    said = sentences(desk, address)
    assert f"Item 7, {SECRET}. Exempt: paragraph 3, financial or business affairs. Review on 1 March 2018." in said
    assert "Grounds of a paper set" in said
    place, notices = done(desk, address, reason="The sale goes on.", review_on="1/6/2018")
    assert place == DIARY
    assert notices == ["The paper stays not for publication. Next review: 1 June 2018."]
    assert again(paper).held_back.review_on == date(2018, 6, 1)
    entry = AccessRecord.objects.get(kind="paper_reviewed")
    assert (entry.person, entry.about, entry.reason) == (
        officer,
        "Exempt paper under item 7, Overview and Scrutiny Board, 6 September 2017",
        "you are monitoring officer since 9 May 2017",
    )
    assert HeldBackEntry.objects.get(kind="paper_reviewed").says == (
        "It stays exempt: The sale goes on. Next review on 1 June 2018."
    )


@pytest.mark.parametrize(
    ("reason", "day", "sentence"),
    [
        ("", "1/6/2018", "Say why it stays not for publication today, not why it was on the day of the meeting."),
        ("It stays.", "", "Give the day of the review."),
        ("It stays.", "5/9/2017", "The review has to come after today."),
        ("It stays.", "1/1/2020", "The review is at most a year away: 7 September 2018 or before."),
    ],
)
def test_a_review_without_reason_or_day_is_none(
    desk: Client, paper: Paper, reason: str, day: str, sentence: str
) -> None:
    assert refused(desk, address_of(paper, "review/"), reason=reason, review_on=day) == [sentence]
    assert again(paper).held_back.review_on == REVIEW


def test_without_grounds_there_is_nothing_to_review(desk: Client, officer: User) -> None:
    waiting = make_held_back()
    assert "so there is nothing to review" in sentences(desk, address_of(waiting, "review/"))
    with pytest.raises(ValidationError, match="nothing to review"):
        keep_back(paper=waiting, reason="It stays.", review_on=REVIEW, by=officer)


def test_a_brought_paper_is_released_with_a_file_of_its_own(desk: Client, paper: Paper, officer: User) -> None:
    address = address_of(paper, "release/")
    assert "What the public has read cannot be taken back." in sentences(desk, address)
    place, notices = done(desk, address, why=WHY, read="on")
    assert place == DIARY
    assert notices == ["Released. The public reads it once its clerk has published the next version of the pack."]
    opened = Paper.objects.get(pk=paper.pk)
    assert (opened.restriction, opened.title, opened.descriptions, opened.description_list) == (
        "open",
        SECRET,
        [],
        None,
    )
    assert opened.upload is not None
    assert opened.upload.texts == ["The kiosk goes for £90,000."]
    assert [each.paper for each in checklist(opened.instalment, Edition.PUBLIC).brought] == [opened]


def test_a_built_paper_is_released_as_an_open_publication(clerk: User, officer: User) -> None:
    kept = with_grounds(built(make_held_back(), clerk), clerk)
    put_out(kept)
    release(paper=kept, why=WHY, by=officer)
    opened = Paper.objects.get(pk=kept.pk)
    publication = Publication.objects.get()
    assert opened.publication == publication
    assert (opened.source, opened.subject) == ("harbour.kiosk", "2017")
    assert from_json(publication.document_json) == document()
    assert (publication.version, publication.frozen_by) == (1, officer)


def test_after_the_release_its_officers_alone_read_it_until_the_pack_is_published(
    paper: Paper, clerk: User, officer: User
) -> None:
    adviser = person("Ad Viser")
    admit(paper=paper, person=adviser, reason="They advise.", until=REVIEW, by=officer)
    release(paper=paper, why=WHY, by=officer)
    people = (clerk, officer, person_with(Role.MEMBER), adviser)
    assert [bool(may(each, Permission.READ_PUBLICATION, again(paper))) for each in people] == [True, True, False, False]


def test_it_is_recorded_without_its_title_and_kept_as_history(paper: Paper, officer: User) -> None:
    release(paper=paper, why=WHY, by=officer)
    entry = AccessRecord.objects.get(kind="paper_released")
    assert (entry.person, entry.about) == (
        officer,
        "Exempt paper under item 7, Overview and Scrutiny Board, 6 September 2017",
    )
    assert HeldBackEntry.objects.get(kind="paper_released").says == (
        f"Exempt: paragraph 3, financial or business affairs until now. Released: {WHY}"
    )
    held_back = RestrictedPaper.objects.get(pk=paper.pk)
    assert held_back.released_on == clock.today()
    assert held_back.reason
    assert diary(officer).later == []


def test_a_confidential_paper_warns_who_has_to_lift_its_terms(desk: Client, clerk: User) -> None:
    terms = brought(make_held_back(Restriction.CONFIDENTIAL), clerk)
    with_confidential_grounds(terms, clerk)
    said = sentences(desk, address_of(terms, "release/"))
    assert "Release it only once its terms are lifted by the Home Office, and say where that is written." in said


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"why": ""}, "Say what has changed since it was kept back."),
        ({"read": ""}, "Read the paper first, then tick this."),
    ],
)
def test_a_release_without_reason_or_reading_is_none(
    desk: Client, paper: Paper, given: dict[str, str], sentence: str
) -> None:
    assert refused(desk, address_of(paper, "release/"), **{"why": WHY, "read": "on", **given}) == [sentence]
    assert again(paper).is_restricted
    assert not UploadedPdf.objects.exists()


def test_what_is_not_there_is_not_released(desk: Client, officer: User) -> None:
    waiting = make_held_back()
    assert "so there is nothing to release" in sentences(desk, address_of(waiting, "release/"))
    with pytest.raises(ValidationError, match="nothing to release"):
        release(paper=waiting, why=WHY, by=officer)


def test_a_paper_is_released_once(paper: Paper, officer: User) -> None:
    release(paper=paper, why=WHY, by=officer)
    with pytest.raises(ValidationError, match="open already"):
        release(paper=paper, why=WHY, by=officer)
    with pytest.raises(ValidationError, match="open already"):
        keep_back(paper=paper, reason="It stays.", review_on=REVIEW, by=officer)
    assert UploadedPdf.objects.count() == 1


def test_a_released_paper_that_is_closed_again_begins_anew(paper: Paper, officer: User) -> None:
    admit(paper=paper, person=person("Ad Viser"), reason="They advise.", until=REVIEW, by=officer)
    release(paper=paper, why=WHY, by=officer)
    close(paper=Paper.objects.get(pk=paper.pk), restriction=Restriction.EXEMPT)
    kept = again(paper)
    assert (kept.is_restricted, kept.has_grounds, kept.is_there) == (True, False, False)
    assert kept.held_back.released_on is None
    assert kept.content.title == SECRET
    assert not Admission.objects.exists()
    assert HeldBackEntry.objects.filter(kind="paper_released").exists()
