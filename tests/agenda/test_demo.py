"""The demonstration as a whole: loaded once, loaded anew when a file changes, never over somebody else's rows."""

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from pytest_django.fixtures import Settings

from budget.models import FinancialYear, Forecast, Quarter
from improvement.models import Plan
from tests.set_once import set_once
from torbay_reports.access.models import User
from torbay_reports.agenda.demo import NEWER
from torbay_reports.agenda.models import Committee, Meeting, Paper
from torbay_reports.core.models import DemoRow
from torbay_reports.publishing.bundles.stores import public_store
from torbay_reports.publishing.models import Bundle, Publication, StoredPack

pytestmark = pytest.mark.django_db(transaction=True)

PACK = "packs/overview-and-scrutiny-board/2017-09-06/supplement-1/1/"
Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def fixtures(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """A copy of the fixtures that a test may change."""
    folder = tmp_path / "fixtures"
    shutil.copytree(settings.FIXTURES_DIR, folder)
    settings.FIXTURES_DIR = folder
    with set_once():
        yield folder


def change(path: Path, how: Change) -> None:
    content = json.loads(path.read_text("utf-8"))
    how(content)
    path.write_text(json.dumps(content), "utf-8")


def demo() -> str:
    said = StringIO()
    call_command("demo", no_serve=True, stdout=said)
    return said.getvalue()


def nothing_is_there() -> bool:
    tables = (FinancialYear, Plan, Committee, Publication, StoredPack, Bundle, User, DemoRow)
    return not any(table._default_manager.exists() for table in tables) and not list(public_store().paths())


def test_it_loads_publishes_and_tells_and_a_second_run_changes_nothing(fixtures: Path) -> None:
    said = demo()
    assert "http://127.0.0.1:8000/meetings/overview-and-scrutiny-board/2017-09-06/pack/" in said
    assert "{address}" not in said
    assert f"http://127.0.0.1:8000/published/{PACK}" in said
    assert said.count("Sign in as ") == 11
    assert f"{PACK}pack.pdf" in public_store().paths()
    before = [list(each.objects.values_list("pk", flat=True)) for each in (Paper, DemoRow, Forecast, Meeting)]
    built, published = packs_built(), list(Bundle.objects.order_by("pk").values())
    assert demo() == said
    assert [list(each.objects.values_list("pk", flat=True)) for each in (Paper, DemoRow, Forecast, Meeting)] == before
    assert list(Bundle.objects.order_by("pk").values()) == published
    assert packs_built() == built
    assert fixtures.is_dir()
    agenda, supplement, council = (list(each["pages"]["labels"]) for each in published)
    assert agenda == ["i"]
    assert supplement == [str(number) for number in range(1, 62)]
    assert council[:3] == ["i", "1", "2"]
    assert Paper.objects.filter(publication__source="budget.quarterly").values("publication").distinct().count() == 1


def packs_built() -> list[datetime]:
    return list(StoredPack.objects.order_by("key").values_list("built_at", flat=True))


@pytest.mark.parametrize("name", ["people.json", "budget.json", "improvement.json", "ofsted.json", "agenda.json"])
def test_one_broken_file_loads_nothing_of_any(fixtures: Path, name: str) -> None:
    (fixtures / name).write_text("{", "utf-8")
    with pytest.raises(CommandError, match=f"{name}, line 1: this is not valid JSON"):
        demo()
    assert nothing_is_there()


def test_a_changed_file_is_loaded_anew_and_the_old_rows_are_forgotten(fixtures: Path) -> None:
    demo()
    rows = DemoRow.objects.count()
    change(fixtures / "budget.json", lambda content: content["services"][3].update(forecast_net=41191))
    change(
        fixtures / "agenda.json", lambda content: content["meetings"][0]["instalments"][1].update(telephone="01803 1")
    )
    demo()
    assert Forecast.objects.get(service__slug="adult-social-care").net == 41191
    assert DemoRow.objects.count() == rows
    # What was published stays as it was frozen; the report with the new figure is its next version.
    versions = Publication.objects.order_by("source", "version").values_list("source", "version")
    assert list(versions) == [
        ("budget.quarterly", 1),
        ("budget.quarterly", 2),
        ("improvement.tracker", 1),
        ("ofsted.letter", 1),
    ]
    bundles = [(each.version, each.reason) for each in Bundle.objects.order_by("version")]
    assert bundles == [(1, "")] * 3 + [(2, NEWER)] * 3


def test_a_changed_file_does_not_take_somebody_elses_rows_with_it(fixtures: Path) -> None:
    demo()
    theirs = Quarter.objects.create(year=FinancialYear.objects.get(), number=2)
    change(fixtures / "budget.json", lambda content: content["services"][3].update(forecast_net=41191))
    with pytest.raises(CommandError, match="Quarter 2 2017/18.*nothing was changed"):
        demo()
    assert Quarter.objects.filter(pk=theirs.pk).exists()
    assert Forecast.objects.get(service__slug="adult-social-care").net == 41091


def test_a_committee_of_somebody_else_is_left_alone(fixtures: Path) -> None:
    theirs = Committee.objects.create(slug="council", name="Their council")
    Meeting.objects.create(committee=theirs, held_on=date(2020, 1, 1))
    with pytest.raises(CommandError, match="Their council.*nothing was changed"):
        demo()
    assert list(Committee.objects.all()) == [theirs]
    assert not FinancialYear.objects.exists()
    assert fixtures.is_dir()


def test_a_small_count_that_nobody_decided_on_stops_the_demonstration_before_anything_is_published(
    fixtures: Path,
) -> None:
    change(fixtures / "improvement.json", lambda content: first_step(content).update(how="Two children were placed."))
    with pytest.raises(CommandError, match="Action Tracker” is not published. 1 sentence counts one to four children"):
        demo()
    assert not Publication.objects.filter(source="improvement.tracker").exists()
    assert not StoredPack.objects.exists()
    assert not Bundle.objects.exists()


def first_step(content: dict[str, Any]) -> dict[str, Any]:
    step: dict[str, Any] = content["tracker"]["themes"][0]["priorities"][0]["actions"][0]["steps"][0]
    return step
