"""What a step has to be to stand on a list at all, found by asking the one definition of the flags.

So that a database can leave out most steps before they are looked at, without a second definition.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import product
from typing import Final

from improvement.calculations.flags import StepFacts, flags
from improvement.kinds import Flag, Outcome, Status

_DAY: Final = date(2000, 1, 1)
_DUE: Final = (None, date.min, date.max)


@dataclass(frozen=True, slots=True)
class Needs:
    """The statuses that a flag can have, and whether it wants a due date or an owner; None where it can be either."""

    statuses: frozenset[Status]
    has_due_date: bool | None
    has_owner: bool | None


@cache
def needs(flag: Flag) -> Needs:
    """What a step with that flag must be."""
    facts = (
        StepFacts(status, due_on, None, has_evidence, has_owner, outcome)
        for status, due_on, has_evidence, has_owner, outcome in product(
            Status, _DUE, (True, False), (True, False), Outcome
        )
    )
    having = [each for each in facts if flag in flags(each, _DAY)]
    return Needs(
        statuses=frozenset(each.status for each in having),
        has_due_date=_only(each.due_on is not None for each in having),
        has_owner=_only(each.has_owner for each in having),
    )


def _only(values: Iterable[bool]) -> bool | None:
    found = set(values)
    return found.pop() if len(found) == 1 else None
