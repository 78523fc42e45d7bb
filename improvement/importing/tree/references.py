"""An action's reference: what a cell has of it, and where its place puts it when that is cut, missing or doubled."""

import re
from collections.abc import Callable, Container
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Final

LONGEST: Final = 20
"""Characters of a reference or a number."""

_REFERENCE: Final = re.compile(r"\d{1,4}(?:\.\d{1,4}){1,3}[a-z]?")
_AT_BEGINNING: Final = re.compile(rf"({_REFERENCE.pattern})[.:)]?\s+(\S.*)", re.DOTALL)


def is_reference(text: str) -> bool:
    """Whether the text is a whole reference: "1.5", "17.10", "2.3a"."""
    return _REFERENCE.fullmatch(text) is not None


def find_references(text: str) -> list[str]:
    """Every reference in a text."""
    return re.findall(rf"(?<![\w.]){_REFERENCE.pattern}(?![\w.])", text)


def split_reference(text: str) -> tuple[str, str]:
    """A reference at the beginning of a text, and the rest; an empty reference where there is none."""
    match = _AT_BEGINNING.match(text)
    return (match[1], match[2]) if match else ("", text)


def cleaned(printed: str) -> str:
    """What is printed, without the slips that leave no doubt: "1.5." and "1, 5" are "1.5"."""
    if len(printed) > 2 * LONGEST:
        return printed
    squeezed = re.sub(r"\s*[.,·]\s*", ".", printed.strip()).strip(".:)")
    return squeezed if is_reference(squeezed) else printed


def priority_of(reference: str) -> str:
    """The number of the priority that a reference names: "17" of "17.5"."""
    return reference.rpartition(".")[0]


def count_of(reference: str) -> int:
    """Which action of its priority a reference names: 5 of "17.5" and of "17.5b"."""
    return int(re.sub(r"\D", "", reference.rpartition(".")[2]) or 0)


@dataclass(frozen=True, slots=True)
class Placed:
    """A reference with how it came about: as printed, cut, missing, doubled, or out of order; gap: one is left out."""

    reference: str
    how: str


def place(printed: str, number: str, last: int, used: Container[str], all_printed: Container[str]) -> Placed:
    """The reference of an action under the priority `number`, of which the last had the count `last`.

    `used` are the references given so far, `all_printed` those that the whole file prints.
    """

    def is_taken(reference: str) -> bool:
        return reference in used or reference in all_printed

    expected = f"{number}.{last + 1}"
    if not printed:
        return Placed(_free(number, last, is_taken), "missing")
    if printed in used:
        return Placed(_suffixed(printed, is_taken) if is_taken(expected) else expected, "doubled")
    if is_reference(printed) and priority_of(printed) == number:
        return Placed(printed, _order(printed, last))
    if _is_cut(printed, expected):
        return Placed(_free(number, last, used.__contains__), "cut")
    if is_reference(printed):
        return Placed(printed, "elsewhere")
    return Placed(_free(number, last, is_taken), "unknown")


def _order(printed: str, last: int) -> str:
    count = count_of(printed)
    if count in (last, last + 1):
        return "printed"
    return "gap" if count > last else "back"


def _is_cut(printed: str, expected: str) -> bool:
    """Whether the expected reference is printed with its beginning cut off, or with something before it."""
    return (
        expected.endswith(printed) or re.search(rf"(?<!\d)(?<!\d\.){re.escape(expected)}(?![.\d])", printed) is not None
    )


def _free(number: str, last: int, is_taken: Callable[[str], bool]) -> str:
    count = last + 1
    while is_taken(f"{number}.{count}"):
        count += 1
    return f"{number}.{count}"


def _suffixed(printed: str, is_taken: Callable[[str], bool]) -> str:
    """The reference with a letter behind it, or with one more count where all letters are taken."""
    base = printed.rstrip(ascii_lowercase)
    for letter in ascii_lowercase[1:]:
        if not is_taken(f"{base}{letter}"):
            return f"{base}{letter}"
    return _free(base, 1, is_taken)
