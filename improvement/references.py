"""How the parts of a plan are referred to, and in what order they stand."""

import re


def step_reference(action: str, number: int) -> str:
    """A step's own reference: "2.3/3"."""
    return f"{action}/{number}"


def reference_key(reference: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts references as people read them: "17.5" before "17.10", "6" before "6a", numbers before letters.

    Dots, spaces and the like only part the pieces. Numbers are compared by length, then digit by digit, so that
    no number is too long.
    """
    return tuple(_piece(each) for each in re.findall(r"[0-9]+|[^\W\d_]+", reference))


def _piece(printed: str) -> tuple[int, int, str]:
    if printed[0] not in "0123456789":
        return 1, 0, printed.casefold()
    digits = printed.lstrip("0")
    return 0, len(digits), digits
