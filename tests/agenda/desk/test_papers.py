"""Papers are added under items, named, moved and taken away while they are not out."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tests.agenda.brought import bring_to
from tests.agenda.desk.world import a_paper, a_supplement, again, an_item, make_meeting, out_with_one_missing, says
from tests.agenda.held_back import SECRET, brought, with_grounds
from torbay_reports.access.models import User
from torbay_reports.agenda.bringing import send
from torbay_reports.agenda.desk.papers import (
    add_paper,
    move_to_item,
    newest_paper,
    paper_mark,
    retitle_paper,
    take_paper_away,
)
from torbay_reports.agenda.desk.refusals import ChangedMeanwhile
from torbay_reports.agenda.models import Paper, RestrictedPaper, WithdrawnPaper
from torbay_reports.core import clock
from torbay_reports.publishing.models import RestrictedPdf, UploadedPdf
from torbay_reports.publishing.packplan import Restriction

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(clerk: User) -> Paper:
    return a_paper(an_item(make_meeting(), clerk), clerk)


def test_a_paper_is_to_follow_and_goes_out_with_the_agenda(paper: Paper) -> None:
    assert (paper.slug, paper.title, paper.position) == ("budget", "Budget", 1)
    assert (paper.instalment.number, paper.content.publication, paper.content.upload) == (0, None, None)


def test_two_of_one_title_have_addresses_of_their_own(paper: Paper, clerk: User) -> None:
    assert a_paper(paper.item, clerk).slug == "budget-2"
    long = [a_paper(paper.item, clerk, "x" * 300).slug for _ in range(2)]
    assert long == ["x" * 80, "x" * 78 + "-2"]
    assert a_paper(paper.item, clerk, "???").slug == "paper"


@pytest.mark.parametrize("restriction", list(Restriction))
def test_a_form_that_is_sent_twice_adds_one_paper(paper: Paper, clerk: User, restriction: Restriction) -> None:
    given: dict[str, Any] = {"item": paper.item, "title": "Budget", "restriction": restriction, "by": clerk}
    newest = newest_paper(paper.item)
    made = add_paper(**given, newest=newest)
    with pytest.raises(ValidationError, match="“Budget” is added to item 5 already: this form was sent twice"):
        add_paper(**given, newest=newest)
    assert add_paper(**given, newest=newest_paper(paper.item)).slug != made.slug


def test_a_restricted_papers_title_stands_in_its_own_row_alone(paper: Paper, clerk: User) -> None:
    kiosk = a_paper(paper.item, clerk, SECRET, Restriction.EXEMPT)
    assert (kiosk.title, kiosk.slug, kiosk.content.title) == ("", "exempt-paper", SECRET)
    retitle_paper(paper=kiosk, title=f"{SECRET} again", seen=paper_mark(kiosk), by=clerk)
    take_paper_away(paper=kiosk, seen=paper_mark(again(kiosk)), by=clerk)
    assert not RestrictedPaper.objects.exists()
    assert not [each for each in says(paper.item.meeting) if "kiosk" in each]


def test_a_paper_after_the_agenda_goes_out_with_the_supplement(clerk: User) -> None:
    meeting, there, _ = out_with_one_missing(clerk)
    with pytest.raises(ValidationError, match="Make a supplement first"):
        a_paper(there.item, clerk, "Appendix")
    supplement = a_supplement(meeting, clerk)
    assert a_paper(there.item, clerk, "Appendix").instalment == supplement


def test_a_title_changes_until_it_is_published(paper: Paper, clerk: User) -> None:
    retitle_paper(paper=paper, title="Revenue", seen=paper_mark(paper), by=clerk)
    assert (again(paper).title, again(paper).slug) == ("Revenue", "budget")


def test_what_is_published_or_listed_keeps_title_and_place(clerk: User) -> None:
    _, there, missing = out_with_one_missing(clerk)
    for out, sentence in (there, "published, so it stays"), (missing, "published as one to follow"):
        with pytest.raises(ValidationError, match="so the title stays"):
            retitle_paper(paper=out, title="Other", seen=paper_mark(out), by=clerk)
        with pytest.raises(ValidationError, match=sentence):
            take_paper_away(paper=out, seen=paper_mark(out), by=clerk)
        with pytest.raises(ValidationError, match=sentence):
            move_to_item(paper=out, item=there.item, seen=paper_mark(out), by=clerk)
    assert Paper.objects.count() == 2


def test_a_paper_goes_under_another_item_with_an_address_of_its_own(paper: Paper, clerk: User) -> None:
    other = an_item(paper.item.meeting, clerk, "6")
    a_paper(other, clerk)
    moved = move_to_item(paper=paper, item=other, seen=paper_mark(paper), by=clerk)
    assert (again(moved).item, again(moved).slug, again(moved).position) == (other, "budget-2", 2)
    with pytest.raises(ValidationError, match="under item 6 already"):
        move_to_item(paper=moved, item=other, seen=paper_mark(again(moved)), by=clerk)
    elsewhere = an_item(make_meeting(paper.item.meeting.held_on.replace(day=13)), clerk)
    with pytest.raises(ValidationError, match="not on this meeting's agenda"):
        move_to_item(paper=moved, item=elsewhere, seen=paper_mark(again(moved)), by=clerk)


def test_the_file_that_was_brought_goes_with_its_paper(paper: Paper, clerk: User) -> None:
    kiosk = brought(a_paper(paper.item, clerk, SECRET, Restriction.EXEMPT), clerk)
    for each in (bring_to(paper, clerk), kiosk):
        take_paper_away(paper=each, seen=paper_mark(again(each)), by=clerk)
    assert (UploadedPdf.objects.count(), RestrictedPdf.objects.count(), Paper.objects.count()) == (0, 0, 0)


def test_a_file_that_stands_elsewhere_too_stays(paper: Paper, clerk: User) -> None:
    bring_to(paper, clerk)
    other = a_paper(paper.item, clerk)
    Paper.objects.filter(pk=other.pk).update(upload=again(paper).upload)
    take_paper_away(paper=paper, seen=paper_mark(again(paper)), by=clerk)
    assert again(other).upload == UploadedPdf.objects.get()


def test_a_paper_that_was_withdrawn_stays(paper: Paper, clerk: User) -> None:
    WithdrawnPaper.objects.create(paper=paper, at=clock.now(), by=clerk, office="the clerk", why="A mistake.")
    with pytest.raises(ValidationError, match="was withdrawn"):
        take_paper_away(paper=paper, seen=paper_mark(paper), by=clerk)
    assert Paper.objects.exists()


def test_a_paper_whose_file_is_being_read_stays(paper: Paper, clerk: User) -> None:
    send(paper=paper, seen=None, name="a.pdf", data=b"%PDF-1.7", restriction=Restriction.OPEN, by=clerk)
    with pytest.raises(ValidationError, match="just being read"):
        take_paper_away(paper=paper, seen=paper_mark(paper), by=clerk)


def test_a_paper_about_which_something_was_decided_stays(paper: Paper, clerk: User) -> None:
    kiosk = with_grounds(a_paper(paper.item, clerk, SECRET, Restriction.EXEMPT), clerk)
    with pytest.raises(ValidationError, match="Decisions about this paper are on record"):
        take_paper_away(paper=kiosk, seen=paper_mark(kiosk), by=clerk)


def test_who_takes_away_what_another_has_changed_is_told(paper: Paper, clerk: User) -> None:
    seen = paper_mark(paper)
    bring_to(again(paper), clerk)
    with pytest.raises(ChangedMeanwhile):
        take_paper_away(paper=paper, seen=seen, by=clerk)
    assert again(paper).upload is not None
