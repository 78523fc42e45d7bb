"""What was given in confidence stands in a restricted edition only, and opens when its publication is recorded."""

from collections.abc import Callable
from datetime import date, timedelta
from threading import Event, Thread
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.access.cast import person_with, sign_in
from tests.access.people.pages import done, page, sentences
from tests.agenda import publishing_worlds as worlds
from tests.agenda.held_back import address_of, brought, make_held_back, with_confidential_grounds, with_grounds
from tests.agenda.jobs import BOARD, DAY
from tests.agenda.letter_desk import GIVEN, SOURCE, SUBJECT, TITLE, WHY, WORDS, LetterDesk, add_letter, add_meeting
from tests.agenda.letter_desk import open_desk as opened_desk
from tests.agenda.test_publishing import change_when_it_scans
from tests.agenda.test_uploads import wait_until_blocked
from tests.improvement.keeping import form_values
from tests.set_once import set_once
from torbay_reports.access.models import AccessRecord, User
from torbay_reports.access.roles import Role
from torbay_reports.agenda import confidence, reviews, secrets, services
from torbay_reports.agenda.business import NotReadyToPublish
from torbay_reports.agenda.checklist import checklist
from torbay_reports.agenda.desk.addresses import paper_page
from torbay_reports.agenda.grounds import give_confidential_grounds
from torbay_reports.agenda.holding import held_paper
from torbay_reports.agenda.models import HeldBackEntry, Instalment, Paper, RestrictedPaper
from torbay_reports.agenda.publishing import publish_pack
from torbay_reports.agenda.restricting import close, open_to_public
from torbay_reports.agenda.services import build_pack, publish_paper
from torbay_reports.agenda.withdrawing import withdraw_paper
from torbay_reports.core import clock
from torbay_reports.documents import registry
from torbay_reports.publishing.models import Bundle, Publication, RestrictedPublication
from torbay_reports.publishing.packplan import Edition, Restriction
from torbay_reports.publishing.selectors import DamagedPublication

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _rendered_once() -> Any:
    with set_once():
        yield


@pytest.fixture
def clerk(db: None) -> User:
    return person_with(Role.CLERK)


@pytest.fixture
def officer(db: None) -> User:
    return person_with(Role.MONITORING_OFFICER)


@pytest.fixture
def lead(db: None) -> User:
    """Who records that a letter is published."""
    return person_with(Role.IMPROVEMENT_LEAD)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> LetterDesk:
    return opened_desk(monkeypatch)


@pytest.fixture
def meeting(clerk: User) -> Instalment:
    """Of a meeting with two open papers, which are frozen."""
    return worlds.make_meeting(clerk)


@pytest.fixture
def paper(meeting: Instalment, desk: LetterDesk) -> Paper:
    """An open paper to follow, to be built from a letter that is held back."""
    return add_letter(meeting)


def now(paper: Paper) -> Paper:
    return held_paper(paper.pk)


def browser_of(person: User) -> Client:
    client = Client()
    sign_in(client, person)
    return client


def public_words() -> bytes:
    """Everything in the public store."""
    return b"".join(data for path, data in worlds.stored().items() if path.startswith("public/"))


def test_freezing_makes_an_open_paper_confidential_with_its_grounds(paper: Paper, clerk: User) -> None:
    frozen = publish_paper(paper=paper, by=clerk)
    assert frozen.held_back_as is Restriction.CONFIDENTIAL
    kept = now(paper)
    assert (kept.title, kept.source, kept.subject, kept.publication) == ("", "", "", None)
    held_back = kept.held_back
    assert (held_back.title, held_back.source, held_back.subject) == ("A letter", SOURCE, SUBJECT)
    assert (held_back.furnished_by, held_back.reason) == (GIVEN.furnished_by, GIVEN.terms)
    assert held_back.review_on == clock.today() + timedelta(weeks=4)
    assert kept.has_grounds
    assert held_back.publication == RestrictedPublication.objects.get()
    assert held_back.publication is not None
    assert WORDS in held_back.publication.document_json
    assert frozen.content.publication == held_back.publication
    assert not Publication.objects.filter(source=SOURCE).exists()
    assert HeldBackEntry.objects.get().by == clerk
    entry = AccessRecord.objects.get(kind="grounds_set")
    assert (entry.person, entry.about) == (clerk, f"Confidential paper under item 7, {paper.item.meeting}")


