"""A text as sentences."""

import re
from typing import Final

_END = re.compile(r"(?<=[.?!])[)\]\"'”’]*\s+(?=[\"'“‘(\[]*[^\W_a-zß-öø-ÿ]|[\"'“‘(\[]*£)")
_ABBREVIATIONS: Final = """
no nos mr mrs ms mx dr prof cllr cllrs st rev hon sir ltd co inc plc dept approx fig ref para paras p pp vs v e.g i.e
eg ie cf viz sch art reg vol ed ext tel jan feb mar apr aug sept sep oct nov dec
"""
_SHORTENED: Final = frozenset(_ABBREVIATIONS.split())


def sentences_of(text: str) -> list[str]:
    """The sentences of a paragraph. "No. 7", "Mr. Smith", "J. Smith" and "£1.4m. of" end none."""
    found: list[str] = []
    start = 0
    for end in _END.finditer(text):
        if not _is_shortened(text[start : end.start()]):
            found.append(text[start : end.end()].strip())
            start = end.end()
    return [*found, rest] if (rest := text[start:].strip()) else found


def _is_shortened(text: str) -> bool:
    if not text.endswith("."):
        return False
    last = text.split()[-1].strip("(\"'“‘[").removesuffix(".")
    return last.casefold() in _SHORTENED or (len(last) == 1 and last.isalpha() and last.isupper())
