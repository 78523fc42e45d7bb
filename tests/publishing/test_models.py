"""The database itself refuses what a publication must not be."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.access.cast import person
from torbay_reports.core import clock
from torbay_reports.publishing.models import FrozenRow, Publication, StoredPack

pytestmark = pytest.mark.django_db


def publication(**changes: Any) -> Publication:
    fields: dict[str, Any] = {
        "source": "invented.report",
        "subject": "2031-32/q1",
        "version": 1,
        "title": "A paper",
        "restriction": "open",
        "edition": "public",
        "document_json": "{}",
        "checksum": "0" * 64,
        "frozen_at": clock.now(),
        "frozen_by": person(f"Robin {Publication.objects.count()}"),
    }
    return Publication.objects.create(**{**fields, **changes})


@pytest.mark.parametrize(
    "changes",
    [
        {"edition": "restricted"},
        {"restriction": "exempt"},
        {"restriction": "confidential"},
        {"restriction": "secret", "edition": "restricted"},
        {"version": 0},
        {"checksum": "0" * 63 + "G"},
        {"title": ""},
        {"frozen_by": None},
    ],
    ids=str,
)
def test_a_row_that_contradicts_itself_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        publication(**changes)


def test_one_version_stands_once() -> None:
    publication()
    with pytest.raises(IntegrityError), transaction.atomic():
        publication(frozen_by=person("Kim Lea"))


@pytest.mark.parametrize("restriction", ["exempt", "confidential"])
def test_a_restricted_row_is_of_the_restricted_edition(restriction: str) -> None:
    assert str(publication(restriction=restriction, edition="restricted")) == "A paper, version 1"


def test_a_stored_publication_cannot_be_saved_again() -> None:
    stored = publication()
    stored.title = "Another title"
    with pytest.raises(FrozenRow, match="becomes a new version"):
        stored.save()


def test_publications_cannot_be_updated_together() -> None:
    publication()
    with pytest.raises(FrozenRow):
        Publication.objects.update(title="Another title")


def test_a_pack_stands_once_for_its_edition() -> None:
    fields: dict[str, Any] = {
        "key": "k",
        "pdf": b"%PDF-",
        "pages": {},
        "checksum": "0" * 64,
        "plan_checksum": "1" * 64,
        "built_at": clock.now(),
    }
    StoredPack.objects.create(edition="public", **fields)
    assert str(StoredPack.objects.create(edition="restricted", **fields)) == "k, restricted edition"
    with pytest.raises(IntegrityError), transaction.atomic():
        StoredPack.objects.create(edition="public", **fields)
