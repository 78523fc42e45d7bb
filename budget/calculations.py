"""The one definition of every computed budget figure: pure functions over plain values.

Signs: expenditure positive, income negative, net = expenditure + income; variance = forecast full-year net less current
net budget, positive is an overspend (adverse). An unknown figure is None, which is not nil.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from torbay_reports.core.formatting import as_shown
from torbay_reports.core.money import Unit

Amount = Decimal | None


@dataclass(frozen=True)
class ServiceFigures:
    """What is stored of one line of the tree; a group has none of its own. Amounts in the year's unit."""

    key: int
    parent: int | None
    slug: str
    name: str
    kind: str
    depth: int
    expenditure: Amount = None
    income: Amount = None
    forecast_net: Amount = None
    previous_forecast_net: Amount = None


@dataclass(frozen=True)
class Position:
    """A line of the budget table, computed. `movement` is None without an earlier quarter; `is_group` tells a sum."""

    slug: str
    name: str
    kind: str
    depth: int
    is_group: bool
    parent: str | None
    expenditure: Amount
    income: Amount
    net: Amount
    forecast_net: Amount
    variance: Amount
    movement: Amount


def known_sum(amounts: Iterable[Amount]) -> Amount:
    """The sum of what is known; None where nothing is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def variance_of(forecast_net: Amount, net: Amount) -> Amount:
    """Forecast full-year net less current budget; None while there is no forecast."""
    if forecast_net is None:
        return None
    return forecast_net - (net if net is not None else Decimal(0))


def roll_up(lines: Sequence[ServiceFigures]) -> tuple[Position, ...]:
    """The budget table in print order: the lines of a group, then the group. `lines` come parents before children.

    Every sum is added up from the leaves' exact amounts; nothing rounded is ever summed.
    """
    children: dict[int | None, list[ServiceFigures]] = {}
    for line in lines:
        children.setdefault(line.parent, []).append(line)
    slugs = {line.key: line.slug for line in lines}
    positions: list[Position] = []

    # An explicit stack, since a tree may be deeper than Python's own.
    def enter(level: Sequence[ServiceFigures]) -> list[tuple[ServiceFigures, bool]]:
        return [(line, False) for line in reversed(level)]

    computed: dict[int, Position] = {}
    stack = enter(children.get(None, []))
    while stack:
        line, children_done = stack.pop()
        below = children.get(line.key, [])
        if below and not children_done:
            stack.append((line, True))
            stack.extend(enter(below))
            continue
        position = _position(line, [computed[child.key] for child in below], parent=slugs.get(line.parent or 0))
        computed[line.key] = position
        positions.append(position)
    return tuple(positions)


def _position(line: ServiceFigures, parts: Sequence[Position], *, parent: str | None) -> Position:
    if parts:
        expenditure = known_sum(part.expenditure for part in parts)
        income = known_sum(part.income for part in parts)
        forecast_net = known_sum(part.forecast_net for part in parts)
        variance = known_sum(part.variance for part in parts)
        movement = known_sum(part.movement for part in parts)
    else:
        expenditure, income, forecast_net = line.expenditure, line.income, line.forecast_net
        variance = variance_of(forecast_net, known_sum([expenditure, income]))
        movement = None
        if forecast_net is not None and line.previous_forecast_net is not None:
            movement = forecast_net - line.previous_forecast_net
    return Position(
        slug=line.slug,
        name=line.name,
        kind=line.kind,
        depth=line.depth,
        is_group=bool(parts),
        parent=parent,
        expenditure=expenditure,
        income=income,
        net=known_sum([expenditure, income]),
        forecast_net=forecast_net,
        variance=variance,
        movement=movement,
    )


def casts_when_rounded(positions: Sequence[Position], *, held_in: Unit, shown_in: Unit, places: int = 0) -> bool:
    """Whether the table adds up to the eye: each group's shown figures to its shown total, and across to the net."""

    def shown(amount: Amount) -> Decimal:
        return as_shown((amount or Decimal(0)) * held_in.scale / shown_in.scale, places)

    sums: dict[str, list[Decimal]] = {}
    for position in positions:
        figures = [shown(amount) for amount in (position.expenditure, position.income, position.net, position.variance)]
        if figures[0] + figures[1] != figures[2]:
            return False
        if position.is_group and sums[position.slug] != figures:
            return False
        if position.parent is not None:
            above = sums.setdefault(position.parent, [Decimal(0)] * 4)
            sums[position.parent] = [a + b for a, b in zip(above, figures, strict=True)]
    return True


def largest_variances(positions: Iterable[Position], most: int) -> list[Position]:
    """The services furthest from their budget, either way, largest first; nil variances left out."""
    off_budget = [p for p in positions if not p.is_group and p.variance]
    return sorted(off_budget, key=lambda p: (-abs(p.variance or Decimal(0)), p.name))[:most]


@dataclass(frozen=True)
class Borrowed:
    """External borrowing taken out between two days."""

    first_day: date
    last_day: date
    amount: Decimal


def balance_before(balance: Decimal, taken: Iterable[Borrowed], day: date) -> Decimal:
    """External borrowing at the end of `day`, derived from a later balance; no repayment assumed."""
    return balance - sum((each.amount for each in taken if each.first_day > day), Decimal(0))


def first_over(balance: Decimal, taken: Sequence[Borrowed], ceiling: Decimal) -> Borrowed | None:
    """The borrowing that took the balance past the ceiling; None where it is not past, or was before all of these."""
    for each in sorted(taken, key=lambda b: b.last_day, reverse=True):
        before = balance - each.amount
        if before <= ceiling < balance:
            return each
        balance = before
    return None


def limit_total(external: Amount, other: Amount, stated: Amount) -> Amount:
    """A limit's total: the sum of its parts where both are known, else what was stated."""
    if external is not None and other is not None:
        return external + other
    return stated
