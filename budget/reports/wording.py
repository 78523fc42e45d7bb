"""How a line of the budget reads in words: the sentences of screen, chart and summary."""

from decimal import Decimal

from budget.calculations.position import Amount, Position
from torbay_reports.core import formatting
from torbay_reports.core.money import Money, Unit
from torbay_reports.documents.blocks import Tone

NO_EARLIER_QUARTER = "no earlier quarter"


def tone(variance: Amount) -> Tone:
    """How a variance is to be read: over budget is adverse."""
    if not variance:
        return ""
    return "adverse" if variance > 0 else "favourable"


def table_unit(held_in: Unit) -> tuple[Unit, int]:
    """The unit and decimals of a table of the year's sums: £000s, or £m with one where no more is known."""
    return (Unit.MILLIONS, 1) if held_in == Unit.MILLIONS else (Unit.THOUSANDS, 0)


def size(amount: Decimal, unit: Unit) -> str:
    """A sum's size in thousands, or in pounds where a smaller sum would vanish: £1,377k, £400.

    A sum known to the million stays in millions, £1.4m, since thousands would claim more than is known.
    """
    money = Money(amount, unit)
    if unit == Unit.MILLIONS:
        return formatting.sterling(money, Unit.MILLIONS, 1)
    if unit == Unit.POUNDS and abs(amount) < 500:
        return formatting.sterling(money, Unit.POUNDS)
    return formatting.sterling(money, Unit.THOUSANDS)


def variance_words(variance: Amount, unit: Unit) -> str:
    """£1,377k over, £18k under, on budget, or no forecast yet."""
    if variance is None:
        return "no forecast yet"
    if variance == 0:
        return "on budget"
    return f"{size(variance, unit)} {formatting.over_or_under(variance, over='over', under='under')}"


def movement_words(position: Position, unit: Unit, *, has_previous: bool) -> str:
    """Movement since the previous quarter: worse by £20k, unchanged, or that there is none."""
    if not has_previous or position.movement is None:
        return NO_EARLIER_QUARTER
    if position.movement == 0:
        return "unchanged"
    worse = formatting.over_or_under(position.movement, over="worse", under="better")
    return f"{worse} by {size(position.movement, unit)}"


def line_sentence(position: Position, unit: Unit, *, has_previous: bool) -> str:
    """A line in words: "Children's Services: £1,377k over", with its movement where there is an earlier quarter."""
    sentence = f"{position.name}: {variance_words(position.variance, unit)}"
    if has_previous:
        sentence += f", {movement_words(position, unit, has_previous=True)}"
    return sentence
