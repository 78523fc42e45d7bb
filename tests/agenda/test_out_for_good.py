"""What was withdrawn, moved or shared is not put out again, put out under an old day, or taken from under a version."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from tests.access.cast import person_with
from tests.agenda import publishing_worlds as worlds
from tests.set_once import set_once
from torbay_reports.access.models import User
from torbay_reports.access.roles import Role
from torbay_reports.agenda.business import NotReadyToPublish
from torbay_reports.agenda.desk import content
from torbay_reports.agenda.models import AgendaItem, Instalment, Meeting, PackBuild, Paper
from torbay_reports.agenda.published import is_upload_out, withdrawn_publications
from torbay_reports.agenda.publishing import publish_pack
from torbay_reports.agenda.whole import so_far, whole_pack
from torbay_reports.publishing.checks.whole import check_whole
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.leaks.pdfs import page_texts
from torbay_reports.publishing.models import Bundle
from torbay_reports.publishing.packplan import Edition

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _set_once() -> Iterator[None]:
    with set_once():
        yield


@pytest.fixture
def clerk() -> User:
    return person_with(Role.CLERK)


@pytest.fixture
def instalment(clerk: User) -> Instalment:
    return worlds.make_meeting(clerk)


def later(instalment: Instalment) -> Paper:
    """A paper to follow at a later meeting, to be built from the report of the harbours."""
    held_on = instalment.meeting.held_on + timedelta(days=14)
    meeting = Meeting.objects.create(committee=instalment.meeting.committee, held_on=held_on)
    item = AgendaItem.objects.create(meeting=meeting, number="5", title="Harbours", position=1)
    agenda = Instalment.objects.create(meeting=meeting, number=0, dated=held_on)
    source = {"source": worlds.HARBOURS, "subject": "2017"}
    return Paper.objects.create(item=item, instalment=agenda, slug="fees", title="Fees", position=1, **source)


def test_a_withdrawn_state_of_a_report_stands_for_no_other_paper(instalment: Instalment, clerk: User) -> None:
    worlds.put_out(instalment)
    state = worlds.paper_of(instalment).publication_id
    assert state is not None
    paper = later(instalment)
    assert [each.pk for each in content.frozen_states(paper, clerk)] == [state]
    worlds.withdraw(instalment, clerk)
    assert withdrawn_publications(restricted=False) == {state}
    assert content.frozen_states(paper, clerk) == []
    with pytest.raises(ValidationError, match="no frozen state of that number"):
        content.attach(paper=paper, number=state, seen=content.seen_of(paper), by=clerk)


def test_the_restricted_edition_waits_for_the_public_letters_page_numbers(instalment: Instalment, clerk: User) -> None:
    Paper.objects.filter(instalment=instalment).delete()
    worlds.add_tenders(instalment, clerk)
    with pytest.raises(NotReadyToPublish, match="Publish that first"):
        publish_pack(instalment=instalment, edition=Edition.RESTRICTED, by=clerk)


def test_the_restricted_pack_so_far_says_that_the_public_reads_a_newer_version(
    instalment: Instalment, clerk: User
) -> None:
    worlds.add_tenders(instalment, clerk)
    worlds.put_out(instalment, Edition.PUBLIC)
    worlds.put_out(instalment, Edition.RESTRICTED)
    assert so_far(instalment.meeting, Edition.RESTRICTED).missing == ""
    worlds.freeze(worlds.paper_of(instalment), worlds.report(worlds.SECOND_FIGURE), clerk)
    publish_pack(instalment=instalment, edition=Edition.PUBLIC, by=clerk, why="A figure was wrong.")
    assert "Of Supplement 1 the public has a newer version" in so_far(instalment.meeting, Edition.RESTRICTED).missing


def test_what_was_never_out_of_a_moved_meeting_does_not_go_out_any_more(instalment: Instalment, clerk: User) -> None:
    moved = Meeting.objects.create(
        committee=instalment.meeting.committee, held_on=instalment.meeting.held_on + timedelta(days=7)
    )
    worlds.put_out(instalment)
    Meeting.objects.filter(pk=instalment.meeting_id).update(moved_to=moved)
    worlds.freeze(worlds.paper_of(instalment), worlds.report(worlds.SECOND_FIGURE), clerk)
    corrected = publish_pack(instalment=instalment, edition=Edition.PUBLIC, by=clerk, why="A figure was wrong.")
    assert corrected.version == 2
    other = Instalment.objects.get(pk=instalment.pk)
    other.pk, other.number = None, 2
    other.save(force_insert=True)
    with pytest.raises(NotReadyToPublish, match="Supplement 2 is not published: the meeting was moved"):
        publish_pack(instalment=worlds.again(other), edition=Edition.PUBLIC, by=clerk)


def test_with_a_paper_goes_its_title_from_the_agenda_that_lists_it(instalment: Instalment, clerk: User) -> None:
    agenda = Instalment.objects.get(pk=instalment.pk)
    agenda.pk, agenda.number = None, 0
    agenda.save(force_insert=True)
    Paper.objects.filter(slug="harbours").update(listed_in=agenda, title="Sale to Jane Marlowe")
    for each in (agenda, instalment):
        worlds.put_out(worlds.again(each))
    assert "Jane Marlowe" in pack_text(instalment.meeting)
    worlds.withdraw(instalment, clerk)
    assert so_far(instalment.meeting, Edition.PUBLIC).out == ()
    for each in (agenda, instalment):
        publish_pack(instalment=worlds.again(each), edition=Edition.PUBLIC, by=clerk, why="A paper was withdrawn.")
    assert "Jane Marlowe" not in pack_text(instalment.meeting)
    assert set(PackBuild.objects.values_list("instalment__number", flat=True)) == {0, 1}


def pack_text(meeting: Meeting) -> str:
    """All that the pack so far says."""
    return " ".join(" ".join(page_texts(whole_pack(meeting, Edition.PUBLIC).pdf)).split())


def test_a_file_that_stands_in_a_version_is_known_to(instalment: Instalment) -> None:
    worlds.put_out(instalment)
    assert not is_upload_out(7)
    Bundle.objects.bulk_create([_with_upload(Bundle.objects.get(), 7)])
    assert is_upload_out(7)


def _with_upload(bundle: Bundle, key: int) -> Bundle:
    bundle.pk, bundle.version, bundle.uploads = None, bundle.version + 1, [key]
    return bundle


def test_a_page_number_that_stands_twice_stops_the_join() -> None:
    with pytest.raises(PackFault, match="Page 2 stands twice"):
        check_whole(b"", ("1", "2", "2"))
