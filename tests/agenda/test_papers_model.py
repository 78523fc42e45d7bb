"""What the public may know of a paper stands in one row, what it may not in another, and the database holds that."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import CaptureQueriesContext

from tests.access.cast import person
from tests.agenda.brought import bring_to, closed, make_paper, make_upload
from tests.publishing.test_services import small
from torbay_reports.access.models import User
from torbay_reports.agenda.models import Admission, Paper, RestrictedPaper, WithdrawnPaper
from torbay_reports.core import clock
from torbay_reports.publishing.packplan import Restriction
from torbay_reports.publishing.services import publish

pytestmark = pytest.mark.django_db

NOT_OPEN = [Restriction.EXEMPT, Restriction.CONFIDENTIAL]
LIST = date(2006, 3, 1)


def refused(rows: models.QuerySet[Any], changes: dict[str, Any], words: str) -> None:
    """The database refuses these values for these rows."""

    def change() -> None:
        with transaction.atomic():
            rows.update(**changes)
            connection.check_constraints()

    with pytest.raises(IntegrityError, match=words):
        change()


@pytest.mark.parametrize("restriction", NOT_OPEN)
@pytest.mark.parametrize(
    "said",
    [{"title": "The tenders"}, {"source": "budget.quarterly", "subject": "2017-18/q1"}, {"subject": "q1"}],
    ids=str,
)
def test_the_open_row_of_a_restricted_paper_says_nothing(restriction: Restriction, said: dict[str, str]) -> None:
    make_paper(restriction=restriction)
    refused(Paper.objects.all(), said, "restricted_says_nothing|source_with_subject")


@pytest.mark.parametrize("restriction", NOT_OPEN)
def test_the_open_row_of_a_restricted_paper_holds_no_content_not_even_an_open_one(
    clerk: User, restriction: Restriction
) -> None:
    make_paper(restriction=restriction)
    refused(Paper.objects.all(), {"upload": make_upload(clerk)}, "restricted_says_nothing")
    frozen = publish(document=small(), restriction=Restriction.OPEN, by=clerk)
    refused(Paper.objects.all(), {"publication": frozen}, "restricted_says_nothing")


@pytest.mark.parametrize("restriction", NOT_OPEN)
def test_an_open_paper_with_a_title_is_not_closed_in_one_column(restriction: Restriction) -> None:
    make_paper()
    refused(Paper.objects.all(), {"restriction": restriction}, "restricted_says_nothing")


def test_only_a_restricted_paper_names_descriptions_of_schedule_12a() -> None:
    open_paper, exempt = make_paper(), make_paper("appendix", restriction=Restriction.EXEMPT)
    rows = Paper.objects.filter(pk=open_paper.pk)
    refused(rows, {"descriptions": [3]}, "restricted_says_nothing")
    refused(rows, {"description_list": LIST}, "restricted_says_nothing")
    Paper.objects.filter(pk=exempt.pk).update(descriptions=[3, 5], description_list=LIST)
    assert Paper.objects.get(pk=exempt.pk).descriptions == [3, 5]


def test_neither_row_holds_content_of_the_other_kind(clerk: User) -> None:
    make_paper()
    exempt = make_paper("appendix", restriction=Restriction.EXEMPT)
    opened, held_back = Paper.objects.open(), RestrictedPaper.objects.filter(paper=exempt)
    for restriction, rows in ((Restriction.EXEMPT, opened), (Restriction.OPEN, held_back)):
        upload = make_upload(clerk, restriction=restriction)
        frozen = publish(document=small(), restriction=restriction, by=clerk)
        refused(rows, {"upload_id": upload.pk}, "foreign key")
        refused(rows, {"publication_id": frozen.pk}, "foreign key")


@pytest.mark.parametrize("restriction", list(Restriction))
def test_no_row_is_both_built_and_brought_or_has_a_source_without_a_subject(
    clerk: User, restriction: Restriction
) -> None:
    content = bring_to(make_paper(restriction=restriction), clerk).content
    rows = type(content)._default_manager.all()
    frozen = publish(document=small(), restriction=restriction, by=clerk)
    refused(rows, {"publication": frozen}, "built_or_brought")
    refused(rows, {"source": "budget.quarterly", "subject": "2017-18/q1"}, "built_or_brought")
    rows.update(upload=None)
    refused(rows, {"source": "budget.quarterly"}, "source_with_subject")
    refused(rows, {"subject": "2017-18/q1"}, "source_with_subject")


def test_what_is_held_back_has_a_title() -> None:
    make_paper(restriction=Restriction.EXEMPT)
    refused(RestrictedPaper.objects.all(), {"title": ""}, "has_title")


@pytest.mark.parametrize("restriction", list(Restriction))
def test_content_is_the_row_that_has_it(clerk: User, restriction: Restriction) -> None:
    paper = make_paper(restriction=restriction)
    assert not paper.is_there
    bring_to(paper, clerk)
    kept = Paper.objects.get()
    assert isinstance(kept.content, Paper) is (restriction is Restriction.OPEN)
    assert (kept.held_back_as, kept.is_restricted) == (restriction, restriction is not Restriction.OPEN)
    assert kept.content.title == "The letter"
    assert (kept.is_there, kept.is_built) == (True, False)


@pytest.mark.parametrize("restriction", list(Restriction))
def test_a_paper_is_built_or_there_by_what_its_content_says(clerk: User, restriction: Restriction) -> None:
    report = make_paper("report", source="budget.quarterly", subject="2017-18/q1")
    if restriction is not Restriction.OPEN:
        closed(report, restriction)
    assert (report.is_built, report.is_there) == (True, False)
    content = report.content
    content.source = content.subject = ""
    content.publication = publish(document=small(), restriction=restriction, by=clerk)
    content.save()
    kept = Paper.objects.get()
    assert (kept.is_built, kept.is_there) == (True, True)


def test_the_name_of_a_restricted_paper_says_nothing_of_it() -> None:
    exempt = make_paper(restriction=Restriction.EXEMPT)
    assert (str(exempt), str(exempt.content)) == (
        f"exempt paper {exempt.pk}",
        f"What is held back of paper {exempt.pk}",
    )
    assert str(make_paper("plan")) == "The plan"


def test_what_is_held_back_is_read_only_where_it_is_asked_for(clerk: User) -> None:
    bring_to(make_paper(), clerk)
    bring_to(make_paper("appendix", restriction=Restriction.EXEMPT), clerk)
    with CaptureQueriesContext(connection) as public:
        assert [each.content.title for each in Paper.objects.with_content().open()] == ["The letter"]
    assert "restricted" not in public[0]["sql"]
    with CaptureQueriesContext(connection) as restricted:
        found = list(Paper.objects.with_content(restricted=True))
        assert [each.content.title for each in found] == ["The letter", "The appendix"]
        assert [each.content.upload.name for each in found if each.content.upload] == ["letter.pdf"] * 2
    assert (len(public), len(restricted)) == (1, 1)
    for queries in (public, restricted):
        assert not [name for name in ('"part"', '"texts"', '"findings"') if name in queries[0]["sql"]]


def test_what_is_held_back_goes_with_its_paper(clerk: User) -> None:
    bring_to(make_paper(restriction=Restriction.EXEMPT), clerk)
    Paper.objects.get().item.meeting.delete()
    assert not RestrictedPaper.objects.exists()


def test_a_person_is_admitted_to_a_paper_once_with_a_reason(clerk: User) -> None:
    given: dict[str, Any] = {
        "paper": make_paper(restriction=Restriction.EXEMPT),
        "person": person("Alex Moor"),
        "until": date(2017, 12, 1),
        "admitted_at": clock.now(),
        "admitted_by": clerk,
    }
    with pytest.raises(IntegrityError, match="has_reason"), transaction.atomic():
        Admission.objects.create(**given, reason="")
    Admission.objects.create(**given, reason="They chair the panel.")
    with pytest.raises(IntegrityError, match="admission_once"), transaction.atomic():
        Admission.objects.create(**given, reason="They chair it.")


def test_a_paper_is_withdrawn_once_by_an_office_that_says_why(clerk: User) -> None:
    given: dict[str, Any] = {"paper": make_paper(), "at": clock.now(), "by": clerk, "office": "Clerk", "why": "A name."}
    for empty in ("office", "why"):
        with pytest.raises(IntegrityError, match="says_why"), transaction.atomic():
            WithdrawnPaper.objects.create(**{**given, empty: ""})
    WithdrawnPaper.objects.create(**given)
    with pytest.raises(IntegrityError, match="paper_id"), transaction.atomic():
        WithdrawnPaper.objects.create(**given)
