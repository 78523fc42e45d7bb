"""The year's tree of services as a file wants it: what is there is found by name, what is not is added."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from django.utils.text import slugify

from budget.importing.totals import Path, folded
from budget.models import Service

LONGEST_SLUG: Final = 80
NET_NAME: Final = "Net Revenue Budget"
_KINDS: Final = {
    "net revenue budget": Service.Kind.NET,
    "gross revenue budget": Service.Kind.GROSS,
    "sources of funding": Service.Kind.FUNDING,
}


class UnknownPlace(LookupError):
    """A row names a service that is not there, and not where it belongs. The message says how to make that plain."""


@dataclass(eq=False, slots=True)
class Node:
    """A line of the tree; `pk` is None until it is stored. `has_lines` says whether it has a budget of its own."""

    name: str
    slug: str
    kind: str
    parent: "Node | None"
    position: int
    pk: int | None = None
    has_lines: bool = False
    children: list["Node"] = field(default_factory=list)

    @property
    def path(self) -> Path:
        """The folded names from the top down to it."""
        names: list[str] = []
        node: Node | None = self
        while node is not None:
            names.append(folded(node.name))
            node = node.parent
        return tuple(reversed(names))

    @property
    def words(self) -> str:
        """It with the group above, as a sentence names it."""
        return f"{self.name} ({self.parent.name})" if self.parent and self.parent.parent else self.name


class Tree:
    """The lines of a year, to find and to add to. `slugs` are the short names that names have in other years."""

    def __init__(self, nodes: Iterable[Node], slugs: Mapping[str, str]) -> None:
        self.nodes = list(nodes)
        self.added: list[Node] = []
        self._slugs = slugs
        self._by_slug = {each.slug: each for each in self.nodes}
        self._named: dict[str, list[Node]] = {}
        for each in self.nodes:
            self._named.setdefault(folded(each.name), []).append(each)
        self._is_new = not self.nodes

    def place(self, groups: Path, service: str, slug: str) -> Node:
        """The service that a row names, added where it is new. Raises UnknownPlace."""
        node = self._find(groups, service, slug) or self._add_service(groups, service, slug)
        if node.children:
            raise UnknownPlace(f"“{service}” is a group, whose budget is that of its services. Name the service.")
        return node

    def plant(self, tops: Iterable[str]) -> None:
        """Give an empty tree its root: the one group at the top of all rows, or a line for the net budget."""
        names = list(dict.fromkeys(tops))
        self._add(names[0] if len(names) == 1 and names[0] else NET_NAME, None, Service.Kind.NET)

    def _find(self, groups: Path, service: str, slug: str) -> Node | None:
        if slug:
            return self._by_slug.get(slug)
        near = tuple(folded(each) for each in groups)
        found = [each for each in self._named.get(folded(service), ()) if _ends(each.path[:-1], near)]
        if len(found) > 1:
            found = [each for each in found if not each.children] or found
        if len(found) > 1:
            raise UnknownPlace(
                f"Several services are called “{service}”. Add a column headed Group that names the group of each, or "
                "one headed Short name."
            )
        return found[0] if found else None

    def _add_service(self, groups: Path, service: str, slug: str) -> Node:
        if not groups and not self._is_new:
            raise UnknownPlace(
                f"“{service}” is no service of the year yet, and a new one needs its group. Correct the name, or add a "
                "column headed Group."
            )
        kind = _KINDS.get(folded(service), Service.Kind.SERVICE)
        return self._add(service, self._group(groups), kind, slug)

    def _group(self, groups: Path) -> Node:
        """The group of that path, with those above it that are not there yet."""
        if not groups:
            return self.nodes[0]
        near = tuple(folded(each) for each in groups)
        found = [each for each in self._named.get(near[-1], ()) if _ends(each.path, near)]
        found = [each for each in found if not each.has_lines] or found
        if len(found) > 1:
            raise UnknownPlace(f"Several groups are called “{groups[-1]}”. Add a column for the group above it.")
        if found:
            return found[0]
        above = self._group(groups[:-1]) if len(groups) > 1 else self._top_group()
        return self._add(groups[-1], above, _KINDS.get(near[-1], Service.Kind.DIRECTORATE))

    def _top_group(self) -> Node:
        """Where a new group stands that the file puts below nothing: with the other groups."""
        gross = [each for each in self.nodes if each.kind == Service.Kind.GROSS]
        return gross[0] if len(gross) == 1 and not self._is_new else self.nodes[0]

    def _add(self, name: str, parent: Node | None, kind: str, slug: str = "") -> Node:
        if parent is not None and parent.has_lines:
            raise UnknownPlace(f"“{parent.name}” has a budget of its own, so that it cannot be a group of “{name}”.")
        position = max((each.position for each in parent.children), default=0) + 1 if parent else 1
        node = Node(name, slug or self._new_slug(name, parent), str(kind), parent, position)
        if parent is not None:
            parent.children.append(node)
        self.nodes.append(node)
        self.added.append(node)
        self._by_slug[node.slug] = node
        self._named.setdefault(folded(name), []).append(node)
        return node

    def _new_slug(self, name: str, parent: Node | None) -> str:
        """The short name that the name had a year ago, or one made of it, with its group's where that is taken."""
        own = slugify(name)[:LONGEST_SLUG].strip("-") or "service"
        wider = slugify(f"{parent.name} {name}")[:LONGEST_SLUG].strip("-") if parent else own
        for slug in (self._slugs.get(folded(name), own), own, wider):
            if slug and slug not in self._by_slug:
                return slug
        number = 2
        while f"{wider[:70]}-{number}" in self._by_slug:
            number += 1
        return f"{wider[:70]}-{number}"


def _ends(path: Path, end: Path) -> bool:
    return not end or path[-len(end) :] == end
