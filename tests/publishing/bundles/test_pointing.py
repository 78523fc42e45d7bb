"""The pages of a store that change say what the rows say."""

from datetime import date
from typing import Any

import pytest

from tests.access.cast import person
from torbay_reports.core import clock
from torbay_reports.publishing.bundles.pointing import pages, point
from torbay_reports.publishing.bundles.stores import public_store, restricted_store
from torbay_reports.publishing.models import Bundle, RestrictedBundle, Withdrawal, bundles_of
from torbay_reports.publishing.packplan import Edition

pytestmark = pytest.mark.django_db

BOARD = "harbour-board/2031-09-06"
WHY = "One forecast was printed wrong."


def version(key: str, number: int = 1, *, edition: Edition = Edition.PUBLIC, **more: Any) -> Any:
    values = {
        "title": f"Harbour Board, 6 September 2031: {key.rpartition('/')[2]}",
        "committee": "Harbour Board",
        "meeting_on": date(2031, 9, 6),
        "manifest": "0" * 64,
        "plan_checksum": "0" * 64,
        "files": [],
        "contents": [],
        "letter": {},
        "papers": [],
        "publications": [],
        "uploads": [],
        "pages": {},
        "published_at": clock.now(),
        "written_at": clock.now(),
        **more,
    }
    return bundles_of(edition).create(key=key, version=number, **values)


def test_supplements_stand_in_the_order_of_their_numbers() -> None:
    for number in (10, 2, 1):
        version(f"{BOARD}/supplement-{number}")
    page = pages(Edition.PUBLIC)["index.html"].decode()
    places = [page.index(f"{BOARD}/supplement-{number}/") for number in (1, 2, 10)]
    assert places == sorted(places)


def test_what_is_not_written_stands_nowhere() -> None:
    version(f"{BOARD}/agenda", written_at=None)
    assert set(pages(Edition.PUBLIC)) == {"index.html", "feed.xml"}
    assert BOARD not in "".join(data.decode() for data in pages(Edition.PUBLIC).values())


def test_a_withdrawn_version_is_told_with_its_office_and_never_with_its_reason() -> None:
    key = f"{BOARD}/agenda"
    version(key)
    second = version(key, 2, reason=WHY)
    assert WHY in pages(Edition.PUBLIC)[f"packs/{key}/index.html"].decode()
    Withdrawal.objects.create(
        bundle=second, at=clock.now(), by=person(), office="the monitoring officer", why="It names a tenant."
    )
    said = pages(Edition.PUBLIC)
    page = said[f"packs/{key}/index.html"].decode()
    assert "by the monitoring officer" in page
    assert "1/index.html" in page
    assert "2/index.html" not in page
    for data in said.values():
        assert WHY not in data.decode()
        assert "tenant" not in data.decode()


def test_only_its_own_pack_and_the_pages_of_all_are_written() -> None:
    for name in ("agenda", "supplement-1"):
        version(f"{BOARD}/{name}")
    point(Edition.PUBLIC, f"{BOARD}/agenda")
    assert list(public_store().paths()) == ["feed.xml", "index.html", f"packs/{BOARD}/agenda/index.html"]


def test_restricted_packs_have_pages_of_their_own_that_are_marked_and_no_feed() -> None:
    key = f"{BOARD}/agenda"
    version(key, edition=Edition.RESTRICTED)
    point(Edition.RESTRICTED, key)
    assert list(restricted_store().paths()) == ["index.html", f"packs/{key}/index.html"]
    for path in restricted_store().paths():
        assert b"NOT FOR PUBLICATION" in restricted_store().read(path)
    assert not list(public_store().paths())
    assert (Bundle.objects.count(), RestrictedBundle.objects.count()) == (0, 1)


def test_pages_cost_one_query_however_many_packs_there_are(django_assert_num_queries: Any) -> None:
    for number in range(12):
        version(f"{BOARD}/supplement-{number}")
    with django_assert_num_queries(1):
        pages(Edition.PUBLIC)
