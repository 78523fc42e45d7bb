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
from django.urls import reverse

from torbay_reports.access.models import User

T = TypeVar("T")
GONE = "What this is about is there no longer: another administrator has changed it. Go back and look."


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
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
    template: str = "access/people/step.html"


def about(person: User, **more: Any) -> Step:
    """A step that is about a person and leads back to their page; `more` is the rest of the Step."""
    return Step(back=reverse("access:person", args=[person.pk]), back_words=person.full_name, **more)


def take(
    request: HttpRequest,
    step: Step,
    form: forms.Form,
    act: Callable[[], str],
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    """Shows the step; on POST does it by `act`, whose sentence the next page says.

    What the services refuse stands on the form, with what was typed; so does what went away meanwhile.
    """
    if request.method == "POST" and not step.refusal and form.is_valid():
        said = attempt(form, act)
        if said is not None:
            messages.success(request, said)
            return redirect(step.done or step.back)
    return show(request, step, form, extra)


def show(request: HttpRequest, step: Step, form: forms.Form, extra: dict[str, Any] | None = None) -> HttpResponse:
    """The page as it stands, with what was typed and what is wrong with it."""
    return render(request, step.template, {"step": step, "form": form, **(extra or {})})


def attempt(form: forms.Form, act: Callable[[], T]) -> T | None:
    """What `act` gives, or None after its refusal was put on the form."""
    try:
        return act()
    except ValidationError as error:
        for sentence in error.messages:
            form.add_error(None, sentence)
    except (ObjectDoesNotExist, IntegrityError):
        # Two administrators at the same moment: what the service had looked at has changed since.
        form.add_error(None, GONE)
    return None


def bound(request: HttpRequest) -> dict[str, Any]:
    """What a form is made of: the POST's data, or nothing."""
    return {"data": request.POST} if request.method == "POST" else {}
