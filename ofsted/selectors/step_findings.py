"""What Ofsted found about one step, and the visits that its words cite."""

from datetime import date

from django.db.models import DateField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from improvement.models import InspectionReference, Step
from ofsted.models import StepLink, Visit


def links_of(step: Step, as_at: date) -> list[StepLink]:
    """The step's links to findings of letters that are not dated after that day, each with its finding, theme, letter
    and inspection, the newest letter first; one query. Whether a reader may read the letter is the caller's question.
    """
    rows = StepLink.objects.filter(step=step, finding__paragraph__letter__dated__lte=as_at).defer("finding__search")
    rows = rows.select_related("finding__theme", "finding__paragraph__letter__visit__inspection__plan")
    return list(rows.order_by("-finding__paragraph__letter__dated", "finding__paragraph__position", "finding", "pk"))


def visits_cited_by(step: Step) -> list[Visit]:
    """The visits in the months that the words of the step or of its action cite, with letter and inspection, in order
    of time; one query."""
    cited = InspectionReference.objects.filter(Q(step=step) | Q(step=None), action=step.action_id)
    ended = Coalesce(OuterRef("ended_on"), OuterRef("month"), output_field=DateField())
    within = Exists(cited.filter(month__gte=OuterRef("month"), month__lte=ended))
    rows: QuerySet[Visit] = Visit.objects.filter(within, inspection__plan=step.action.plan_id)
    return list(rows.select_related("letter", "inspection__plan").order_by(F("month").asc(), "pk"))
