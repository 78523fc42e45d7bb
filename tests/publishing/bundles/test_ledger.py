"""The locked store keeps beside each bundle what the rows said when it was published."""

import json
from typing import Any

import pytest

from tests.access.cast import person
from tests.numbering import number_alike
from tests.publishing.bundles.test_pointing import BOARD, version
from tests.publishing.test_services import small
from torbay_reports.core import clock
from torbay_reports.publishing.bundles.ledger import entry_of, path_of, withdrawal_entry_of, withdrawal_path_of
from torbay_reports.publishing.models import Bundle, Withdrawal
from torbay_reports.publishing.packplan import Edition, Restriction
from torbay_reports.publishing.services import publish

pytestmark = pytest.mark.django_db

KEY = f"{BOARD}/agenda"


def holding(publication: Any, restriction: Restriction, edition: Edition) -> Any:
    paper = {"row": 1, "restriction": restriction.value, "publication": publication.pk, "upload": None}
    contents = [{"number": "5", "title": "Fees", "papers": [paper]}]
    return version(KEY, edition=edition, contents=contents, publications=[publication.pk])


def numbered_alike() -> tuple[Any, Any]:
    """An open and a restricted publication of one number."""
    number_alike(900_001)
    by = person()
    opened = publish(document=small("Fees"), restriction=Restriction.OPEN, by=by)
    exempt = publish(document=small("Tenders"), restriction=Restriction.EXEMPT, by=by)
    assert opened.pk == exempt.pk
    return opened, exempt


def test_an_entry_has_every_field_of_the_row_but_the_moment_of_its_writing() -> None:
    said = json.loads(entry_of(version(KEY)))
    assert set(said["bundle"]) == {field.attname for field in Bundle._meta.concrete_fields} - {"written_at"}
    assert (said["publications"], said["uploads"]) == ([], [])


def test_an_entry_names_what_was_frozen_with_its_checksum_and_person_and_not_its_words() -> None:
    opened, _ = numbered_alike()
    [row] = json.loads(entry_of(holding(opened, Restriction.OPEN, Edition.PUBLIC)))["publications"]
    assert (row["checksum"], row["frozen_by_id"], row["title"]) == (opened.checksum, opened.frozen_by_id, "Fees")
    assert "document_json" not in row


def test_of_two_rows_of_one_number_the_right_one_is_kept() -> None:
    opened, exempt = numbered_alike()
    public = holding(opened, Restriction.OPEN, Edition.PUBLIC)
    restricted = holding(exempt, Restriction.EXEMPT, Edition.RESTRICTED)
    for bundle, title in ((public, "Fees"), (restricted, "Tenders")):
        assert [row["title"] for row in json.loads(entry_of(bundle))["publications"]] == [title]


def test_the_same_rows_give_the_same_bytes() -> None:
    version(KEY)
    assert entry_of(Bundle.objects.get()) == entry_of(Bundle.objects.get())


def test_entries_of_both_editions_and_of_withdrawals_stand_apart() -> None:
    public, restricted = version(KEY), version(KEY, edition=Edition.RESTRICTED)
    paths = [path_of(public), path_of(restricted), withdrawal_path_of(public), withdrawal_path_of(restricted)]
    assert len(set(paths)) == 4
    assert paths[0] == f"ledger/public/{KEY}/1.json"


def test_an_entry_of_a_withdrawal_says_who_and_why_and_never_when_it_was_done() -> None:
    by = person()
    row = Withdrawal.objects.create(
        bundle=version(KEY), at=clock.now(), by=by, office="the clerk", why="It names a tenant."
    )
    said = json.loads(withdrawal_entry_of(row))
    assert (said["by_id"], said["why"], said["office"]) == (by.pk, "It names a tenant.", "the clerk")
    assert "taken_at" not in said
