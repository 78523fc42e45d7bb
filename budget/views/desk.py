"""The desk of a quarter: what is missing, how far each service is, and the one next thing to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from budget.calculations.closewords import due_sentence, finance_sentence, holder_sentence
from budget.forms.closing import ChosenForm
from budget.models import Quarter
from budget.selectors.closing import next_number
from budget.selectors.desk import STATES, Desk, DeskRow, desk
from budget.selectors.grid import NOTHING_IN
from budget.views.guard import quarter_there, signed_in
from torbay_reports.access.decisions import may
from torbay_reports.access.models import User
from torbay_reports.access.permissions import Permission

TITLES: Final = {NOTHING_IN: "Nothing in", "draft": "Drafts", "submitted": "Submitted", "agreed": "Agreed"}
STEPS: Final = {
    NOTHING_IN: ("no-change", "remind"),
    "draft": ("submit", "remind"),
    "submitted": ("agree", "take-back", "send-back"),
    "agreed": ("send-back",),
}
"""What can be done with those in each state; the first is what is usually wanted."""
BUTTONS: Final = {
    "no-change": "No change",
    "remind": "Remind their holders",
    "submit": "Submit",
    "agree": "Agree",
    "take-back": "Take back",
    "send-back": "Send back",
}
OF_FINANCE: Final = frozenset({"agree", "remind", "send-back"})


@dataclass(frozen=True)
class Button:
    """One thing that can be done with the services that are ticked."""

    words: str
    address: str
    is_first: bool


@dataclass(frozen=True)
class Section:
    """The services in one state, with what can be done with them; `ticked` are chosen beforehand."""

    key: str
    title: str
    rows: Sequence[DeskRow]
    buttons: Sequence[Button]
    ticked: frozenset[str]


@dataclass(frozen=True)
class NextStep:
    """The one thing to do next, as a button."""

    words: str
    address: str


@never_cache
@require_safe
def quarter_desk(request: HttpRequest, year: str, number: int) -> HttpResponse:
    """The desk as this person sees it; `?all=draft` ticks all drafts."""
    quarter = quarter_there(request, year, number)
    return desk_page(request, quarter, all_of=request.GET.get("all", ""))


def desk_page(
    request: HttpRequest, quarter: Quarter, *, form: ChosenForm | None = None, all_of: str = ""
) -> HttpResponse:
    """The desk, with what was wrong with a choice on it where there is a form."""
    by = signed_in(request)
    found = desk(quarter, by)
    is_finance = bool(may(by, Permission.KEEP_BUDGET))
    ticked = frozenset(form.chosen) if form is not None else frozenset[str]()
    context = {
        "quarter": quarter,
        "desk": found,
        "form": form or ChosenForm(slugs=()),
        "sentence": _sentence(found, is_finance),
        "due": due_sentence(quarter.returns_due, found.days_left) if not quarter.is_signed else "",
        "sections": _sections(found, is_finance, ticked, all_of),
        "next": _next(found, by, is_finance),
        "is_finance": is_finance,
        "may_sign": bool(may(by, Permission.SIGN_QUARTER)),
        "others": len(found.rows) - len(found.theirs),
    }
    return render(request, "budget/desk.html", context)


def _sentence(found: Desk, is_finance: bool) -> str:
    if is_finance:
        numbers = {state: len(rows) for state, rows in found.by_state.items()}
        return finance_sentence(
            agreed=numbers["agreed"],
            submitted=numbers["submitted"],
            drafts=numbers["draft"],
            nothing=numbers[NOTHING_IN],
        )
    theirs = found.theirs
    return holder_sentence(
        [(each.name, each.wants) for each in theirs if each.wants],
        ready=sum(each.is_ready for each in theirs),
        submitted=sum(each.state == "submitted" for each in theirs),
        agreed=sum(each.state == "agreed" for each in theirs),
    )


def _sections(found: Desk, is_finance: bool, ticked: frozenset[str], all_of: str) -> list[Section]:
    sections = []
    quarter = found.quarter
    for state in STATES:
        rows = [each for each in found.by_state[state] if each.row.is_theirs]
        steps = [each for each in STEPS[state] if is_finance or each not in OF_FINANCE]
        buttons = [
            Button(BUTTONS[each], step_address(quarter, each), is_first=place == 0) for place, each in enumerate(steps)
        ]
        if rows:
            sections.append(
                Section(
                    key=state.replace(" ", "-"),
                    title=f"{TITLES[state]} ({len(rows)})",
                    rows=rows,
                    buttons=[] if quarter.is_signed else buttons,
                    ticked=frozenset(each.slug for each in rows) if all_of == state.replace(" ", "-") else ticked,
                )
            )
    return sections


def _next(found: Desk, by: User, is_finance: bool) -> NextStep | None:
    """What this person would do first; nothing where they wait for others."""
    quarter = found.quarter
    if quarter.is_signed:
        following = next_number([quarter, *found.neighbours.after])
        if is_finance and not found.neighbours.after and following is not None:
            return NextStep(
                f"Open Quarter {following}", reverse("budget:open-quarter", args=[quarter.period.year.slug])
            )
        return None
    wanting = [each for each in found.theirs if each.wants and each.row.may_enter]
    if wanting and not (is_finance and found.by_state["submitted"]):
        first = wanting[0]
        return NextStep(f"Enter {first.name}", f"{address_of('entry', quarter)}#row-{first.slug}")
    if is_finance and found.by_state["submitted"]:
        return NextStep("Agree what is submitted", "#submitted")
    if [each for each in found.theirs if each.is_ready]:
        return NextStep("Submit what is ready", "#draft")
    if may(by, Permission.SIGN_QUARTER) and len(found.by_state["agreed"]) == len(found.rows):
        return NextStep(f"Sign {quarter}", address_of("sign", quarter))
    return None


def address_of(name: str, quarter: Quarter) -> str:
    """The address of a quarter's page of that name."""
    return reverse(f"budget:{name}", args=[quarter.period.year.slug, quarter.number])


def step_address(quarter: Quarter, step: str) -> str:
    """Where the services that are ticked are sent."""
    return reverse("budget:returns", args=[quarter.period.year.slug, quarter.number, step])
