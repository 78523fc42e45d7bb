"""What a quarter's close looks at: who has to return something, and whether the tables cast. Pure functions."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from budget.calculations.position import Amount, Position, ServiceFigures

CAST: Final = ("expenditure", "income", "forecast_net")
"""The figures that are stored, which every total is made of."""
_WORDS: Final = {"expenditure": "expenditure", "income": "income", "forecast_net": "forecast"}


def needs_return(position: Position) -> bool:
    """Whether a line has to be returned and agreed before the quarter is signed: a service that has a budget or a
    forecast, sources of funding among them. A group is only the sum of what is in it."""
    return not position.is_group and (position.net is not None or position.forecast_net is not None)


def casting_faults(
    lines: Sequence[ServiceFigures], positions: Iterable[Position], stored: Mapping[str, Decimal]
) -> Iterator[str]:
    """A sentence for each total of the table that is not the sum of the services below it, added up another way.

    `roll_up` goes down the tree; this goes up it from every service. `stored` is what all rows of the year come to, by
    the names in `CAST`, which finds an amount that is stored against a group and so counts in no total.
    """
    shown = list(positions)
    by_key = {line.key: line for line in lines}
    groups = {line.parent for line in lines}
    sums: dict[str, dict[str, Decimal]] = {}
    everything = dict.fromkeys(CAST, Decimal(0))
    for line in lines:
        if line.key in groups:
            continue
        for name in CAST:
            amount = getattr(line, name) or Decimal(0)
            everything[name] += amount
            for above in _above(line, by_key):
                added = sums.setdefault(above.slug, dict.fromkeys(CAST, Decimal(0)))
                added[name] += amount
    for position in shown:
        if position.is_group and any(
            (getattr(position, name) or Decimal(0)) != sums[position.slug][name] for name in CAST
        ):
            yield f"{position.name} is not the sum of its services. Nothing is signed until that is mended."
        if _nil(position.net) != _nil(position.expenditure) + _nil(position.income):
            yield f"The net budget of {position.name} is not its expenditure and income added up."
    for name in CAST:
        if stored[name] != everything[name]:
            yield (
                f"The rows of the year's {_WORDS[name]} come to {stored[name]:,}, and the table's services to "
                f"{everything[name]:,}: some of it is stored against a group. Move it to a service."
            )


def _nil(amount: Amount) -> Decimal:
    return Decimal(0) if amount is None else amount


def _above(line: ServiceFigures, by_key: Mapping[int, ServiceFigures]) -> Iterator[ServiceFigures]:
    while line.parent is not None:
        line = by_key[line.parent]
        yield line


def fingerprint(positions: Iterable[Position]) -> str:
    """What tells a table from another in any figure: what is signed must be what was looked at."""
    return hashlib.sha256(repr(tuple(positions)).encode()).hexdigest()
