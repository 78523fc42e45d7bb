"""Sends a form about a letter on which somebody else may be writing at the same moment."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ofsted.forms.fields import RevisionForm
from ofsted.models import Finding, Letter
from ofsted.services.history import LetterHasMoved
from torbay_reports.core.asking import Question, attempt, show

QUESTION = "ofsted/keep/question.html"


def keep_address(letter: Letter) -> str:
    """Where the letter is kept."""
    return reverse("ofsted:letter-keep", args=place_of_letter(letter))


def finding_address(letter: Letter, finding: Finding) -> str:
    """Where one of its findings is marked."""
    return reverse("ofsted:finding-keep", args=[*place_of_letter(letter), finding.pk])


def place_of_letter(letter: Letter) -> list[str]:
    """What the addresses of a letter's pages hold."""
    return [letter.visit.inspection.slug, letter.visit.slug]


def about_letter(letter: Letter, **more: Any) -> Question:
    """A question that is about a letter and leads back to where it is kept; `more` is the rest of the Question."""
    return Question(back=keep_address(letter), back_words="Keep the letter", template=QUESTION, **more)


def about_finding(letter: Letter, finding: Finding, **more: Any) -> Question:
    """A question that is about a finding and leads back to its page; `more` is the rest of the Question."""
    back = finding_address(letter, finding)
    return Question(back=back, back_words="The finding", template=QUESTION, **more)


def sent(form: RevisionForm, act: Callable[[], str]) -> tuple[str | None, dict[str, Any]]:
    """What `act` says once it is done, and what the page shows of what others did meanwhile.

    None where it was refused: the refusal stands on the form then, with what was typed.
    """
    try:
        return attempt(form, act), {"meanwhile": ()}
    except LetterHasMoved as moved:
        form.catch_up(moved.letter.revision, str(moved))
        return None, {"meanwhile": moved.entries}


def take_kept(
    request: HttpRequest,
    question: Question,
    form: RevisionForm,
    act: Callable[[], str],
    extra: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Asks the question; on POST does it by `act`, whose sentence the next page says.

    Where the letter has moved on, the page says who changed what and keeps what was typed.
    """
    known: dict[str, Any] = {"meanwhile": (), **(extra or {})}
    if request.method == "POST" and not question.refusal and form.is_valid():
        said, found = sent(form, act)
        if said is not None:
            messages.success(request, said)
            return redirect(question.done or question.back)
        known.update(found)
        if found["meanwhile"]:
            question = replace(question, button="Save again")
    return show(request, question, form, known)
