"""Reads: whom a reminder goes to, and which services have nobody to be reminded."""

from collections.abc import Iterable
from dataclasses import dataclass

from budget.selectors.desk import DeskRow
from torbay_reports.access.models import User


@dataclass(frozen=True)
class Reminder:
    """One person, and all of their services that they are reminded of."""

    person: User
    rows: tuple[DeskRow, ...]


def reminders(rows: Iterable[DeskRow]) -> tuple[list[Reminder], list[DeskRow]]:
    """One reminder a person, by name, and the services that no budget holder answers for; no query."""
    people: dict[User, list[DeskRow]] = {}
    nobody = []
    for row in rows:
        for person in row.holders:
            people.setdefault(person, []).append(row)
        if not row.holders:
            nobody.append(row)
    by_name = sorted(people.items(), key=lambda each: (each[0].full_name, each[0].pk))
    return [Reminder(person, tuple(theirs)) for person, theirs in by_name], nobody
