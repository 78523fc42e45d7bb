"""Forms about people: the list's filter, an invitation, a name, an address."""

from typing import Any

from django import forms

from torbay_reports.access.days import DayField
from torbay_reports.access.people.forms.choosing import role_field, select
from torbay_reports.access.people.forms.roles import RoleFields
from torbay_reports.access.people.states import State
from torbay_reports.access.services.addresses import LONGEST_ADDRESS, LONGEST_NAME


class PeopleFilterForm(forms.Form):
    """Words, role, state and the day of the roles; whatever is empty filters nothing, and the day is today."""

    words = forms.CharField(
        label="Name or e-mail address",
        required=False,
        max_length=200,
        error_messages={"max_length": "That is too much to look for. Type at most 200 characters."},
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-input--width-20", "autocomplete": "off"}),
    )
    role = role_field(label="Role", empty="Every role and none", required=False)
    state = forms.ChoiceField(
        label="State",
        required=False,
        choices=[("", "Every state"), *((state.value, state.label) for state in State)],
        error_messages={"invalid_choice": "There is no such state. Choose one from the list."},
        widget=select(),
    )
    on = DayField("Roles on the day", hint="Like 5/9/2017, else today")


class DayForm(forms.Form):
    """The day from which a page is seen; empty is today."""

    on = DayField("On the day", hint="Like 5/9/2017; empty is today")


class NameForm(forms.Form):
    """What somebody is called."""

    full_name = forms.CharField(
        label="Full name",
        max_length=LONGEST_NAME,
        error_messages={
            "required": "Type the person's full name.",
            "max_length": f"That name is too long. Type at most {LONGEST_NAME} characters.",
        },
        widget=forms.TextInput(attrs={"class": "govuk-input", "autocomplete": "off"}),
    )


class PersonForm(NameForm):
    """Whose account it is."""

    email = forms.EmailField(
        label="E-mail address",
        max_length=LONGEST_ADDRESS,
        error_messages={
            "required": "Type the person's e-mail address.",
            "invalid": "This is no e-mail address. Type one like name@example.com.",
            "max_length": f"That address is too long. Type at most {LONGEST_ADDRESS} characters.",
        },
        widget=forms.EmailInput(attrs={"class": "govuk-input", "autocomplete": "off", "spellcheck": "false"}),
    )


class InvitationForm(RoleFields, PersonForm):
    """A new person and, where one is chosen, their first role."""

    role = role_field(label="First role", empty="No role yet", required=False)
    starts_on = DayField("From")

    field_order = ["full_name", "email", "role", "scope", "is_substitute", "starts_on", "ends_on"]

    def clean(self) -> dict[str, Any]:
        """A role with its first day, or neither scope nor dates without a role."""
        given = super().clean() or self.cleaned_data
        if given.get("role"):
            if not given.get("starts_on") and "starts_on" not in self.errors:
                self.add_error("starts_on", "Type the first day of the role.")
        elif "role" not in self.errors and any(
            (given.get("scope", ("", ""))[0], given.get("is_substitute"), given.get("ends_on"))
        ):
            self.add_error("role", "Choose the role that this is about, or leave everything about a role empty.")
        return given
