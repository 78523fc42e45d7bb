"""Reads: who last changed a field of a quarter's line, and when, from what the database's triggers kept."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from budget.calculations.lines import Field
from budget.models import Actual, Forecast, Quarter, ServiceReturn
from torbay_reports.access.models import User
from torbay_reports.core.history import events, moment_of

_Kept = type[Forecast] | type[Actual] | type[ServiceReturn]
KEPT_IN: Final[dict[Field, tuple[_Kept, str]]] = {
    "forecast": (Forecast, "net"),
    "actual": (Actual, "net"),
    "ledger_date": (Actual, "ledger_date"),
    "reason": (ServiceReturn, "reason"),
}


@dataclass(frozen=True)
class LastChange:
    """Who changed a field last, by name, and when; `who` is empty for what came with a fixture."""

    who: str
    at: datetime


def last_changes(quarter: Quarter, fields: Collection[tuple[str, Field]]) -> dict[tuple[str, Field], LastChange]:
    """The last change of each of these fields of services, by short name; at most four queries, however many.

    A field that was never written is left out.
    """
    by_table: dict[_Kept, list[tuple[str, Field]]] = defaultdict(list)
    for slug, field in fields:
        by_table[KEPT_IN[field][0]].append((slug, field))
    found: dict[tuple[str, Field], tuple[int | None, datetime]] = {}
    for table, wanted in by_table.items():
        found |= _of_table(table, quarter, wanted)
    people = User.objects.in_bulk({by for by, _ in found.values() if by is not None})
    return {each: LastChange(people[by].full_name if by in people else "", at) for each, (by, at) in found.items()}


def _of_table(
    table: _Kept, quarter: Quarter, wanted: Collection[tuple[str, Field]]
) -> dict[tuple[str, Field], tuple[int | None, datetime]]:
    rows = (
        events(table)
        .filter(quarter_id=quarter.pk, service__slug__in={slug for slug, _ in wanted})
        .values(
            "service__slug", "pgh_label", "pgh_created_at", "pgh_context__metadata", *{KEPT_IN[f][1] for _, f in wanted}
        )
    )
    fields: dict[str, list[Field]] = defaultdict(list)
    for slug, field in wanted:
        fields[slug].append(field)
    stood: dict[tuple[str, Field], Any] = {}
    found: dict[tuple[str, Field], tuple[int | None, datetime]] = {}
    for row in rows:
        slug, metadata = row["service__slug"], row["pgh_context__metadata"]
        for field in fields[slug]:
            value = None if row["pgh_label"] == "delete" else row[KEPT_IN[field][1]]
            if (slug, field) not in stood or stood[slug, field] != value:
                stood[slug, field] = value
                found[slug, field] = ((metadata or {}).get("by"), moment_of(metadata, row["pgh_created_at"]))
    return found
