"""Canaries: sentences, names and sums unlike anything else, one set for each place of each paper.

Every name in them is a mark, known by its first letters, so that a text of any length is searched at once. Marks are
found whatever stands between their letters: tags, hyphens, the ends of lines, the zeros of UTF-16.
"""

import re
from dataclasses import dataclass
from hashlib import sha256
from itertools import product
from typing import Final

FIRST_LETTERS: Final = "zqx"
FIRST_DIGITS: Final = "4973"

# No letter of which print makes a ligature.
_SYLLABLES: Final = ["".join(pair) for pair in product("bdgkmnprv", "aeiou")]
_SYLLABLES_OF_A_MARK: Final = 5
_MARKS: Final = 4
_DIGITS: Final = 6

_LOWER: Final = bytes(range(256)).lower()
_NOT_COUNTED: Final = bytes(each for each in range(256) if not bytes([each]).isalnum())
_MARK: Final = re.compile(rb"%b(?:[bdgkmnprv][aeiou]){%d}" % (FIRST_LETTERS.encode(), _SYLLABLES_OF_A_MARK))
_SUM: Final = re.compile(rb"(?=(%b\d{%d}))" % (FIRST_DIGITS.encode(), _DIGITS))


@dataclass(frozen=True)
class Canary:
    """What is planted in one place; `key` says where that is, as a find names it."""

    key: str
    marks: tuple[str, ...]
    amount: int

    @property
    def sum(self) -> str:
        """The amount as it is printed: £4,973,102,468."""
        return f"£{self.amount:,}"

    @property
    def name(self) -> str:
        """A person's or a company's name."""
        return f"{self.marks[0].capitalize()} {self.marks[1].capitalize()}"

    @property
    def title(self) -> str:
        """A title of four words."""
        return f"{self.name} and {self.marks[2]}"

    @property
    def sentence(self) -> str:
        """A sentence with every mark and the sum in it."""
        return f"{self.name} told {self.marks[2]} that {self.marks[3]} owes them {self.sum} until the spring."

    @property
    def slug(self) -> str:
        """Words as addresses and anchors write them."""
        return f"{self.marks[2]}-{self.marks[3]}"


class Canaries:
    """All that were planted. The same place of the same paper gives the same canary in every process."""

    def __init__(self) -> None:
        self._keys: dict[str, str] = {}

    def of(self, paper: str, place: str) -> Canary:
        """The canary of that place of that paper."""
        key = f"{paper}: {place}"
        draw = iter(sha256(key.encode()).digest())
        syllables = [_SYLLABLES[next(draw) % len(_SYLLABLES)] for _ in range(_MARKS * _SYLLABLES_OF_A_MARK)]
        marks = tuple(
            FIRST_LETTERS + "".join(syllables[start : start + _SYLLABLES_OF_A_MARK])
            for start in range(0, len(syllables), _SYLLABLES_OF_A_MARK)
        )
        digits = "".join(str(next(draw) % 10) for _ in range(_DIGITS))
        canary = Canary(key, marks, int(FIRST_DIGITS + digits))
        for mark in (*marks, str(canary.amount)):
            if self._keys.setdefault(mark, key) != key:
                raise ValueError(f"{mark} stands for two places, {self._keys[mark]} and {key}: name one otherwise.")
        return canary

    def marks_in(self, text: bytes) -> frozenset[str]:
        """Every mark and planted sum in the text; marks that nobody planted in this process too."""
        squashed = text.translate(_LOWER, _NOT_COUNTED)
        if FIRST_LETTERS.encode() not in squashed and FIRST_DIGITS.encode() not in squashed:
            return frozenset()
        sums = {each.decode() for each in _SUM.findall(squashed)}
        return frozenset(each.decode() for each in _MARK.findall(squashed)) | (sums & self._keys.keys())

    def key_of(self, mark: str) -> str:
        """Where the mark was planted."""
        return self._keys.get(mark, f"a canary of another process, {mark}")
