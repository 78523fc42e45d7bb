"""Who answers for the owners' names."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from improvement.forms.keeping import OwnerForm, PeopleForm
from improvement.selectors.answering import possible_people
from improvement.selectors.history import namings_of
from improvement.selectors.owning import owner_lines
from improvement.services.owners import add_owner, name_people
from improvement.views.keepers import kept_owner, kept_plan
from torbay_reports.core import clock
from torbay_reports.core.asking import Question, bound, take
from torbay_reports.core.formatting import long_date


@never_cache
def owners(request: HttpRequest, slug: str) -> HttpResponse:
    """The owners' names, those that nobody answers for first."""
    plan, _ = kept_plan(request, slug)
    return render(request, "improvement/owners.html", {"plan": plan, "lines": owner_lines(plan, clock.today())})


@never_cache
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """A further name under which steps can be owned."""
    plan, by = kept_plan(request, slug)
    form = OwnerForm(**bound(request))
    question = Question(
        title="Add an owner",
        button="Add the owner",
        back=reverse("improvement:owners", args=[slug]),
        back_words="Owners",
    )

    def act() -> str:
        return f"“{add_owner(plan=plan, name=form.cleaned_data['name'], by=by).name}” can own steps now."

    return take(request, question, form, act)


@never_cache
def people(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The people who answer for one owner's name."""
    plan, by = kept_plan(request, slug)
    owner = kept_owner(plan, pk)
    possible = list(possible_people(plan, clock.today()))
    sent = bound(request) if possible else {}
    form = PeopleForm(**sent, people=possible, initial={"people": [str(each.pk) for each in owner.people.all()]})
    question = Question(
        title=f"Who answers for “{owner.name}”?",
        button="Save",
        back=reverse("improvement:owners", args=[slug]),
        back_words="Owners",
        sentences=[
            "They are asked for updates on its open steps, and may write on all of its steps.",
            *(f"{long_date(each.on)}, {each.by}: {each.words}." for each in namings_of(owner)),
        ],
        refusal=""
        if possible
        else "Nobody is action owner for this plan yet. The administrator gives that role, under People.",
    )

    def act() -> str:
        chosen = form.chosen()
        name_people(owner=owner, people=chosen, by=by)
        names = ", ".join(person.full_name for person in chosen)
        return f"“{owner.name}”: {names} answers." if len(chosen) == 1 else f"“{owner.name}”: {names or 'nobody'}."

    return take(request, question, form, act)
