"""The names of places in the tracker's paper, each given once, by which its lists lead to its rows."""

import re
from collections.abc import Iterable, Mapping

from improvement.calculations.position import PlanPosition


def step_anchors(position: PlanPosition) -> Mapping[int, str]:
    """The anchor of each step's row by the step's key: step-2.3-3. Steps of one reference are numbered on."""
    return _unique((step.pk, f"step-{_plain(step.reference)}") for step in position.steps())


def _unique(wanted: Iterable[tuple[int, str]]) -> Mapping[int, str]:
    given: dict[int, str] = {}
    taken: set[str] = set()
    for key, name in wanted:
        anchor, turn = name, 1
        while anchor in taken:
            turn += 1
            anchor = f"{name}_{turn}"
        taken.add(anchor)
        given[key] = anchor
    return given


def _plain(reference: str) -> str:
    """A reference as an address holds it: letters, digits, full stops and hyphens."""
    return re.sub(r"-+", "-", re.sub(r"[^0-9A-Za-z.]", "-", reference)).strip("-") or "unnamed"
