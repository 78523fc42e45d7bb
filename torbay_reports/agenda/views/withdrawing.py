"""Withdrawing a published paper: one person, one step, at once."""

import logging
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from torbay_reports.access.models import User
from torbay_reports.access.permissions import Permission
from torbay_reports.access.reach import require, there
from torbay_reports.access.signin.proof import require_recent
from torbay_reports.agenda import selectors
from torbay_reports.agenda.forms import WithdrawForm
from torbay_reports.agenda.withdrawing import refusal, withdraw_paper
from torbay_reports.core.asking import Question, bound, take
from torbay_reports.publishing.bundles.bundlestore import StoreError
from torbay_reports.publishing.bundles.purging import PurgeFailed
from torbay_reports.publishing.bundles.services import finish_withdrawals

log = logging.getLogger(__name__)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def paper_withdraw(request: HttpRequest, committee: str, held_on: date, item: str, paper: str) -> HttpResponse:
    """The question, with what follows from a yes."""
    found = there(request, selectors.paper(committee, held_on, item, paper))
    require(request, Permission.WITHDRAW_PAPER, found.item.meeting)
    if found.is_restricted:
        require_recent(request)
    if not isinstance(request.user, User):
        raise Http404
    by = request.user
    question = Question(
        title="Withdraw this paper?",
        button="Withdraw it now",
        warns=True,
        back=found.item.meeting.get_absolute_url(),
        back_words=str(found.item.meeting),
        sentences=[
            f"Item {item}, {found.content.title}.",
            "At once nobody reads it any more, on any page, in any file or pack: every version that holds it is "
            "taken away, and comes back without it within minutes.",
            "Its pages keep their numbers and say when it was withdrawn, and by which office. What somebody has "
            "copied meanwhile cannot be called back.",
        ],
        refusal=refusal(found),
    )
    form = WithdrawForm(**bound(request))

    def act() -> str:
        withdraw_paper(paper=found, why=form.cleaned_data["why"], by=by)
        try:
            finish_withdrawals()
        except (PurgeFailed, StoreError, OSError) as error:
            log.error("A withdrawal is not finished; a worker tries it again. %s", error)
            return (
                "The paper is withdrawn: no page of this program shows it. Its files could not all be taken away yet: "
                "a worker tries again every minute. Tell whoever runs this site."
            )
        return "The paper is withdrawn. The pack without it is being built."

    return take(request, question, form, act)
