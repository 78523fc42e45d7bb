"""Findings with the steps that answer them, and the visits that steps cite, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Prefetch, Q

from improvement.models import InspectionReference, Step
from improvement.references import step_reference
from improvement.selectors.standing import standing
from improvement.selectors.steps import steps_in_full
from ofsted.calculations.answering import FindingPosition, LetterPosition, LinkedStep
from ofsted.calculations.citing import Citation, VisitPosition
from ofsted.calculations.figures import QuotedFigure
from ofsted.kinds import Polarity, Relation, SinceLast
from ofsted.models import Finding, FindingMeasure, Inspection, Letter, StepLink, Visit
from ofsted.selectors.rows import quoted

_IN_PRINT = (
    "step__action__priority__theme__position",
    "step__action__priority__position",
    "step__action__position",
    "step__number",
    "pk",
)


def published_letters(inspection: Inspection, as_at: date) -> list[Letter]:
    """The letters that Ofsted has published and that are not dated after that day, with their visits; one query."""
    rows = Letter.objects.filter(visit__inspection=inspection, published_on__isnull=False, dated__lte=as_at)
    return list(rows.select_related("visit").order_by("dated", "pk"))


def finding_positions(inspection: Inspection, as_at: date, letters: Iterable[Letter]) -> list[FindingPosition]:
    """The findings of these letters of the inspection in the order of the letters, with their steps as at that day.

    Letters are with their visits; one dated after the day is left out, and so is a link to a step that came into its
    plan later. Links are those of today. Ten queries, whatever there is.
    """
    known = {each.pk: letter_position(each) for each in letters if each.dated <= as_at}
    rows = Finding.objects.filter(paragraph__letter__in=known, paragraph__letter__visit__inspection=inspection)
    rows = rows.defer("search").select_related("paragraph", "theme")
    found = list(rows.order_by("paragraph__letter__dated", "paragraph__letter", "paragraph__position", "position"))
    letter_of = {each.pk: known[each.paragraph.letter_id] for each in found}
    measures, links = _measures(found), _links(letter_of, as_at)
    return [finding_position(each, letter_of[each.pk], measures[each.pk], links[each.pk]) for each in found]


def letter_position(letter: Letter) -> LetterPosition:
    """The letter as findings name it; reads its visit where that is not at hand."""
    return LetterPosition(
        pk=letter.pk,
        visit=letter.visit.slug,
        visit_printed=letter.visit.dates_printed,
        visit_ended_on=letter.visit.latest_day,
        dated=letter.dated,
        is_held_back=letter.is_held_back,
    )


def finding_position(
    row: Finding, letter: LetterPosition, measures: Iterable[QuotedFigure], links: Iterable[LinkedStep]
) -> FindingPosition:
    """The finding as a value; its paragraph and theme are read where they are not at hand."""
    return FindingPosition(
        pk=row.pk,
        letter=letter,
        section=row.paragraph.section,
        number=row.paragraph.number,
        place=(row.paragraph.position, row.position),
        words=row.words,
        theme=row.theme.name if row.theme else "",
        theme_slug=row.theme.slug if row.theme else "",
        polarity=Polarity(row.polarity),
        since_last=SinceLast(row.since_last),
        since_last_words=row.since_last_words,
        measures=tuple(measures),
        links=tuple(links),
    )


def _measures(findings: Iterable[Finding]) -> Mapping[int, list[QuotedFigure]]:
    found = defaultdict[int, list[QuotedFigure]](list)
    for each in FindingMeasure.objects.filter(finding__in=[row.pk for row in findings]).order_by("finding", "position"):
        found[each.finding_id].append(quoted(each))
    return found


def _links(letters: Mapping[int, LetterPosition], as_at: date) -> Mapping[int, list[LinkedStep]]:
    """The links of each finding, in the order in which the steps are printed; `letters` are those of the findings."""
    rows = StepLink.objects.filter(Q(step__begun_on=None) | Q(step__begun_on__lte=as_at), finding__in=letters)
    links = list(rows.select_related("step").defer("step__search").order_by(*_IN_PRINT))
    steps = steps_in_full({each.step_id for each in links}, as_at)
    found = defaultdict[int, list[LinkedStep]](list)
    for each in links:
        left_on = each.step.dropped_on if each.step.dropped_on and each.step.dropped_on <= as_at else None
        found[each.finding_id].append(
            LinkedStep(
                step=steps[each.step_id],
                action=each.step.action_id,
                relation=Relation(each.relation),
                why=each.why,
                visit_ended_on=letters[each.finding_id].visit_ended_on,
                left_on=left_on,
            )
        )
    return found


def visit_positions(inspection: Inspection, letters: Iterable[Letter]) -> list[VisitPosition]:
    """The inspection's visits of which a reader of these letters may know, in order of time; one query."""
    known = {each.visit_id: letter_position(each) for each in letters}
    rows = Visit.objects.filter(Q(is_public=True) | Q(pk__in=known), inspection=inspection).order_by("month", "pk")
    return [
        VisitPosition(each.pk, each.slug, each.dates_printed, each.month, each.latest_day, known.get(each.pk))
        for each in rows
    ]


def citations(inspection: Inspection, as_at: date) -> list[Citation]:
    """Every reference of the plan's standing steps and actions to a visit, in the order of print; two queries."""
    steps = Prefetch("action__steps", Step.objects.filter(standing(as_at)).defer("search").order_by("number", "pk"))
    there = Q(step=None) | Q(step__in=Step.objects.filter(standing(as_at)))
    in_plan = Q(action__dropped_on=None) | Q(action__dropped_on__gt=as_at)
    rows = InspectionReference.objects.filter(there, in_plan, action__plan=inspection.plan)
    rows = rows.select_related("action", "step").defer("step__search").prefetch_related(steps)
    order = ("action__priority__theme__position", "action__priority__position", "action__position", "step__number")
    return [_citation(each) for each in rows.order_by(*order, "pk")]


def _citation(row: InspectionReference) -> Citation:
    steps = [row.step] if row.step else list(row.action.steps.all())
    return Citation(
        words=row.words,
        month=row.month,
        action=row.action_id,
        action_reference=row.action.reference,
        step=row.step_id,
        about=row.step.how if row.step else row.action.what,
        steps=tuple((step_reference(row.action.reference, each.number), each.number) for each in steps),
    )
