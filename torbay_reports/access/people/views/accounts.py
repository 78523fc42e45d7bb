"""A person's name and address, their account and their second factor; whose it is is told by mail."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from torbay_reports.access import services
from torbay_reports.access.models import User
from torbay_reports.access.people.forms.people import NameForm, PersonForm
from torbay_reports.access.people.notices import Deed, Notice, tell
from torbay_reports.access.people.selectors import has_second_factor, held_by_nobody_else, state_of
from torbay_reports.access.people.states import State
from torbay_reports.access.people.views.guard import administrator_just_proved, person_or_404
from torbay_reports.access.people.views.questions import about
from torbay_reports.access.people.wording import vacancy_words
from torbay_reports.access.services.accounts import ADDRESS_BY_ANOTHER, FACTOR_BY_ANOTHER, record_untold
from torbay_reports.access.services.handing_over import NOT_HANDED_OVER
from torbay_reports.access.wording import names_read_once
from torbay_reports.core import clock
from torbay_reports.core.asking import Question, attempt, bound, show
from torbay_reports.core.formatting import listed, long_date

Done = tuple[str, Notice | None]
"""What the next page says, and what is mailed."""

_LINK_IS_DEAD = " The link that went to the old address no longer works: send a new one."


@never_cache
def change(request: HttpRequest, person: int) -> HttpResponse:
    """Another name or address; one's own address is changed by another administrator."""
    by, whom = administrator_just_proved(request), person_or_404(person)
    is_own = by == whom
    question = about(
        whom,
        title="Change your name" if is_own else f"Change {whom.full_name}'s name or address",
        button="Save",
        sentences=[
            "The name is changed from now on; what the record said of them before keeps the old one.",
            ADDRESS_BY_ANOTHER
            if is_own
            else "Another address signs them out everywhere, and they sign in with it from then on. A mail to the old "
            "address and to the new one says so, and one to the monitoring officer.",
        ],
        refusal=_forgotten(whom),
    )
    wanted = NameForm if is_own else PersonForm
    form = wanted(**bound(request), initial={"full_name": whom.full_name, "email": whom.email})

    def act() -> Done:
        typed = {"email": whom.email, **form.cleaned_data}
        before = services.change_person(person=whom, full_name=typed["full_name"], email=typed["email"], by=by)
        if whom.email == before.email:
            return "The name and the address are saved.", None
        told = Notice(deed=Deed.MOVED, person=whom, name=before.full_name, addresses=(before.email, whom.email), by=by)
        return "The name and the address are saved." + (_LINK_IS_DEAD if state_of(whom) is State.INVITED else ""), told

    return _take(request, question, form, act)


@never_cache
def close(request: HttpRequest, person: int) -> HttpResponse:
    """Closes the account, after a list of what nobody answers for then."""
    by, whom = administrator_just_proved(request), person_or_404(person)
    after = clock.today() + timedelta(days=1)
    names = names_read_once()
    question = about(
        whom,
        title=f"Close {whom.full_name}'s account?",
        button="Close the account",
        sentences=[
            "They are signed out everywhere at once and cannot sign in any more. Their roles end today, and those to "
            "come are taken back. The name stays wherever it stands in history. A mail tells them.",
        ],
        refusal=f"{whom.full_name}'s account is closed already." if state_of(whom) is State.CLOSED else "",
        warns=True,
        template="access/people/close.html",
    )

    def act() -> Done:
        services.close_account(person=whom, by=by)
        return f"{whom.full_name}'s account is closed.", _notice(Deed.CLOSED, whom, by)

    alone = held_by_nobody_else(whom, after)
    consequences = {
        "vacant": [vacancy_words(each, names, after) for each in alone],
        "may_hand_over": any(each.role not in NOT_HANDED_OVER for each in alone),
        "person": whom,
    }
    return _take(request, question, forms.Form(**bound(request)), act, consequences)


@never_cache
def reopen(request: HttpRequest, person: int) -> HttpResponse:
    """Opens a closed account again."""
    by, whom = administrator_just_proved(request), person_or_404(person)
    question = about(
        whom,
        title=f"Open {whom.full_name}'s account again?",
        button="Open it again",
        sentences=["They can sign in as before. Roles that ended do not come back: give them anew. A mail tells them."],
        refusal=_forgotten(whom) if state_of(whom) is State.CLOSED else f"{whom.full_name}'s account is open.",
    )

    def act() -> Done:
        services.reopen_account(person=whom, by=by)
        return f"{whom.full_name}'s account is open again.", _notice(Deed.REOPENED, whom, by)

    return _take(request, question, forms.Form(**bound(request)), act)


@never_cache
def second_factor(request: HttpRequest, person: int) -> HttpResponse:
    """Removes the second factor of somebody who has lost it."""
    by, whom = administrator_just_proved(request), person_or_404(person)
    question = about(
        whom,
        title=f"Remove {whom.full_name}'s second factor?",
        button="Remove it",
        sentences=[
            "For somebody who has lost their telephone or their key. Make sure, by telephone or face to face, that it "
            "is they who ask.",
            "They are signed out everywhere at once. Where their role wants a second factor, they set up a new one at "
            "their next sign-in. A mail tells them, and the monitoring officer.",
        ],
        refusal=_no_factor_to_remove(whom, by),
        warns=True,
    )

    def act() -> Done:
        services.remove_second_factor(person=whom, by=by)
        return f"{whom.full_name}'s second factor is removed.", _notice(Deed.FACTOR_REMOVED, whom, by)

    return _take(request, question, forms.Form(**bound(request)), act)


def _take(
    request: HttpRequest,
    question: Question,
    form: forms.Form,
    act: Callable[[], Done],
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    """Asks the question; on POST does it and then, once it is stored, mails it to whom it concerns."""
    if request.method == "POST" and not question.refusal and form.is_valid():
        done = attempt(form, act)
        if done is not None:
            said, notice = done
            messages.success(request, said)
            if notice is not None:
                _tell(request, notice)
            return redirect(question.back)
    return show(request, question, form, extra)


def _tell(request: HttpRequest, notice: Notice) -> None:
    unsent = tell(notice)
    if not unsent:
        return
    if notice.deed is Deed.MOVED and notice.addresses[0] in unsent:
        record_untold(person=notice.person, by=notice.by)
    messages.error(
        request, f"The mail about it to {listed(unsent)} could not be sent. Tell them by telephone or face to face."
    )


def _notice(deed: Deed, person: User, by: User) -> Notice:
    return Notice(deed=deed, person=person, name=person.full_name, addresses=(person.email,), by=by)


def _no_factor_to_remove(person: User, by: User) -> str:
    if person == by:
        return FACTOR_BY_ANOTHER
    return "" if has_second_factor(person) else f"{person.full_name} has no second factor."


def _forgotten(person: User) -> str:
    if person.forgotten_on is None:
        return ""
    return f"What was personal in this account was removed on {long_date(person.forgotten_on)}. Invite them anew."
