"""The lead sets how a step's success is measured, and adds what was found."""

from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache

from improvement.calculations.position import MeasurePosition
from improvement.calculations.wording import target_words
from improvement.forms.measures import MeasureForm, ReadingForm
from improvement.kinds import Direction
from improvement.models import Measure
from improvement.selectors.meanwhile import seen_of
from improvement.services.measures import add_measure, add_reading, set_target
from improvement.views.keepers import kept_measure, kept_step
from improvement.views.sending import about_step, take_as_seen
from torbay_reports.core import clock
from torbay_reports.core.asking import bound


@never_cache
def add(request: HttpRequest, slug: str, action: str, number: int) -> HttpResponse:
    """A new measure of the step."""
    step, by = kept_step(request, slug, action, number)
    form = MeasureForm(**bound(request), initial={"seen": seen_of(step), "unit": "%"})
    question = about_step(
        step,
        title=f"Add a measure to step {step.reference}",
        button="Add the measure",
        sentences=["A measure tells whether the step worked. Whether it is done is another question."],
        template="improvement/change.html",
    )

    def act() -> str:
        add_measure(step=step, words=form.measure(), seen=form.mark, by=by)
        return f"Step {step.reference} has a further measure."

    return take_as_seen(request, question, form, act)


@never_cache
def target(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Another target or direction for the measure."""
    measure, by = kept_measure(request, slug, pk)
    seen, stored = seen_of(measure.step), Measure.objects.get(pk=measure.pk)
    initial = {"words": stored.words, "direction": stored.direction, "unit": stored.unit, "seen": seen}
    form = MeasureForm(**bound(request), initial={**initial, "target": _plain(stored.target)})
    question = about_step(
        measure.step,
        title=f"Change a measure of step {measure.step.reference}",
        button="Save the measure",
        links=[("Add a reading", reverse("improvement:reading-add", args=[slug, pk]))],
        template="improvement/change.html",
    )

    def act() -> str:
        set_target(measure=measure, words=form.measure(), seen=form.mark, by=by)
        return f"The measure of step {measure.step.reference} is changed."

    return take_as_seen(request, question, form, act)


@never_cache
def reading(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What the measure was found to be on a day."""
    measure, by = kept_measure(request, slug, pk)
    form = ReadingForm(**bound(request), initial={"seen": seen_of(measure.step), "dated_on": clock.today()})
    question = about_step(
        measure.step,
        title=f"Add a reading to step {measure.step.reference}",
        button="Add the reading",
        sentences=[measure.words, _target_sentence(measure)],
        template="improvement/change.html",
    )

    def act() -> str:
        add_reading(measure=measure, found=form.found(), seen=form.mark, by=by)
        return f"Step {measure.step.reference} has a further reading."

    return take_as_seen(request, question, form, act)


def _plain(target: Decimal | None) -> str:
    """A figure as one types it: 90, 12.5."""
    return "" if target is None else f"{target.normalize():f}"


def _target_sentence(measure: Measure) -> str:
    words = target_words(
        MeasurePosition(measure.pk, measure.words, Direction(measure.direction), measure.target, measure.unit)
    )
    return f"The target is {words}." if words else "No target is stated."
