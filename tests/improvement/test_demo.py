"""The demonstration's plan: brought in once, replaced when its file changes, and no other plan touched."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management.base import CommandError
from django.db import transaction
from pytest_django import Settings

from improvement import demo as improvement
from improvement.demo import load_plan
from improvement.kinds import Status
from improvement.models import Commentary, Owner, Plan, PlanVersion, Step, Update
from improvement.selectors.trackers import tracker_of
from tests.access.cast import TODAY
from tests.improvement.trackers import INVENTED, PAPER, invented, one_action, rows, step, store
from torbay_reports.access import demo as people
from torbay_reports.access.models import User
from torbay_reports.agenda import demo as agenda
from torbay_reports.core import clock, demo
from torbay_reports.core.demo import DemoConflict, demo_owns
from torbay_reports.core.models import DemoRow
from torbay_reports.core.progress import Progress

pytestmark = pytest.mark.django_db
OWNER = "action-owner@demo.invalid"


@pytest.fixture(autouse=True)
def empty_register(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "_register", demo.Register())


@pytest.fixture
def fixtures(settings: Settings, tmp_path: Path) -> Path:
    """A folder of fixtures with the invented plan, and the person whom it names."""
    User.objects.create_user(email=OWNER, full_name="Demo action owner")
    settings.FIXTURES_DIR = tmp_path
    (tmp_path / "improvement.json").write_bytes(INVENTED.read_bytes())
    return tmp_path


def load() -> None:
    load_plan(Progress("Improvement plan"))


def rewrite(folder: Path, old: str, new: str) -> None:
    path = folder / "improvement.json"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.usefixtures("fixtures")
def test_the_plan_of_the_file_is_brought_in_with_its_notice_commentary_and_people() -> None:
    load()
    plan = Plan.objects.get()
    assert tracker_of(plan) == invented().tracker
    assert (plan.slug, plan.notice) == ("harbour-plan", "Invented for tests.")
    commentary = Commentary.objects.get()
    assert (commentary.text, commentary.written_on, commentary.written_by) == ("Half of the plan is done.", PAPER, None)
    assert [each.email for each in Owner.objects.get(name="Harbour Master").people.all()] == [OWNER]
    assert Owner.objects.filter(people=None).count() == 2
    version = PlanVersion.objects.get()
    assert (version.as_at, version.file_name, version.report["steps"]) == (PAPER, "improvement.json", 6)
    assert demo.announcements() == ["Improvement plan: {address}/plans/harbour-plan/"]


@pytest.mark.usefixtures("fixtures")
def test_a_second_run_keeps_what_somebody_tried_out_and_prints_the_same() -> None:
    load()
    Step.objects.filter(how="Sweep").update(status=Status.STOPPED)
    Update.objects.create(
        step=Step.objects.get(how="Sweep"), text="Tried.", position=0, recorded_on=TODAY, written_at=clock.now()
    )
    Owner.objects.get(name="Harbour Master").people.clear()
    before, lines = rows(), demo.announcements()
    load()
    assert rows() == before
    assert demo.announcements() == lines
    assert not Owner.objects.get(name="Harbour Master").people.exists()


def test_a_changed_file_replaces_the_plan_with_all_that_was_tried_out(fixtures: Path) -> None:
    load()
    first = Plan.objects.get().pk
    Update.objects.create(
        step=Step.objects.get(how="Sweep"), text="Tried.", position=0, recorded_on=TODAY, written_at=clock.now()
    )
    rewrite(fixtures, "Buy brooms", "Buy new brooms")
    load()
    plan = Plan.objects.get()
    assert plan.pk != first
    assert not Update.objects.filter(text="Tried.").exists()
    assert Step.objects.filter(how="Buy new brooms").count() == 1
    assert demo_owns(plan)
    assert list(DemoRow.objects.filter(model="improvement.Plan").values_list("key", flat=True)) == [str(plan.pk)]


@pytest.mark.usefixtures("fixtures")
def test_somebody_elses_plan_of_that_name_stops_the_step_and_stays() -> None:
    store(one_action(step(1, "Write"), title="A real plan"))
    before = rows()
    with pytest.raises(DemoConflict, match="“A real plan”, which the demonstration did not make"):
        load()
    assert rows() == before


@pytest.mark.usefixtures("fixtures")
def test_another_plan_is_left_alone() -> None:
    other = store(one_action(step(1, "Write")), slug="other").plan
    load()
    assert tracker_of(other) == one_action(step(1, "Write"))


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (OWNER, "nobody@demo.invalid", "people: nobody has the address nobody@demo.invalid. Add them to people.json"),
        ('{"Harbour Master":', '{"Mayor":', "people: no step has the owner “Mayor”. Correct the name."),
        ('"reference": "6.2"', '"reference": "6.1"', "Action 6.1 is there twice."),
        ('"status": "done"', '"status": "finished"', "improvement.json, tracker, themes entry 1"),
        ('"target": 90', '"target": 90.125', "90.125 has more than two decimals"),
        ('"Harbour improvement plan"', '"Harbour\\u0000"', "tracker, title: a character is none that can be stored"),
        ('["action-owner@demo.invalid"]', '["\\u0000"]', "people, Harbour Master entry 1: a character is none"),
        ('"2017-09-06"', '"6 September"', "improvement.json, as_at: "),
        ('"slug"', '"slag"', "improvement.json: Object contains unknown field slag."),
    ],
)
@pytest.mark.parametrize("is_in", [False, True])
def test_a_broken_file_loads_nothing_and_says_where(
    fixtures: Path, old: str, new: str, sentence: str, is_in: bool
) -> None:
    if is_in:
        load()
    before = rows()
    rewrite(fixtures, old, new)
    with pytest.raises(CommandError) as refused, transaction.atomic():
        load()
    assert str(refused.value).startswith("Nothing was loaded. improvement.json") or "Action 6.1" in str(refused.value)
    assert sentence in str(refused.value)
    assert rows() == before


def test_the_plan_comes_after_the_people_and_before_the_meetings_whose_paper_it_is() -> None:
    assert people.ORDER < improvement.ORDER < agenda.ORDER_LOAD


def test_the_demonstrations_own_file_can_be_loaded(checkout: Path) -> None:
    """Its people are those of `people.json`, its owners those of its steps."""
    content: dict[str, Any] = json.loads((checkout / "fixtures" / "people.json").read_text(encoding="utf-8"))
    for each in content["people"]:
        User.objects.create_user(email=each["email"], full_name=each["full_name"])
    load()
    assert Step.objects.count() == 172
    assert User.objects.exclude(owned_as=None).exists()
