"""The demonstration: each app's `demo.py` registers the steps that load its rows, and what to print at the end.

The demonstration may run on a server that holds other rows. So it keeps a register of the rows that it made, and
leaves every other row alone: a step that meets a natural key in somebody else's row raises `DemoConflict`.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import models

from torbay_reports.core import clock
from torbay_reports.core.models import DemoLoad, DemoRow
from torbay_reports.core.progress import Progress


class DemoConflict(Exception):
    """A row that the demonstration wants to make exists and is not its own; the message names it."""

    def __init__(self, row: models.Model) -> None:
        kind = row._meta.verbose_name
        super().__init__(
            f"The database already has the {kind} “{row}”, which the demonstration did not make: "
            "nothing was changed; use an empty database."
        )


@dataclass(frozen=True)
class Step:
    """One piece of the demonstration; `loads_rows` marks those that succeed or fail together, in one transaction."""

    order: int
    title: str
    run: Callable[[Progress], None]
    loads_rows: bool = True


@dataclass
class Register:
    """The steps and the lines of the running program."""

    steps: list[Step] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


_register = Register()


def register_step(order: int, title: str, run: Callable[[Progress], None], *, loads_rows: bool = True) -> None:
    """Add a step. All that load rows run first, in one transaction; then the others; both by `order`.

    A step that works on committed rows, such as the making of PDFs by other processes, says `loads_rows=False`.
    """
    _register.steps = [step for step in _register.steps if step.title != title]
    _register.steps.append(Step(order, title, run, loads_rows))


def steps() -> list[Step]:
    """The registered steps in the order they run in."""
    return sorted(_register.steps, key=lambda step: (not step.loads_rows, step.order, step.title))


def announce(line: str) -> None:
    """Print the line once at the end, such as an address or a sign-in; steps say it on every run."""
    if line not in _register.lines:
        _register.lines.append(line)


def announcements() -> list[str]:
    """The lines to print, in the order in which they were announced."""
    return list(_register.lines)


def remember(*rows: models.Model) -> None:
    """Write the rows, which have just been saved, into the register of the demonstration's own."""
    remember_all(rows)


def remember_all(rows: Iterable[models.Model]) -> None:
    """As `remember`, in one statement for any number of rows."""
    DemoRow.objects.bulk_create([DemoRow(**_identity(row)) for row in rows], ignore_conflicts=True)


def demo_owns(row: models.Model) -> bool:
    """Whether the demonstration made the row."""
    return DemoRow.objects.filter(**_identity(row)).exists()


def own_or_conflict(row: models.Model | None) -> None:
    """Raise `DemoConflict` when the row exists and is not the demonstration's."""
    if row is not None and not demo_owns(row):
        raise DemoConflict(row)


def remove(row: models.Model) -> None:
    """Delete a row of the demonstration's own and forget it. Raises `DemoConflict` for anybody else's."""
    own_or_conflict(row)
    forget(row)
    row.delete()


def forget(row: models.Model) -> None:
    """Take the row, which is about to be deleted, out of the register."""
    DemoRow.objects.filter(**_identity(row)).delete()


def checksum(*contents: bytes) -> str:
    """The SHA-256 of what a step loads, for `is_loaded` and `record_load`."""
    digest = hashlib.sha256()
    for content in contents:
        digest.update(len(content).to_bytes(8, "big"))
        digest.update(content)
    return digest.hexdigest()


def is_loaded(name: str, checksum: str) -> bool:
    """Whether exactly this was loaded by an earlier run."""
    return DemoLoad.objects.filter(name=name, checksum=checksum).exists()


def record_load(name: str, checksum: str) -> None:
    """Remember that this was loaded, so that the next run need not."""
    DemoLoad.objects.update_or_create(name=name, defaults={"checksum": checksum, "loaded_at": clock.now()})


def _identity(row: models.Model) -> dict[str, str]:
    return {"model": row._meta.label, "key": str(row.pk)}
