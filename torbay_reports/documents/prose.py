"""Prose whose figures are references, not typed text: `an overspend of [[service:libraries.variance|£0.0m]]`.

A reference names a stored value and the form in which it is read. What the forms make of a value is
`torbay_reports.core.formatting`'s business; here they are only chosen.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from torbay_reports.core import formatting
from torbay_reports.core.money import Money, Unit
from torbay_reports.documents.blocks import Figure, Inline, ParagraphLink, Prose, Text, WebLink
from torbay_reports.documents.soundness import is_address

Value = Money | Decimal | int | date | str
Lookup = Callable[[str], Value]
"""Finds the value that a reference names; raises LookupError with a sentence where there is none."""


class UnboundProse(ValueError):
    """A reference that names nothing, or a form that does not suit its value; the message says which."""


@dataclass(frozen=True)
class Target:
    """A numbered paragraph that prose may point to."""

    anchor: str
    number: str


_REFERENCE = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
_MONEY_FORM = re.compile(r"£0(?:\.(0+))?([km]?)")
_TYPED_SUM = re.compile(r"£\s?\d")
_UNIT_OF_SUFFIX = {"": Unit.POUNDS, "k": Unit.THOUSANDS, "m": Unit.MILLIONS}
_SMALL_NUMBERS = ("nil", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def typed_sums(text: str) -> list[str]:
    """The sums of money that stand in the text as typed digits, which nothing would keep true."""
    without_references = _REFERENCE.sub("", text)
    return [without_references[m.start() : m.start() + 12] for m in _TYPED_SUM.finditer(without_references)]


def references(text: str) -> list[str]:
    """The references of a text, as written between their brackets."""
    return _REFERENCE.findall(text)


def bind(text: str, *, lookup: Lookup, paragraphs: Mapping[str, Target]) -> Prose:
    """Put the figures, paragraph numbers and links into a text. Raises UnboundProse."""
    parts: list[Inline] = []
    end = 0
    for match in _REFERENCE.finditer(text):
        if match.start() > end:
            parts.append(Text(text=text[end : match.start()]))
        parts.append(_resolved(match[1], lookup=lookup, paragraphs=paragraphs))
        end = match.end()
    if end < len(text):
        parts.append(Text(text=text[end:]))
    return tuple(parts)


def _resolved(reference: str, *, lookup: Lookup, paragraphs: Mapping[str, Target]) -> Inline:
    name, _, form = (part.strip() for part in reference.partition("|"))
    if name.startswith("link:"):
        return WebLink(text=form or name.removeprefix("link:"), address=_web_address(name.removeprefix("link:")))
    if name.startswith("para:"):
        target = paragraphs.get(name.removeprefix("para:"))
        if target is None:
            raise UnboundProse(f"No numbered paragraph is called '{name.removeprefix('para:')}'.")
        return ParagraphLink(text=target.number, anchor=target.anchor)
    try:
        value = lookup(name)
    except LookupError as error:
        raise UnboundProse(str(error.args[0])) from error
    text = _read(name, value, form)
    match value:
        case Money():
            return Figure(text=text, ref=name, value=value.amount, unit=value.unit.value)
        case date():
            return Figure(text=text, ref=name, day=value)
        case str():
            return Figure(text=text, ref=name)
    return Figure(text=text, ref=name, value=Decimal(value), unit="number")


def _web_address(address: str) -> str:
    if not is_address(address):
        raise UnboundProse(f"The link '{address}' must begin with https://, http:// or mailto:.")
    return address


def _read(name: str, value: Value, form: str) -> str:
    text: str | None
    if isinstance(value, Money):
        text = _read_money(value, form)
    elif isinstance(value, date):
        text = {"date": formatting.long_date, "day": formatting.day_and_month}.get(form, _no_form)(value)
    elif isinstance(value, int | Decimal):
        text = _read_number(Decimal(value), form)
    else:
        text = value if not form else None
    if text is None:
        raise UnboundProse(f"'{name}' cannot be written as '{form}'.")
    return text


def _no_form(_value: date) -> None:
    return None


def _read_money(money: Money, form: str) -> str | None:
    if match := _MONEY_FORM.fullmatch(form):
        return formatting.sterling(money, _UNIT_OF_SUFFIX[match[2]], len(match[1] or ""))
    if form == "overspend":
        return formatting.over_or_under(money.amount)
    if form == "Overspend":
        return formatting.over_or_under(money.amount).capitalize()
    if form == "over":
        return formatting.over_or_under(money.amount, over="over", under="under", nil="on budget")
    if match := _MONEY_FORM.fullmatch(form.removeprefix("an overspend of ")):
        if money.amount == 0:
            return "no variance"
        size = formatting.sterling(money, _UNIT_OF_SUFFIX[match[2]], len(match[1] or ""))
        return f"an {formatting.over_or_under(money.amount)} of {size}"
    return None


def _read_number(number: Decimal, form: str) -> str | None:
    if form == "number":
        return f"{number.normalize():,f}"
    if form == "percent":
        return f"{number.normalize():f}%"
    if form == "in words":
        whole = number == number.to_integral_value() and 0 <= number < len(_SMALL_NUMBERS)
        return _SMALL_NUMBERS[int(number)] if whole else f"{number.normalize():,f}"
    return None
