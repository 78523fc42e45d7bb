"""The diary of reviews, the review of one paper, and its release to the public."""

from datetime import date
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from torbay_reports.access.models import User
from torbay_reports.access.reach import Refused, there
from torbay_reports.access.signin.proof import require_recent
from torbay_reports.agenda import reviews as desk
from torbay_reports.agenda.ground_forms import ReleaseForm, ReviewForm
from torbay_reports.agenda.grounds import ground_words
from torbay_reports.agenda.history import history_of
from torbay_reports.agenda.opening import waiting
from torbay_reports.agenda.views.held_back import for_the_monitoring_officer
from torbay_reports.core import clock
from torbay_reports.core.asking import Question, bound, take
from torbay_reports.core.formatting import long_date

BROUGHT: Final = (
    "A paper that this program builds from a letter becomes open by itself when the letter's publication is recorded. "
    "One that was brought as a file, as this was, becomes open here and in no other way."
)


@require_safe
@never_cache
def reviews(request: HttpRequest) -> HttpResponse:
    """What is due, what is due within 30 days, and what later; clerks read of their own committees."""
    person = there(request, request.user if isinstance(request.user, User) else None)
    decision = desk.may_read_diary(person, clock.today())
    if not decision:
        raise Refused(decision)
    require_recent(request)
    found = desk.diary(person)
    context = {
        "openings": waiting(person),
        "sections": [
            ("due", "Due", found.due, "No review is due."),
            ("soon", "In the next 30 days", found.soon, "No review falls due in the next 30 days."),
            ("later", "Later", found.later, "No later review is fixed."),
        ],
    }
    return render(request, "agenda/reviews.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def paper_review(request: HttpRequest, committee: str, held_on: date, item: str, paper: str) -> HttpResponse:
    """Asks whether the paper still has to be kept from the public."""
    found = for_the_monitoring_officer(request, committee, held_on, item, paper)
    held_back = found.paper.held_back
    question = Question(
        title="Does this paper still have to be kept from the public?",
        button="It stays as it is",
        back=reverse("agenda:reviews"),
        back_words="Reviews",
        sentences=[found.named, f"{ground_words(found.paper)}. Review on {_day(held_back.review_on)}."],
        links=[
            ("Read the paper", found.address("paper")),
            ("The grounds have changed", found.address("paper-grounds")),
            ("It can be public now", found.address("paper-release")),
        ],
        refusal=desk.review_refusal(found.paper),
        template="agenda/review.html",
    )
    form = ReviewForm(**bound(request))

    def act() -> str:
        given = form.cleaned_data
        desk.keep_back(paper=found.paper, reason=given["reason"], review_on=given["review_on"], by=found.by)
        return f"The paper stays not for publication. Next review: {long_date(given['review_on'])}."

    return take(request, question, form, act, {"paper": found.paper, "history": history_of(found.paper)})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def paper_release(request: HttpRequest, committee: str, held_on: date, item: str, paper: str) -> HttpResponse:
    """Asks before the paper is made open."""
    found = for_the_monitoring_officer(request, committee, held_on, item, paper)
    confidential = found.paper.held_back.forbidden_by
    sentences = [
        found.named,
        f"{ground_words(found.paper)}. It becomes open with its title, and its clerk publishes it with the next "
        "version of the public pack.",
        "What the public has read cannot be taken back.",
    ]
    if confidential:
        sentences.append(f"Release it only once its terms are lifted by {confidential}, and say where that is written.")
    if confidential and found.paper.content.upload_id is not None:
        sentences.append(BROUGHT)
    question = Question(
        title="Release this paper to the public?",
        button="Release it",
        back=reverse("agenda:reviews"),
        back_words="Reviews",
        sentences=sentences,
        links=[("Read the paper", found.address("paper"))],
        refusal=desk.release_refusal(found.paper),
        warns=True,
    )
    form = ReleaseForm(**bound(request))

    def act() -> str:
        desk.release(paper=found.paper, why=form.cleaned_data["why"], by=found.by)
        return "Released. The public reads it once its clerk has published the next version of the pack."

    return take(request, question, form, act)


def _day(day: date | None) -> str:
    return long_date(day) if day else "no day yet"
