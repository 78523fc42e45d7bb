"""Fields that several of the tracker's forms have."""

from typing import Any

from django import forms
from django.http import QueryDict

from improvement.selectors.meanwhile import Seen
from torbay_reports.core import fields

DAMAGED = "This form was changed on its way. Open the page again."


def words_field(
    label: str, *, missing: str = "", hint: str = "", rows: int = 3, longest: int = 10_000
) -> forms.CharField:
    """Text of several lines; it may be left empty unless `missing` says why not."""
    return fields.words_field(label, longest=longest, missing=missing, hint=hint, rows=rows)


def line_field(label: str, *, missing: str = "", hint: str = "", longest: int = 300) -> forms.CharField:
    """Text of one line."""
    return forms.CharField(
        label=label,
        required=bool(missing),
        max_length=longest,
        help_text=hint,
        error_messages={
            "required": missing,
            "max_length": f"“{label}” is too long. Type at most {longest:,} characters.",
        },
        widget=forms.TextInput(attrs={"class": "govuk-input", "autocomplete": "off"}),
    )


def choice_field(label: str, choices: list[tuple[str, str]], *, missing: str = "", hint: str = "") -> forms.ChoiceField:
    """One of the choices; it may be left out unless `missing` says why not."""
    return forms.ChoiceField(
        label=label,
        required=bool(missing),
        choices=choices,
        help_text=hint,
        error_messages={
            "required": missing,
            "invalid_choice": f"“{label}” has no such choice. Choose one from the list.",
        },
        widget=forms.Select(attrs={"class": "govuk-select"}),
    )


def number_field(label: str, *, hint: str = "") -> forms.DecimalField:
    """A number with two decimals at most, or nothing."""
    wrong = f"“{label}” is no number that can be read. Type one like 90 or 12.5, without a sign for per cent."
    return forms.DecimalField(
        label=label,
        required=False,
        max_digits=14,
        decimal_places=2,
        help_text=hint,
        error_messages=dict.fromkeys(("invalid", "max_digits", "max_decimal_places", "max_whole_digits"), wrong),
        widget=forms.TextInput(
            attrs={"class": "govuk-input govuk-input--width-5", "autocomplete": "off", "inputmode": "decimal"}
        ),
    )


class SeenField(forms.Field):
    """How far the writer has read the step; hidden."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> Seen:
        """The mark. Raises ValidationError for anything else."""
        try:
            return Seen.parse(str(value or ""))
        except ValueError:
            raise forms.ValidationError(DAMAGED) from None


class SeenForm(forms.Form):
    """A form about a step that somebody else may be writing on too."""

    seen = SeenField()

    @property
    def mark(self) -> Seen:
        """How far the writer has read the step; call it on a valid form."""
        mark = self.cleaned_data["seen"]
        assert isinstance(mark, Seen)
        return mark

    def catch_up(self, seen: Seen, sentence: str) -> None:
        """Says that the step has moved on; what was typed stays, and counts for the step as it stands now."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data[self.add_prefix("seen")] = str(seen)
        self.data = data
        self.add_error(None, sentence)
