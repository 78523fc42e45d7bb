"""What a budget's file would change, before it does; one button brings it in."""

from typing import Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from budget.forms.importing import BringForm
from budget.importing.adding import rounded_total
from budget.importing.budgets import BudgetFile
from budget.models import WaitingBudget
from budget.services.bringing import Brought, BudgetHasChanged
from budget.services.changes import BudgetChanges, budget_changes
from budget.services.waiting import bring_waiting, read_waiting, waiting_budget
from budget.views.guard import kept_year
from torbay_reports.access.models import User
from torbay_reports.core import periods
from torbay_reports.core.formatting import bracketed, count, listed
from torbay_reports.core.reading import UnreadableFile

MOST_SHOWN: Final = 200
"""Lines of a kind on the page; the file itself has them all."""

Line = tuple[str, str, str, str]


@never_cache
def preview(request: HttpRequest, year: str, pk: int) -> HttpResponse:
    """What was read, which totals were compared, and every change; nobody but who uploaded the file sees it."""
    period, by = kept_year(request, year)
    waiting = waiting_budget(year=period, pk=pk, by=by)
    if waiting is None:
        raise Http404
    form = BringForm(request.POST) if request.method == "POST" else BringForm()
    is_anew = False
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _said(_brought(waiting, form, by)))
        except BudgetHasChanged as changed:
            is_anew = True
            form.add_error(None, changed)
        except (ValidationError, UnreadableFile) as refusal:
            form.add_error(None, refusal.messages if isinstance(refusal, ValidationError) else str(refusal))
        else:
            return redirect("budget:import", period.slug)
    try:
        content = read_waiting(waiting)
        changes = budget_changes(period.start, content)
    except (ValidationError, UnreadableFile) as fault:
        sentences = fault.messages if isinstance(fault, ValidationError) else str(fault).splitlines()
        return render(request, "budget/import_refused.html", {"year": period, "waiting": waiting, "faults": sentences})
    return _page(request, waiting, content, changes, form, is_anew=is_anew)


def _brought(waiting: WaitingBudget, form: BringForm, by: User) -> Brought:
    wanted = form.cleaned_data
    return bring_waiting(waiting=waiting, agreed=wanted["agreed"], removes=wanted["removes"], by=by)


def _said(brought: Brought) -> str:
    done = [f"{count(brought.added, 'line', 'lines')} added", f"{brought.changed:,} changed"]
    if brought.removed:
        done.append(f"{brought.removed:,} removed")
    return f"The budget of {brought.year} is brought in: {listed(done)}."


def _page(
    request: HttpRequest,
    waiting: WaitingBudget,
    content: BudgetFile,
    changes: BudgetChanges,
    form: BringForm,
    *,
    is_anew: bool,
) -> HttpResponse:
    shown = BringForm(initial={"agreed": changes.fingerprint})
    if form.is_bound:
        shown = BringForm(
            {"agreed": changes.fingerprint, "removes": form.data.get("removes", "") if not is_anew else ""}
        )
        for field, sentences in form.errors.items():
            for sentence in sentences:
                shown.add_error(None if field == "__all__" else field, str(sentence))
    if changes.left:
        words = count(len(changes.left), "line that the file lacks", "lines that the file lacks")
        shown.fields["removes"].label = f"Remove the {words}"
    else:
        del shown.fields["removes"]
    context = {
        "year": waiting_year(waiting),
        "waiting": waiting,
        "form": shown,
        "changes": changes,
        "content": content,
        "counted": (
            f"{count(len(changes.added), 'line', 'lines')} to add, {len(changes.changed):,} to change, "
            f"{changes.unchanged:,} as before, {len(changes.left):,} not in the file."
        ),
        "read": _read_words(content),
        "rounding": [rounded_total(each) for each in content.rounding],
        "unit": changes.unit.heading,
        "totals": [(each.name, bracketed(each.before, 2), bracketed(each.after, 2)) for each in changes.totals],
        "lists": _lists(changes),
        "most": MOST_SHOWN,
    }
    return render(request, "budget/import_preview.html", context)


def waiting_year(waiting: WaitingBudget) -> periods.FinancialYear:
    """The year that the file is for."""
    return periods.FinancialYear(waiting.start_year)


def _read_words(content: BudgetFile) -> str:
    lines, services = count(len(content.lines), "line", "lines"), count(len(content.services), "service", "services")
    if not content.totals:
        return f"{lines} of {services}. The file has no totals to compare."
    totals = count(content.totals, "row of totals", "rows of totals")
    differ = count(len(content.rounding), "figure differs", "figures differ")
    end = f"{differ}, as rounding may:" if content.rounding else "All agree to the penny."
    return f"{lines} of {services}. {totals} compared with the computed sums; none is stored. {end}"


def _lists(changes: BudgetChanges) -> list[tuple[str, int, list[Line]]]:
    """The lines of each kind: heading, how many, and the first ones as service, line, before and after."""

    def line(name: str, kind: str, code: str, before: str, after: str) -> Line:
        return name, f"{kind}{f', {code}' if code else ''}", before, after

    added = [
        line(node.words, new.kind, new.code, "-", bracketed(new.amount, 2)) for node, new in changes.added[:MOST_SHOWN]
    ]
    changed = [
        line(
            each.stored.node.words,
            each.stored.kind,
            each.stored.code,
            bracketed(each.stored.opening, 2),
            bracketed(each.amount, 2),
        )
        for each in changes.changed[:MOST_SHOWN]
    ]
    left = [
        line(each.node.words, each.kind, each.code, bracketed(each.opening, 2), bracketed(each.opening, 2))
        for each in changes.left[:MOST_SHOWN]
    ]
    found = [
        ("Changed", len(changes.changed), changed),
        ("Added", len(changes.added), added),
        ("Not in the file: they stay unless you choose otherwise", len(changes.left), left),
    ]
    return [each for each in found if each[1]]
