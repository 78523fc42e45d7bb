"""The page that a clerk waits on while a brought file is looked at, and that says what became of it."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from torbay_reports.access.reach import there
from torbay_reports.access.signin.proof import require_recent
from torbay_reports.agenda import selectors
from torbay_reports.agenda.bringing import find_file
from torbay_reports.agenda.build_desk import check_list_of, has_worker
from torbay_reports.agenda.checklist import findings_of
from torbay_reports.agenda.models import BroughtFile, JobState, Paper
from torbay_reports.agenda.views.finding import kept
from torbay_reports.core.formatting import count
from torbay_reports.publishing.packplan import Restriction


@require_safe
@never_cache
def brought_file(
    request: HttpRequest, committee: str, held_on: date, item: str, paper: str, number: int
) -> HttpResponse:
    """Where one file stands, which comes back by itself as long as it is looked at. Where the paper was closed
    meanwhile, and has another address by that, the answer leads there."""
    here = selectors.paper(committee, held_on, item, paper)
    found, _ = kept(request, here or selectors.paper_of_file(committee, held_on, number))
    if here is None:
        return redirect("agenda:brought-file", committee, held_on, found.item.number, found.slug, number)
    file = there(request, find_file(found, number))
    if file.restriction != Restriction.OPEN:
        # The file's name and what is wrong with it tell of what is not for publication.
        require_recent(request)
    context = {
        "meeting": found.item.meeting,
        "paper": found,
        "file": file,
        "status": _status(file),
        "said": _said(found, file) if file.state == JobState.DONE else "",
        "has_worker": not file.is_under_way or has_worker(),
        "here": address_of(found, file),
        "back": check_list_of(found),
    }
    return render(request, "agenda/brought_file.html", context)


def address_of(paper: Paper, file: BroughtFile) -> str:
    """Where the file is waited for."""
    of = paper.item.meeting
    return reverse("agenda:brought-file", args=[of.committee.slug, of.held_on, paper.item.number, paper.slug, file.pk])


def _status(file: BroughtFile) -> str:
    if file.state == JobState.WAITING:
        return "Waiting for a worker to begin."
    if file.state == JobState.RUNNING:
        return "The file is being read and cleaned. That takes seconds, or a minute or two for hundreds of pages."
    return "The file is brought." if file.state == JobState.DONE else "The file was not taken."


def _said(paper: Paper, file: BroughtFile) -> str:
    """What has come of a file that was taken."""
    upload = file.made
    if upload is None or paper.content.upload_id != upload.pk:
        return "Since then the paper has changed: the check list says what stands there now."
    said = f"{upload.name} is brought for “{paper.content.title}”: {count(upload.pages, 'page', 'pages')}."
    warnings = sum(each.is_open for each in findings_of(paper))
    if warnings:
        said += f" {count(warnings, 'warning waits', 'warnings wait')} for you on the check list."
    if file.closes_paper:
        said += f" The paper is {paper.held_back_as} from now on. Its address no longer tells its title."
    return said
