"""What the pages about a paper share: who gets there, and the ways between them."""

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


def officers_paper(request: HttpRequest, committee: str, held_on: date, item: str, paper: str) -> tuple[Paper, User]:
    """The paper, for its clerk or the monitoring officer, who asks. Raises Http404 for everybody else.

    Raises ProofWanted where the paper is restricted and the last sign-in is long ago.
    """
    found = there(request, selectors.paper(committee, held_on, item, paper))
    if not may(request.user, Permission.DECIDE_EXEMPTIONS, found.item.meeting):
        require(request, Permission.KEEP_PAPERS, found.item.meeting)
    if found.is_restricted:
        require_recent(request)
    if not isinstance(request.user, User):
        raise Http404
    return found, request.user


def page_of(paper: Paper, name: str, *more: object) -> str:
    """The address of one of the paper's pages."""
    meeting = paper.item.meeting
    where = [meeting.committee.slug, meeting.held_on, paper.item.number, paper.slug, *more]
    return reverse(f"agenda:{name}", args=where)


def named(paper: Paper) -> str:
    """The paper as a question names it."""
    return f"Item {paper.item.number}, {paper.content.title}."
