"""The clerk withdraws a published decision."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from torbay_reports.agenda.forms import WithdrawForm
from torbay_reports.agenda.minutes import decisions as desk
from torbay_reports.agenda.minutes.words import decision_sentence, reference
from torbay_reports.agenda.views.minutes.finding import BACK_WORDS, kept_decision
from torbay_reports.core.asking import Question, bound, take

AT_ONCE = (
    "At once nobody reads what it says, on any page. Its address stays, and says when it was withdrawn and by which "
    "office. What somebody has copied meanwhile cannot be called back."
)
QUOTED = (
    "The agenda of the {body} quotes it: its clerk has to change the words there, or withdraw that part of the pack."
)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def decision_withdraw(request: HttpRequest, committee: str, held_on: date, item: str, number: int) -> HttpResponse:
    """Asks before a published decision is withdrawn, and why."""
    kept, found = kept_decision(request, committee, held_on, item, number)
    sentences = [f"{reference(found)}.", decision_sentence(found), AT_ONCE]
    if found.carried_item_id is not None and found.to is not None:
        sentences.append(QUOTED.format(body=found.to.name))
    question = Question(
        title="Withdraw this decision?",
        button="Withdraw it now",
        warns=True,
        back=kept.back,
        back_words=BACK_WORDS,
        sentences=sentences,
        refusal=desk.withdrawal_refusal(found),
    )
    form = WithdrawForm(**bound(request))

    def act() -> str:
        desk.withdraw(decision=found, why=form.cleaned_data["why"], by=kept.by)
        return f"Withdrawn: {reference(found)}."

    return take(request, question, form, act)
