"""What counts as a secret of an exempt or confidential paper, and what is public already."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.access.cast import person_with
from tests.agenda import publishing_worlds as worlds
from tests.set_once import set_once
from torbay_reports.access.models import User
from torbay_reports.access.roles import Role
from torbay_reports.agenda.business import NotReadyToPublish
from torbay_reports.agenda.models import Instalment, RestrictedPaper
from torbay_reports.agenda.secrets import check_for_leaks, is_public
from torbay_reports.core import clock
from torbay_reports.publishing.models import Withdrawal
from torbay_reports.publishing.packplan import Edition

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _rendered_once() -> Any:
    with set_once():
        yield


@pytest.fixture
def clerk(db: None) -> User:
    return person_with(Role.CLERK)


@pytest.fixture
def meeting(clerk: User) -> Instalment:
    return worlds.make_meeting(clerk)


def page(folder: Path, words: str, name: str = "index.html") -> Path:
    (folder / name).write_text(f'<!DOCTYPE html><html lang="en"><title>Pack</title><p>{words}</p></html>')
    return folder


def test_a_folder_that_says_nothing_of_it_passes(meeting: Instalment, clerk: User, tmp_path: Path) -> None:
    worlds.add_tenders(meeting, clerk)
    check_for_leaks(page(tmp_path, "The board meets on 6 September 2017. Harbours are on the agenda."))


@pytest.mark.parametrize(
    "words",
    [
        worlds.SECRET,
        worlds.SECRET_TITLE,
        "marlowe   DREDGING",
        "They ask for 48,215 pounds.",
        "They ask for £48.215k.",
        "It tells of a bidder&#8217;s prices.",
        "The council would pay more for the work than it has to.",
    ],
)
def test_sentences_titles_names_sums_and_grounds_are_secret(
    meeting: Instalment, clerk: User, tmp_path: Path, words: str
) -> None:
    worlds.add_tenders(meeting, clerk)
    with pytest.raises(NotReadyToPublish, match=re.escape("index.html")) as refused:
        check_for_leaks(page(tmp_path, f"Before. {words} After."))
    assert "the exempt paper under item 5" in str(refused.value)
    assert not re.search("marlowe|48,215|bidder|pay more", str(refused.value), re.IGNORECASE)


def test_a_paper_that_is_released_has_no_secrets(meeting: Instalment, clerk: User, tmp_path: Path) -> None:
    worlds.add_tenders(meeting, clerk)
    RestrictedPaper.objects.update(released_on=clock.today())
    check_for_leaks(page(tmp_path, worlds.SECRET))


def test_words_stay_public_while_the_version_stands_and_no_longer(
    meeting: Instalment, clerk: User, tmp_path: Path
) -> None:
    worlds.freeze(worlds.paper_of(meeting), worlds.report(worlds.SECRET), clerk)
    bundle = worlds.put_out(meeting)
    worlds.add_tenders(meeting, clerk)
    check_for_leaks(page(tmp_path, worlds.SECRET))
    Withdrawal.objects.create(bundle_id=bundle.pk, at=clock.now(), by=clerk, office="the clerk", why="It leaks.")
    with pytest.raises(NotReadyToPublish):
        check_for_leaks(page(tmp_path, worlds.SECRET))


def test_what_stands_in_the_restricted_edition_is_not_public(meeting: Instalment, clerk: User, tmp_path: Path) -> None:
    worlds.add_tenders(meeting, clerk)
    worlds.put_out(meeting, Edition.RESTRICTED)
    with pytest.raises(NotReadyToPublish):
        check_for_leaks(page(tmp_path, worlds.SECRET))


@pytest.mark.parametrize(
    ("phrase", "answer"),
    [
        ("£1377000", True),  # the table in thousands has 1,377
        ("£1378000", False),
        ("£120000", True),
        ("£120", False),  # where a page says 120, that is a number of anything
        ("the forecast of the harbours", True),
        ("forecast of the moorings", False),
    ],
)
def test_a_sum_is_public_however_it_is_printed(meeting: Instalment, phrase: str, answer: bool) -> None:
    document = worlds.report(f"{worlds.FIRST} There are 120 berths.")
    worlds.freeze(worlds.paper_of(meeting), document, person_with(Role.MONITORING_OFFICER))
    worlds.put_out(meeting)
    assert is_public(phrase) is answer
