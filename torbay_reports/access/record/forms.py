"""What a reader of the record asks for."""

from datetime import date
from typing import Any, Final

from django import forms

from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.core.formatting import long_date

FIRST_DAY: Final = date(2000, 1, 1)
LAST_DAY: Final = date(2099, 12, 31)
_FORMATS: Final = ["%d/%m/%Y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y"]
_HINT: Final = "Like 5/9/2017"


class DayField(forms.DateField):
    """A day in digits or in words, between FIRST_DAY and LAST_DAY; it may be left empty."""

    def __init__(self, label: str) -> None:
        sentence = f"“{label}” is no day that can be read. Type one like 5/9/2017 or 5 September 2017."
        super().__init__(
            label=label,
            required=False,
            input_formats=_FORMATS,
            help_text=_HINT,
            error_messages={"invalid": sentence},
            widget=forms.TextInput(attrs={"class": "govuk-input govuk-input--width-10", "autocomplete": "off"}),
        )

    def clean(self, value: Any) -> date | None:
        """The day. Raises ValidationError with a sentence that names the field."""
        day: date | None = super().clean(value)
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError(
                f"“{self.label}” is {long_date(day)}. Type a day from {long_date(FIRST_DAY)} to {long_date(LAST_DAY)}."
            )
        return day


class RecordFilterForm(forms.Form):
    """Kind, words, and the first and last day; whatever is empty filters nothing."""

    kind = forms.ChoiceField(
        label="What happened",
        required=False,
        choices=[("", "Everything"), *((kind.value, kind.label) for kind in RecordKind)],
        error_messages={"invalid_choice": "The record has no such kind. Choose one from the list."},
        widget=forms.Select(attrs={"class": "govuk-select"}),
    )
    words = forms.CharField(
        label="Name, e-mail address or other words",
        required=False,
        max_length=200,
        error_messages={"max_length": "That is too much to look for. Type at most 200 characters."},
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-input--width-20", "autocomplete": "off"}),
    )
    since = DayField("From")
    until = DayField("To, that day included")

    def clean(self) -> dict[str, Any]:
        """Both days the right way round."""
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            self.add_error(
                "until", f"The last day, {long_date(until)}, is before the first, {long_date(since)}. Type a later one."
            )
        return self.cleaned_data
