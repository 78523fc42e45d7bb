"""The clerk adds, names, moves and takes away papers under the items of an agenda."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from torbay_reports.agenda.desk.addresses import content_address, desk_address, paper_page, supplement_address
from torbay_reports.agenda.desk.instalments import addition_refusal
from torbay_reports.agenda.desk.papers import (
    add_paper,
    move_to_item,
    newest_paper,
    paper_mark,
    place_refusal,
    removal_refusal,
    retitle_paper,
    take_paper_away,
    title_refusal,
)
from torbay_reports.agenda.desk.standing import standing_of
from torbay_reports.agenda.desk_forms import ConfirmForm, OtherItemForm, PaperForm, PaperTitleForm
from torbay_reports.agenda.models import Paper
from torbay_reports.agenda.views.desk.finding import kept_item
from torbay_reports.agenda.views.desk.sending import about, take_as_seen
from torbay_reports.agenda.views.finding import kept_paper
from torbay_reports.core.asking import attempt, bound, show


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def paper_add(request: HttpRequest, committee: str, held_on: date, item: str) -> HttpResponse:
    """A paper under an item; once the agenda is out, a supplement is made first."""
    found, by = kept_item(request, committee, held_on, item)
    if request.method != "POST" and (refused := addition_refusal(found.meeting, standing_of(found.meeting))):
        messages.info(request, refused)
        return redirect(supplement_address(found.meeting))
    form = PaperForm(**bound(request), initial={"newest": newest_paper(found)})
    question = about(
        found.meeting,
        title=f"Add a paper to item {found.number}",
        button="Add the paper",
        anchor=f"item-{found.pk}",
        sentences=[
            f"{found.number}. {found.title}",
            "It is to follow until it is given what it says, on the next page.",
        ],
        template="agenda/desk/paper_add.html",
    )
    if request.method == "POST" and form.is_valid():
        given = {"title": form.cleaned_data["title"], "newest": form.cleaned_data["newest"]}
        made = attempt(form, lambda: add_paper(item=found, restriction=form.chosen, by=by, **given))
        if made is not None:
            messages.success(request, f"The paper is added to item {found.number}.")
            return redirect(desk_address(found.meeting, f"paper-{made.pk}"))
    return show(request, question, form)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def paper_edit(request: HttpRequest, committee: str, held_on: date, item: str, paper: str) -> HttpResponse:
    """Another title for a paper; beside it, what else can be done with it."""
    found, by = kept_paper(request, committee, held_on, item, paper)
    form = PaperTitleForm(**bound(request), initial={"title": found.content.title, "seen": paper_mark(found)})
    standing = standing_of(found.item.meeting)
    question = about(
        found.item.meeting,
        title=f"The title of a paper of item {found.item.number}",
        button="Save the title",
        anchor=f"paper-{found.pk}",
        refusal=title_refusal(found, standing),
        links=_elsewhere(found) if not place_refusal(found, standing) else [],
    )
    return take_as_seen(
        request,
        question,
        form,
        lambda: retitle_paper(paper=found, title=form.cleaned_data["title"], seen=form.cleaned_data["seen"], by=by),
        lambda changed: ("The title is changed.", _place(changed)),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def paper_other_item(request: HttpRequest, committee: str, held_on: date, item: str, paper: str) -> HttpResponse:
    """Puts a paper that is not out under another item."""
    found, by = kept_paper(request, committee, held_on, item, paper)
    meeting = found.item.meeting
    others = list(meeting.items.exclude(pk=found.item_id).order_by("position"))
    form = OtherItemForm(**bound(request), items=others, initial={"seen": paper_mark(found)})
    question = about(
        meeting,
        title="Put the paper under another item",
        button="Put it there",
        anchor=f"paper-{found.pk}",
        sentences=[f"Item {found.item.number}: {found.content.title}"],
        refusal=place_refusal(found, standing_of(meeting)) or ("" if others else "There is no other item yet."),
    )

    def act() -> Paper:
        target = next(each for each in others if each.pk == form.cleaned_data["item"])
        return move_to_item(paper=found, item=target, seen=form.cleaned_data["seen"], by=by)

    return take_as_seen(
        request,
        question,
        form,
        act,
        lambda moved: (f"The paper stands under item {moved.item.number}.", _place(moved)),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def paper_remove(request: HttpRequest, committee: str, held_on: date, item: str, paper: str) -> HttpResponse:
    """Takes a paper off the agenda that is not out."""
    found, by = kept_paper(request, committee, held_on, item, paper)
    meeting = found.item.meeting
    form = ConfirmForm(**bound(request), initial={"seen": paper_mark(found)})
    question = about(
        meeting,
        title="Take this paper off the agenda?",
        button="Take it off",
        anchor=f"paper-{found.pk}",
        sentences=[
            f"Item {found.item.number}: {found.content.title}",
            "A file that was brought for it goes too. What was frozen stays with its report.",
        ],
        warns=True,
        refusal=removal_refusal(found, standing_of(meeting)),
    )
    return take_as_seen(
        request,
        question,
        form,
        lambda: take_paper_away(paper=found, seen=form.cleaned_data["seen"], by=by),
        lambda _: ("The paper is taken off the agenda.", desk_address(meeting, f"item-{found.item_id}")),
    )


def _elsewhere(paper: Paper) -> list[tuple[str, str]]:
    return [
        ("What it says", content_address(paper)),
        ("Put it under another item", paper_page("paper-other-item", paper)),
        ("Take it off the agenda", paper_page("paper-remove", paper)),
    ]


def _place(paper: Paper) -> str:
    return desk_address(paper.item.meeting, f"paper-{paper.pk}")
