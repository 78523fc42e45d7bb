"""Forms about roles and seats: give, end, hand over."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from torbay_reports.access.days import DayField
from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.people.forms.choosing import PersonField, ScopeField, TickedField, role_field
from torbay_reports.access.people.selectors import ScopeChoices
from torbay_reports.access.people.wording import role_line, seat_words
from torbay_reports.access.roles import Role
from torbay_reports.access.wording import Names

_FIRST_DAY = "Type the first day of the role."


def _substitute_field() -> forms.BooleanField:
    return forms.BooleanField(
        label="As a substitute",
        required=False,
        help_text="Only for a member: reads what the members read on the days of the substitution.",
        widget=forms.CheckboxInput(attrs={"class": "govuk-checkboxes__input"}),
    )


def _end_field() -> DayField:
    return DayField("Until, that day included", hint="Like 5/9/2017; empty is until further notice")


class RoleFields(forms.Form):
    """A role, what it is limited to, and its days; the rules about them are the services'."""

    role = role_field(label="Role", empty="Choose a role", required=True)
    scope = ScopeField()
    is_substitute = _substitute_field()
    starts_on = DayField("From", missing=_FIRST_DAY)
    ends_on = _end_field()

    def __init__(self, *args: Any, scopes: ScopeChoices, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["scope"]
        assert isinstance(field, ScopeField)
        field.offer(scopes)

    def given(self) -> dict[str, Any]:
        """The role as `access.services.give_role` takes it; call it on a valid form in which a role is chosen."""
        wanted = self.cleaned_data
        kind, slug = wanted["scope"]
        return {
            "role": Role(wanted["role"]),
            "scope_kind": kind,
            "scope_slug": slug,
            "is_substitute": wanted["is_substitute"],
            "starts_on": wanted["starts_on"],
            "ends_on": wanted["ends_on"],
        }


class SeatForm(forms.Form):
    """Who sits on a committee, and on which days."""

    person = PersonField("Who", missing="Choose who is to sit on the committee.")
    is_substitute = _substitute_field()
    starts_on = DayField("From", missing="Type the first day of the seat.")
    ends_on = _end_field()

    def __init__(self, *args: Any, people: Iterable[User], **options: Any) -> None:
        super().__init__(*args, **options)
        _offer_people(self, "person", people)


class EndForm(forms.Form):
    """The last day of a role."""

    ends_on = DayField("Last day", missing="Type the last day of the role.", hint="Like 5/9/2017; still held on it")


class EndSeatsForm(forms.Form):
    """Several seats of a committee and their last day."""

    seats = TickedField(
        "Seats that end",
        missing="Tick at least one seat.",
        gone="One of these seats is there no longer: somebody else ended it. Tick among those that are there now.",
    )
    ends_on = DayField("Last day", missing="Type the last day of these seats.", hint="Like 5/9/2017; still held on it")

    def __init__(self, *args: Any, seats: Sequence[RoleAssignment], on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        words = [(each.pk, f"{each.person.full_name}, {seat_words(each, on)}") for each in seats]
        _offer_ticks(self, "seats", words)


class HandOverForm(forms.Form):
    """Which roles go to whom, and from which day."""

    roles = TickedField(
        "Roles to hand over",
        missing="Tick at least one role.",
        gone="One of these roles is there no longer: somebody else ended it. Tick among those that are there now.",
    )
    to = PersonField("To", missing="Choose who takes the roles over.")
    starts_on = DayField(
        "First day of the successor",
        missing="Type the first day of the successor.",
        hint="Like 5/9/2017; the day before is the last of the present holder",
    )

    def __init__(
        self,
        *args: Any,
        roles: Sequence[RoleAssignment],
        people: Iterable[User],
        names: Names,
        on: date,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        _offer_ticks(self, "roles", [(each.pk, role_line(each, names, on)) for each in roles])
        _offer_people(self, "to", people)


def _offer_people(form: forms.Form, name: str, people: Iterable[User]) -> None:
    field = form.fields[name]
    assert isinstance(field, PersonField)
    field.offer(people)


def _offer_ticks(form: forms.Form, name: str, choices: Sequence[tuple[int, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, TickedField)
    field.offer(choices)
