"""A file of meetings that is wrong is refused with its place and its cure, and leaves nothing behind."""

import json
from collections.abc import Callable
from datetime import date, time
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
from torbay_reports.agenda.models import Committee, DeskEntry, Meeting, Paper
from torbay_reports.agenda.services import load_agenda
from torbay_reports.core import clock
from torbay_reports.core.demo import DemoConflict
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
    found: dict[str, Any] = content["meetings"][0]
    return found


def item(content: dict[str, Any], number: str = "5") -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in board(content)["items"] if each["number"] == number)
    return found


def paper(content: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = item(content)["papers"][0]
    return found


def supplement(content: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = board(content)["instalments"][1]
    return found


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        (lambda c: c["meetings"].append(board(c)), "'overview-and-scrutiny-board' stands there 2 times. Keep one."),
        (lambda c: item(c)["papers"].append(paper(c)), "item 5: a paper's slug stands there twice"),
        (lambda c: board(c)["items"][0].update(number="5/1"), "items entry 1, number"),
        (lambda c: item(c).update(number="6"), "item 6 stands there 2 times. Number each once."),
        (lambda c: item(c).update(added_in=3), "item 5: there is no supplement 3 that adds it. Correct the number."),
        (lambda c: item(c).update(added_in=0), "item 5: there is no supplement 0 that adds it. Correct the number."),
        (lambda c: item(c).update(kind="secret"), "items entry 5, kind"),
        (
            lambda c: paper(c).update(subject=""),
            "'revenue-budget-monitoring': give both source and subject, or neither.",
        ),
        (lambda c: paper(c).update(instalment=2), "there is no instalment 2. Correct the number, or add it."),
        (lambda c: paper(c).update(listed_in=1), "no instalment 1 goes out before it to list it. Correct the number."),
        (lambda c: paper(c).update(why_late="x" * 301), "papers entry 1, why_late"),
        (lambda c: board(c).update(committee="cabinet"), "there is no committee 'cabinet'. Correct its spelling."),
        (lambda c: board(c).update(instalments=[]), "item 5 has papers but nothing goes out. Add an agenda or a"),
        (lambda c: board(c).update(starts_at="half past five"), "meetings entry 1, starts_at"),
        (lambda c: supplement(c).update(number=-1), "instalments entry 2, number"),
        (lambda c: supplement(c).update(number=0), "the agenda stands there 2 times. Keep one."),
        (
            lambda c: supplement(c).update(closing=""),
            "supplement 1: closing is empty, and its letter needs it. Fill it",
        ),
        (
            lambda c: supplement(c).update(dated="2017-09-07"),
            "supplement 1: it is dated 2017-09-07, after the meeting.",
        ),
        (lambda c: c["committees"][0].update(email="governance"), "committees entry 1, email"),
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
    written(checkout, tmp_path, lambda c: paper(c).update(changes))
    settings.FIXTURES_DIR = tmp_path
    with pytest.raises(CommandError, match="Nothing was loaded. agenda.json, paper") as refused, transaction.atomic():
        demo.load_meetings(Progress("Meetings"))
    assert sentence in str(refused.value)
    assert not Committee.objects.exists()


@pytest.mark.django_db
def test_a_meeting_on_whose_agenda_a_clerk_has_worked_is_not_loaded_anew(
    checkout: Path, tmp_path: Path, settings: Settings
) -> None:
    def without_papers(content: dict[str, Any]) -> None:
        for each in [each for meeting in content["meetings"] for each in meeting["items"]]:
            each["papers"] = []

    settings.FIXTURES_DIR = written(checkout, tmp_path, without_papers).parent
    demo.load_meetings(Progress("Meetings"))
    meeting = Meeting.objects.get(held_on=date(2017, 9, 6))
    DeskEntry.objects.create(meeting=meeting, at=clock.now(), by=person_with(Role.CLERK), says="Item 7 is added.")
    path = tmp_path / "agenda.json"
    path.write_text(path.read_text("utf-8").replace("Apologies", "Apologies for absence"), "utf-8")
    with pytest.raises(DemoConflict, match="desk entry.*nothing was changed"), transaction.atomic():
        demo.load_meetings(Progress("Meetings"))
    assert meeting.items.filter(title="Apologies").exists()


@pytest.mark.django_db
def test_a_meeting_is_stored_with_all_that_its_entry_says(checkout: Path, tmp_path: Path) -> None:
    def how(content: dict[str, Any]) -> None:
        meeting = {
            "starts_at": "17:30:00",
            "place": "Town Hall",
            "presiding": "Councillor Ash",
            "convened_on": "2017-09-01",
        }
        board(content).update(meeting)
        item(content, "6").update(kind="urgent", added_in=1)

    load_agenda(content=read_agenda(written(checkout, tmp_path, how)))
    meeting = Meeting.objects.get(held_on=date(2017, 9, 6))
    assert (meeting.starts_at, meeting.place, meeting.presiding) == (time(17, 30), "Town Hall", "Councillor Ash")
    assert meeting.convened_on == date(2017, 9, 1)
    assert (meeting.committee.short_name, meeting.committee.office.splitlines()[-1]) == ("OSB", "TQ1 3DR")
    agenda, supplement = meeting.instalments.order_by("number")
    assert (agenda.name, agenda.salutation, agenda.dated) == ("Agenda", "", date(2017, 8, 25))
    assert supplement.office == meeting.committee.office
    report = Paper.objects.get(slug="revenue-budget-monitoring")
    assert (report.instalment, report.listed_in) == (supplement, agenda)
    assert report.why_late == "They were not yet available when the agenda was printed."
    items = meeting.items.order_by("position")
    assert [each.number for each in items] == ["1", "2", "3", "4", "5", "6"]
    assert [(each.kind, each.added_in) for each in items][-2:] == [("business", None), ("urgent", supplement)]
    assert items[0].words.startswith("To receive apologies for absence.")


@pytest.mark.django_db
def test_an_item_within_an_item_has_its_own_address(client: Client) -> None:
    letter = make_paper()
    letter.item.number = "5.1"
    letter.item.save()
    put_out(bring_to(letter, person_with(Role.CLERK)))
    assert "items/5.1/letter/" in address_of(letter)
    assert f'href="{address_of(letter)}"' in client.get(letter.item.meeting.get_absolute_url()).content.decode()
    assert client.get(address_of(letter)).status_code == 200