def test_the_page_that_freezes_it_leads_to_its_new_address(paper: Paper, clerk: User) -> None:
    browser, old = browser_of(clerk), paper_page("content-freeze", paper)
    place, notices = done(browser, old, **form_values(page(browser, old)))
    assert place == paper_page("paper-content", now(paper))
    assert "confidential-paper" in place
    assert notices == ["The report is frozen. The paper is confidential from now on."]
    assert browser.get(place).status_code == 200


def test_what_a_published_agenda_names_is_not_made_confidential(
    meeting: Instalment, paper: Paper, desk: LetterDesk, clerk: User
) -> None:
    worlds.put_out(meeting)
    with pytest.raises(NotReadyToPublish, match="^Item 7: .* Withdraw it, and put it on the agenda of the next"):
        publish_paper(paper=paper, by=clerk)
    assert not now(paper).is_restricted


def test_frozen_again_it_keeps_the_grounds_that_somebody_gave(paper: Paper, clerk: User) -> None:
    publish_paper(paper=paper, by=clerk)
    review = date(2018, 3, 1)
    give_confidential_grounds(
        paper=paper, furnished_by="the inspectorate", prohibited_by="", reason="No.", review_on=review, by=clerk
    )
    publish_paper(paper=now(paper), by=clerk)
    held_back = now(paper).held_back
    assert (held_back.furnished_by, held_back.review_on) == ("the inspectorate", review)
    assert RestrictedPublication.objects.count() == 1


def test_a_confidential_paper_without_grounds_is_given_them(paper: Paper, clerk: User) -> None:
    with transaction.atomic():
        close(paper=paper, restriction=Restriction.CONFIDENTIAL)
    RestrictedPaper.objects.update(names="Ada Quill")
    publish_paper(paper=now(paper), by=clerk)
    held_back = now(paper).held_back
    assert (held_back.furnished_by, held_back.names) == (GIVEN.furnished_by, "Ada Quill")
    assert held_back.publication is not None


def test_what_is_published_is_frozen_openly(paper: Paper, desk: LetterDesk, clerk: User) -> None:
    desk.published.add(SUBJECT)
    assert publish_paper(paper=paper, by=clerk).publication == Publication.objects.get(source=SOURCE)
    assert not RestrictedPaper.objects.exists()


def test_an_exempt_paper_is_refused_with_the_cure_and_without_its_title(paper: Paper, clerk: User) -> None:
    with transaction.atomic():
        close(paper=paper, restriction=Restriction.EXEMPT)
    with_grounds(now(paper), clerk)
    with pytest.raises(NotReadyToPublish, match="^Item 7: .* Put it on the agenda as a confidential paper") as refused:
        publish_paper(paper=now(paper), by=clerk)
    assert "letter" not in str(refused.value)
    assert now(paper).held_back_as is Restriction.EXEMPT
    assert not RestrictedPublication.objects.exists()


def test_an_open_paper_that_was_out_is_refused_with_the_cure(
    meeting: Instalment, paper: Paper, desk: LetterDesk, clerk: User
) -> None:
    desk.published.add(SUBJECT)
    publish_paper(paper=paper, by=clerk)
    worlds.put_out(meeting)
    desk.take_back()
    before = Publication.objects.count()
    with pytest.raises(NotReadyToPublish, match="^Item 7: .* Withdraw it, and put it on the agenda") as refused:
        publish_paper(paper=now(paper), by=clerk)
    assert "A letter" not in str(refused.value)
    assert not now(paper).is_restricted
    assert Publication.objects.count() == before


