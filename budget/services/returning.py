"""Some returns of a quarter held for one step of their way, and how what cannot go that way is refused."""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError

from budget.models import CloseStep, Quarter, Service, ServiceReturn
from budget.selectors.entering import shortened
from budget.selectors.grid import GridRow, grid
from budget.services.writing import writing
from torbay_reports.access.decisions import may
from torbay_reports.access.models import User
from torbay_reports.access.permissions import Permission
from torbay_reports.core import clock

_State = ServiceReturn.State
BATCH = 1_000


@dataclass
class Held:
    """Some rows of a quarter whose year is held, as they stand now, and what becomes of their returns."""

    quarter: Quarter
    by: User
    now: datetime
    rows: tuple[GridRow, ...]
    services: dict[str, Service]
    returns: dict[str, ServiceReturn]
    changed: list[ServiceReturn] = field(default_factory=list)

    @property
    def slugs(self) -> tuple[str, ...]:
        return tuple(row.slug for row in self.rows)

    def refuse_all_but_finance(self, what: str) -> None:
        decision = may(self.by, Permission.KEEP_BUDGET)
        if not decision:
            raise ValidationError(f"You may not {what}: {decision.reason}. Finance does that.")

    def refuse(self, fault: Callable[[GridRow], str]) -> None:
        """Raises ValidationError with the sentences of all rows."""
        said = [sentence for row in self.rows if (sentence := fault(row))]
        if said:
            raise ValidationError(shortened(said))

    def submitter(self, row: GridRow) -> User | None:
        found = self.returns.get(row.slug)
        return found.submitted_by if found is not None else None

    def to_submitted(self, row: GridRow) -> None:
        found = self._return(row)
        found.state, found.submitted_at, found.submitted_by = _State.SUBMITTED, self.now, self.by

    def to_agreed(self, row: GridRow) -> None:
        found = self._return(row)
        found.state, found.agreed_at, found.agreed_by = _State.AGREED, self.now, self.by

    def to_draft(self, row: GridRow) -> None:
        found = self._return(row)
        found.state = _State.DRAFT
        found.submitted_at = found.submitted_by = found.agreed_at = found.agreed_by = None

    def _return(self, row: GridRow) -> ServiceReturn:
        found = self.returns.get(row.slug)
        if found is None:
            found = ServiceReturn(quarter=self.quarter, service=self.services[row.slug])
        self.changed.append(found)
        return found

    def store(self, kind: CloseStep.Kind, why: str = "") -> None:
        """Writes the returns, and one step of the close for each."""
        written = ["state", "submitted_at", "submitted_by", "agreed_at", "agreed_by"]
        ServiceReturn.objects.bulk_create([each for each in self.changed if each.pk is None], batch_size=BATCH)
        ServiceReturn.objects.bulk_update(
            [each for each in self.changed if each.pk is not None], written, batch_size=BATCH
        )
        CloseStep.objects.bulk_create(
            [
                CloseStep(quarter=self.quarter, service=each.service, kind=kind, at=self.now, by=self.by, why=why)
                for each in self.changed
            ],
            batch_size=BATCH,
        )


@contextmanager
def holding_returns(quarter: Quarter, slugs: Collection[str], by: User, why: str = "") -> Iterator[Held]:
    """Raises QuarterLocked, and ValidationError where no service or an unknown one is named."""
    with writing(quarter=quarter, by=by, why=why) as open_quarter:
        found = grid(open_quarter, person=by)
        leaves = {row.slug for row in found.leaves}
        unknown = [slug for slug in dict.fromkeys(slugs) if slug not in leaves]
        if unknown:
            raise ValidationError(
                f"{open_quarter.year} has no service “{unknown[0]}” that is returned. Choose from the list."
            )
        if not slugs:
            raise ValidationError("Choose at least one service.")
        wanted = set(slugs)
        yield Held(
            quarter=open_quarter,
            by=by,
            now=clock.now(),
            rows=tuple(row for row in found.leaves if row.slug in wanted),
            services={each.slug: each for each in Service.objects.filter(year=open_quarter.year_id, slug__in=wanted)},
            returns=_returns(open_quarter, wanted),
        )


def _returns(quarter: Quarter, slugs: Iterable[str]) -> dict[str, ServiceReturn]:
    found = ServiceReturn.objects.filter(quarter=quarter, service__slug__in=slugs)
    return {each.service.slug: each for each in found.select_related("service", "submitted_by", "agreed_by")}
