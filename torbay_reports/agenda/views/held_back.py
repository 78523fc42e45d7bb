"""What the pages about a restricted paper share: who gets there, and the ways between them."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest
from django.urls import reverse

from torbay_reports.access.decisions import may
from torbay_reports.access.models import User
from torbay_reports.access.permissions import Permission
from torbay_reports.access.reach import require, there
from torbay_reports.access.signin.proof import require_recent
from torbay_reports.agenda import selectors
from torbay_reports.agenda.models import Paper

Ways = list[tuple[str, str]]
"""Links as a question shows them: words and address."""


@dataclass(frozen=True)
class HeldBack:
    """A restricted paper, the officer who asks about it, and whether they are its monitoring officer."""

    paper: Paper
    by: User
    decides: bool

    @property
    def named(self) -> str:
        """The paper as a question names it."""
        return f"Item {self.paper.item.number}, {self.paper.content.title}."

    def address(self, name: str) -> str:
        """One of the paper's pages."""
        meeting = self.paper.item.meeting
        where = [meeting.committee.slug, meeting.held_on, self.paper.item.number, self.paper.slug]
        return reverse(f"agenda:{name}", args=where)


def for_officers(request: HttpRequest, committee: str, held_on: date, item: str, paper: str) -> HeldBack:
    """The restricted paper for its clerk or the monitoring officer. Raises Http404 for everybody else.

    Raises ProofWanted where the last sign-in is long ago.
    """
    found = there(request, selectors.paper(committee, held_on, item, paper))
    meeting = found.item.meeting
    decides = bool(may(request.user, Permission.DECIDE_EXEMPTIONS, meeting))
    if not decides:
        require(request, Permission.KEEP_PAPERS, meeting)
    if not found.is_restricted or not isinstance(request.user, User):
        raise Http404
    require_recent(request)
    return HeldBack(found, request.user, decides)


def for_the_monitoring_officer(request: HttpRequest, committee: str, held_on: date, item: str, paper: str) -> HeldBack:
    """The restricted paper for who decides about it. Raises as `for_officers` does."""
    found = for_officers(request, committee, held_on, item, paper)
    if not found.decides:
        raise Http404
    return found
