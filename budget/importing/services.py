"""The services of a quarter as a file names them: by short name, by name, by name within the groups above."""

from collections.abc import Sequence

from budget.calculations.position import Position
from budget.importing.totals import Path, Totals, folded


class Services:
    """A quarter's lines, to find by what a row says."""

    def __init__(self, positions: Sequence[Position]) -> None:
        self._by_slug = {each.slug: each for each in positions}
        self._paths: dict[Path, Position] = {}
        self._totals = Totals()
        self.leaves = [each for each in positions if not each.is_group]
        for each in positions:
            self._paths[self._path(each)] = each
        for leaf in self.leaves:
            self._totals.learn(self._path(leaf))

    def find(self, slug: str, name: str, near: Path) -> Position | None:
        """The service that a row names; None for a row that names nothing. Raises LookupError with a sentence."""
        if slug:
            found = self._by_slug.get(slug)
            if found is None or found.is_group:
                raise LookupError(f"“{slug}” is the short name of no service of the year. Correct it.")
            return found
        if not name:
            return None
        paths = [path for path in self._totals.paths.get(folded(name), ()) if not self._paths[path].is_group]
        if len(paths) > 1:
            paths = [path for path in paths if near and path[-1 - len(near) : -1] == near]
            if len(paths) != 1:
                raise LookupError(
                    f"Several services are called “{name}”. Add a column headed Group that names the group of each, or "
                    "one headed Short name."
                )
        if not paths:
            raise LookupError(f"“{name}” is no service of the year. Correct the name, or bring in its budget first.")
        return self._paths[paths[0]]

    def total(self, name: str, own: Path, near: Path, *, marked: bool | None, has_groups: bool) -> Position | None:
        """The group that a row totals; None for a row that is no total. Raises UnclearTotal."""
        path = self._totals.of_row(name, own, self._in_full(near), marked=marked, has_groups=has_groups)
        if path is None:
            return None
        return self._paths[path] if path else self._top()

    def below(self, slug: str) -> list[Position]:
        """The services below a group, or the service itself."""
        path = self._path(self._by_slug[slug]) if slug else ()
        return [each for each in self.leaves if self._path(each)[: len(path)] == path]

    def _top(self) -> Position | None:
        tops = [each for each in self._by_slug.values() if each.parent is None]
        return tops[-1] if tops else None

    def _in_full(self, near: Path) -> Path:
        """The path of the groups that a file names, which may leave out those at the top."""
        found = [path for path in self._paths if near and path[-len(near) :] == near]
        return found[0] if len(found) == 1 else near

    def _path(self, position: Position) -> Path:
        names = [folded(position.name)]
        while position.parent is not None:
            position = self._by_slug[position.parent]
            names.append(folded(position.name))
        return tuple(reversed(names))