def test_what_is_held_back_while_it_is_built_is_not_frozen_openly(paper: Paper, desk: LetterDesk, clerk: User) -> None:
    desk.published.add(SUBJECT)
    desk.when_built = desk.take_back
    assert publish_paper(paper=paper, by=clerk).held_back_as is Restriction.CONFIDENTIAL
    assert not Publication.objects.filter(source=SOURCE).exists()


def test_a_paper_that_is_closed_while_it_is_built_stays_closed(paper: Paper, desk: LetterDesk, clerk: User) -> None:
    desk.published.add(SUBJECT)
    desk.when_built = lambda: close(paper=Paper.objects.get(pk=paper.pk), restriction=Restriction.CONFIDENTIAL)
    publish_paper(paper=paper, by=clerk)
    assert now(paper).held_back_as is Restriction.CONFIDENTIAL
    assert not Publication.objects.filter(source=SOURCE).exists()


def test_a_paper_of_which_somebody_changes_the_subject_meanwhile_is_not_frozen(
    paper: Paper, desk: LetterDesk, clerk: User
) -> None:
    desk.when_built = lambda: Paper.objects.filter(pk=paper.pk).update(subject="other/2017-07")
    with pytest.raises(NotReadyToPublish, match="Item 7: meanwhile somebody has changed"):
        publish_paper(paper=paper, by=clerk)
    assert not RestrictedPublication.objects.exists()


