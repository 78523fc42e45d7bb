"""Forms for owners, the commentary, small counts and asking."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict

from improvement.forms.fields import DAMAGED, line_field, words_field
from improvement.services.commentaries import LONGEST_COMMENTARY
from torbay_reports.access.days import DayField
from torbay_reports.access.models import User
from torbay_reports.core import clock
from torbay_reports.core.formatting import long_date

_GONE = "One of these people is no longer action owner for this plan. Tick among those who are."


class OwnerForm(forms.Form):
    """A new owner's name."""

    name = line_field("Name", missing="Type the owner's name, mostly a post such as “Head of Service”.")


class PeopleForm(forms.Form):
    """Who answers for an owner's name; nobody is an answer too."""

    people = forms.MultipleChoiceField(
        label="People",
        required=False,
        error_messages={"invalid_choice": _GONE, "invalid_list": _GONE},
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes__input"}),
    )

    def __init__(self, *args: Any, people: Iterable[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self._people = {str(person.pk): person for person in people}
        field = self.fields["people"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(key, f"{person.full_name} ({person.email})") for key, person in self._people.items()]

    def chosen(self) -> list[User]:
        """The people who were ticked; call it on a valid form."""
        return [self._people[key] for key in self.cleaned_data["people"]]


class CommentaryForm(forms.Form):
    """The lead's words that open the paper."""

    text = words_field(
        "Commentary",
        missing="Write the commentary: what the Board should know before it reads the tracker.",
        hint="An empty line begins a new paragraph.",
        rows=12,
        longest=LONGEST_COMMENTARY,
    )
    seen = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=0,
        error_messages=dict.fromkeys(("required", "invalid", "min_value"), DAMAGED),
    )

    def catch_up(self, seen: int, sentence: str) -> None:
        """Says that there is a newer commentary; what was typed stays, and is saved after that one the next time."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["seen"] = str(seen)
        self.data = data
        self.add_error(None, sentence)


class SmallCountForm(forms.Form):
    """Why a sentence that counts few children may be published."""

    reason = words_field("Reason", missing="Say why nobody can recognise a child in this sentence.", longest=2_000)


class AskForm(forms.Form):
    """By when the owners are to answer."""

    answer_by = DayField("Answer by", missing="Type the day by which the owners are to answer.")
    message = words_field(
        "What you want to say to them", hint="Stands above their form, never in the mail.", longest=2_000
    )

    def clean_answer_by(self) -> Any:
        """A day from today on."""
        day = self.cleaned_data["answer_by"]
        if day < clock.today():
            raise forms.ValidationError(f"{long_date(day)} is past. Type a day from today on.")
        return day
