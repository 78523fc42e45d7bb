"""How exact sums read where they are entered and compared: nothing is rounded. Pure functions."""

from collections.abc import Iterable
from decimal import Decimal

from budget.calculations.position import Amount
from torbay_reports.core.formatting import bracketed


def places_for(amounts: Iterable[Amount]) -> int:
    """The decimals in which all these sums are shown exactly, one below the other: 0, 1 or 2."""
    places = 0
    for amount in amounts:
        if amount is not None:
            _, _, exponent = amount.normalize().as_tuple()
            places = max(places, -exponent if isinstance(exponent, int) else 0)
    return places


def exactly(amount: Amount, places: int = 0) -> str:
    """A sum as a table prints it, exact, with these decimals at the least: 1,377, (43.50), 0, - for an absent one."""
    return bracketed(amount, max(places, places_for([amount])))


def typed(amount: Amount) -> str:
    """A sum as it stands in a box to type in, so that it reads back as itself: 1,377, -43.5, nothing for none."""
    return "" if amount is None else f"{amount:,.{places_for([amount])}f}" if amount else "0"


def cents(amount: Amount) -> str:
    """A sum in hundredths of its unit, for what adds up in the browser; nothing for none."""
    return "" if amount is None else str(int(amount * Decimal(100)))
