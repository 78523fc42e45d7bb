"""Brings a year's budget lines in from a file: all or nothing, by COPY, each row's history with who and why."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.backends.utils import CursorWrapper

from budget.importing.budgets import BudgetFile
from budget.importing.tree import Node
from budget.models import BudgetLine, FinancialYear, Service
from budget.services.changes import BudgetChanges, LineAdded, LineChanged, budget_changes, signed_quarters
from torbay_reports.access.decisions import may
from torbay_reports.access.models import User
from torbay_reports.access.permissions import Permission
from torbay_reports.core import periods
from torbay_reports.core.collecting import no_collecting
from torbay_reports.core.formatting import listed
from torbay_reports.core.history import acting, hand_over

STRIDE: Final = 5_000
_TABLE: Final = BudgetLine._meta.db_table


class BudgetRefused(ValidationError):
    """The file cannot be brought in as things stand; the sentence says why, and what can be done. Nothing was saved."""


class BudgetHasChanged(BudgetRefused):
    """Somebody has changed the budget since these changes were looked at."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What was done to the year."""

    year: FinancialYear
    is_new: bool
    services: int
    added: int
    changed: int
    removed: int


def bring(
    *,
    year: periods.FinancialYear,
    content: BudgetFile,
    by: User,
    why: str = "",
    removes: bool = False,
    agreed: str | None = None,
    done: Callable[[int], None] = lambda rows: None,
) -> Brought:
    """Add and change the year's services and budget lines as the file has them; a new year is made.

    Sums are in the file's `unit`, which is the year's. Lines that the file lacks stay, unless `removes`. `agreed` is
    the fingerprint of the changes that a person has looked at. `done` hears of lines that are stored.

    Raises PermissionDenied for who keeps no budget, BudgetRefused where a quarter is signed or the unit is another,
    BudgetHasChanged where the changes would be others than those agreed to, RefusedRows for rows that fit nowhere.
    """
    if not may(by, Permission.KEEP_BUDGET, year):
        raise PermissionDenied
    try:
        with no_collecting(), transaction.atomic(), acting(by=by.pk, why=why):
            return _brought(year, content, removes=removes, agreed=agreed, done=done)
    except IntegrityError as meanwhile:
        raise BudgetHasChanged(
            f"Somebody else has brought in services for {year.label} at the same moment. Nothing was saved. Look at "
            "the changes again."
        ) from meanwhile


def require_open(year: periods.FinancialYear) -> None:
    """Raises BudgetRefused where a quarter of the year is signed: its budget stands with it."""
    signed = signed_quarters(year.start)
    if signed:
        names = listed([str(each) for each in signed])
        raise BudgetRefused(
            f"{names} {'is' if len(signed) == 1 else 'are'} signed, so that the budget of {year.label} stands. Nothing "
            "was saved. Record a virement, or ask the head of finance to reopen what is signed."
        )


def _brought(
    year: periods.FinancialYear,
    content: BudgetFile,
    *,
    removes: bool,
    agreed: str | None,
    done: Callable[[int], None],
) -> Brought:
    FinancialYear.objects.get_or_create(start_year=year.start, defaults={"unit": content.unit})
    held = FinancialYear.objects.select_for_update().get(start_year=year.start)
    require_open(year)
    if held.unit != content.unit:
        raise BudgetRefused(f"{year.label} is held in {held.unit}, and the file was read into {content.unit}.")
    changes = budget_changes(year.start, content)
    if agreed is not None and agreed != changes.fingerprint:
        raise BudgetHasChanged(
            f"The budget of {year.label} has changed since you looked. Nothing was saved. Look at the changes again."
        )
    _add_services(held, changes.nodes)
    with connection.cursor() as cursor:
        hand_over(cursor)
        _copy(cursor, changes.added, done)
        _change(cursor, changes.changed)
    if removes:
        BudgetLine.objects.filter(pk__in=[line.pk for line in changes.left]).delete()
    return _counted(held, changes, removes=removes)


def _counted(held: FinancialYear, changes: BudgetChanges, *, removes: bool) -> Brought:
    return Brought(
        year=held,
        is_new=changes.is_new,
        services=sum(not node.children for node in changes.nodes),
        added=len(changes.added),
        changed=len(changes.changed),
        removed=len(changes.left) if removes else 0,
    )


def _add_services(year: FinancialYear, nodes: Iterable[Node]) -> None:
    """Store the new lines of the tree, a level at a time: a group's number is known before what is in it is stored."""
    waiting = list(nodes)
    while waiting:
        ready = [node for node in waiting if node.parent is None or node.parent.pk is not None]
        stored = Service.objects.bulk_create(
            Service(
                year=year,
                slug=node.slug,
                name=node.name,
                kind=node.kind,
                position=node.position,
                parent_id=node.parent.pk if node.parent else None,
            )
            for node in ready
        )
        for node, service in zip(ready, stored, strict=True):
            node.pk = service.pk
        waiting = [node for node in waiting if node.pk is None]


def _copy(cursor: CursorWrapper, lines: Iterable[LineAdded], done: Callable[[int], None]) -> None:
    statement = f"COPY {_TABLE} (service_id, kind, code, name, original, opening) FROM STDIN"
    with cursor.copy(statement) as copy:
        for number, (node, line) in enumerate(lines, start=1):
            copy.write_row((node.pk, line.kind, line.code, line.name, line.amount, line.amount))
            if number % STRIDE == 0:
                done(STRIDE)


def _change(cursor: CursorWrapper, lines: Iterable[LineChanged]) -> None:
    """Change sums and names in one statement. An original budget that differs from the opening one stays."""
    lines = list(lines)
    if not lines:
        return
    cursor.execute("CREATE TEMPORARY TABLE budget_brought (id bigint, name varchar, opening numeric) ON COMMIT DROP")
    with cursor.copy("COPY budget_brought FROM STDIN") as copy:
        for line in lines:
            copy.write_row((line.stored.pk, line.name, line.amount))
    cursor.execute(
        f"UPDATE {_TABLE} AS line SET name = brought.name, opening = brought.opening, "
        "original = CASE WHEN line.original = line.opening THEN brought.opening ELSE line.original END "
        "FROM budget_brought AS brought WHERE brought.id = line.id"
    )
    cursor.execute("DROP TABLE budget_brought")
