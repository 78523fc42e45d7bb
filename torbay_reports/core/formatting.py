"""Values into text: the one place that decides how a figure, a date or a count reads.

Rounding happens here and only here, half away from zero. Brackets are negatives in tables; in sentences a negative is
a word ("under"), never a minus sign.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from torbay_reports.core.money import Money, Unit, rounded

ABSENT = "-"
NIL = Decimal(0)
_SUFFIXES = {Unit.POUNDS: "", Unit.THOUSANDS: "k", Unit.MILLIONS: "m"}


def bracketed(value: Decimal | None, places: int = 0) -> str:
    """A figure as a table prints it: 1,377, (43), 0 for a true nil, - for an absent one.

    A value that is not nil never reads as a bare 0: where rounding leaves nothing it keeps one decimal, 0.0 or (0.0).
    """
    if value is None:
        return ABSENT
    if value == 0:
        return "0"
    text = f"{abs(as_shown(value, places)):,f}"
    return f"({text})" if value < 0 else text


def as_shown(value: Decimal, places: int = 0) -> Decimal:
    """The number that a reader of the table sees: rounded, or to one decimal where that leaves a bare 0."""
    shown = rounded(value, places)
    return rounded(value, 1) if shown == 0 and places == 0 else shown


def sterling(money: Money, unit: Unit, places: int = 0) -> str:
    """A sum's size in a sentence: £1.4m, £1,377k, £58,000; without its sign, which belongs in a word beside it.

    What would read as nothing though it is not nil says "less than £0.1m"; "under" is the word for an underspend.
    """
    size = abs(money).shown_in(unit)
    shown = rounded(size, places)
    if size != 0 and shown == 0:
        smallest = Decimal(1).scaleb(-places)
        return f"less than £{smallest:,f}{_SUFFIXES[unit]}"
    return f"£{shown:,f}{_SUFFIXES[unit]}"


def over_or_under(value: Decimal, *, over: str = "overspend", under: str = "underspend", nil: str = "variance") -> str:
    """The word for a variance's sign: overspend, underspend, or the neutral word for nil."""
    if value > 0:
        return over
    return under if value < 0 else nil


def direction_letter(value: Decimal) -> str:
    """R for an overspend, G for an underspend, nothing for nil."""
    return over_or_under(value, over="R", under="G", nil="")


def count(number: int, one: str, many: str) -> str:
    """A count with its noun: 1 day, 68 days."""
    return f"{number:,} {one if number == 1 else many}"


def long_date(day: date) -> str:
    """30 June 2017."""
    return f"{day.day} {day:%B %Y}"


def day_and_month(day: date) -> str:
    """30 June, where the year is plain from what stands around it."""
    return f"{day.day} {day:%B}"


def full_date(day: date) -> str:
    """Wednesday 6 September 2017."""
    return f"{day:%A} {long_date(day)}"


def from_to(first: date, last: date) -> str:
    """A time with both its days, as the end of a clause: from 1 to 30 September 2017; on 5 September 2017."""
    if first == last:
        return f"on {long_date(first)}"
    if first.year != last.year:
        return f"from {long_date(first)} to {long_date(last)}"
    start = day_and_month(first) if first.month != last.month else str(first.day)
    return f"from {start} to {long_date(last)}"


def listed(words: Sequence[str], last: str = "and") -> str:
    """Words as a sentence lists them: a, b and c; `last` is the word before the last of them."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def page_range(first: str, last: str) -> str:
    """Pages 2 - 8, or Page 2 for one page; pages go by what is printed on them, E1 included."""
    return f"Page {first}" if first == last else f"Pages {first} - {last}"
