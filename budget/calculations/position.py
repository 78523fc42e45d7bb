"""The one definition of every computed budget figure: pure functions over plain values.

Signs: expenditure positive, income negative, net = expenditure + income; variance = forecast full-year net less current
net budget, positive is an overspend (adverse). An unknown figure is None, which is not nil.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from torbay_reports.core.formatting import as_shown
from torbay_reports.core.money import Unit

Amount = Decimal | None


@dataclass(frozen=True)
class ServiceFigures:
    """What is stored of one line of the tree; a group has none of its own. Amounts in the year's unit.

    `expenditure` and `income` are the current budget at the quarter's end, `original` the original net budget where it
    is known, `virements` the net of the movements recorded here; variances of other quarters are in this year's unit.
    """

    key: int
    parent: int | None
    slug: str
    name: str
    kind: str
    depth: int
    expenditure: Amount = None
    income: Amount = None
    forecast_net: Amount = None
    previous_variance: Amount = None
    last_year_variance: Amount = None
    original: Amount = None
    virements: Amount = None
    actual: Amount = None


@dataclass(frozen=True)
class Position:
    """A line of the budget table, computed; `is_group` tells a sum.

    `movement` is the variance less that of the quarter before, `movement_on_last_year` less that of the same quarter a
    year ago: positive is worse. They are None where there is no such quarter.
    """

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
    movement_on_last_year: Amount = None
    previous_variance: Amount = None
    original: Amount = None
    virements: Amount = None
    actual: Amount = None


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


_SUMMED = (
    "expenditure",
    "income",
    "forecast_net",
    "variance",
    "movement",
    "movement_on_last_year",
    "previous_variance",
    "original",
    "virements",
    "actual",
)


def _position(line: ServiceFigures, parts: Sequence[Position], *, parent: str | None) -> Position:
    if parts:
        amounts = {name: known_sum(getattr(part, name) for part in parts) for name in _SUMMED}
    else:
        variance = variance_of(line.forecast_net, known_sum([line.expenditure, line.income]))
        amounts = {
            "expenditure": line.expenditure,
            "income": line.income,
            "forecast_net": line.forecast_net,
            "variance": variance,
            "movement": _moved(variance, line.previous_variance),
            "movement_on_last_year": _moved(variance, line.last_year_variance),
            "previous_variance": line.previous_variance,
            "original": line.original,
            "virements": line.virements,
            "actual": line.actual,
        }
    return Position(
        slug=line.slug,
        name=line.name,
        kind=line.kind,
        depth=line.depth,
        is_group=bool(parts),
        parent=parent,
        net=known_sum([amounts["expenditure"], amounts["income"]]),
        **amounts,
    )


def _moved(variance: Amount, before: Amount) -> Amount:
    return None if variance is None or before is None else variance - before


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
