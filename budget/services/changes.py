"""What a file of budget lines would change in a year, line by line; nothing is changed here."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple

from budget.importing.budgets import BudgetFile, FileLine, FileService
from budget.importing.faults import Faults
from budget.importing.totals import Path, folded
from budget.importing.tree import Node, Tree, UnknownPlace
from budget.models import BudgetLine, FinancialYear, Quarter, Service
from torbay_reports.core.money import Unit

_Key = tuple[str, str, str]
"""A line by its service's short name, its side and its code."""

_SLUG: Final = re.compile(r"[-a-zA-Z0-9_]{1,80}")


class LineAdded(NamedTuple):
    """A line that the file has and the year has not, and where it belongs."""

    node: Node
    line: FileLine


class LineStored(NamedTuple):
    """A line of the year."""

    pk: int
    node: Node
    kind: str
    code: str
    name: str
    original: Decimal | None
    opening: Decimal


class LineChanged(NamedTuple):
    """A line of the year that the file has with another sum or name."""

    stored: LineStored
    name: str
    amount: Decimal


class GroupTotal(NamedTuple):
    """What a group's net budget is and would be, when the file is in and what it lacks stays."""

    name: str
    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True, slots=True)
class BudgetChanges:
    """What a file would change. `nodes` are services and groups that it adds, a group before what is in it.

    `left` are the lines of the year that the file lacks: they stay, unless somebody wants them to go.
    """

    unit: Unit
    is_new: bool
    nodes: tuple[Node, ...]
    added: tuple[LineAdded, ...]
    changed: tuple[LineChanged, ...]
    left: tuple[LineStored, ...]
    unchanged: int
    totals: tuple[GroupTotal, ...]

    @property
    def changes_something(self) -> bool:
        return bool(self.nodes or self.added or self.changed)

    @property
    def fingerprint(self) -> str:
        """What tells these changes from others: somebody else may change the budget while they are looked at."""
        seen = hashlib.sha256(f"{self.unit} {self.is_new} {len(self.added)}".encode())
        for node in self.nodes:
            seen.update(f"\n+ {node.slug}".encode())
        for each in self.changed:
            seen.update(f"\n{each.stored.pk} {each.stored.opening} {each.stored.name} {each.amount}".encode())
        for line in self.left:
            seen.update(f"\n- {line.pk} {line.opening}".encode())
        return seen.hexdigest()


def unit_of_year(start_year: int) -> Unit | None:
    """The unit in which the year is held; None for a year that is not there yet."""
    unit = FinancialYear.objects.filter(start_year=start_year).values_list("unit", flat=True).first()
    return None if unit is None else Unit(unit)


def signed_quarters(start_year: int) -> list[Quarter]:
    """The quarters of the year that are signed, in order."""
    return list(Quarter.objects.select_related("year").filter(year__start_year=start_year, signed_at__isnull=False))


def service_paths(start_year: int) -> list[Path]:
    """The names above and of each service of the year, from the top down; groups have no path of their own."""
    return [each.path for each in _nodes(start_year).values() if not each.children]


def budget_changes(start_year: int, content: BudgetFile) -> BudgetChanges:
    """What the file would change in that year; a constant number of queries. Raises RefusedRows."""
    nodes = _nodes(start_year)
    tree = Tree(nodes.values(), _slugs_before(start_year))
    stored = _stored(start_year, nodes)
    for line in stored.values():
        line.node.has_lines = True
    is_new = not nodes
    if is_new:
        tree.plant(each.groups[0] if each.groups else "" for each in content.services)
    places = _places(tree, content.services)
    added, changed, left = _compared(content, places, stored)
    return BudgetChanges(
        unit=content.unit,
        is_new=is_new,
        nodes=tuple(tree.added),
        added=tuple(added),
        changed=tuple(changed),
        left=left,
        unchanged=len(stored) - len(changed) - len(left),
        totals=_totals(tree, stored, added, changed),
    )


