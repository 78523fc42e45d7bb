"""The improvement lead marks a finding: how it is to be read, what it measures, and which steps answer it."""

from collections.abc import Sequence
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from improvement.calculations.position import StepPosition
from improvement.calculations.wording import measure_words
from improvement.models import Plan
from improvement.selectors.standing import usual_day
from improvement.selectors.steps import steps_in_full
from improvement.views.keepers import person
from ofsted.forms.fields import RevisionForm
from ofsted.forms.marking import RELATIONS, MarkForm, MeasureForm
from ofsted.kinds import Polarity, Relation
from ofsted.models import Finding, FindingMeasure, Letter, StepLink
from ofsted.presenting_keep import figure_of, still_to_mark
from ofsted.selectors.keeping import find_finding, links_of, marks_of, next_unmarked, theme_names
from ofsted.selectors.suggesting import found_steps, suggestions
from ofsted.services.findings import add_measure, mark_finding, place_of, remove_measure
from ofsted.services.paragraphs import remove_quote
from ofsted.views.keeping import kept_letter
from ofsted.views.sending import about_finding, about_letter, finding_address, sent, take_kept
from torbay_reports.access.reach import there
from torbay_reports.core.asking import bound

LONGEST_SEARCH: Final = 200
BESIDE_POLARITY: Final = ("theme", "since_last", "since_last_words")
GONE: Final = "It is there no longer: somebody else has taken it away."


def kept_finding(request: HttpRequest, inspection: str, visit: str, pk: int) -> tuple[Letter, Finding]:
    """The finding with its letter, for the lead of the plan; a read is recorded. Raises Http404 for others."""
    letter = kept_letter(request, inspection, visit)
    return letter, there(request, find_finding(letter, pk))


@never_cache
def finding(request: HttpRequest, inspection: str, visit: str, pk: int) -> HttpResponse:
    """The inspector's words, how they are marked, and the steps that answer them or may do so."""
    letter, found = kept_finding(request, inspection, visit, pk)
    form = MarkForm(**bound(request), initial=_initial(letter, found))
    meanwhile: dict[str, Any] = {"meanwhile": ()}
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            mark_finding(finding=found, revision=form.cleaned_data["revision"], by=person(request), **form.marks())
            unsaid = "" if form.cleaned_data["polarity"] else " Nobody has said yet what the inspectors found."
            return f"The marks are saved.{unsaid} {still_to_mark(marks_of(letter))}"

        said, meanwhile = sent(form, act)
        if said is not None:
            messages.success(request, said)
            return redirect(finding_address(letter, found))
    context = {
        **_page(request, letter, found),
        "form": form,
        "fields": [form[name] for name in BESIDE_POLARITY],
        **meanwhile,
    }
    return render(request, "ofsted/keep/finding.html", context)


@never_cache
def add_figure(request: HttpRequest, inspection: str, visit: str, pk: int) -> HttpResponse:
    """A figure that the finding quotes."""
    letter, found = kept_finding(request, inspection, visit, pk)
    form = MeasureForm(**bound(request), initial={"revision": letter.revision, "direction": "unknown"})
    question = about_finding(
        letter, found, title="Add a measure to the finding", button="Add the measure", sentences=[f"“{found.words}”"]
    )

    def act() -> str:
        add_measure(finding=found, revision=form.cleaned_data["revision"], by=person(request), **form.measure())
        return "The measure is added."

    return take_kept(request, question, form, act)


@never_cache
@require_POST
def remove_figure(request: HttpRequest, inspection: str, visit: str, pk: int, measure: int) -> HttpResponse:
    """Takes a figure away from the finding."""
    letter, found = kept_finding(request, inspection, visit, pk)
    stored = FindingMeasure.objects.filter(finding=found, pk=measure).select_related("finding__paragraph").first()
    try:
        if stored is None:
            messages.error(request, GONE)
        else:
            remove_measure(measure=stored, revision=None, by=person(request))
            messages.success(request, "The measure is removed.")
    except ObjectDoesNotExist:
        messages.error(request, GONE)
    return redirect(finding_address(letter, found))


@never_cache
def remove(request: HttpRequest, inspection: str, visit: str, pk: int) -> HttpResponse:
    """Removes a finding that quotes a part of its paragraph."""
    letter, found = kept_finding(request, inspection, visit, pk)
    form = RevisionForm(**bound(request), initial={"revision": letter.revision})
    question = about_letter(
        letter,
        title="Remove this finding?",
        button="Remove it",
        sentences=[f"“{found.words}”", "The words stay in the paragraph."],
        warns=True,
    )

    def act() -> str:
        remove_quote(finding=found, revision=form.cleaned_data["revision"], by=person(request))
        return "The finding is removed."

    return take_kept(request, question, form, act)


def _initial(letter: Letter, found: Finding) -> dict[str, object]:
    return {
        "polarity": found.polarity,
        "theme": found.theme.name if found.theme else "",
        "since_last": found.since_last,
        "since_last_words": found.since_last_words,
        "revision": letter.revision,
    }


def _page(request: HttpRequest, letter: Letter, found: Finding) -> dict[str, Any]:
    inspection, links, marks = letter.visit.inspection, links_of(found), marks_of(letter)
    linked = [link.step_id for link in links]
    asked = " ".join(request.GET.get("words", "").replace("\0", " ").split())[:LONGEST_SEARCH]
    numbers = [number for number, _ in marks]
    if found.pk not in numbers:
        # Somebody has removed it since the page was asked for.
        raise Http404
    return {
        "letter": letter,
        "inspection": inspection,
        "finding": found,
        "place": place_of(found),
        "polarities": [(each, each.definition) for each in Polarity],
        "themes": theme_names(inspection),
        "measures": [(each, figure_of(each)) for each in found.measures.all()],
        "linked": _linked(inspection.plan, links),
        "suggestions": [(each.step, each.shared) for each in suggestions(found.words, inspection.plan, linked)],
        "asked": asked,
        "found": [(each, ()) for each in found_steps(asked, inspection.plan, linked)] if asked else (),
        "relations": RELATIONS,
        "to_mark": still_to_mark(marks),
        "number": numbers.index(found.pk) + 1,
        "of": len(numbers),
        "next": next_unmarked(marks, found.pk),
    }


def _linked(plan: Plan, links: Sequence[StepLink]) -> list[tuple[StepLink, StepPosition, str, list[str]]]:
    """Each link with its step as it stands, how they belong together, and what the step's measures say."""
    steps = steps_in_full([link.step_id for link in links], usual_day(plan))
    return [
        (link, step, Relation(link.relation).label, [measure_words(each) for each in step.measures])
        for link in links
        for step in [steps[link.step_id]]
    ]
