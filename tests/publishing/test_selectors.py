"""What is read back is what was published."""

import pytest
from django.db import connection

from tests.access.cast import person
from tests.past_the_triggers import past_the_triggers
from tests.publishing.test_services import KEY, small
from torbay_reports.publishing.models import Publication, RestrictedPublication
from torbay_reports.publishing.packplan import Edition, Restriction
from torbay_reports.publishing.selectors import DamagedPublication, document_of, stored_pack
from torbay_reports.publishing.services import publish

pytestmark = pytest.mark.django_db


def test_a_publication_whose_bytes_were_changed_is_not_read() -> None:
    publish(document=small(), restriction=Restriction.OPEN, by=person())
    with past_the_triggers(), connection.cursor() as cursor:
        cursor.execute("UPDATE publishing_publication SET document_json = replace(document_json, 'A paper', 'B paper')")
    with pytest.raises(DamagedPublication, match="“A paper, version 1” is not what was published"):
        document_of(Publication.objects.get())


def test_what_is_said_of_a_damaged_restricted_publication_names_nothing_of_it() -> None:
    publish(document=small(), restriction=Restriction.EXEMPT, by=person())
    with past_the_triggers():
        RestrictedPublication._base_manager.update(document_json="{}")
    damaged = r"“exempt publication \d+, version 1” is not what was published"
    with pytest.raises(DamagedPublication, match=damaged) as said:
        document_of(RestrictedPublication.objects.get())
    assert "A paper" not in str(said.value)


@pytest.mark.parametrize("edition", list(Edition))
def test_a_pack_that_is_not_built_is_nothing(edition: Edition) -> None:
    assert stored_pack(KEY, edition) is None
