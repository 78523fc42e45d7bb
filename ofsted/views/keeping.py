"""The improvement lead keeps a letter: what was recognised of it, its paragraphs, and whether it stays."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from improvement.views.keepers import person
from ofsted.forms.fields import RevisionForm
from ofsted.forms.keeping import DetailsForm, ParagraphForm, QuoteForm
from ofsted.kinds import ParagraphKind
from ofsted.models import Letter, LetterParagraph
from ofsted.presenting_keep import kept_paragraphs, still_to_mark
from ofsted.selectors.keeping import entries_of, find_paragraph, links_by_finding, marks_of, next_unmarked
from ofsted.selectors.letters import findings_of, paragraphs_of
from ofsted.services.letters import change_letter, recognised, remove_letter, why_not_removed, words_of
from ofsted.services.paragraphs import add_quote, change_paragraph
from ofsted.views.guard import letter_there
from ofsted.views.sending import about_letter, place_of_letter, take_kept
from torbay_reports.access.permissions import Permission
from torbay_reports.access.reach import there
from torbay_reports.core.asking import bound


def kept_letter(request: HttpRequest, inspection: str, visit: str) -> Letter:
    """The letter, for the lead of its plan; the read of a held-back one is recorded. Raises Http404 for others."""
    return letter_there(request, inspection, visit, permission=Permission.KEEP_LETTERS)


@never_cache
@require_safe
def letter(request: HttpRequest, inspection: str, visit: str) -> HttpResponse:
    """The letter with what is marked of it, and what is still to mark."""
    kept = kept_letter(request, inspection, visit)
    marks = marks_of(kept)
    context = {
        "letter": kept,
        "inspection": kept.visit.inspection,
        "recognised": recognised(kept),
        "paragraphs": kept_paragraphs(paragraphs_of(kept), findings_of(kept), links_by_finding(kept)),
        "to_mark": still_to_mark(marks),
        "next": next_unmarked(marks),
        "entries": entries_of(kept),
    }
    return render(request, "ofsted/keep/letter.html", context)


@never_cache
def details(request: HttpRequest, inspection: str, visit: str) -> HttpResponse:
    """Another title, date, visit or name for the letter."""
    kept = kept_letter(request, inspection, visit)
    initial = {**DetailsForm.initial_of(words_of(kept)), "revision": kept.revision}
    form = DetailsForm(**bound(request), initial=initial)
    question = about_letter(kept, title="Change what was recognised", button="Save the details")
    if request.method == "POST" and form.is_valid():
        # Another month is another address.
        done = reverse("ofsted:letter-keep", args=[inspection, form.words().visit.slug])
        question = replace(question, done=done)

    def act() -> str:
        change_letter(letter=kept, words=form.words(), revision=form.cleaned_data["revision"], by=person(request))
        return "The details are saved."

    return take_kept(request, question, form, act)


@never_cache
def paragraph(request: HttpRequest, inspection: str, visit: str, pk: int) -> HttpResponse:
    """Other words for the paragraph, or another kind."""
    kept, found = _paragraph(request, inspection, visit, pk)
    initial = {"words": found.words, "kind": found.kind, "revision": kept.revision}
    form = ParagraphForm(**bound(request), initial=initial)
    quote = [("Add a finding that quotes a part of it", _address("quote-add", kept, found))]
    question = about_letter(
        kept,
        title="Change a paragraph",
        button="Save the paragraph",
        sentences=[f"{_place(found)}. The words serve findings and search; what the inspectors wrote decides."],
        links=quote if found.kind == ParagraphKind.FINDING else (),
    )

    def act() -> str:
        given = form.cleaned_data
        kind = ParagraphKind(given["kind"])
        change_paragraph(
            paragraph=found, words=given["words"], kind=kind, revision=given["revision"], by=person(request)
        )
        return "The paragraph is saved."

    return take_kept(request, question, form, act)


@never_cache
def quote(request: HttpRequest, inspection: str, visit: str, pk: int) -> HttpResponse:
    """A further finding that quotes a part of the paragraph."""
    kept, found = _paragraph(request, inspection, visit, pk)
    form = QuoteForm(**bound(request), initial={"revision": kept.revision})
    question = about_letter(
        kept,
        title="Add a finding from a part of a paragraph",
        button="Add the finding",
        sentences=[f"{_place(found)} says:", found.words],
    )

    def act() -> str:
        given = form.cleaned_data
        add_quote(paragraph=found, quote=given["quote"], revision=given["revision"], by=person(request))
        return "The finding is added. It is not marked yet."

    return take_kept(request, question, form, act)


@never_cache
def remove(request: HttpRequest, inspection: str, visit: str) -> HttpResponse:
    """Removes a letter that was entered by mistake."""
    kept = kept_letter(request, inspection, visit)
    form = RevisionForm(**bound(request), initial={"revision": kept.revision})
    question = about_letter(
        kept,
        title="Remove this letter?",
        button="Remove it",
        sentences=[
            f"The letter of the visit of {kept.visit.dates_printed} goes with its findings, their marks and links, and "
            "its history. This is for a letter that was entered by mistake.",
        ],
        refusal=why_not_removed(kept),
        warns=True,
        done=reverse("ofsted:inspection", args=[inspection]),
    )

    def act() -> str:
        remove_letter(letter=kept, revision=form.cleaned_data["revision"], by=person(request))
        return "The letter is removed."

    return take_kept(request, question, form, act)


def _paragraph(request: HttpRequest, inspection: str, visit: str, pk: int) -> tuple[Letter, LetterParagraph]:
    kept = kept_letter(request, inspection, visit)
    return kept, there(request, find_paragraph(kept, pk))


def _address(name: str, letter: Letter, found: LetterParagraph) -> str:
    return reverse(f"ofsted:{name}", args=[*place_of_letter(letter), found.pk])


def _place(found: LetterParagraph) -> str:
    return f"{found.section or 'The opening'}, {found.kind} {found.number}"
