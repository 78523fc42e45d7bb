"""What changes would do, old and new, down to every total above them; one button saves all of them, or none."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from budget.calculations.effect import Effect, effect_on_lines
from budget.calculations.entered import tidied
from budget.calculations.lines import FIELD_WORDS, Field, LineEdit
from budget.calculations.position import Amount
from budget.calculations.shown import exactly, places_for
from budget.forms.carrying import Carried, packed
from budget.models import Quarter
from budget.selectors.entering import books_of, refusals, shortened
from budget.selectors.figures import figures_of
from budget.views.figures import Figure
from budget.views.guard import signed_in
from torbay_reports.core.formatting import count, long_date
from torbay_reports.core.money import Unit

FIGURES: Final[frozenset[Field]] = frozenset({"forecast", "actual"})
FOR_THE_GRID: Final[frozenset[Field]] = frozenset({"forecast", "reason"})
"""What the grid has boxes for: changes of nothing else can go back there to be typed again."""


@dataclass(frozen=True)
class ShownChange:
    """A field's change as the page says it; a figure's `variance` is what the forecast's change makes of it."""

    name: str
    field: str
    old: str
    new: str
    variance: Figure | None
    is_figure: bool

    @property
    def figures(self) -> tuple[Figure, Figure]:
        return Figure(self.old), Figure(self.new)


@dataclass(frozen=True)
class ShownEffect:
    """What the changes do to a total: its figures, each before and after."""

    name: str
    figures: tuple[Figure, ...]


def show_preview(
    request: HttpRequest,
    quarter: Quarter,
    edits: Sequence[LineEdit],
    *,
    back: str,
    notes: Sequence[str] = (),
    why: str = "",
    faults: Sequence[str] = (),
) -> HttpResponse:
    """The page that says what these changes would do, whatever they come from; nothing is saved by it.

    Its one button sends them, signed, to budget:entry-save, which saves all of them or none and then goes to `back`.
    `notes` are sentences about what was read (blanks that keep what is stored, totals compared), `why` stands in the
    box for the reason. Changes that this person may not make are said here already, and then there is no button.
    """
    by = signed_in(request)
    changes = [LineEdit(each.slug, each.seen, tidied(each.wanted)) for each in edits]
    changes = [each for each in changes if each.changed]
    faults = [*faults, *refusals(books_of(quarter), changes, by)] if changes else list(faults)
    figures = figures_of(quarter)
    effects = effect_on_lines(figures.lines, changes)
    felt = [each for each in effects if each.after.is_group and each.is_felt]
    shown = list(_shown(changes, effects))
    has_actuals = any("actual" in each.changed for each in changes)
    context = {
        "quarter": quarter,
        "unit": Unit(quarter.year.unit),
        "changes": shown,
        "number": count(len(shown), "change", "changes"),
        "effects": _effects(felt, ("forecast_net", "variance", *(("actual",) if has_actuals else ()))),
        "has_actuals": has_actuals,
        "unmoved": sum(each.after.is_group for each in effects) - len(felt),
        "notes": notes,
        "faults": shortened(faults),
        "back": back,
        "why": why,
        "carried": packed(Carried(tuple(changes), back, why=why), quarter=quarter, person=by),
        "can_go_back": all(FOR_THE_GRID.issuperset(each.changed) for each in changes),
    }
    return render(request, "budget/preview.html", context)


def _shown(edits: Iterable[LineEdit], effects: Iterable[Effect]) -> Iterator[ShownChange]:
    """A row for each field that changes, in the order of the tree; lines that the tree has not come last."""
    by_slug = {each.slug: each for each in effects}
    order = {slug: place for place, slug in enumerate(by_slug)}
    for edit in sorted(edits, key=lambda each: order.get(each.slug, len(order))):
        line = by_slug.get(edit.slug)
        for field in edit.changed:
            old, new = (words_for(field, getattr(each, field)) for each in (edit.seen, edit.wanted))
            variance = line.after.variance if line is not None and field == "forecast" else None
            yield ShownChange(
                name=line.name if line is not None else edit.slug,
                field=FIELD_WORDS[field],
                old=old,
                new=new,
                variance=None if variance is None else Figure(exactly(variance)),
                is_figure=field in FIGURES,
            )


def words_for(field: Field, value: Decimal | date | str | None) -> str:
    """A field's value as a page says it."""
    if isinstance(value, Decimal):
        return exactly(value)
    if isinstance(value, date):
        return long_date(value)
    return value or ("not entered" if field in FIGURES else "none")


def _effects(felt: Sequence[Effect], names: Sequence[str]) -> list[ShownEffect]:
    def figures(each: Effect) -> Iterator[Amount]:
        for name in names:
            yield from (getattr(each.before, name), getattr(each.after, name))

    places = places_for(amount for each in felt for amount in figures(each))
    return [ShownEffect(each.name, tuple(Figure(exactly(amount, places)) for amount in figures(each))) for each in felt]
