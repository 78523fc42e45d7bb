"""The administrator adds committees, and says how they are called and who answers for their meetings."""

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from torbay_reports.access.permissions import Permission
from torbay_reports.access.reach import require, there
from torbay_reports.agenda.desk.meetings import add_committee, change_committee, committee_facts, committee_mark
from torbay_reports.agenda.desk_forms import CommitteeChangeForm, CommitteeForm
from torbay_reports.agenda.models import Committee
from torbay_reports.agenda.views.desk.finding import signed_in
from torbay_reports.agenda.views.desk.sending import take_as_seen
from torbay_reports.core.asking import Question, bound, take

LIST = "Committees"


@require_safe
@never_cache
def committees(request: HttpRequest) -> HttpResponse:
    """All committees, each with a way to change it."""
    require(request, Permission.KEEP_COMMITTEES, "committees", say_why=True)
    return render(request, "agenda/desk/committees.html", {"committees": Committee.objects.order_by("name")})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def committee_add(request: HttpRequest) -> HttpResponse:
    """A new committee."""
    require(request, Permission.KEEP_COMMITTEES, "committees", say_why=True)
    by, form = signed_in(request), CommitteeForm(**bound(request))
    question = Question(
        title="Add a committee",
        button="Add the committee",
        back=_list(),
        back_words=LIST,
        sentences=["Its agendas and letters say whom to ask: the clerk named here, until a letter names another."],
    )

    def act() -> str:
        return f"The {add_committee(facts=form.facts(), by=by).name} is added. Its clerk can put its meetings down now."

    return take(request, question, form, act)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def committee_edit(request: HttpRequest, committee: str) -> HttpResponse:
    """Another name or clerk for a committee."""
    require(request, Permission.KEEP_COMMITTEES, "committees")
    found = there(request, Committee.objects.filter(slug=committee).first())
    by = signed_in(request)
    initial = {**asdict(committee_facts(found)), "seen": committee_mark(found)}
    form = CommitteeChangeForm(**bound(request), initial=initial)
    question = Question(
        title=f"Change the {found.name}",
        button="Save the changes",
        back=_list(),
        back_words=LIST,
        sentences=[
            "What is published keeps the name and the clerk that it was published with; agendas and letters that are "
            "there already keep theirs."
        ],
    )
    return take_as_seen(
        request,
        question,
        form,
        lambda: change_committee(committee=found, facts=form.facts(), seen=form.cleaned_data["seen"], by=by),
        lambda changed: (f"The {changed.name} is changed.", _list()),
    )


def _list() -> str:
    return reverse("agenda:committees-kept")
