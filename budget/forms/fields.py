"""Fields of the budget's forms: a sum as people type it, and a reason."""

from decimal import Decimal
from typing import Any

from django import forms

from budget.calculations.amounts import UnreadableSum, read_sum
from budget.calculations.entered import LONGEST_REASON
from torbay_reports.core import fields
from torbay_reports.core.money import Unit


class SumField(forms.CharField):
    """A sum in the unit that the page names; an empty box is None, "not entered"."""

    def __init__(self, label: str, *, unit: Unit, hint: str = "", **attributes: str) -> None:
        super().__init__(
            label=label,
            required=False,
            help_text=hint,
            widget=forms.TextInput(
                attrs={"class": "govuk-input govuk-input--width-10", "autocomplete": "off", **attributes}
            ),
        )
        self._unit = unit

    def clean(self, value: Any) -> Decimal | None:
        """The sum. Raises ValidationError with a sentence that names the box and the cure."""
        text = super().clean(value)
        try:
            return read_sum(text, typed_in=self._unit, held_in=self._unit)
        except UnreadableSum as fault:
            raise forms.ValidationError(f"{self.label}: {fault}") from None


def reason_field(label: str, *, hint: str = "", rows: int = 3) -> forms.CharField:
    """What explains a variance; it can be left empty."""
    return fields.words_field(label, longest=LONGEST_REASON, hint=hint, rows=rows)
