"""What a usual run takes of many like cases; the soak takes all."""

from collections.abc import Iterable, Sequence
from random import Random
from typing import Final, TypeVar

from tests import environment

T = TypeVar("T")
SEED: Final = 20170906


def sampled(cases: Iterable[T], *, one_in: int, seed: str = "") -> list[T]:
    """One in so many of these cases, one at least, the same ones in every run with that seed; all of them in a soak."""
    everything: Sequence[T] = list(cases)
    if environment.is_soak or not everything:
        return list(everything)
    chosen = Random(f"{SEED} {seed}").sample(range(len(everything)), max(1, len(everything) // one_in))
    return [everything[place] for place in sorted(chosen)]
