"""The forms about urgency, decisions, what is carried on and what is moved."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms

from torbay_reports.access.days import DayField
from torbay_reports.agenda.desk.items import NUMBER
from torbay_reports.agenda.desk_forms import SeenForm
from torbay_reports.agenda.ground_forms import UNKNOWN, words_field
from torbay_reports.agenda.models import Committee, DecisionKind, Meeting, Paper, UrgencyOutcome
from torbay_reports.core.formatting import full_date

LONGEST: Final = 4_000
BAD_HOUR: Final = "This is no time that can be read. Type one like 17:30 or 5.30 pm."
HOURS: Final = ["%H:%M", "%H.%M", "%I.%M %p", "%I:%M %p", "%I.%M%p", "%I:%M%p", "%I %p", "%I%p"]


def line(label: str, *, missing: str, hint: str = "", longest: int = 200) -> forms.CharField:
    """Text of one line, which has to be there."""
    return forms.CharField(
        label=label,
        max_length=longest,
        help_text=hint,
        error_messages={
            "required": missing,
            "max_length": f"“{label}” is too long. Type at most {longest} characters.",
        },
        widget=forms.TextInput(attrs={"class": "govuk-input", "autocomplete": "off"}),
    )


def choice(label: str, *, missing: str, hint: str = "") -> forms.ChoiceField:
    """One of a list, none of it chosen beforehand; its choices come with the form."""
    return forms.ChoiceField(
        label=label,
        required=bool(missing),
        help_text=hint,
        error_messages={"required": missing, "invalid_choice": UNKNOWN},
        widget=forms.Select(attrs={"class": "govuk-select"}),
    )


def why_field(label: str, missing: str, hint: str = "For the history of the desk") -> forms.CharField:
    """A reason in a sentence or two."""
    return words_field(label, missing=missing, hint=hint, longest=500)


def because_field() -> forms.CharField:
    return words_field(
        "Why it cannot wait for the next meeting",
        missing="Say why it cannot wait for the next meeting.",
        hint="The letter of a supplement says that the person presiding will be asked, and why",
    )


def circumstances_field(*, missing: str = "") -> forms.CharField:
    return words_field(
        "Special circumstances",
        missing=missing,
        hint="As the person presiding gave them. The minutes have to specify them (Local Government Act 1972, section "
        "100B(4)(b)).",
    )


def presiding_field() -> forms.CharField:
    return line("Person presiding", missing="Write who presided and decided.", hint="As the minutes name them")


class UrgencyForm(SeenForm):
    """Why an item, or the late paper under it, cannot wait."""

    because = because_field()


class OutcomeForm(SeenForm):
    """What the person presiding decided."""

    outcome = choice("Decision", missing="Choose whether it was admitted as urgent or not.")
    decided_by = presiding_field()
    circumstances = circumstances_field()
    why = why_field("Why it is corrected", "Say why what was recorded is corrected.")

    def __init__(self, *args: Any, is_correction: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "outcome", [(each.value, each.label.capitalize()) for each in UrgencyOutcome])
        if not is_correction:
            del self.fields["why"]


class AdmittedForm(forms.Form):
    """An urgent item that was admitted at the meeting."""

    number = forms.RegexField(
        rf"\A{NUMBER.pattern}\Z",
        label="Number of the item",
        max_length=10,
        error_messages={
            "required": "Give the item a number.",
            "max_length": "The number is too long. Type at most 10 characters.",
            "invalid": "Type a number like 7, 7a or 7.1: figures and letters, with points between.",
        },
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-input--width-5", "autocomplete": "off"}),
    )
    title = line("Title of the item", missing="Give the item a title.", longest=300)
    because = because_field()
    decided_by = presiding_field()
    circumstances = circumstances_field(missing="Write the special circumstances: the minutes have to specify them.")


class DecisionForm(SeenForm):
    """What was decided."""

    kind = choice("What sort of decision", missing="Choose what sort of decision it is.")
    words = words_field("Words", missing="Write what was decided.", hint="As the minutes have it", longest=LONGEST)
    to = choice("Recommended to", missing="", hint="Only for a recommendation: the body that decides on it")
    why = why_field("Why it replaces the other", "Say why it replaces the other.", "Everybody reads it beside both")

    def __init__(self, *args: Any, bodies: Iterable[Committee], is_replacing: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bodies = {str(each.pk): each for each in bodies}
        _offer(self, "kind", [(each.value, each.label.capitalize()) for each in DecisionKind])
        _offer(self, "to", [(pk, each.name) for pk, each in self.bodies.items()], "No other body")
        if not is_replacing:
            del self.fields["why"]

    def given(self) -> dict[str, Any]:
        """What a service is given: the kind, the words, the body, and why where it is asked."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        return {**given, "to": self.bodies.get(given["to"])}


class ToMeetingForm(forms.Form):
    """To which meeting something goes."""

    to = choice("Meeting", missing="Choose the meeting.")

    def __init__(self, *args: Any, meetings: Iterable[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meetings = {str(each.pk): each for each in meetings}
        named = [(pk, f"{each.committee}, {full_date(each.held_on)}") for pk, each in self.meetings.items()]
        _offer(self, "to", named, "Choose a meeting")

    @property
    def chosen(self) -> Meeting:
        """The meeting."""
        return self.meetings[self.cleaned_data["to"]]


class CarryForm(ToMeetingForm):
    """To which later meeting an item is carried, and why."""

    why = why_field("Why it is carried", "Say why it is carried.")


class RecommendationForm(ToMeetingForm):
    """Which meeting a recommendation is brought to, with which papers."""

    papers = forms.TypedMultipleChoiceField(
        label="Papers that go with it, as they are published",
        coerce=int,
        required=False,
        error_messages={"invalid_choice": "One of these papers is not in the public pack any more. Look again."},
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes__input"}),
    )

    def __init__(self, *args: Any, papers: Iterable[Paper], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if offered := [(str(each.pk), each.title) for each in papers]:
            _offer(self, "papers", offered, "")
        else:
            del self.fields["papers"]


class MoveForm(forms.Form):
    """The day to which a meeting is moved, its hour there, and why."""

    held_on = DayField("Day", missing="Give the day to which it is moved.")
    starts_at = forms.TimeField(
        label="Time",
        required=False,
        input_formats=HOURS,
        help_text="Like 17:30 or 5.30 pm",
        error_messages={"invalid": BAD_HOUR},
        widget=forms.TimeInput(
            format=HOURS[0], attrs={"class": "govuk-input govuk-input--width-5", "autocomplete": "off"}
        ),
    )
    why = why_field("Why it is moved", "Say why it is moved.")


def _offer(form: forms.Form, name: str, named: list[tuple[str, str]], none: str = "Choose one") -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [*([("", none)] if none else []), *named]
