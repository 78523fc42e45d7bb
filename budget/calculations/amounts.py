"""Sums as people type and paste them: "(1,377)", "£1.4m", "-", "nil", 1 377 with the space that a spreadsheet sets.

Pure functions. Nothing is guessed and nothing rounded: what could mean two sums is refused with what to type instead.
"""

import re
from decimal import Decimal
from typing import Final

from torbay_reports.core.money import Unit
from torbay_reports.core.reading import LARGEST_SUM

LONGEST: Final = 60
"""Characters in which a sum is written."""

DECIMALS: Final = 2
"""That are kept of the unit in which a year is held."""

_DASHES: Final = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_SPACES: Final = " \u00a0\u2007\u2009\u202f"
_NIL: Final = frozenset({"nil", *_DASHES})
_SUFFIXES: Final = {"k": Unit.THOUSANDS, "m": Unit.MILLIONS}
_MINUS: Final = re.compile(f"[{_DASHES}]")
_SUM: Final = re.compile(
    rf"""
    (?P<before>£)? [{_SPACES}]* (?P<bracket>\()?
    (?P<first>[+-])? [{_SPACES}]* (?P<pound>£)? [{_SPACES}]* (?P<second>[+-])?
    (?P<digits>[0-9]+ | [0-9]{{1,3}}(?:,[0-9]{{3}})+ | [0-9]{{1,3}}(?:[{_SPACES}][0-9]{{3}})+)?
    (?P<decimals>\.[0-9]+)?
    [{_SPACES}]* (?P<suffix>[kKmM])?
    [{_SPACES}]* (?P<closed>\))?
    """,
    re.VERBOSE,
)
_ANY_DIGIT: Final = re.compile(r"\d")
_NOT_OURS: Final = re.compile(r"[^\W0-9a-zA-Z_]")


class UnreadableSum(ValueError):
    """The text is no sum, or could mean two; the message says what to type, and names no place."""


def read_sum(text: str, *, typed_in: Unit, held_in: Unit) -> Decimal | None:
    """The sum in the unit in which the year is held; None for an empty text, which is "not entered".

    A sum is typed in `typed_in` unless it says k or m itself. Brackets or a minus before it make it negative; a dash
    alone and "nil" are nil. Raises UnreadableSum for everything else, and for what two decimals of the held unit
    cannot hold exactly.
    """
    plain = text.strip().strip(_SPACES)
    if not plain:
        return None
    if plain.casefold() in _NIL:
        return Decimal(0)
    if len(plain) > LONGEST:
        raise UnreadableSum(f"“{plain[:LONGEST]}…” is too long for a sum. Type it in figures, such as 1,377.")
    found = _SUM.fullmatch(_MINUS.sub("-", plain))
    if found is None or not (found["digits"] or found["decimals"]) or (found["before"] and found["pound"]):
        raise UnreadableSum(_why_not(plain))
    if bool(found["bracket"]) != bool(found["closed"]):
        raise UnreadableSum(f"“{plain}” has one bracket. Type both, such as (1,377), or none.")
    signs = [sign for sign in (found["first"], found["second"]) if sign]
    if len(signs) + bool(found["bracket"]) > 1:
        raise UnreadableSum(f"“{plain}” has two signs. Type one: (1,377) or -1,377.")
    digits = re.sub(f"[,{_SPACES}]", "", found["digits"] or "0")
    unit = _SUFFIXES[found["suffix"].lower()] if found["suffix"] else typed_in
    amount = Decimal(digits + (found["decimals"] or "")) * unit.scale / held_in.scale
    return _kept(-amount if found["bracket"] or "-" in signs else amount, plain, held_in)


def _kept(amount: Decimal, text: str, held_in: Unit) -> Decimal:
    """The sum as a column holds it. Raises UnreadableSum."""
    if abs(amount) >= LARGEST_SUM:
        raise UnreadableSum(f"“{text}” is larger than any council's budget. Look at its unit.")
    shortest = amount.normalize()
    exponent = shortest.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > DECIMALS:
        raise UnreadableSum(
            f"“{text}” has more digits behind the point than are kept, two of {held_in.heading}, and nothing is "
            f"rounded here. {_thousands_meant(text)}Type it with fewer, or choose another unit."
        )
    return Decimal(0) if amount == 0 else amount.quantize(Decimal(1)) if amount == amount.to_integral() else shortest


def _thousands_meant(text: str) -> str:
    """A point before three digits is a thousand's elsewhere in Europe."""
    found = re.search(r"(\d{1,3})\.(\d{3})(?!\d)", text)
    return f"If it means {found[1]},{found[2]}, type that. " if found else ""


def _why_not(text: str) -> str:
    """What is wrong with a text that is no sum, and the cure."""
    folded = text.casefold()
    if text.startswith("#"):
        return f"“{text}” is an error of the spreadsheet. Mend the cell there, and copy it again."
    if text.startswith("="):
        return f"“{text}” is a formula. Paste its value, not what computes it."
    if folded in {"n/a", "na", "none", "tbc", "tba", "?", "x"}:
        return f"“{text}” is no sum. Leave the cell empty for not entered, or type nil for nothing."
    if folded.endswith("%"):
        return f"“{text}” is a percentage. Type the sum in figures."
    if re.search(r"\d\s*(?:cr|dr)\.?$", folded) or re.search(rf"\d\s*[{_DASHES}]$", text):
        return f"“{text}” has its sign behind it, which is read in two ways. Type (43) or -43 for a credit."
    if re.search(r"\d\s*(?:bn|b)$", folded):
        return f"“{text}” is in thousands of millions. Type it in millions, such as 1,400m."
    if re.search(r"\d[eE][+-]?\d", text):
        return f"“{text}” is written with a power of ten. Format the cell as a number, and copy it again."
    if any(not each.isascii() for each in _ANY_DIGIT.findall(text)) or _NOT_OURS.search(text):
        return f"“{text}” is not written in the figures 0 to 9. Type it in those, such as 1,377."
    if re.search(r"\d[.,].*[.,]?\d", text):
        return f"“{text}” has commas or points in places where no sum has them. Type it like 1,377.50."
    return f"“{text}” is not a sum. Type one in figures, such as 1,377 or (43), or nil."