def _compared(
    content: BudgetFile, places: Mapping[FileService, Node], stored: Mapping[_Key, LineStored]
) -> tuple[list[LineAdded], list[LineChanged], tuple[LineStored, ...]]:
    if not stored:
        return [LineAdded(places[line.service], line) for line in content.lines], [], ()
    added: list[LineAdded] = []
    changed: list[LineChanged] = []
    met: set[_Key] = set()
    for line in content.lines:
        node = places[line.service]
        key = node.slug, line.kind, line.code
        met.add(key)
        there = stored.get(key)
        if there is None:
            added.append(LineAdded(node, line))
        elif (there.opening, there.name) != (line.amount, line.name):
            changed.append(LineChanged(there, line.name, line.amount))
    return added, changed, tuple(line for key, line in stored.items() if key not in met)


def _places(tree: Tree, services: Iterable[FileService]) -> dict[FileService, Node]:
    """Where each service of the file belongs. Raises RefusedRows for those that belong nowhere or stand twice."""
    places: dict[FileService, Node] = {}
    names: dict[Node, FileService] = {}
    faults = Faults()
    for each in services:
        try:
            node = places[each] = _placed(tree, each)
        except UnknownPlace as unknown:
            faults.add(each.first_row, str(unknown.args[0]))
            continue
        other = names.setdefault(node, each)
        if other is not each and other.seen.keys() & each.seen.keys():
            faults.add(
                each.first_row,
                f"“{each.service}” is the same service as in row {other.first_row}, under another name, and has the "
                "same line. Delete one of the two, or give each line its ledger code.",
            )
    faults.refuse()
    return places


def _placed(tree: Tree, service: FileService) -> Node:
    if service.slug and not _SLUG.fullmatch(service.slug):
        raise UnknownPlace(
            f"“{service.slug}” is no short name. Use letters, digits and hyphens, such as adult-social-care."
        )
    return tree.place(service.groups, service.service, service.slug)


def _nodes(start_year: int) -> dict[int, Node]:
    nodes: dict[int, Node] = {}
    services = Service.objects.with_tree_fields().filter(year__start_year=start_year)
    for each in services:
        parent = nodes.get(each.parent_id) if each.parent_id else None
        node = Node(each.name, each.slug, each.kind, parent, each.position, pk=each.pk)
        nodes[each.pk] = node
        if parent is not None:
            parent.children.append(node)
    return nodes


def _slugs_before(start_year: int) -> Mapping[str, str]:
    """The short names of the years around by name, by which variances are compared from year to year."""
    found: dict[str, set[str]] = {}
    names = Service.objects.filter(year__start_year=start_year - 1).order_by().values_list("name", "slug")
    for name, slug in names:
        found.setdefault(folded(name), set()).add(slug)
    return {name: next(iter(slugs)) for name, slugs in found.items() if len(slugs) == 1}


def _stored(start_year: int, nodes: Mapping[int, Node]) -> dict[_Key, LineStored]:
    lines = BudgetLine.objects.filter(service__year__start_year=start_year).order_by("pk")
    found = {}
    for pk, service, kind, code, name, original, opening in lines.values_list(
        "pk", "service_id", "kind", "code", "name", "original", "opening"
    ):
        node = nodes[service]
        found[node.slug, kind, code] = LineStored(pk, node, kind, code, name, original, opening)
    return found


def _totals(
    tree: Tree,
    stored: Mapping[_Key, LineStored],
    added: list[LineAdded],
    changed: list[LineChanged],
) -> tuple[GroupTotal, ...]:
    before: dict[Node, Decimal] = {}
    for line in stored.values():
        before[line.node] = before.get(line.node, Decimal(0)) + line.opening
    after = dict(before)
    for new in added:
        after[new.node] = after.get(new.node, Decimal(0)) + new.line.amount
    for each in changed:
        after[each.stored.node] += each.amount - each.stored.opening
    groups_before, groups_after = _summed_up(before), _summed_up(after)
    return tuple(
        GroupTotal(each.name, groups_before.get(each), groups_after.get(each)) for each in tree.nodes if each.children
    )


def _summed_up(own: Mapping[Node, Decimal]) -> dict[Node, Decimal]:
    """The sum of each group's services, from what each service has itself."""
    sums: dict[Node, Decimal] = {}
    for node, amount in own.items():
        above = node.parent
        while above is not None:
            sums[above] = sums.get(above, Decimal(0)) + amount
            above = above.parent
    return sums
