"""A page that asks before it changes something, does it, and says that it is done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

T = TypeVar("T")
GONE = "What this is about is there no longer: somebody else has changed it. Go back and look."


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What the page says: the question, what follows from a yes, and where a no leads.

    `refusal` says why it cannot be done at all; the page then has no button. `done` is where a yes leads, `back` by
    default.
    """

    title: str
    button: str
    back: str
    back_words: str
    sentences: Sequence[str] = ()
    links: Sequence[tuple[str, str]] = ()
    refusal: str = ""
    warns: bool = False
    done: str = ""
    template: str = "core/question.html"


def take(
    request: HttpRequest,
    question: Question,
    form: forms.Form,
    act: Callable[[], str],
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    """Asks the question; on POST does it by `act`, whose sentence the next page says.

    What the services refuse stands on the form, with what was typed; so does what went away meanwhile.
    """
    if request.method == "POST" and not question.refusal and form.is_valid():
        said = attempt(form, act)
        if said is not None:
            messages.success(request, said)
            return redirect(question.done or question.back)
    return show(request, question, form, extra)


def show(
    request: HttpRequest, question: Question, form: forms.Form, extra: dict[str, Any] | None = None
) -> HttpResponse:
    """The page as it stands, with what was typed and what is wrong with it."""
    return render(request, question.template, {"question": question, "form": form, **(extra or {})})


def attempt(form: forms.Form, act: Callable[[], T]) -> T | None:
    """What `act` gives, or None after its refusal was put on the form, on the field that it names if it names one."""
    try:
        return act()
    except ValidationError as error:
        _put(form, error)
    except (ObjectDoesNotExist, IntegrityError):
        # Two people at the same moment: what the service had looked at has changed since.
        form.add_error(None, GONE)
    return None


def _put(form: forms.Form, error: ValidationError) -> None:
    by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    for name, sentences in by_field.items():
        for sentence in sentences:
            form.add_error(name if name in form.fields else None, sentence)


def bound(request: HttpRequest) -> dict[str, Any]:
    """What a form is made of: the POST's data, or nothing."""
    return {"data": request.POST} if request.method == "POST" else {}
