"""Each part of a meeting's pack is built and published on pages of its own, in turn."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.access.people.pages import page, sentences
from tests.agenda.brought import bring_to, put_out
from tests.agenda.jobs import BOARD, DAY, newest
from tests.agenda.test_build_pages import store
from torbay_reports.access.models import User
from torbay_reports.agenda.models import Instalment
from torbay_reports.agenda.publishing import _taken_since
from torbay_reports.publishing.packplan import Edition

pytestmark = pytest.mark.django_db
MEETING = f"/meetings/{BOARD}/{DAY}/"
FIRST, SECOND = f"{MEETING}supplement-1/", f"{MEETING}supplement-2/"


@pytest.fixture
def second(instalment: Instalment) -> Instalment:
    """The meeting's second supplement."""
    return Instalment.objects.create(
        meeting=instalment.meeting, number=2, dated=DAY, clerk="Robin Vale", telephone="1", email="a@b.invalid"
    )


@pytest.mark.usefixtures("second")
def test_pages_keep_to_the_part_that_they_are_about(browser: Client, instalment: Instalment) -> None:
    store(instalment, Edition.PUBLIC)
    tree = page(browser, f"{FIRST}build/")
    assert tree.cssselect("main form")[0].get("action") == f"{FIRST}build/"
    assert tree.cssselect("[data-builds]")[0].get("data-builds") == f"{FIRST}build/progress/"
    links = [each.get("href") for each in tree.cssselect("main a")]
    assert {f"{SECOND}build/", f"{FIRST}build/public.pdf", f"{FIRST}publish/public/"} <= set(links)
    response = browser.post(f"{FIRST}build/", {"edition": "public"})
    assert response["Location"] == f"{FIRST}build/"
    assert newest().instalment == instalment
    assert browser.get(f"{FIRST}build/progress/").status_code == 200
    assert "It has 3 pages, from 1 to 3." in sentences(browser, f"{FIRST}publish/public/")
    assert browser.get(f"{MEETING}supplement-3/build/").status_code == 404


def test_a_part_says_beforehand_that_another_goes_first(browser: Client, second: Instalment) -> None:
    store(second, Edition.PUBLIC)
    said = "The public edition of Supplement 2 is not published: Supplement 1 is not published yet."
    assert said in sentences(browser, f"{SECOND}build/")
    assert said in sentences(browser, f"{SECOND}publish/public/")
    assert said in sentences(browser, f"{MEETING}build/")


def test_of_two_that_go_out_at_once_the_second_is_told_which_pages_are_taken(
    instalment: Instalment, second: Instalment, clerk: User
) -> None:
    built = store(second, Edition.PUBLIC)
    assert _taken_since(built, second, Edition.PUBLIC) == ""
    built.built_at -= timedelta(minutes=1)
    put_out(bring_to(instalment.papers.get(), clerk))
    assert _taken_since(built, second, Edition.PUBLIC) == (
        "Meanwhile Supplement 1 went out and took pages 1 to 14. Build this one again, and look at it."
    )
