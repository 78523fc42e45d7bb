"""The resolution to exclude the public is made of what the public may know, and put before what is exempt."""

from dataclasses import asdict

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from tests.access.people.pages import done, page, sentences
from tests.agenda.held_back import SECRET, make_held_back, put_out, with_grounds
from tests.improvement.keeping import form_values
from torbay_reports.access.models import User
from torbay_reports.agenda.desk import exclusion
from torbay_reports.agenda.models import AgendaItem, Instalment, Paper
from torbay_reports.publishing.bundles.values import ItemEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(clerk: User) -> Paper:
    """An exempt paper under item 7, after item 6."""
    paper = with_grounds(make_held_back(), clerk)
    AgendaItem.objects.create(meeting=paper.item.meeting, number="6", title="Moorings", position=6)
    return paper


def test_it_names_item_and_description_and_nothing_of_the_paper(paper: Paper) -> None:
    proposed = exclusion.propose(paper.item.meeting)
    assert proposed is not None
    assert "during item 7, “Harbours”" in proposed.words
    assert "Paragraph 3:" in proposed.words
    assert SECRET not in proposed.words
    assert proposed.before == paper.item


def test_the_clerk_puts_it_in_its_place_from_the_check_list(browser: Client, paper: Paper) -> None:
    meeting = paper.item.meeting
    build, address = f"{meeting.get_absolute_url()}build/", f"{meeting.get_absolute_url()}exclusion/"
    assert exclusion.is_missing(meeting)
    assert "The agenda lacks the resolution to exclude the public before item 7." in sentences(browser, build)
    place, [notice] = done(browser, address, **form_values(page(browser, address)))
    assert (place, notice[:7]) == (build, "Item 6a")
    assert [(each.number, each.kind) for each in meeting.items.order_by("position")] == [
        ("6", "business"),
        ("6a", "exclusion"),
        ("7", "business"),
    ]
    assert exclusion.advice(meeting) == ""
    assert "says what it has to say" in sentences(browser, address)


def test_it_is_brought_up_to_date(paper: Paper, clerk: User) -> None:
    meeting = paper.item.meeting
    exclusion.put_in_place(meeting=meeting, by=clerk)
    with_grounds(paper, clerk, (3, 5))
    assert exclusion.is_out_of_date(meeting)
    item = exclusion.update(meeting=meeting, by=clerk)
    assert "Paragraph 5:" in item.words
    assert not exclusion.is_out_of_date(meeting)


def test_it_is_moved_before_what_it_excludes_while_it_is_not_out(paper: Paper, clerk: User) -> None:
    meeting = paper.item.meeting
    AgendaItem.objects.create(meeting=meeting, number="6A", title="Quays", position=5)
    item = exclusion.put_in_place(meeting=meeting, by=clerk)
    assert item.number == "6b"
    AgendaItem.objects.filter(pk=item.pk).update(position=20)
    assert "Item 6b stands after item 7" in exclusion.advice(meeting)
    assert exclusion.is_out_of_date(meeting)
    exclusion.update(meeting=meeting, by=clerk)
    assert list(meeting.items.order_by("position").values_list("number", flat=True)) == ["6A", "6", "6b", "7"]
    assert exclusion.advice(meeting) == ""
    AgendaItem.objects.filter(pk=item.pk).update(position=20)
    out = put_out(paper)
    out.pk, out.version, out.contents = None, 2, [asdict(ItemEntry("6b", exclusion.TITLE, ()))]
    out.save(force_insert=True)
    with pytest.raises(ValidationError, match="keeps its place"):
        exclusion.update(meeting=meeting, by=clerk)
    assert "keeps its place. The meeting has to take it before that item." in exclusion.advice(meeting)


def test_once_the_agenda_is_out_the_open_supplement_brings_it(paper: Paper, clerk: User) -> None:
    meeting = paper.item.meeting
    put_out(paper)
    with pytest.raises(ValidationError, match="no supplement is open"):
        exclusion.put_in_place(meeting=meeting, by=clerk)
    assert exclusion.item_of(meeting) is None
    supplement = Instalment.objects.create(meeting=meeting, number=2, dated=meeting.held_on)
    assert exclusion.put_in_place(meeting=meeting, by=clerk).added_in == supplement


def test_without_an_exempt_paper_there_is_nothing_to_resolve(browser: Client, clerk: User) -> None:
    meeting = make_held_back().item.meeting
    assert exclusion.propose(meeting) is None
    assert exclusion.NOT_NEEDED in sentences(browser, f"{meeting.get_absolute_url()}exclusion/")
    with pytest.raises(ValidationError, match="nothing to resolve"):
        exclusion.put_in_place(meeting=meeting, by=clerk)


def test_several_exempt_papers_cost_no_more_queries(
    paper: Paper, clerk: User, django_assert_num_queries: object
) -> None:
    assert callable(django_assert_num_queries)
    for slug in ("pontoon", "crane"):
        with_grounds(make_held_back(slug=slug), clerk)
    with django_assert_num_queries(1):
        exclusion.propose(paper.item.meeting)
