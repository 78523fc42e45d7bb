"""Where words stand in a body of text, asked many times: a table of hashes says no, the text itself says yes.

Words are compared without the spaces between them, because a PDF loses and adds spaces, and a page cuts words into
elements. A quotation may therefore begin inside a word, but nothing shorter than `_LOOSE` characters.
"""

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator
from decimal import Decimal
from hashlib import blake2b
from itertools import accumulate, compress
from typing import Final

from torbay_reports.publishing.leaks.found import Found
from torbay_reports.publishing.leaks.words import THOUSANDS, amount, squashed

_GRAM: Final = 12
"""Characters a hash stands for; what is shorter is looked up as whole words."""
_LOOSE: Final = 24
"""From here on a phrase is one by its length, wherever the file has its words begin and end."""
_ROOM: Final = 8
"""Places in the table for each character: one in eight or fewer is taken, and long phrases ask several."""
_BITS: Final = tuple(1 << bit for bit in range(8))
_BARE: Final = Decimal(10_000)
"""A number without a currency sign is taken for money from here on: smaller ones are years and counts too."""
_APART: Final = "\n"
_REMEMBERED: Final = 20_000
"""Short phrases that are known to be in the table already, a few megabytes at most."""


class Index:
    """The words of many places. Its memory is about four bytes for each character of them.

    What several places say alike is kept once: a page is the same in its instalment and in the pack so far.
    """

    def __init__(self, found: Iterable[Found]) -> None:
        streams: list[str] = []
        self._starts = bytearray()
        self._ends: list[int] = []
        self._alike: list[list[int]] = []
        self._amounts: dict[str, dict[int, None]] = {}
        heads: dict[int, bytes] = {}
        kept: dict[bytes, list[int]] = {}
        for place, each in enumerate(found):
            alike = kept.setdefault(blake2b(each.words.encode(), digest_size=16).digest(), [])
            alike.append(place)
            if len(alike) > 1:
                continue
            self._alike.append(alike)
            words = each.words.replace("£", "").split()
            streams.append("".join(words) + _APART)
            for word in words:
                length = len(word)
                self._starts += heads.get(length) or heads.setdefault(length, b"\1" + bytes(length - 1))
            self._starts.append(1)
            self._ends.append(len(self._starts))
            self._take_amounts(len(self._alike) - 1, each.words)
        self._text = "".join(streams)
        del streams
        places = 1 << max(16, (_ROOM * len(self._text)).bit_length() - 1)
        # A place is a bit: with a byte for each the table would be the largest part of a worker's memory.
        self._mask = places // 8 - 1
        self._table = bytearray(self._mask + 1)
        self._fill()

    def _take_amounts(self, stretch: int, words: str) -> None:
        is_in_thousands = THOUSANDS in words
        for word in set(words.split()):
            digits = word.removeprefix("£")
            if not digits.replace(".", "", 1).isdecimal() or not digits.isascii() or len(digits) > _LOOSE:
                continue
            value = Decimal(digits)
            if word != digits or value >= _BARE:
                self._amounts.setdefault(f"£{digits}", {})[stretch] = None
            if is_in_thousands and value >= 1000:
                self._amounts.setdefault(amount(value * 1000), {})[stretch] = None

    def _fill(self) -> None:
        text, table, mask = self._text, self._table, self._mask
        for place in range(len(text) - _GRAM + 1):
            number = hash(text[place : place + _GRAM])
            table[number >> 3 & mask] |= _BITS[number & 7]
        before: deque[int] = deque()
        remembered: set[str] = set()
        for end in compress(range(len(self._starts)), self._starts):
            while before and end - before[0] >= _GRAM:
                before.popleft()
            for start in before:
                words = text[start:end]
                if words in remembered:
                    continue
                remembered.add(words)
                for number in (hash(words), hash(words + _APART)):
                    table[number >> 3 & mask] |= _BITS[number & 7]
            before.append(end)
            if len(remembered) > _REMEMBERED:
                remembered.clear()

    def _is_taken(self, words: str) -> bool:
        number = hash(words)
        return bool(self._table[number >> 3 & self._mask] & _BITS[number & 7])

    def places(self, phrase: str) -> Iterator[int]:
        """The places (by their number, ascending) at which a phrase of normalised words stands, each once."""
        sought = squashed(phrase)
        if sought and self._may_hold(sought):
            yield from self._places_of(dict.fromkeys(bisect_right(self._ends, at) for at in self._occurrences(sought)))

    def _places_of(self, stretches: Iterable[int]) -> list[int]:
        return sorted(place for each in stretches for place in self._alike[each])

    def holds(self, phrase: str) -> bool:
        """Whether a phrase of normalised words stands anywhere; a sum ("£1250000") in any way of writing it."""
        if phrase.startswith("£") and " " not in phrase:
            return phrase in self._amounts
        return any(True for _ in self.places(phrase))

    def places_of_sum(self, sum_in_words: str) -> Iterator[int]:
        """The places at which an amount stands, in pounds or, where the place says so, in thousands."""
        yield from self._places_of(self._amounts.get(sum_in_words, ()))

    def run(self, words: list[str], length: int) -> Iterator[tuple[int, int]]:
        """The longest stretches of words, `length` words or more, that the text may hold; hashes alone are asked.

        Only such as begin and end with a word: (first, last + 1).
        """
        bare = [word.replace("£", "") for word in words]
        edges = [0, *accumulate(map(len, bare))]
        text = "".join(bare)
        start = 0
        while start + length <= len(words):
            missing = self._last_missing(text, edges[start], edges[start + length])
            if missing < 0:
                end = start + length
                while end < len(words) and self._goes_on(text, edges[end], edges[end + 1]):
                    end += 1
                yield start, end
                start = end - length + 1
            else:
                while start < len(words) and edges[start] <= missing:
                    start += 1

    def _goes_on(self, text: str, start: int, end: int) -> bool:
        return self._last_missing(text, max(0, start - _GRAM + 1), end) < 0

    def _last_missing(self, text: str, start: int, end: int) -> int:
        """Where the last stretch of characters begins that is not in the text; -1 where all are."""
        for place in range(max(start, end - _GRAM), start - 1, -1):
            if end - place >= _GRAM and not self._is_taken(text[place : place + _GRAM]):
                return place
        return -1

    def _may_hold(self, sought: str) -> bool:
        if len(sought) < _GRAM:
            # Asked in two places, because each false yes costs a reading of the whole text.
            return self._is_taken(sought) and self._is_taken(sought + _APART)
        return self._last_missing(sought, 0, len(sought)) < 0

    def _occurrences(self, sought: str) -> Iterator[int]:
        at = self._text.find(sought)
        while at >= 0:
            if len(sought) >= _LOOSE or (self._starts[at] and self._starts[at + len(sought)]):
                yield at
            at = self._text.find(sought, at + 1)
