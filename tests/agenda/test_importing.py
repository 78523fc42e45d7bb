"""A file of meetings that is wrong is refused with its place and its cure, and leaves nothing behind."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management.base import CommandError
from django.db import transaction
from django.test import Client
from pytest_django import Settings

from tests.access.cast import person_with
from tests.agenda.brought import address_of, bring_to, make_paper, put_out
from torbay_reports.access.roles import Role
from torbay_reports.agenda import demo
from torbay_reports.agenda.importing import read_agenda
from torbay_reports.agenda.models import Committee
from torbay_reports.core.progress import Progress
from torbay_reports.core.reading import UnreadableFile

Change = Callable[[dict[str, Any]], object]


def written(checkout: Path, folder: Path, how: Change) -> Path:
    """The demonstration's file with one thing changed."""
    content = json.loads((checkout / "fixtures" / "agenda.json").read_text("utf-8"))
    how(content)
    path = folder / "agenda.json"
    path.write_text(json.dumps(content), "utf-8")
    return path


def board(content: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in content["meetings"] if each.get("supplement"))
    return found


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        (lambda c: c["meetings"].append(board(c)), "'overview-and-scrutiny-board' stands there 2 times. Keep one."),
        (lambda c: board(c)["items"][0]["papers"].append(board(c)["items"][0]["papers"][0]), "slug stands there twice"),
        (lambda c: board(c)["items"][0].update(number="5/1"), "items entry 1, number"),
        (lambda c: board(c)["supplement"].update(number=-1), "supplement, number"),
        (lambda c: c["committees"][0].update(slug="ü /x"), "committees entry 1, slug"),
        (lambda c: c["committees"][0].update(name=""), "committees entry 1, name"),
    ],
)
def test_each_fault_is_named(checkout: Path, tmp_path: Path, how: Change, sentence: str) -> None:
    with pytest.raises(UnreadableFile, match="agenda.json") as refused:
        read_agenda(written(checkout, tmp_path, how))
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"source": "nobody.quarterly"}, "No report source is called 'nobody.quarterly'."),
        ({"subject": "1999-00/q1"}, "There is no report for Quarter 1 1999/00."),
    ],
)
def test_a_paper_whose_report_cannot_be_built_loads_no_meeting(
    checkout: Path, tmp_path: Path, settings: Settings, changes: dict[str, str], sentence: str
) -> None:
    written(checkout, tmp_path, lambda c: board(c)["items"][0]["papers"][0].update(changes))
    settings.FIXTURES_DIR = tmp_path
    with pytest.raises(CommandError, match="Nothing was loaded. agenda.json, paper") as refused, transaction.atomic():
        demo.load_meetings(Progress("Meetings"))
    assert sentence in str(refused.value)
    assert not Committee.objects.exists()


@pytest.mark.django_db
def test_an_item_within_an_item_has_its_own_address(client: Client) -> None:
    letter = make_paper()
    letter.item.number = "5.1"
    letter.item.save()
    put_out(bring_to(letter, person_with(Role.CLERK)))
    assert "items/5.1/letter/" in address_of(letter)
    assert f'href="{address_of(letter)}"' in client.get(letter.item.meeting.get_absolute_url()).content.decode()
    assert client.get(address_of(letter)).status_code == 200
