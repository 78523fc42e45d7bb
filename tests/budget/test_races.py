"""Two writers meet on the same lines at the same moment: no update is lost, and the totals always cast.

Forty races, a thousand in a soak, each between two threads with a connection of their own that really commit.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from random import Random
from threading import Barrier
from typing import Any, Final

import pytest
from django.apps import apps
from django.db import connection

from budget.calculations.lines import FIELDS, Field, Line, LineEdit
from budget.calculations.position import roll_up
from budget.models import Quarter
from budget.selectors.figures import figures_of
from budget.selectors.grid import stored_lines
from budget.services.entry import Clashed, Saved, save_lines
from tests import environment
from tests.budget.entry.world import CARE, LEDGER, PROJECTS, SUPPORT, finance
from tests.budget.forty import forty_services
from tests.sampling import SEED
from torbay_reports.access.models import User

LINES: Final = (CARE, SUPPORT, "adults-operations", PROJECTS)
Lines = dict[str, Line]
Change = tuple[str, Field]

BELOW: Final = """
    WITH RECURSIVE below(top, id) AS (
        SELECT id, id FROM budget_service WHERE year_id = %s
        UNION ALL SELECT below.top, child.id FROM below JOIN budget_service child ON child.parent_id = below.id
    )
    SELECT service.slug, sum(forecast.net), sum(actual.net)
    FROM below JOIN budget_service service ON service.id = below.top
    LEFT JOIN budget_forecast forecast ON forecast.service_id = below.id AND forecast.quarter_id = %s
    LEFT JOIN budget_actual actual ON actual.service_id = below.id AND actual.quarter_id = %s
    GROUP BY service.slug
"""


@dataclass(frozen=True)
class Writer:
    """One of the two: the person, what they saw and want, and what they were told."""

    by: User
    edits: list[LineEdit]
    outcome: Saved | Clashed

    @property
    def wanted(self) -> dict[Change, Any]:
        return {(each.slug, field): getattr(each.wanted, field) for each in self.edits for field in each.changed}


@pytest.mark.django_db(transaction=True)
def test_no_update_is_lost_between_two_writers_and_the_totals_cast() -> None:
    quarter = forty_services()
    people = [finance("Ann Example"), finance("Ben Example")]
    random = Random(SEED)
    written: set[tuple[str, Field, Any, int, str]] = set()
    clashed = merged = 0
    with two_threads() as at_once:
        for race in range(1_000 if environment.is_soak else 40):
            before = stored_lines(quarter)
            wishes = [edits_of(random, before) for _ in people]
            why = f"Race {race}"
            calls: list[Callable[[], Any]] = [
                partial(outcome, quarter, edits, by, why) for by, edits in zip(people, wishes, strict=True)
            ]
            outcomes = at_once(calls)
            writers = [Writer(*each) for each in zip(people, wishes, outcomes, strict=True)]
            check_race(writers, before, stored_lines(quarter))
            check_totals(quarter)
            clashed += any(isinstance(each.outcome, Clashed) for each in writers)
            merged += all(isinstance(each.outcome, Saved) and each.outcome.number for each in writers)
            for writer in writers:
                if isinstance(writer.outcome, Saved):
                    written |= {
                        (*change, writer.wanted[change], writer.by.pk, why) for change in writer.outcome.changed
                    }
    assert clashed > 0
    assert merged > 0
    assert written <= kept_events(quarter)


def edits_of(random: Random, stored: Lines) -> list[LineEdit]:
    """One to three of four lines, each with one to four of its fields changed to a value of few."""
    edits = []
    for slug in random.sample(LINES, random.randint(1, 3)):
        seen = stored[slug]
        values: dict[Field, Any] = {
            "forecast": Decimal(random.randint(1, 6) * 1_000),
            "actual": Decimal(random.randint(1, 6) * 100),
            "ledger_date": LEDGER.replace(day=random.randint(1, 6)),
            "reason": random.choice(["Agency staff.", "Fuel.", "Fewer children."]),
        }
        chosen = set(random.sample(FIELDS, random.randint(1, 4)))
        if chosen & {"actual", "ledger_date"} and seen.actual is None:
            chosen |= {"actual", "ledger_date"}
        changed: dict[str, Any] = {field: values[field] for field in chosen}
        edits.append(LineEdit(slug, seen, replace(seen, **changed)))
    return edits


def outcome(quarter: Quarter, edits: list[LineEdit], by: User, why: str) -> Saved | Clashed:
    try:
        return save_lines(quarter=quarter, edits=edits, by=by, why=why)
    except Clashed as met:
        return met


def check_race(writers: list[Writer], before: Lines, after: Lines) -> None:
    """What is stored is what was there with every change of who was not told of a clash; who was, was so rightly."""
    first, second = (each.wanted for each in writers)
    differing = {change for change in first.keys() & second.keys() if first[change] != second[change]}
    told = [each for each in writers if isinstance(each.outcome, Clashed)]
    assert len(told) == bool(differing)
    for loser in told:
        assert isinstance(loser.outcome, Clashed)
        assert {(clash.slug, clash.field) for clash in loser.outcome.clashes} == differing
        assert all(getattr(after[clash.slug], clash.field) == clash.stored for clash in loser.outcome.clashes)
    expected = {(slug, field): getattr(line, field) for slug, line in before.items() for field in FIELDS}
    for writer in writers:
        if writer not in told:
            expected |= writer.wanted
    assert {(slug, field): getattr(line, field) for slug, line in after.items() for field in FIELDS} == expected


def check_totals(quarter: Quarter) -> None:
    """Every line of the roll-up is the sum that the database makes of the stored rows below it."""
    with connection.cursor() as cursor:
        cursor.execute(BELOW, [quarter.year_id, quarter.pk, quarter.pk])
        summed = {slug: (forecast, actual) for slug, forecast, actual in cursor.fetchall()}
    computed = {each.slug: (each.forecast_net, each.actual) for each in roll_up(figures_of(quarter).lines)}
    assert computed == summed


def kept_events(quarter: Quarter) -> set[tuple[str, Field, Any, int, str]]:
    """Every value that the history has, with who wrote it and why."""
    kept: set[tuple[str, Field, Any, int, str]] = set()
    columns: dict[Field, tuple[str, str]] = {
        "forecast": ("ForecastEvent", "net"),
        "actual": ("ActualEvent", "net"),
        "ledger_date": ("ActualEvent", "ledger_date"),
        "reason": ("ServiceReturnEvent", "reason"),
    }
    for field, (table, column) in columns.items():
        rows = apps.get_model("budget", table)._default_manager.filter(quarter_id=quarter.pk).order_by("pgh_id")
        for slug, value, context in rows.values_list("service__slug", column, "pgh_context__metadata"):
            kept.add((slug, field, value, context["by"], context["why"]))
    return kept


def hang_up() -> None:
    """Closes the connection of the thread that calls it."""
    connection.close()


@contextmanager
def two_threads() -> Iterator[Callable[[list[Callable[[], Any]]], list[Any]]]:
    """Runs pairs of calls that begin at the same moment, each in a thread that keeps its connection."""
    barrier = Barrier(2, timeout=60)

    def run(call: Callable[[], Any]) -> Any:
        barrier.wait()
        return call()

    def both(calls: list[Callable[[], Any]]) -> list[Any]:
        asked: list[Future[Any]] = [workers.submit(run, call) for call in calls]
        return [each.result(timeout=60) for each in asked]

    with ThreadPoolExecutor(max_workers=2) as workers:
        try:
            yield both
        finally:
            both([hang_up, hang_up])
