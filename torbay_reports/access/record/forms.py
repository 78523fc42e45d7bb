"""What a reader of the record asks for."""

from typing import Any

from django import forms

from torbay_reports.access.days import DayField
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.core.formatting import long_date


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
