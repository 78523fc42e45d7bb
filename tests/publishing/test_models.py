"""The database itself refuses what must not be, and that what is published changes."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction

from tests.access.cast import person
from tests.past_the_triggers import past_the_triggers
from torbay_reports.access.models import User
from torbay_reports.core import clock
from torbay_reports.publishing.models import (
    PACKS,
    AnyBundle,
    AnyPublication,
    Bundle,
    FrozenRow,
    PassedWarning,
    Publication,
    RestrictedBundle,
    RestrictedPack,
    RestrictedPassedWarning,
    RestrictedPdf,
    RestrictedPublication,
    RestrictedWithdrawal,
    StoredPack,
    UploadedPdf,
    Withdrawal,
)
from torbay_reports.publishing.packplan import Edition

pytestmark = pytest.mark.django_db

FROZEN = [Publication, RestrictedPublication]
BROUGHT = [UploadedPdf, RestrictedPdf]
PASSED = [(UploadedPdf, PassedWarning), (RestrictedPdf, RestrictedPassedWarning)]
PUBLISHED: dict[Edition, Any] = {Edition.PUBLIC: Bundle, Edition.RESTRICTED: RestrictedBundle}
WITHDRAWN: dict[Edition, Any] = {Edition.PUBLIC: Withdrawal, Edition.RESTRICTED: RestrictedWithdrawal}
FIRST_RESTRICTED_KEY = 1_000_000_001
SHA = "0" * 64


def somebody() -> User:
    return person(f"Robin {User.objects.count()}")


def created(model: type[models.Model], fields: dict[str, Any], changes: dict[str, Any]) -> Any:
    """A row of the model; exempt, where it is one of the restricted."""
    if model in (RestrictedPublication, RestrictedPdf):
        fields = {**fields, "restriction": "exempt"}
    return model._default_manager.create(**{**fields, **changes})


def publication(model: type[AnyPublication] = Publication, **changes: Any) -> Any:
    fields: dict[str, Any] = {
        "source": "invented.report",
        "subject": "2031-32/q1",
        "version": 1,
        "title": "A paper",
        "document_json": "{}",
        "checksum": SHA,
        "frozen_at": clock.now(),
        "frozen_by": somebody(),
    }
    return created(model, fields, changes)


def upload(model: type[UploadedPdf] | type[RestrictedPdf] = UploadedPdf, **changes: Any) -> Any:
    fields: dict[str, Any] = {
        "name": "boats.pdf",
        "title": "Boats",
        "original_checksum": SHA,
        "checksum": SHA,
        "part": b"its pages",
        "pages": 1,
        "is_tagged": True,
        "texts": [""],
        "findings": [],
        "uploaded_at": clock.now(),
        "uploaded_by": somebody(),
    }
    return created(model, fields, changes)


def bundle(edition: Edition, **changes: Any) -> AnyBundle:
    fields: dict[str, Any] = {
        "key": "board/2031-09-06/agenda",
        "version": 1,
        "title": "Harbour Board, Saturday 6 September 2031: Agenda",
        "committee": "Harbour Board",
        "meeting_on": date(2031, 9, 6),
        "manifest": SHA,
        "files": [],
        "contents": [],
        "letter": {},
        "papers": [1],
        "publications": [],
        "uploads": [],
        "pages": {},
        "plan_checksum": SHA,
        "published_at": clock.now(),
    }
    made: AnyBundle = PUBLISHED[edition].objects.create(**{**fields, **changes})
    return made


def refused(change: Callable[[], object], words: str) -> None:
    """The database refuses this change, and what came before it stands."""
    with pytest.raises(IntegrityError, match=words), transaction.atomic():
        change()


@pytest.mark.parametrize("model", FROZEN)
@pytest.mark.parametrize(
    "changes",
    [{"version": 0}, {"checksum": "0" * 63 + "G"}, {"title": ""}, {"source": ""}, {"frozen_by": None}],
    ids=str,
)
def test_a_publication_that_contradicts_itself_is_refused(model: type[AnyPublication], changes: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        publication(model, **changes)


@pytest.mark.parametrize("make", [publication, upload])
@pytest.mark.parametrize("restriction", ["open", "secret", ""])
def test_a_row_of_a_restricted_table_is_exempt_or_confidential(make: Callable[..., Any], restriction: str) -> None:
    model = RestrictedPublication if make is publication else RestrictedPdf
    refused(lambda: make(model, restriction=restriction), "is_not_open")


@pytest.mark.parametrize("model", [Publication, UploadedPdf])
def test_an_open_table_has_no_room_for_a_restriction(model: type[models.Model]) -> None:
    assert not {"restriction", "edition"} & {each.name for each in model._meta.get_fields()}
    assert model.restriction == "open"  # type: ignore[attr-defined]


@pytest.mark.parametrize("model", FROZEN)
def test_one_version_stands_once(model: type[AnyPublication]) -> None:
    publication(model)
    refused(lambda: publication(model), "version_once")


def test_exempt_and_confidential_versions_of_one_subject_are_counted_together() -> None:
    publication(RestrictedPublication)
    refused(lambda: publication(RestrictedPublication, restriction="confidential"), "version_once")
    publication(Publication)


@pytest.mark.parametrize(
    ("make", "model"),
    [
        (publication, RestrictedPublication),
        (upload, RestrictedPdf),
        (lambda model: bundle(Edition.RESTRICTED), RestrictedBundle),
    ],
)
def test_no_key_of_a_restricted_row_is_that_of_an_open_one(make: Callable[..., Any], model: object) -> None:
    assert make(model).pk >= FIRST_RESTRICTED_KEY


@pytest.mark.parametrize(
    ("make", "model"), [(publication, RestrictedPublication), (upload, RestrictedPdf)], ids=["publication", "upload"]
)
def test_keys_stay_apart_when_the_tables_are_emptied_and_begin_again(make: Callable[..., Any], model: Any) -> None:
    with connection.cursor() as cursor:
        # What `flush` does.
        cursor.execute(f"TRUNCATE {model._meta.db_table} RESTART IDENTITY CASCADE")
    assert make(model).pk == FIRST_RESTRICTED_KEY


def test_the_name_of_a_restricted_row_says_nothing_of_it() -> None:
    frozen, brought = publication(RestrictedPublication), upload(RestrictedPdf, restriction="confidential")
    assert str(frozen) == f"exempt publication {frozen.pk}, version 1"
    assert str(brought) == f"confidential PDF {brought.pk}"
    passed = RestrictedPassedWarning(upload=brought, code="no-text", page=2, reason="Boats are named.")
    assert str(passed) == f"no-text of confidential PDF {brought.pk}, page 2"


def test_an_open_row_is_told_by_its_name() -> None:
    assert (str(publication()), str(upload())) == ("A paper, version 1", "boats.pdf")


@pytest.mark.parametrize("model", FROZEN)
def test_a_stored_publication_cannot_be_saved_again(model: type[AnyPublication]) -> None:
    stored = publication(model)
    stored.title = "Another title"
    with pytest.raises(FrozenRow, match="becomes a new version"):
        stored.save()


@pytest.mark.parametrize("model", FROZEN)
def test_publications_cannot_be_updated_together(model: type[AnyPublication]) -> None:
    publication(model)
    with pytest.raises(FrozenRow):
        model.objects.update(title="Another title")


@pytest.mark.parametrize("model", FROZEN)
def test_the_database_neither_changes_nor_deletes_a_publication(model: type[AnyPublication]) -> None:
    kept = publication(model)
    rows = model._base_manager.filter(pk=kept.pk)
    before = rows.values().get()
    for field, value in (("title", "Another"), ("document_json", '{"a": 1}'), ("frozen_at", clock.now())):
        refused(partial(rows.update, **{field: value}), "never changes")
    refused(rows.delete, "never changes")
    refused(kept.delete, "never changes")
    assert rows.values().get() == before


@pytest.mark.parametrize("model", BROUGHT)
def test_the_database_never_changes_a_brought_pdf(model: type[UploadedPdf] | type[RestrictedPdf]) -> None:
    kept = upload(model)
    rows = model._base_manager.filter(pk=kept.pk)
    for field, value in (("part", b"other"), ("texts", ["other"]), ("title", "Other")):
        refused(partial(rows.update, **{field: value}), "never changes")
    kept.name = "other.pdf"
    refused(kept.save, "never changes")
    assert rows.get().name == "boats.pdf"
    rows.delete()
    assert not rows.exists()


@pytest.mark.parametrize("model", BROUGHT)
@pytest.mark.parametrize(
    ("changes", "constraint"),
    [({"pages": 0}, "has_pages"), ({"checksum": "x"}, "checksums"), ({"original_checksum": "x"}, "checksums")],
)
def test_a_brought_pdf_that_contradicts_itself_is_refused(
    model: type[UploadedPdf] | type[RestrictedPdf], changes: dict[str, Any], constraint: str
) -> None:
    refused(lambda: upload(model, **changes), constraint)


@pytest.mark.parametrize(("brought", "passed"), PASSED)
def test_a_warning_is_passed_once_with_a_reason_and_goes_with_its_file(
    brought: type[UploadedPdf] | type[RestrictedPdf],
    passed: type[PassedWarning] | type[RestrictedPassedWarning],
) -> None:
    file = upload(brought)
    given: dict[str, Any] = {"code": "no-text", "page": 2, "passed_at": clock.now(), "passed_by": somebody()}
    file.passed.create(**given, reason="It is a map.")
    refused(lambda: file.passed.create(**given, reason="It is a plan."), "once")
    refused(lambda: file.passed.create(**{**given, "page": 3}, reason=""), "has_reason")
    assert passed.objects.get().reason == "It is a map."
    file.delete()
    assert not passed.objects.exists()


def test_a_warning_about_a_restricted_pdf_stands_in_no_open_table() -> None:
    given: dict[str, Any] = {"code": "no-text", "page": 2, "reason": "So.", "passed_at": clock.now()}
    exempt = upload(RestrictedPdf)

    def pass_in_the_open() -> None:
        PassedWarning.objects.create(upload_id=exempt.pk, passed_by=somebody(), **given)
        connection.check_constraints()

    refused(pass_in_the_open, "foreign key")


@pytest.mark.parametrize("edition", list(Edition))
def test_a_pack_stands_once_for_its_edition(edition: Edition) -> None:
    fields: dict[str, Any] = {
        "key": "k",
        "pdf": b"%PDF-",
        "pages": {},
        "checksum": SHA,
        "plan_checksum": "1" * 64,
        "built_at": clock.now(),
    }
    for each in Edition:
        assert str(PACKS[each]._default_manager.create(**fields)) == f"k, {each} edition"
    refused(lambda: PACKS[edition]._default_manager.create(**fields), "key")
    refused(lambda: PACKS[edition]._default_manager.create(**{**fields, "key": "l", "checksum": "x"}), "checksums")
    assert (StoredPack.objects.count(), RestrictedPack.objects.count()) == (1, 1)


@pytest.mark.parametrize("edition", list(Edition))
def test_an_unfinished_bundle_is_finished_once_and_then_stays(edition: Edition) -> None:
    made = bundle(edition)
    rows = PUBLISHED[edition]._base_manager.filter(pk=made.pk)
    assert rows.update(written_at=clock.now()) == 1
    before = rows.values().get()
    changes: list[dict[str, Any]] = [
        {"written_at": None},
        {"written_at": clock.now()},
        {"reason": "Another"},
        {"files": [["index.html"]]},
        {"version": 2},
    ]
    for change in changes:
        refused(partial(rows.update, **change), "never changes")
    refused(rows.delete, "never changes")
    assert rows.values().get() == before


@pytest.mark.parametrize("edition", list(Edition))
def test_of_an_unfinished_bundle_nothing_changes_but_that_it_is_finished(edition: Edition) -> None:
    made = bundle(edition)
    rows = PUBLISHED[edition]._base_manager.filter(pk=made.pk)
    changes: list[dict[str, Any]] = [
        {"manifest": "1" * 64},
        {"papers": [1, 2]},
        {"written_at": None},
        {"written_at": clock.now(), "reason": "Another"},
    ]
    for change in changes:
        refused(partial(rows.update, **change), "never changes")
    assert rows.get().written_at is None


@pytest.mark.parametrize("edition", list(Edition))
def test_an_unfinished_bundle_is_taken_back(edition: Edition) -> None:
    made = bundle(edition)
    made.delete()
    assert not PUBLISHED[edition].objects.exists()
    bundle(edition)


@pytest.mark.parametrize("edition", list(Edition))
@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({}, "version_once"),
        ({"version": 0}, "version_from_1"),
        ({"version": 2, "manifest": "x"}, "checksums"),
        ({"version": 2, "plan_checksum": "x"}, "checksums"),
    ],
)
def test_a_bundle_that_contradicts_itself_or_another_is_refused(
    edition: Edition, changes: dict[str, Any], constraint: str
) -> None:
    bundle(edition)
    refused(lambda: bundle(edition, **changes), constraint)


@pytest.mark.parametrize("edition", list(Edition))
def test_a_withdrawal_is_noted_as_taken_once_and_neither_changed_nor_deleted(edition: Edition) -> None:
    made = bundle(edition, written_at=clock.now())
    given: dict[str, Any] = {"bundle": made, "at": clock.now(), "by": somebody(), "office": "Clerk", "why": "A name."}
    for empty in ("office", "why"):
        refused(partial(WITHDRAWN[edition]._default_manager.create, **{**given, empty: ""}), "says_why")
    WITHDRAWN[edition]._default_manager.create(**given)
    rows = WITHDRAWN[edition]._base_manager.filter(bundle=made)
    refused(lambda: rows.update(why="Another."), "neither changed nor deleted")
    refused(rows.delete, "neither changed nor deleted")
    refused(lambda: rows.update(taken_at=clock.now(), why="Another."), "neither changed nor deleted")
    assert rows.update(taken_at=clock.now()) == 1
    refused(lambda: rows.update(taken_at=None), "neither changed nor deleted")
    refused(lambda: rows.update(taken_at=clock.now()), "neither changed nor deleted")
    refused(rows.delete, "neither changed nor deleted")


@pytest.mark.parametrize("edition", list(Edition))
def test_bundles_are_found_by_where_they_stand(edition: Edition) -> None:
    now = clock.now()
    old, new, unfinished = (bundle(edition, version=n, written_at=at) for n, at in ((1, now), (2, now), (3, None)))
    gone_first = bundle(edition, key="k", version=1, written_at=now, papers=[2, 3], uploads=[7])
    gone = bundle(edition, key="k", version=2, written_at=now, papers=[2], publications=[8])
    WITHDRAWN[edition]._default_manager.create(bundle=gone, at=now, by=somebody(), office="Clerk", why="A name.")
    rows = PUBLISHED[edition].objects
    assert set(rows.all().written()) == {old, new, gone_first, gone}
    assert set(rows.all().unfinished()) == {unfinished}
    assert set(rows.all().available()) == {old, new, gone_first}
    # Of a key whose newest version is withdrawn none stands: not the one before it either.
    assert set(rows.all().standing()) == {new}
    assert sorted(rows.filter(key="k").paper_keys().values_list("paper", flat=True)) == [2, 2, 3]


def test_a_public_bundle_alone_keeps_the_words_that_are_out() -> None:
    assert [hasattr(model, "words") for model in (Bundle, RestrictedBundle)] == [True, False]


def test_the_triggers_sleep_for_a_test_that_damages_a_row_and_wake_again() -> None:
    kept = publication()
    rows = Publication._base_manager.filter(pk=kept.pk)
    with past_the_triggers():
        rows.update(title="Another")
    assert rows.get().title == "Another"
    refused(lambda: rows.update(title="A third"), "never changes")
