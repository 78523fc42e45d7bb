"""What is read back is what was published."""

import pytest
from django.db import connection

from tests.access.cast import person
from tests.publishing.test_services import KEY, small
from torbay_reports.publishing.models import Publication
from torbay_reports.publishing.packplan import Edition, Restriction
from torbay_reports.publishing.selectors import DamagedPublication, document_of, stored_pack
from torbay_reports.publishing.services import publish

pytestmark = pytest.mark.django_db


def test_a_publication_whose_bytes_were_changed_is_not_read() -> None:
    publish(document=small(), restriction=Restriction.OPEN, by=person())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE publishing_publication SET document_json = replace(document_json, 'A paper', 'B paper')")
    with pytest.raises(DamagedPublication, match="“A paper, version 1” is not what was published"):
        document_of(Publication.objects.get())


def test_a_pack_that_is_not_built_is_nothing() -> None:
    assert stored_pack(KEY, Edition.PUBLIC) is None