def test_a_freezing_that_fails_leaves_the_paper_as_it_was(
    paper: Paper, clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(**given: Any) -> None:
        raise OSError

    monkeypatch.setattr(services, "publish", failing)
    with pytest.raises(OSError), transaction.atomic():  # noqa: PT011
        publish_paper(paper=paper, by=clerk)
    assert (now(paper).held_back_as, now(paper).title) == (Restriction.OPEN, "A letter")
    assert not RestrictedPaper.objects.exists()
    assert not HeldBackEntry.objects.exists()


def test_the_restricted_edition_holds_it_marked_and_the_public_one_nothing_of_it(
    meeting: Instalment, paper: Paper, clerk: User
) -> None:
    publish_paper(paper=paper, by=clerk)
    bundle = worlds.put_out(meeting, Edition.RESTRICTED)
    assert paper.pk in bundle.papers
    assert WORDS.encode() not in public_words()
    assert b"A letter" not in public_words()
    said = sentences(browser_of(clerk), address_of(now(paper)))
    assert WORDS in said
    assert "NOT FOR PUBLICATION" in said
    assert GIVEN.furnished_by in said
    assert Client().get(address_of(now(paper))).status_code == 302


def taken_back(paper: Paper, desk: LetterDesk, clerk: User) -> None:
    """Frozen while it was published, which was taken back before the pack was out."""
    desk.published.add(SUBJECT)
    publish_paper(paper=paper, by=clerk)
    desk.take_back()


@pytest.mark.parametrize("ask", [build_pack, publish_pack])
def test_a_pack_is_not_made_with_what_was_taken_back(
    meeting: Instalment, paper: Paper, desk: LetterDesk, clerk: User, ask: Callable[..., Any]
) -> None:
    taken_back(paper, desk, clerk)
    with pytest.raises(
        NotReadyToPublish, match="The public edition is not built. Item 7: .*confidential or"
    ) as refused:
        ask(instalment=worlds.again(meeting), edition=Edition.PUBLIC, by=clerk)
    assert "A letter" not in str(refused.value)
    assert not Bundle.objects.exists()
    publish_paper(paper=now(paper), by=clerk)
    assert now(paper).held_back_as is Restriction.CONFIDENTIAL
    ask(instalment=worlds.again(meeting), edition=Edition.PUBLIC, by=clerk)
    assert WORDS.encode() not in public_words()


def test_nor_with_what_is_taken_back_while_its_files_are_looked_at(
    meeting: Instalment, paper: Paper, desk: LetterDesk, clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.published.add(SUBJECT)
    publish_paper(paper=paper, by=clerk)
    change_when_it_scans(monkeypatch, desk.take_back)
    with pytest.raises(NotReadyToPublish, match="The public edition is not published. Item 7"):
        worlds.put_out(meeting)
    assert not [path for path in worlds.stored() if path.startswith("public/packs/") and path.endswith("pack.pdf")]


def test_the_check_list_and_the_question_before_publishing_say_so(
    meeting: Instalment, paper: Paper, desk: LetterDesk, clerk: User
) -> None:
    client, page = browser_of(clerk), f"{meeting.meeting.get_absolute_url()}build/"
    asked = reverse("agenda:publish", args=[BOARD, DAY, "public"])
    heading = "Open papers that are confidential by now"
    desk.published.add(SUBJECT)
    publish_paper(paper=paper, by=clerk)
    build_pack(instalment=worlds.again(meeting), edition=Edition.PUBLIC, by=clerk)
    assert heading not in sentences(client, page)
    desk.take_back()
    assert checklist(worlds.again(meeting), Edition.PUBLIC).confidential_by_now == (
        confidence.CONFIDENTIAL_BY_NOW.format(item="7"),
    )
    assert f"{heading} The public edition is neither built nor published" in sentences(client, page)
    assert confidence.CONFIDENTIAL_BY_NOW.format(item="7") in sentences(client, asked)


def test_a_withdrawn_paper_holds_up_no_pack(meeting: Instalment, paper: Paper, desk: LetterDesk, clerk: User) -> None:
    desk.published.add(SUBJECT)
    publish_paper(paper=paper, by=clerk)
    worlds.put_out(meeting)
    desk.take_back()
    withdraw_paper(paper=now(paper), why="It was taken back.", by=clerk)
    assert confidence.obstacles(meeting) == []
    worlds.put_out(meeting, why="A paper was withdrawn.")


def test_the_monitoring_officer_cannot_release_what_is_still_confidential(
    paper: Paper, clerk: User, officer: User
) -> None:
    publish_paper(paper=paper, by=clerk)
    address, client = address_of(now(paper), "release/"), browser_of(officer)
    said = sentences(client, address)
    assert f"{GIVEN.terms} What was given in confidence must be withheld (section 100A(2) and (3))" in said
    assert not client.get(address).content.count(b"Release it</button>")
    assert client.post(address, {"why": "It is time.", "read": "on"}).status_code == 200
    with pytest.raises(ValidationError, match="there is no balance to strike"):
        reviews.release(paper=paper, why="It is time.", by=officer)
    assert now(paper).is_restricted
    assert not Publication.objects.filter(source=SOURCE).exists()


def test_nor_does_its_clerk_open_it_as_a_mistake(paper: Paper, clerk: User) -> None:
    frozen = publish_paper(paper=paper, by=clerk)
    with pytest.raises(ValidationError, match="has no brought PDF, and only such a paper can be opened here"):
        open_to_public(paper=frozen, upload=0, why="A mistake.", by=clerk)
    assert now(paper).is_restricted


def test_the_monitoring_officer_releases_one_that_stayed_behind_once_that_has_ended(
    paper: Paper, desk: LetterDesk, clerk: User, officer: User
) -> None:
    publish_paper(paper=paper, by=clerk)
    desk.published.add(SUBJECT)
    reviews.release(paper=paper, why="It is published.", by=officer)
    assert not now(paper).is_restricted


def test_recording_the_publication_opens_the_papers_of_all_meetings(
    meeting: Instalment, paper: Paper, desk: LetterDesk, clerk: User, lead: User
) -> None:
    later, other = add_letter(add_meeting(meeting)), add_letter(meeting, subject="other/2017-07", slug="other")
    for each in (paper, later, other):
        publish_paper(paper=each, by=clerk)
    desk.publish(lead)
    publication = Publication.objects.get(source=SOURCE)
    for each in (paper, later):
        opened = now(each)
        assert (opened.held_back_as, opened.title, opened.publication) == (Restriction.OPEN, "A letter", publication)
        assert (opened.source, opened.subject) == (SOURCE, SUBJECT)
        assert RestrictedPaper.objects.get(pk=each.pk).released_on == clock.today()
        entry = HeldBackEntry.objects.get(paper=each, kind="paper_released")
        assert (entry.by, entry.says) == (lead, f"Confidential: the Harbour Inspectorate until now. Released: {WHY}")
    assert now(other).is_restricted
    records = AccessRecord.objects.filter(kind="paper_released")
    assert {(each.person, each.reason) for each in records} == {(lead, confidence.ENDED)}
    assert not [each for each in records if "letter" in each.about.lower()]


def test_a_paper_with_nothing_frozen_is_an_open_one_to_follow_again(
    paper: Paper, desk: LetterDesk, clerk: User, lead: User
) -> None:
    with transaction.atomic():
        close(paper=paper, restriction=Restriction.CONFIDENTIAL)
    desk.publish(lead)
    opened = now(paper)
    assert (opened.held_back_as, opened.title, opened.source, opened.subject, opened.is_there) == (
        Restriction.OPEN,
        "A letter",
        SOURCE,
        SUBJECT,
        False,
    )
    assert publish_paper(paper=opened, by=clerk).publication is not None


def test_what_is_exempt_withdrawn_forbidden_by_a_court_or_released_stays_as_it_is(
    meeting: Instalment, desk: LetterDesk, clerk: User, lead: User
) -> None:
    exempt, gone, forbidden, released = (add_letter(meeting, slug=slug) for slug in ("a", "b", "c", "d"))
    with transaction.atomic():
        close(paper=exempt, restriction=Restriction.EXEMPT)
    with_grounds(now(exempt), clerk)
    for each in (gone, forbidden):
        publish_paper(paper=each, by=clerk)
    give_confidential_grounds(
        paper=forbidden, furnished_by="", prohibited_by="an order", reason="No.", review_on=date(2018, 3, 1), by=clerk
    )
    worlds.put_out(meeting, Edition.RESTRICTED)
    withdraw_paper(paper=now(gone), why="It names a tenant.", by=clerk)
    desk.published.add(SUBJECT)
    publish_paper(paper=released, by=clerk)
    before = now(released).publication
    desk.publish(lead)
    assert [now(each).is_restricted for each in (exempt, gone, forbidden, released)] == [True, True, True, False]
    assert now(released).publication == before
    assert not HeldBackEntry.objects.filter(kind="paper_released").exists()


def test_one_that_cannot_be_opened_leaves_all_as_they_were(
    meeting: Instalment, paper: Paper, desk: LetterDesk, clerk: User, lead: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = add_letter(meeting, slug="second")
    for each in (paper, second):
        publish_paper(paper=each, by=clerk)
    opened: list[Paper] = []

    def failing(*, paper: Paper, **given: Any) -> None:
        if opened:
            raise DamagedPublication
        opened.append(paper)
        reviews.make_open(paper=paper, **given)

    monkeypatch.setattr(confidence, "make_open", failing)
    with pytest.raises(DamagedPublication):
        registry.opened(source=SOURCE, subject=SUBJECT, why=WHY, by=lead)
    assert opened == [paper]
    assert [now(each).is_restricted for each in (paper, second)] == [True, True]
    assert not HeldBackEntry.objects.filter(kind="paper_released").exists()


def test_afterwards_the_pack_is_out_of_date_and_the_next_version_says_the_words(
    meeting: Instalment, paper: Paper, desk: LetterDesk, clerk: User, lead: User, client: Client
) -> None:
    publish_paper(paper=paper, by=clerk)
    worlds.put_out(meeting)
    worlds.put_out(meeting, Edition.RESTRICTED)
    desk.publish(lead)
    said = sentences(browser_of(clerk), f"{meeting.meeting.get_absolute_url()}build/")
    assert said.count("Out of date") == 2
    assert client.get(address_of(now(paper))).status_code == 302
    worlds.put_out(meeting, why="The letter is published.")
    assert WORDS.encode() in public_words()
    assert WORDS in sentences(client, address_of(now(paper)))


def test_recording_costs_no_more_queries_for_papers_of_other_letters(
    meeting: Instalment, paper: Paper, desk: LetterDesk, clerk: User, lead: User
) -> None:
    for number in range(3):
        publish_paper(paper=add_letter(meeting, subject=f"other-{number}/1", slug=f"o{number}"), by=clerk)
    with CaptureQueriesContext(connection) as captured:
        confidence.release(source=SOURCE, subject="nobody/1", why=WHY, by=lead)
    assert len([each for each in captured if "SAVEPOINT" not in each["sql"]]) == 1


def test_the_scan_finds_its_words_until_it_is_open_and_not_afterwards(
    paper: Paper, desk: LetterDesk, clerk: User, lead: User, tmp_path: Any
) -> None:
    publish_paper(paper=paper, by=clerk)
    (tmp_path / "index.html").write_text(f'<!DOCTYPE html><html lang="en"><title>Pack</title><p>{WORDS}</p></html>')
    with pytest.raises(NotReadyToPublish, match="words of the confidential paper under item 7") as refused:
        secrets.check_for_leaks(tmp_path)
    assert TITLE not in str(refused.value)
    desk.publish(lead)
    secrets.check_for_leaks(tmp_path)


def test_a_paper_that_was_brought_is_released_by_hand_and_its_page_says_so(
    meeting: Instalment, clerk: User, officer: User
) -> None:
    terms = with_confidential_grounds(brought(make_held_back(Restriction.CONFIDENTIAL), clerk), clerk, "Ofsted")
    said = sentences(browser_of(officer), address_of(terms, "release/"))
    assert "One that was brought as a file, as this was, becomes open here and in no other way." in said
    reviews.release(paper=terms, why="Ofsted published it.", by=officer)
    assert not now(terms).is_restricted


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first", ["freezing", "recording"])
def test_a_paper_frozen_while_the_publication_is_recorded_ends_open(
    first: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever comes second waits for who is first, and sees what they did."""
    desk, clerk, lead = opened_desk(monkeypatch), person_with(Role.CLERK), person_with(Role.IMPROVEMENT_LEAD)
    paper = add_letter(worlds.make_meeting(clerk))
    holds, failures = Event(), list[BaseException]()
    let_go = Event()

    def freeze() -> None:
        publish_paper(paper=Paper.objects.get(pk=paper.pk), by=clerk)

    def record() -> None:
        registry.opened(source=SOURCE, subject=SUBJECT, why=WHY, by=lead)

    def run(act: Callable[[], None], is_first: bool) -> None:
        try:
            with transaction.atomic():
                act()
                if is_first:
                    holds.set()
                    assert let_go.wait(60)
            if act is record:
                desk.published.add(SUBJECT)
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    acts = [freeze, record] if first == "freezing" else [record, freeze]
    if first == "recording":
        # What the transaction of the recording wrote is seen by nobody before it ends.
        real = desk.confidence
        monkeypatch.setattr(desk, "confidence", lambda subject: None if let_go.is_set() else real(subject))
    threads = [Thread(target=run, args=(act, place == 0)) for place, act in enumerate(acts)]
    threads[0].start()
    assert holds.wait(60)
    threads[1].start()
    wait_until_blocked()
    let_go.set()
    for thread in threads:
        thread.join(60)
    assert failures == []
    assert not now_in_turn(paper).is_restricted


def now_in_turn(paper: Paper) -> Paper:
    with transaction.atomic():
        return held_paper(paper.pk)
