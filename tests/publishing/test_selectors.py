"""What is read back is what was published."""

import pytest
from django.db import connection

from tests.access.cast import person
from tests.publishing.test_services import KEY, small
from torbay_reports.publishing.models import Publication
from torbay_reports.publishing.packplan import Edition, Restriction
from torbay_reports.publishing.selectors import DamagedPublication, document_of, latest_open, page_map, stored_pack
from torbay_reports.publishing.services import publish

pytestmark = pytest.mark.django_db


def test_a_publication_whose_bytes_were_changed_is_not_read() -> None:
    publish(document=small(), restriction=Restriction.OPEN, by=person())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE publishing_publication SET document_json = replace(document_json, 'A paper', 'B paper')")
    with pytest.raises(DamagedPublication, match="“A paper, version 1” is not what was published"):
        document_of(Publication.objects.get())


def test_the_latest_open_publication_of_a_source_is_found_and_no_restricted_one() -> None:
    someone = person()
    publish(document=small(), restriction=Restriction.OPEN, by=someone)
    latest = publish(document=small("Corrected"), restriction=Restriction.OPEN, by=someone)
    publish(document=small("Exempt"), restriction=Restriction.EXEMPT, by=someone)
    assert latest_open("invented.report") == latest
    assert latest_open("invented.report", "2031-32/q1") == latest
    assert latest_open("invented.report", "2031-32/q2") is None
    assert latest_open("another.report") is None


def test_a_pack_that_is_not_built_is_nothing() -> None:
    assert stored_pack(KEY, Edition.PUBLIC) is None
    assert page_map(KEY, Edition.PUBLIC) is None
