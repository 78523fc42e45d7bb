"""What stands for a paper: a report is chosen, frozen, frozen anew, or attached as it was frozen before."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from tests.access.people.pages import done, page, refused, sentences
from tests.agenda.brought import address_of, bring_to, make_paper, put_out
from tests.agenda.publishing_worlds import report
from tests.improvement.keeping import form_values
from torbay_reports.access.models import User
from torbay_reports.agenda.desk import content
from torbay_reports.agenda.models import DeskEntry, Meeting, Paper
from torbay_reports.agenda.uploading import check as uploading_check
from torbay_reports.documents import registry
from torbay_reports.documents.blocks import Document
from torbay_reports.documents.registry import ReportSource
from torbay_reports.publishing.models import Publication
from torbay_reports.publishing.packplan import Restriction

pytestmark = pytest.mark.django_db
SOURCE = "invented.moorings"


class Moorings:
    """A report whose sentence a test changes, and what stands against freezing it."""

    says = "Nothing is asked for."
    against: tuple[str, ...] = ()

    def build(self, subject: str) -> Document:
        if subject != "2017":
            raise LookupError(f"There are no moorings of {subject}.")
        return report(self.says, title="Moorings", source=SOURCE)

    def obstacles(self, _subject: str) -> tuple[str, ...]:
        return self.against


@pytest.fixture
def moorings(monkeypatch: pytest.MonkeyPatch) -> Moorings:
    made = Moorings()
    source = ReportSource(SOURCE, "Moorings", made.build, obstacles=made.obstacles, subjects=lambda meets_on: ["2017"])
    monkeypatch.setitem(registry._sources, SOURCE, source)
    return made


@pytest.fixture
def paper(moorings: Moorings) -> Paper:
    return make_paper("moorings")


def at(paper: Paper, page_name: str = "") -> str:
    return f"{address_of(paper)}content/{page_name}"


def now(paper: Paper) -> Paper:
    return Paper.objects.with_content(restricted=True).select_related("item__meeting__committee").get(pk=paper.pk)


def chosen(paper: Paper, by: User) -> Paper:
    return content.choose(paper=paper, source=SOURCE, subject="2017", seen=content.seen_of(now(paper)), by=by)


def frozen(paper: Paper, by: User) -> Paper:
    return content.freeze(paper=paper, seen=content.seen_of(now(paper)), by=by)


def test_the_clerk_chooses_a_report_and_freezes_it(browser: Client, paper: Paper) -> None:
    assert "Nothing yet: it is to follow." in sentences(browser, at(paper))
    data = form_values(page(browser, at(paper)))
    done(browser, at(paper), **{**data, "report": f"{SOURCE} 2017"})
    assert "Moorings, 2017: chosen, and not frozen yet" in sentences(browser, at(paper))
    assert "can take some seconds" in sentences(browser, at(paper, "freeze/"))
    done(browser, at(paper, "freeze/"), **form_values(page(browser, at(paper, "freeze/"))))
    publication = now(paper).publication
    assert publication is not None
    assert (publication.source, publication.subject, publication.version) == (SOURCE, "2017", 1)
    assert [each.says for each in DeskEntry.objects.all()] == [
        "Item 7: a report chosen to stand for a paper.",
        "Item 7: the report of a paper frozen.",
    ]


def test_it_is_frozen_anew_after_the_page_said_what_differs(
    browser: Client, paper: Paper, clerk: User, moorings: Moorings
) -> None:
    frozen(chosen(paper, clerk), clerk)
    assert "has not changed since it was frozen" in sentences(browser, at(paper, "freeze/"))
    moorings.says = "A crane is asked for."
    said = sentences(browser, at(paper, "freeze/"))
    assert "1 place differs from what is frozen." in said
    assert "“Nothing is asked for.” is now “A crane is asked for.”" in said
    done(browser, at(paper, "freeze/"), **form_values(page(browser, at(paper, "freeze/"))))
    assert list(Publication.objects.values_list("version", flat=True).order_by("version")) == [1, 2]


def test_one_frozen_state_stands_for_papers_of_two_packs(browser: Client, paper: Paper, clerk: User) -> None:
    state = frozen(chosen(paper, clerk), clerk).publication
    other = chosen(make_paper("again"), clerk)
    assert state is not None
    done(browser, at(other, f"attach/{state.pk}/"), **form_values(page(browser, at(other, f"attach/{state.pk}/"))))
    assert now(other).publication == now(paper).publication == state
    assert browser.get(at(other, f"attach/{state.pk + 1}/")).status_code == 404


def test_what_stands_against_freezing_is_said(browser: Client, paper: Paper, clerk: User, moorings: Moorings) -> None:
    moorings.against = ("Nobody has looked at the crane yet.",)
    chosen(paper, clerk)
    assert "Nobody has looked at the crane yet." in sentences(browser, at(paper, "freeze/"))
    with pytest.raises(ValidationError, match="is not published. Nobody has looked at the crane yet."):
        frozen(paper, clerk)
    assert not Publication.objects.exists()


def test_a_subject_that_there_is_not_is_told_with_the_reports_own_sentence(browser: Client, paper: Paper) -> None:
    data = form_values(page(browser, at(paper)))
    assert refused(browser, at(paper), **{**data, "report": SOURCE, "subject": "1066"}) == [
        "Moorings: there is no such report. There are no moorings of 1066."
    ]
    assert refused(browser, at(paper), **{**data, "report": SOURCE}) == [
        "Type what the report is about, or choose a report with its subject."
    ]
    assert browser.post(at(paper), {**data, "report": SOURCE, "subject": "\0"}).status_code == 200
    assert now(paper).source == ""


def test_a_file_gives_way_to_a_report_and_a_report_to_a_file(browser: Client, paper: Paper, clerk: User) -> None:
    chosen(bring_to(paper, clerk), clerk)
    assert (now(paper).upload, now(paper).is_built) == (None, True)
    done(browser, at(paper, "clear/"), **form_values(page(browser, at(paper, "clear/"))))
    assert not now(paper).is_built


def test_what_is_out_keeps_what_it_is_made_of(browser: Client, paper: Paper, clerk: User) -> None:
    put_out(bring_to(paper, clerk))
    assert content.IS_OUT in sentences(browser, at(paper))
    with pytest.raises(ValidationError, match="what it is made of stays"):
        chosen(paper, clerk)


def test_a_form_about_what_stood_there_before_changes_nothing(browser: Client, paper: Paper, clerk: User) -> None:
    data = form_values(page(browser, at(paper)))
    chosen(paper, clerk)
    assert refused(browser, at(paper), **{**data, "report": f"{SOURCE} 2017"}) == [content.STALE]


def test_an_exempt_papers_report_is_frozen_among_the_restricted(
    browser: Client, moorings: Moorings, clerk: User
) -> None:
    kept = frozen(chosen(make_paper("crane", restriction=Restriction.EXEMPT), clerk), clerk)
    assert now(kept).content.publication is not None
    assert not Publication.objects.exists()
    assert "The crane" not in " ".join(each.says for each in DeskEntry.objects.all())
    assert "NOT FOR PUBLICATION: exempt" in sentences(browser, at(kept))


def test_what_stands_for_papers_of_a_moved_meeting_stays(
    browser: Client, paper: Paper, moorings: Moorings, clerk: User
) -> None:
    paper = chosen(paper, clerk)
    meeting = paper.item.meeting
    meeting.moved_to = Meeting.objects.create(committee=meeting.committee, held_on=meeting.held_on + timedelta(days=7))
    meeting.save()
    moved = "This meeting is moved to Wednesday 13 September 2017: its agenda is kept there."
    seen = content.seen_of(paper)
    for act in (
        lambda: content.choose(paper=paper, source=SOURCE, subject="2017", seen=seen, by=clerk),
        lambda: content.clear(paper=paper, seen=seen, by=clerk),
        lambda: content.freeze(paper=paper, seen=seen, by=clerk),
        lambda: content.attach(paper=paper, number=1, seen=seen, by=clerk),
        lambda: uploading_check(now(paper), Restriction.OPEN),
    ):
        with pytest.raises(ValidationError, match=moved):
            act()
    for page_name in ("", "freeze/", "clear/"):
        assert moved in sentences(browser, at(paper, page_name))
    assert not Publication.objects.exists()
