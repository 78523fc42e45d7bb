"""What the lead says on top of the paper, and decides before it is published."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from improvement.forms.filters import DayForm
from improvement.forms.keeping import CommentaryForm, SmallCountForm
from improvement.models import Plan
from improvement.selectors.commentaries import (
    SmallCount,
    commentary,
    small_count_decisions,
    small_counts,
    undecided_small_counts,
)
from improvement.selectors.meanwhile import Written
from improvement.selectors.standing import usual_day
from improvement.services.commentaries import CommentaryHasMoved, keep_small_count, write_commentary
from improvement.views.asking import day_asked, known_since
from improvement.views.keepers import kept_plan
from torbay_reports.core import clock
from torbay_reports.core.asking import Question, bound, show, take
from torbay_reports.core.formatting import long_date


@never_cache
def write(request: HttpRequest, slug: str) -> HttpResponse:
    """The commentary that opens the paper, with the one before to begin from."""
    plan, by = kept_plan(request, slug)
    before = commentary(plan, usual_day(plan))
    seen = {"text": before.text, "seen": before.pk} if before else {"text": "", "seen": 0}
    form = CommentaryForm(**bound(request), initial=seen)
    last = f"The present one was written on {long_date(before.written_on)}. " if before else ""
    question = Question(
        title="Commentary",
        button="Save the commentary",
        back=reverse("improvement:plan", args=[slug]),
        back_words=plan.title,
        sentences=[
            f"{last}It opens every paper of the plan from {long_date(clock.today())} on. Earlier ones are kept.",
        ],
        template="improvement/change.html",
    )

    def act() -> str:
        write_commentary(plan=plan, by=by, **form.cleaned_data)
        return "The commentary is saved."

    known: dict[str, tuple[Written, ...]] = {"written": (), "both": ()}
    try:
        return take(request, question, form, act, known)
    except CommentaryHasMoved as moved:
        newest = moved.newest
        form.catch_up(newest.pk, str(moved))
        known["written"] = (Written(newest.written_at, str(newest.written_by or ""), newest.text),)
        return show(request, question, form, known)


@never_cache
def counts(request: HttpRequest, slug: str) -> HttpResponse:
    """The sentences that count one to four children in the paper of a day, and what was decided on them."""
    plan, _ = kept_plan(request, slug)
    usual = usual_day(plan)
    since = known_since(request.GET, plan)
    as_at = day_asked(request.GET, usual, since)
    undecided = [(each, _step_address(plan, each)) for each in undecided_small_counts(plan, as_at)]
    context = {
        "plan": plan,
        "as_at": as_at,
        "query": _query(as_at, usual),
        "form": DayForm(request.GET, since=since),
        "undecided": undecided,
        "decisions": small_count_decisions(plan),
    }
    return render(request, "improvement/small_counts.html", context)


@never_cache
def keep_count(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Decides that one such sentence may be published."""
    plan, by = kept_plan(request, slug)
    usual = usual_day(plan)
    as_at = day_asked(request.GET, usual)
    found = next((each for each in small_counts(plan, as_at) if each.key == key), None)
    if found is None:
        raise Http404
    address = _step_address(plan, found)
    question = Question(
        title="Publish this sentence as it stands?",
        button="Publish it as it stands",
        back=f"{reverse('improvement:small-counts', args=[slug])}{_query(as_at, usual)}",
        back_words="Small counts",
        sentences=[
            f"“{found.sentence}”",
            f"It stands in {found.where}{f' of step {found.step}' if found.step else ''}, and will stand in the paper.",
        ],
        links=[(f"Look at step {found.step}", address)] if address else [],
    )
    form = SmallCountForm(**bound(request))

    def act() -> str:
        keep_small_count(plan=plan, sentence=found.sentence, reason=form.cleaned_data["reason"], by=by)
        return "The sentence may be published."

    return take(request, question, form, act)


def _query(as_at: date, usual: date) -> str:
    """What of an address says the day, where it is another than the usual one."""
    return "" if as_at == usual else f"?as-at={as_at.isoformat()}"


def _step_address(plan: Plan, count: SmallCount) -> str:
    action, _, number = count.step.rpartition("/")
    return reverse("improvement:step", args=[plan.slug, action, int(number)]) if action else ""
