"""What a reader asks of a plan: the day, the filter, and the steps that it finds."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, QueryDict
from django_tables2 import RequestConfig

from improvement.forms.filters import DayForm, FilterForm
from improvement.models import Plan
from improvement.selectors.finding import found
from improvement.selectors.outline import StepOutline, ThemeOutline, levels
from improvement.selectors.owners import owner_names
from improvement.selectors.standing import first_day, usual_day
from improvement.tables import StepsData, StepsTable

STEPS_ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """The plan's levels as at the day that is asked for, and its steps that are; None where the form does not tell."""

    plan: Plan
    usual: date
    as_at: date
    themes: tuple[ThemeOutline, ...]
    form: FilterForm
    steps: list[StepOutline] | None


def day_asked(data: QueryDict, usual: date, since: date | None = None) -> date:
    """The day that the address names, where it can be read and is not before `since`; else the usual one."""
    form = DayForm(data, since=since)
    return (form.cleaned_data["as_at"] if form.is_valid() else None) or usual


def known_since(data: QueryDict, plan: Plan) -> date | None:
    """The plan's first day, where the address names a day that could be before it."""
    return first_day(plan) if data.get("as-at") else None


def asked(request: HttpRequest, plan: Plan) -> Asked:
    """What the address asks for."""
    usual = usual_day(plan)
    since = known_since(request.GET, plan)
    as_at = day_asked(request.GET, usual, since)
    themes = levels(plan, as_at)
    form = FilterForm(request.GET, as_at=as_at, themes=themes, owners=owner_names(plan), since=since)
    steps = found(plan, as_at, form.wanted()) if form.is_valid() else None
    return Asked(plan, usual, as_at, themes, form, steps)


def table_of(request: HttpRequest, plan: Plan, steps: list[StepOutline], as_at: date, caption: str) -> StepsTable:
    """One page of these steps in the order that the address asks for, else by urgency."""
    data = StepsData(steps, as_at)
    table = StepsTable(data, slug=plan.slug, caption=caption)
    RequestConfig(request, paginate=False).configure(table)
    if not table.order_by:
        data.order_by_urgency()
    table.paginator = Paginator(table.rows, STEPS_ON_A_PAGE)
    table.page = table.paginator.get_page(request.GET.get("page"))
    return table
