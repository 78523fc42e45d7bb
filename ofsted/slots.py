"""What this room adds to the pages of a plan: what Ofsted found about a step, and the way to findings against steps."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q, prefetch_related_objects
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from improvement.calculations.position import StepPosition
from improvement.models import Plan, Step
from improvement.views.step import StepShown
from ofsted.calculations.answering import LinkedStep
from ofsted.kinds import Relation
from ofsted.models import Inspection, Letter, StepLink, Visit
from ofsted.selectors.answering import finding_position, letter_position
from ofsted.selectors.step_findings import links_of, visits_cited_by
from ofsted.showing import ShownFinding, shown_finding
from ofsted.views.guard import shown_of
from torbay_reports.access.decisions import may
from torbay_reports.access.permissions import Permission
from torbay_reports.documents import registry


def register() -> None:
    """Tell the documents room what stands in which slot."""
    registry.fill_slot("improvement:step", of_step)
    registry.fill_slot("improvement:plan", of_plan)


def of_step(request: HttpRequest, shown: StepShown) -> SafeString:
    """What Ofsted found about the step, of letters that the reader may read, and which cited visits have no letter.

    One query, two where the step cites a visit; a letter that is held back costs one more for its named readers, and
    one for each read that is recorded.
    """
    links = links_of(shown.row, shown.as_at)
    visits = visits_cited_by(shown.row) if shown.cites else []
    linked = _by_key(each.finding.paragraph.letter for each in links)
    readable = _readable(request, {**_by_key(each.letter for each in visits if hasattr(each, "letter")), **linked})
    held_back = [each for pk, each in linked.items() if pk in readable and each.is_held_back]
    recorded = {each.pk for each in shown_of(request, held_back)}
    open_now = {pk for pk, each in readable.items() if pk in recorded or not each.is_held_back}
    found = [
        (each.finding.paragraph.letter.visit.inspection.slug, _shown(each, shown.position, shown.row))
        for each in links
        if each.finding.paragraph.letter_id in open_now
    ]
    missing = [each for each in visits if each.is_public and not _has_letter(each, readable, shown.as_at)]
    leaves_out = bool(held_back) and not recorded
    if not (found or missing or leaves_out):
        return SafeString("")
    context = {"found": found, "missing": missing, "leaves_out": leaves_out}
    return SafeString(render_to_string("ofsted/answers/step_slot.html", context, request))


def of_plan(request: HttpRequest, plan: Plan) -> SafeString:
    """A sentence with the way to the findings against steps, for each inspection that the plan answers; one query."""
    published = Q(visits__letter__published_on__isnull=False)
    number = Count("visits__letter__paragraphs__findings", filter=published)
    inspections = list(Inspection.objects.filter(plan=plan).annotate(number=number).order_by("-judged_in", "title"))
    if not inspections:
        return SafeString("")
    return SafeString(render_to_string("ofsted/answers/plan_slot.html", {"inspections": inspections}, request))


def _by_key(letters: Iterable[Letter]) -> dict[int, Letter]:
    return {each.pk: each for each in letters}


def _readable(request: HttpRequest, letters: dict[int, Letter]) -> dict[int, Letter]:
    """Those of the letters that the reader may read."""
    held_back = [each for each in letters.values() if each.is_held_back]
    if held_back:
        prefetch_related_objects(held_back, "named_readers")
    return {pk: each for pk, each in letters.items() if may(request.user, Permission.READ_LETTER, each)}


def _shown(link: StepLink, position: StepPosition, step: Step) -> ShownFinding:
    letter = letter_position(link.finding.paragraph.letter)
    linked = LinkedStep(position, step.action_id, Relation(link.relation), link.why, letter.visit_ended_on)
    return shown_finding(finding_position(link.finding, letter, (), (linked,)))


def _has_letter(visit: Visit, readable: dict[int, Letter], as_at: date) -> bool:
    letter = getattr(visit, "letter", None)
    return letter is not None and letter.pk in readable and letter.dated <= as_at
