"""The forms in which a quarter's lines are typed: many in the grid, or one with all its fields."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final, TypeVar

from django import forms

from budget.calculations.lines import LineEdit
from budget.calculations.position import Amount, variance_of
from budget.calculations.shown import exactly, typed
from budget.calculations.typed import Disagreeing, forecast_typed
from budget.forms.carrying import Carried
from budget.forms.fields import SumField, reason_field
from budget.selectors.grid import Grid
from torbay_reports.access.days import DayField

T = TypeVar("T")
REMOVABLE: Final = {"forecast": "Take the forecast away", "actual": "Take the actual and its ledger date away"}


class _LinesForm(forms.Form):
    """What both have: the lines as their writer saw them, and the notes for the preview."""

    def __init__(self, *args: Any, grid: Grid, seen: Carried, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.grid = grid
        self.seen = seen
        self.edits: list[LineEdit] = []
        self.notes: list[str] = []

    def name(self, slug: str) -> str:
        """The line's name; its short name where it has left the tree."""
        row = self.grid.by_slug.get(slug)
        return row.position.name if row else slug

    def _net(self, slug: str) -> Amount:
        row = self.grid.by_slug.get(slug)
        return row.position.net if row else None

    def _boxes(self, edit: LineEdit) -> tuple[str, str]:
        """What stands in the boxes of forecast and variance as the page is shown."""
        forecast = edit.wanted.forecast
        return typed(forecast), typed(variance_of(forecast, self.seen.nets.get(edit.slug)))

    def _forecast(self, edit: LineEdit, forecast: Amount, variance: Amount, box: str) -> Amount:
        """The forecast that is meant; what disagrees is an error of that box."""
        seen, name, net = edit.seen.forecast, self.name(edit.slug), self._net(edit.slug)
        try:
            return forecast_typed(
                seen=seen, seen_net=self.seen.nets.get(edit.slug), net=net, forecast=forecast, variance=variance
            )
        except Disagreeing as fault:
            on = f"on a current budget of {exactly(net)} that variance means a forecast of {exactly(fault.by_variance)}"
            if fault.budget_moved:
                was = exactly(self.seen.nets.get(edit.slug))
                self.add_error(box, f"{name}: the budget was {was} when the page was shown, and {on}. Empty one box.")
            else:
                self.add_error(
                    box,
                    f"{name}: forecast {exactly(forecast)} and variance {exactly(variance)} disagree: {on}. "
                    "Empty one of the two boxes.",
                )
            return seen

    def _note_empty(self, edit: LineEdit, meant: Amount, *boxes: Amount) -> None:
        """Lists a line whose box was emptied and whose forecast stays therefore."""
        if None in boxes and meant is not None and meant == edit.seen.forecast:
            self.notes.append(
                f"{self.name(edit.slug)}: a box was left empty, so that the forecast stays at {exactly(meant)}."
            )


class GridForm(_LinesForm):
    """Forecast, variance and reason of every row that was shown with boxes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = self.grid.unit
        for edit in self.seen.edits:
            name, (forecast, variance) = self.name(edit.slug), self._boxes(edit)
            for box, text in (("forecast", forecast), ("variance", variance)):
                self.fields[f"{box}-{edit.slug}"] = SumField(f"{name}, {box}", unit=unit, **{"data-box": box})
                self.initial[f"{box}-{edit.slug}"] = text
            self.fields[f"reason-{edit.slug}"] = reason_field(f"{name}, reason", rows=2)
            self.initial[f"reason-{edit.slug}"] = edit.wanted.reason

    def clean(self) -> dict[str, Any]:
        """Also makes `edits` and `notes` of what was typed."""
        given: dict[str, Any] = super().clean() or {}
        for edit in self.seen.edits:
            boxes = [f"{box}-{edit.slug}" for box in ("forecast", "variance", "reason")]
            if not all(box in given for box in boxes):
                continue
            forecast, variance, reason = (given[box] for box in boxes)
            meant = self._forecast(edit, forecast, variance, boxes[0])
            self._note_empty(edit, meant, forecast, variance)
            self.edits.append(replace(edit, wanted=replace(edit.seen, forecast=meant, reason=_lines(reason))))
        return given

    def rows_with_errors(self) -> Iterator[str]:
        """The short names of the rows in which something is to be put right."""
        yield from dict.fromkeys(box.split("-", 1)[1] for box in self.errors if "-" in box)


class LineForm(_LinesForm):
    """One line with all its fields. An empty box keeps what is stored; taking a sum away is a choice of its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        (self.edit,) = self.seen.edits
        unit, line = self.grid.unit, self.edit.wanted
        keeps = f"In {unit.heading}, net. An empty box keeps what is stored."
        forecast, variance = self._boxes(self.edit)
        self.fields["forecast"] = SumField("Forecast", unit=unit, hint=keeps)
        self.fields["variance"] = SumField(
            "Variance", unit=unit, hint="Instead of a forecast, if that is easier: brackets are an underspend."
        )
        self.fields["reason"] = reason_field(
            "Reason", hint=f"Wanted from {exactly(self.grid.reason_from)} either way.", rows=5
        )
        self.fields["actual"] = SumField("Actual to date", unit=unit, hint=keeps)
        self.fields["ledger_date"] = DayField("Ledger date", hint="The day of the ledger that the actual is from")
        there = [(name, words) for name, words in REMOVABLE.items() if getattr(self.edit.seen, name) is not None]
        if there:
            self.fields["remove"] = forms.MultipleChoiceField(
                label="What was entered by mistake",
                required=False,
                choices=there,
                error_messages={"invalid_choice": "Choose what to take away from the list."},
                widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes__input"}),
            )
        self.initial = {
            "forecast": forecast,
            "variance": variance,
            "actual": typed(line.actual),
            "ledger_date": line.ledger_date,
            "reason": line.reason,
        }

    def clean(self) -> dict[str, Any]:
        """Also makes `edits` and `notes` of what was typed."""
        given: dict[str, Any] = super().clean() or {}
        if self.errors:
            return given
        seen, gone = self.edit.seen, given.get("remove", [])
        boxes = (given["forecast"], given["variance"])
        forecast = self._forecast(self.edit, *boxes, "forecast")
        wanted_actual = _or(given["actual"], seen.actual)
        wanted = replace(
            seen,
            forecast=None if "forecast" in gone else forecast,
            actual=None if "actual" in gone else wanted_actual,
            ledger_date=None if "actual" in gone else _or(given["ledger_date"], seen.ledger_date),
            reason=_lines(given["reason"]),
        )
        if "forecast" not in gone:
            self._note_empty(self.edit, forecast, *boxes)
        elif forecast != seen.forecast:
            self.add_error("forecast", "Type another forecast or take it away, not both.")
        if "actual" in gone and wanted_actual != seen.actual:
            self.add_error("actual", "Type another actual or take it away, not both.")
        elif "actual" not in gone and given["actual"] is None and seen.actual is not None:
            self.notes.append(f"The box was left empty, so that the actual stays at {exactly(seen.actual)}.")
        self.edits = [replace(self.edit, wanted=wanted)]
        return given


def _or(given: T | None, seen: T | None) -> T | None:
    """What was typed; an empty box keeps what was seen."""
    return seen if given is None else given


def _lines(text: str) -> str:
    """Text of a box with its line ends as they are kept."""
    return "\n".join(text.splitlines()).strip()
