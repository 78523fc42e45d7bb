"""Two things timed in turn, and their ratio as a line of JSON."""

import json
import time
from collections.abc import Callable
from statistics import median

RUNS = 5

Measure = Callable[[str, Callable[[], object], Callable[[], object]], float]


def compared(name: str, this: Callable[[], object], other: Callable[[], object], runs: int = RUNS) -> tuple[float, str]:
    """The ratio of the medians, `this` and `other` run in turn after a warm-up of each, and its line of JSON.

    What runs only once, because it takes long, has no warm-up.
    """
    if runs > 1:
        this()
        other()
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(runs):
        for each, kept in ((this, times[0]), (other, times[1])):
            start = time.perf_counter()
            each()
            kept.append(time.perf_counter() - start)
    seconds = [median(each) for each in times]
    ratio = seconds[0] / seconds[1]
    line = {"name": name, "ratio": round(ratio, 3), "seconds": [round(each, 4) for each in seconds], "runs": runs}
    return ratio, json.dumps(line)
