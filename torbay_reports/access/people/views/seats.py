"""The committees' seats: who sits on a day, who will, and whose seats end."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from torbay_reports.access import services
from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.people.forms.people import DayForm
from torbay_reports.access.people.forms.roles import EndSeatsForm, SeatForm
from torbay_reports.access.people.selectors import lasting_seats, possible_holders, seats_by_committee, seats_of
from torbay_reports.access.people.views.guard import administrator
from torbay_reports.access.people.wording import capital, seat_words
from torbay_reports.access.roles import Role, ScopeKind
from torbay_reports.access.scopes import names_of
from torbay_reports.access.wording import given_words
from torbay_reports.core import clock
from torbay_reports.core.asking import Question, bound, take
from torbay_reports.core.formatting import count, long_date


@never_cache
@require_safe
def committees(request: HttpRequest) -> HttpResponse:
    """Every committee with its numbers of members and substitutes on a day."""
    administrator(request)
    form = DayForm(request.GET)
    on = _day(form)
    rows = []
    if on is not None:
        seats = seats_by_committee(on)
        named = names_of(ScopeKind.COMMITTEE).items()
        rows = [(slug, name, *seats.get(slug, (0, 0))) for slug, name in named]
    return render(request, "access/people/committees.html", {"form": form, "on": on, "rows": rows})


@never_cache
@require_safe
def committee_page(request: HttpRequest, committee: str) -> HttpResponse:
    """One committee's members and substitutes on a day, and the seats to come."""
    administrator(request)
    name, form = _name_or_404(committee), DayForm(request.GET)
    on = _day(form)
    context: dict[str, object] = {"committee": committee, "name": name, "form": form, "on": on, "groups": []}
    if on is not None:
        roles = seats_of(committee, on)
        members = [each for each in roles.held if not each.is_substitute]
        substitutes = [each for each in roles.held if each.is_substitute]
        context["groups"] = [
            ("Members", _lines(members, on), f"Nobody sits on it on {long_date(on)}. Who is given a seat stands here."),
            ("Substitutes", _lines(substitutes, on), f"It has no substitute on {long_date(on)}."),
            ("To come", _lines(roles.to_come, on), f"No seat begins after {long_date(on)}."),
        ]
    return render(request, "access/people/committee.html", context)


@never_cache
def add_seat(request: HttpRequest, committee: str) -> HttpResponse:
    """Gives somebody a seat."""
    by = administrator(request)
    name = _name_or_404(committee)
    invite = f"{reverse('access:people-invite')}?role={Role.MEMBER}&scope={ScopeKind.COMMITTEE}:{committee}"
    question = Question(
        title=f"Add a seat: {name}",
        button="Add the seat",
        back=reverse("access:committee", args=[committee]),
        back_words=name,
        links=[("Not in the list? Invite them.", invite)],
    )
    form = SeatForm(
        **bound(request),
        people=[each for each in possible_holders() if each.pk != by.pk],
        initial={"starts_on": clock.today()},
    )

    def act() -> str:
        wanted = form.cleaned_data
        seat = services.give_role(
            person=wanted["person"],
            role=Role.MEMBER,
            scope_kind=ScopeKind.COMMITTEE,
            scope_slug=committee,
            is_substitute=wanted["is_substitute"],
            starts_on=wanted["starts_on"],
            ends_on=wanted["ends_on"],
            by=by,
        )
        return f"{given_words(seat)}."

    return take(request, question, form, act)


@never_cache
def end_seats(request: HttpRequest, committee: str) -> HttpResponse:
    """Ends the seats that are ticked on one day, all or none; none is ticked before, but for `?seat=`."""
    by = administrator(request)
    name, today = _name_or_404(committee), clock.today()
    seats = {each.pk: each for each in lasting_seats(committee, today)}
    asked = request.GET.get("seat", "")
    question = Question(
        title=f"End seats: {name}",
        button="End the ticked seats",
        back=reverse("access:committee", args=[committee]),
        back_words=name,
        refusal="" if seats else f"Nobody sits on {name}, today or later.",
    )
    ticked = [pk for pk in seats if str(pk) == asked]
    form = EndSeatsForm(
        **bound(request),
        seats=tuple(seats.values()),
        on=today,
        initial={"seats": [str(pk) for pk in ticked], "ends_on": today},
    )

    def act() -> str:
        chosen = form.cleaned_data
        _end_all([seats[pk] for pk in sorted(chosen["seats"])], chosen["ends_on"], by)
        return f"{count(len(chosen['seats']), 'seat ends', 'seats end')} on {long_date(chosen['ends_on'])}."

    return take(request, question, form, act)


@transaction.atomic
def _end_all(seats: list[RoleAssignment], ends_on: date, by: User) -> None:
    for seat in seats:
        try:
            services.end_role(assignment=seat, ends_on=ends_on, by=by)
        except ValidationError as error:
            raise ValidationError(f"{seat.person.full_name}: {' '.join(error.messages)} No seat was ended.") from error


def _lines(seats: list[RoleAssignment], on: date) -> list[tuple[RoleAssignment, str]]:
    return [(each, capital(seat_words(each, on))) for each in seats]


def _day(form: DayForm) -> date | None:
    if not form.is_valid():
        return None
    wanted: date | None = form.cleaned_data["on"]
    return wanted or clock.today()


def _name_or_404(committee: str) -> str:
    name = names_of(ScopeKind.COMMITTEE).get(committee)
    if name is None:
        raise Http404
    return name
