"""The walker proves itself: each canary of a small site is found where it was planted, and nowhere else."""

from datetime import date

import pytest
from django.contrib.sessions.models import Session
from django.test import override_settings

from tests.access.cast import person
from tests.canaries import site, walking
from tests.canaries.site import CANARIES
from tests.canaries.walking import Address, Find, Visitor, Walk, addresses, everything, sample, variants, visit
from tests.urls_matrix.rows import Row, everybody

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.canaries.site")]

ANONYMOUS = Visitor("anonymous")
LEFT = "left behind"
PLANTED = {
    "page": ("GET /page/", "body"),
    "document": ("GET /document/", "body, Info /Title"),
    "table": ("GET /table/", "body"),
    "letter": (LEFT, "mail 1, text/html"),
    "noted": (LEFT, "log of django.request, DEBUG"),
    "cookie": ("GET /cookie/", "cookie seen"),
    "elsewhere": ("GET /elsewhere/", "header Location"),
    "kept": (LEFT, "table cache, value"),
    "session": (LEFT, "session"),
    "job": (LEFT, "table procrastinate_jobs, args"),
}


def walked(*wanted: Address, by: Visitor = ANONYMOUS) -> Walk:
    return visit([by], lambda _: wanted, CANARIES)


def find(place: str, by: str = "anonymous") -> Find:
    address, where = PLANTED[place]
    return Find(by, address, where, f"site: {place}")


@pytest.mark.parametrize("place", PLANTED)
def test_a_canary_is_found_where_it_was_planted(place: str) -> None:
    assert find(place) in walked(Address(f"/{place}/")).finds


def test_on_a_whole_walk_each_is_found_there_and_nowhere_else() -> None:
    found = walked(*(Address(f"/{view.__name__}/") for view in site.PLANTED))
    assert not found.faults
    assert found.answers == len(site.PLANTED)
    assert {(each.address, each.canary) for each in found.finds} == {
        (address, f"site: {place}") for place, (address, _) in PLANTED.items()
    }
    # Only a PDF's strings stand at several places of one file: the object and the stream that packs it.
    places = {each.place for each in found.finds if each.canary != "site: document"}
    assert places == {where for place, (_, where) in PLANTED.items() if place != "document"}


def test_finds_are_told_apart_by_who_found_them() -> None:
    officer = Visitor("officer", person("Robin Vale", "nine-green-bottles"))
    found = visit([ANONYMOUS, officer], lambda _: [Address("/signed_in/"), Address("/page/")], CANARIES)
    assert not found.faults
    assert found.finds == {
        find("page"),
        find("page", by="officer"),
        Find("officer", "GET /signed_in/", "body", "site: signed-in"),
    }


def test_what_a_visit_leaves_behind_is_undone_and_not_the_next_ones() -> None:
    found = visit([ANONYMOUS, Visitor("second")], lambda number: [Address(("/kept/", "/page/")[number])], CANARIES)
    assert found.finds == {find("kept"), find("page", by="second")}
    assert not Session.objects.exists()


def test_who_searches_for_a_word_may_read_it_again_but_no_more_of_its_paper() -> None:
    asked, other = CANARIES.of("site", "search").marks[0], CANARIES.of("site", "no paper").marks[0]
    found, nothing = Address("/search/", f"q={asked}"), Address("/search/", f"q={other}")
    assert walked(nothing).finds == set()
    assert walked(found).finds == {Find("anonymous", str(found), "body", "site: search")}


def test_an_error_is_a_fault_and_what_its_log_says_is_found() -> None:
    found = walked(Address("/broken/"))
    assert found.faults == ["anonymous: GET /broken/: 500"]
    assert Find("anonymous", LEFT, "log of django.request, ERROR", "site: broken") in found.finds


def test_who_was_signed_out_on_the_way_signs_in_again() -> None:
    officer = Visitor("officer", person("Robin Vale", "nine-green-bottles"))
    found = walked(Address("/sign_out/"), Address("/signed_in/"), by=officer)
    assert not found.faults
    assert found.finds == {Find("officer", "GET /signed_in/", "body", "site: signed-in")}


def test_a_visitor_whom_the_site_does_not_know_is_a_fault() -> None:
    someone = person("Robin Vale", "nine-green-bottles")
    someone.is_active = False
    someone.save()
    found = walked(Address("/page/"), by=Visitor("officer", someone))
    assert found.faults == ["officer: GET /page/: was asked for by AnonymousUser"]


def test_every_address_of_the_urlconf_is_walked_with_what_the_table_and_the_planter_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = [view.__name__ for view in (*site.PLANTED, site.search, site.broken, site.sign_out)]
    rows = [Row(name, everybody(200)) for name in names]
    monkeypatch.setattr(walking, "TABLE", rows)
    assert addresses() == [Address(f"/{name}/") for name in names]
    monkeypatch.setattr(walking, "TABLE", rows[1:])
    with pytest.raises(LookupError, match="page"):
        addresses()


@override_settings(ROOT_URLCONF="torbay_reports.urls")
def test_things_that_were_planted_are_asked_for_at_every_address_that_takes_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    there: dict[str, object] = {"committee": "board", "held_on": date(2017, 9, 6)}
    row = Row("agenda:pack", everybody(200), there, ({**there, "committee": "none"},))
    monkeypatch.setattr(walking, "TABLE", [row])
    monkeypatch.setattr(walking, "differences", lambda *_: [])
    planted: list[dict[str, object]] = [{**there, "committee": "other"}, {"person": 1}]
    assert [each.path for each in addresses(planted)] == [
        "/meetings/board/2017-09-06/pack/",
        "/meetings/other/2017-09-06/pack/",
    ]
    assert [each.path for each in walking.absences()] == ["/meetings/none/2017-09-06/pack/"]


def test_a_sample_has_every_address_for_everybody_and_every_way_for_the_public() -> None:
    found, searches = [Address(f"/{number}/") for number in range(30)], ["one", "two"]
    wanted = sample(found, searches)
    for visitor in range(4):
        assert set(found) <= set(wanted(visitor))
    ways = len(variants(found[0], searches[:1]))
    assert len(wanted(0)) == len(found) * (1 + ways)
    assert len(wanted(1)) == len(found) * 4 // 3
    assert set(wanted(1)) != set(wanted(2))


def test_the_full_numbers_are_every_address_in_every_way_with_every_search() -> None:
    found, searches = [Address("/a/"), Address("/b/", method="POST")], ["one", "two"]
    assert len(everything(found, searches)(3)) == 2 + len(variants(found[0], searches))
