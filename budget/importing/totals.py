"""Which rows of a file are totals, and of what: by "total" and a name, by a group's name, or by a column for that."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

Path = tuple[str, ...]
"""Names from the top down, folded; the empty path is that of everything."""

_TOTAL: Final = re.compile(r"(?:sub-? ?)?total(?: for| of)?\b[ :]*(.*)|(.+?)[ :]+(?:sub-? ?)?totals?", re.IGNORECASE)
_GRAND: Final = frozenset({"grand total", "overall total", "council total", "total council", "total budget"})
_YES: Final = frozenset({"yes", "y", "x", "total", "subtotal", "true", "1"})
_NO: Final = frozenset({"no", "n", "false", "0"})
SAY_SUBTOTAL: Final = "Write a group's name there, or add a column headed Subtotal that says yes or no in that row."


class UnclearTotal(ValueError):
    """A row looks like a total, and it does not say of what. The message says how to make that plain."""


@dataclass(slots=True)
class Totals:
    """The names that a total can be of, each with the paths at which it stands.

    `below` are the names right below each group.
    """

    paths: dict[str, set[Path]] = field(default_factory=dict)
    below: dict[Path, set[str]] = field(default_factory=dict)

    def learn(self, names: Iterable[str]) -> None:
        """Learn the path of a service: the groups above it are learnt as well."""
        path = tuple(folded(name) for name in names)
        for depth in range(len(path)):
            self.paths.setdefault(path[depth], set()).add(path[: depth + 1])
            self.below.setdefault(path[:depth], set()).add(path[depth])

    def find(self, name: str, near: Path) -> Path | None:
        """The path of what is called so; where several are, the one above or right below `near`. None where none is.

        Raises UnclearTotal where several are as near.
        """
        found = self.paths.get(folded(name), set())
        if len(found) > 1:
            closest = {path for path in found if path[:-1] == near} or {
                path for path in found if path == near[: len(path)]
            }
            # A group outranks a service in it that has the same name: the service's own row is no total of it.
            found = closest or {path for path in found if path in self.below} or found
        if len(found) > 1:
            raise UnclearTotal(f"“{name}” is the name of several lines, so it is unclear what the row totals.")
        return next(iter(found), None)

    def of_row(self, service: str, own: Path, near: Path, *, marked: bool | None, has_groups: bool) -> Path | None:
        """The path that a row totals; None for a row that is no total. Raises UnclearTotal.

        `own` are the row's group cells, `near` the groups in which it stands, `marked` what its column for totals says.
        """
        if marked is False:
            return None
        label = service or next((name for name in reversed(own) if name), "")
        name = total_of(label)
        if name is None and not marked:
            if not service:
                return near if any(own) else None
            return self._group_called(folded(service), near, has_groups=has_groups)
        if folded(label) in _GRAND:
            return ()
        if not name and name is not None:
            if any(each and total_of(each) is None for each in own):
                return near
            if has_groups:
                raise UnclearTotal(
                    f"“{label}” does not say what it totals. Write “Grand total”, or “Total” and a name."
                )
            return ()
        found = self.find(name or label, near)
        if found is None:
            raise UnclearTotal(f"“{label}” reads as a total, but no group or service is called so.")
        return found

    def _group_called(self, service: str, near: Path, *, has_groups: bool) -> Path | None:
        """The group of that name whose total a row must be: one that the row stands in, with other rows below it."""
        if not has_groups:
            groups = [path for path in self.paths.get(service, ()) if path in self.below]
            leaves = [path for path in self.paths.get(service, ()) if path not in self.below]
            return groups[0] if len(groups) == 1 and not leaves else None
        for depth in range(len(near), 0, -1):
            if near[depth - 1] == service and self.below.get(near[:depth], set()) - {service}:
                return near[:depth]
        return None


@lru_cache(maxsize=10_000)
def folded(name: str) -> str:
    """A name as it is compared: without capitals and needless spaces."""
    return " ".join(name.casefold().split())


def said(cell: str) -> bool | None:
    """What the column for totals says of a row; None where it says nothing. Raises UnclearTotal."""
    text = folded(cell)
    if not text:
        return None
    if text in _YES | _NO:
        return text in _YES
    raise UnclearTotal(f"“{cell}” in the column for subtotals is neither yes nor no.")


@lru_cache(maxsize=10_000)
def total_of(name: str) -> str | None:
    """What a row of that name totals: "Adults" for "Total Adults" and for "Adults total", nothing for a bare "Total".

    None where the name is none of a total.
    """
    if folded(name) in _GRAND:
        return ""
    match = _TOTAL.fullmatch(name.strip())
    if match is None:
        return None
    return (match[1] if match[1] is not None else match[2]).strip(" :-")
