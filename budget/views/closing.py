"""A quarter is opened, signed and reopened: each asks first, and says what stands against it."""

from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache

from budget.calculations.closing import fingerprint
from budget.calculations.position import largest_variances
from budget.calculations.shown import exactly
from budget.forms.closing import OpenForm, ReopenForm, SignForm
from budget.models import FinancialYear, Quarter
from budget.reports.signing import signing_obstacles
from budget.selectors.closing import next_number
from budget.selectors.grid import Grid, grid
from budget.services.closing import open_quarter, opening_refusal, reopen, reopening_refusal, sign
from budget.views.desk import address_of
from budget.views.figures import Figure
from budget.views.guard import quarter_there, signed_in
from torbay_reports.access.permissions import Permission
from torbay_reports.access.reach import require
from torbay_reports.core import periods
from torbay_reports.core.asking import Question, bound, take

LARGEST_SHOWN = 10


@dataclass(frozen=True)
class SignedLine:
    """A line of what is signed: its name and its budget, forecast, variance and movement, exact."""

    name: str
    figures: tuple[Figure, ...]


@never_cache
def open_next(request: HttpRequest, year: str) -> HttpResponse:
    """Opens the year's next quarter with the day for returns."""
    try:
        period = periods.FinancialYear.from_slug(year)
    except ValueError:
        found = None
    else:
        found = FinancialYear.objects.filter(start_year=period.start).first()
    books = require(request, Permission.KEEP_BUDGET, found)
    by = signed_in(request)
    quarters = list(Quarter.objects.filter(year=books).select_related("year"))
    number = next_number(quarters) if quarters else 1
    refusal = f"All four quarters of {books} are open or signed." if number is None else opening_refusal(books, number)
    wanted = number or 4
    label = periods.Quarter(books.period, wanted).label
    question = Question(
        title=f"Open {label}?",
        button=f"Open Quarter {wanted}",
        back=reverse("budget:quarters"),
        back_words="Quarters",
        sentences=[
            "Budget holders can enter their forecasts from then on; the quarter before stays as it was signed.",
            "Its report begins with the header of the one before and a standard outline.",
        ],
        refusal=refusal,
        done=reverse("budget:desk", args=[books.period.slug, wanted]),
    )
    form = OpenForm(**bound(request))

    def act() -> str:
        open_quarter(year=books, number=wanted, returns_due=form.cleaned_data["returns_due"], by=by)
        return f"{label} is open."

    return take(request, question, form, act)


@never_cache
def sign_quarter(request: HttpRequest, year: str, number: int) -> HttpResponse:
    """What would be signed, or what stands against it; the button signs just what the page shows."""
    quarter = quarter_there(request, year, number, Permission.SIGN_QUARTER)
    by, found = signed_in(request), grid(quarter)
    obstacles = signing_obstacles(found)
    seen = fingerprint(row.position for row in found.rows)
    form = SignForm(**bound(request), initial={"seen": seen})
    question = Question(
        title=f"Sign {quarter}?" if not obstacles else f"{quarter} cannot be signed yet",
        button=f"Sign {quarter}",
        back=address_of("desk", quarter),
        back_words=str(quarter),
        sentences=[
            "What stands here is locked then, and the next quarter opens with it. You can reopen it, by name and with "
            "a reason."
        ],
        template="budget/sign.html",
    )

    def act() -> str:
        sign(quarter=quarter, by=by, seen=form.cleaned_data["seen"])
        return f"{quarter} is signed."

    context = {
        "obstacles": obstacles,
        "seen": seen,
        "unit": found.unit,
        "totals": [_line(found, row.slug) for row in found.rows if row.position.is_group],
        "largest": [
            _line(found, each.slug) for each in largest_variances([row.position for row in found.rows], LARGEST_SHOWN)
        ],
        "lines": len(found.leaves),
        "has_movement": found.figures.has_previous,
    }
    return take(request, question, form, act, context)


def _line(found: Grid, slug: str) -> SignedLine:
    position = found.by_slug[slug].position
    amounts = [position.net, position.forecast_net, position.variance]
    if found.figures.has_previous:
        amounts.append(position.movement)
    return SignedLine(position.name, tuple(Figure(exactly(each)) for each in amounts))


@never_cache
def reopen_quarter(request: HttpRequest, year: str, number: int) -> HttpResponse:
    """Opens a signed quarter again, with a reason."""
    quarter = quarter_there(request, year, number, Permission.SIGN_QUARTER)
    by = signed_in(request)
    form: forms.Form = ReopenForm(**bound(request))
    question = Question(
        title=f"Reopen {quarter}?",
        button=f"Reopen {quarter}",
        back=address_of("desk", quarter),
        back_words=str(quarter),
        sentences=[
            "Its figures can change again then. What is agreed stays agreed until it changes; what was published stays "
            "as it was published.",
        ],
        refusal=reopening_refusal(quarter),
        warns=True,
    )

    def act() -> str:
        reopen(quarter=quarter, by=by, why=form.cleaned_data["why"])
        return f"{quarter} is open again."

    return take(request, question, form, act)
