"""The clerk or the monitoring officer says on which grounds a paper is exempt or confidential."""

from datetime import date
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from torbay_reports.agenda import grounds
from torbay_reports.agenda.ground_forms import NO, YES, ConfidentialGroundsForm, ExemptGroundsForm
from torbay_reports.agenda.history import history_of
from torbay_reports.agenda.models import Paper
from torbay_reports.agenda.readers import readers_sentence
from torbay_reports.agenda.views.held_back import HeldBack, for_officers
from torbay_reports.core.asking import Question, bound, take
from torbay_reports.core.formatting import long_date
from torbay_reports.publishing.packplan import Restriction

KEPT: Final = "The grounds are kept. Each copy of the paper that is made from now on is marked with them."


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def paper_grounds(request: HttpRequest, committee: str, held_on: date, item: str, paper: str) -> HttpResponse:
    """The form with what stands, the marking that follows from it, and what was decided before."""
    found = for_officers(request, committee, held_on, item, paper)
    is_exempt = found.paper.held_back_as is Restriction.EXEMPT
    form: forms.Form = _exempt_form(request, found.paper) if is_exempt else _confidential_form(request, found.paper)
    give = _give_exempt if is_exempt else _give_confidential

    def act() -> str:
        give(found, form)
        return KEPT

    return take(request, _question(found, is_exempt), form, act, _context(found.paper, is_exempt))


def _question(found: HeldBack, is_exempt: bool) -> Question:
    sentences = [
        found.named,
        "These grounds stay with the paper. The public reads only the numbers of the descriptions and the Act's words.",
    ]
    if not is_exempt:
        sentences.append("The public is excluded by law (section 100A(2)); no resolution is needed.")
    return Question(
        title="Why this paper is not for publication",
        button="Keep these grounds",
        back=found.address("paper-readers"),
        back_words="Who may read it",
        done=found.address("paper-readers"),
        sentences=sentences,
        template="agenda/grounds.html",
    )


def _context(paper: Paper, is_exempt: bool) -> dict[str, Any]:
    own = grounds.list_of(paper) if is_exempt else None
    return {
        "paper": paper,
        "marking": grounds.markings(paper)[0],
        "readers": readers_sentence(paper),
        "list_since": long_date(own.since) if own else "",
        "qualifications": own.qualifications if own else (),
        "history": history_of(paper),
    }


def _exempt_form(request: HttpRequest, paper: Paper) -> ExemptGroundsForm:
    held_back = paper.held_back
    given: dict[str, Any] = {
        "numbers": paper.descriptions,
        "reason": held_back.reason,
        "public_interest": held_back.public_interest,
        "review_on": held_back.review_on,
        "names": held_back.names,
    }
    if paper.has_grounds:
        given["contract"] = YES if held_back.has_contract_terms else NO
    return ExemptGroundsForm(**bound(request), of=grounds.list_of(paper), initial=given)


def _confidential_form(request: HttpRequest, paper: Paper) -> ConfidentialGroundsForm:
    names = ("furnished_by", "prohibited_by", "reason", "review_on", "names")
    return ConfidentialGroundsForm(**bound(request), initial={name: getattr(paper.held_back, name) for name in names})


def _give_exempt(found: HeldBack, form: forms.Form) -> None:
    assert isinstance(form, ExemptGroundsForm)
    given = form.cleaned_data
    grounds.give_exempt_grounds(
        paper=found.paper,
        numbers=given["numbers"],
        reason=given["reason"],
        public_interest=given.get("public_interest", ""),
        has_contract_terms=form.has_contract_terms,
        review_on=given["review_on"],
        names=given["names"],
        by=found.by,
    )


def _give_confidential(found: HeldBack, form: forms.Form) -> None:
    given = form.cleaned_data
    grounds.give_confidential_grounds(
        paper=found.paper,
        furnished_by=given["furnished_by"],
        prohibited_by=given["prohibited_by"],
        reason=given["reason"],
        review_on=given["review_on"],
        names=given["names"],
        by=found.by,
    )
