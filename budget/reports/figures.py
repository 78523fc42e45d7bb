"""The names under which prose may cite a quarter's figures, and what each stands for."""

from collections.abc import Callable
from dataclasses import dataclass

from budget.calculations.position import Amount
from budget.reports.limits import limit_amounts
from budget.selectors.position import QuarterPosition
from torbay_reports.core import periods
from torbay_reports.core.money import Money, Unit, total
from torbay_reports.documents.prose import Value

_ORDINALS = ("first", "second", "third", "fourth")
_SERVICE_FIGURES = ("expenditure", "income", "net", "forecast_net", "variance", "movement")


class UnknownFigure(LookupError):
    """A reference in prose that names no stored figure."""


class NotEntered(UnknownFigure):
    """A reference to a figure of a service for which nothing is entered yet."""


@dataclass(frozen=True)
class WrittenOff:
    """All of a quarter's write-offs added up: records, their value, and the records over £5,000."""

    number: int
    value: Money
    over_5000: int


def written_off(data: QuarterPosition) -> WrittenOff:
    """The write-offs' totals; the value is in their own unit, or in pounds where their units differ."""
    values = [Money(row.value, Unit(row.unit)) for row in data.write_offs]
    units = {value.unit for value in values}
    unit = units.pop() if len(units) == 1 else Unit.POUNDS
    return WrittenOff(
        number=sum(row.number for row in data.write_offs),
        value=total((Money(value.shown_in(unit), unit) for value in values), unit),
        over_5000=sum(row.over_5000 for row in data.write_offs),
    )


@dataclass(frozen=True)
class FigureBook:
    """Finds the figure that a reference such as `service:libraries.variance` names."""

    data: QuarterPosition

    def __call__(self, reference: str) -> Value:
        """The value behind a reference. Raises UnknownFigure with a sentence that names it."""
        namespace, _, rest = reference.partition(":")
        name, _, attribute = rest.partition(".")
        finders: dict[str, Callable[[str, str], Value | None]] = {
            "service": self._service,
            "named": self._named,
            "event": self._event,
            "borrowed": self._borrowed,
            "position": self._position,
            "limit": self._limit,
            "write-offs": self._write_offs,
            "year": self._year,
            "quarter": self._quarter,
        }
        finder = finders.get(namespace)
        value = finder(name, attribute) if finder else None
        if value is None:
            raise UnknownFigure(f"No figure is called '{reference}'.")
        return value

    def _in_year_unit(self, amount: Amount) -> Money | None:
        return None if amount is None else Money(amount, self.data.unit)

    def _service(self, slug: str, attribute: str) -> Value | None:
        position = self.data.by_slug.get(slug)
        if position is None or attribute not in _SERVICE_FIGURES:
            return None
        amount = self._in_year_unit(getattr(position, attribute))
        if amount is None:
            raise NotEntered(f"The figure 'service:{slug}.{attribute}' is not entered yet, so no prose can say it.")
        return amount

    def _named(self, slug: str, attribute: str) -> Value | None:
        figure = next((each for each in self.data.named_figures if each.slug == slug), None)
        if figure is None:
            return None
        if attribute == "as_at":
            return figure.as_at
        if attribute:
            return None
        return Money(figure.value, Unit(figure.unit)) if figure.unit in set(Unit) else figure.value

    def _event(self, slug: str, attribute: str) -> Value | None:
        event = next((each for each in self.data.later_events if each.slug == slug), None)
        if event is None:
            return None
        if attribute == "amount" and event.amount is not None:
            return Money(event.amount, Unit(event.unit))
        return event.happened if attribute == "happened" else None

    def _borrowed(self, slug: str, attribute: str) -> Value | None:
        taken = next((each for each in self.data.borrowing_taken if each.slug == slug), None)
        if taken is None:
            return None
        match attribute:
            case "amount":
                return Money(taken.amount, Unit(taken.unit))
            case "first_day":
                return taken.first_day
            case "last_day":
                return taken.last_day
        return None

    def _position(self, name: str, attribute: str) -> Value | None:
        if name != "latest" or not self.data.borrowing_positions:
            return None
        latest = self.data.borrowing_positions[-1]
        match attribute:
            case "as_at":
                return latest.as_at
            case "external_borrowing":
                return Money(latest.external_borrowing, Unit(latest.unit))
            case "other_long_term_liabilities" if latest.other_long_term_liabilities is not None:
                return Money(latest.other_long_term_liabilities, Unit(latest.unit))
        return None

    def _limit(self, slug: str, attribute: str) -> Value | None:
        limit = next((each for each in self.data.limits if each.slug == slug), None)
        if limit is None:
            return None
        amount = limit_amounts(limit).get(attribute)
        return None if amount is None else Money(amount, Unit(limit.unit))

    def _write_offs(self, stream: str, attribute: str) -> Value | None:
        if stream != "total":
            return None
        totals = written_off(self.data)
        match attribute:
            case "number":
                return totals.number
            case "over_5000":
                return totals.over_5000
            case "value" if self.data.write_offs:
                return totals.value
        return None

    def _year(self, name: str, _attribute: str) -> Value | None:
        shift = {"label": 0, "next": 1, "previous": -1}.get(name)
        return None if shift is None else periods.FinancialYear(self.data.period.year.start + shift).label

    def _quarter(self, name: str, _attribute: str) -> Value | None:
        period = self.data.period
        values: dict[str, Value] = {
            "ordinal": _ORDINALS[period.number - 1],
            "name": f"Quarter {period.number}",
            "label": period.label,
            "last_day": period.last_day,
            "first_day": period.first_day,
        }
        return values.get(name)
