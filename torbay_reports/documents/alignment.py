"""What of an earlier text has become of what in a later one: pairs in order on both sides, the most alike."""

from collections import Counter
from collections.abc import Callable
from typing import Final

Bag = frozenset[tuple[str, int]]

ALIKE: Final = 500
"""From this likeness on, in thousandths, two texts are taken for one that was changed."""


def aligned(before: int, after: int, score: Callable[[int, int], int]) -> list[tuple[int, int]]:
    """Of so many places before and after the pairs with the greatest sum of scores, in order on both sides.

    What scores 0 is never paired. Of several such sums the one that pairs the earliest with the earliest: so the
    result stays the same when something that was not paired is left out.
    """
    scores = [[score(i, j) for j in range(after)] for i in range(before)]
    best = [[0] * (after + 1) for _ in range(before + 1)]
    for i in reversed(range(before)):
        for j in reversed(range(after)):
            paired = scores[i][j] + best[i + 1][j + 1] if scores[i][j] else 0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    pairs = []
    first = 0
    for i in range(before):
        for j in range(first, after):
            if scores[i][j] and scores[i][j] + best[i + 1][j + 1] == best[i][first]:
                pairs.append((i, j))
                first = j + 1
                break
    return pairs


def bag(text: str) -> Bag:
    """The words of a text, of which the second of a kind is another than the first."""
    seen = Counter[str]()
    words = set()
    for word in text.casefold().split():
        seen[word] += 1
        words.add((word, seen[word]))
    return frozenset(words)


def likeness(one: Bag, other: Bag) -> int:
    """How alike two texts are by their words, in thousandths: 1000 for the same words, 0 for none in common."""
    size = len(one) + len(other)
    return 2000 * len(one & other) // size if size else 1000
