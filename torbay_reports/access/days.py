"""A day as people type it, for every form of this room."""

from datetime import date
from typing import Any, Final

from django import forms

from torbay_reports.core.formatting import long_date

FIRST_DAY: Final = date(2000, 1, 1)
LAST_DAY: Final = date(2099, 12, 31)
_FORMATS: Final = ["%d/%m/%Y", "%d.%m.%Y", "%d/%m/%y", "%d.%m.%y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y"]
_HINT: Final = "Like 5/9/2017"


class DayField(forms.DateField):
    """A day in digits or in words, between FIRST_DAY and LAST_DAY; it may be left empty unless `missing` says why."""

    def __init__(self, label: str, *, missing: str = "", hint: str = _HINT) -> None:
        sentence = f"“{label}” is no day that can be read. Type one like 5/9/2017 or 5 September 2017."
        super().__init__(
            label=label,
            required=bool(missing),
            input_formats=_FORMATS,
            help_text=hint,
            error_messages={"invalid": sentence, "required": missing},
            widget=forms.DateInput(
                format=_FORMATS[0], attrs={"class": "govuk-input govuk-input--width-10", "autocomplete": "off"}
            ),
        )

    def clean(self, value: Any) -> date | None:
        """The day. Raises ValidationError with a sentence that names the field."""
        day: date | None = super().clean(value)
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError(
                f"“{self.label}” is {long_date(day)}. Type a day from {long_date(FIRST_DAY)} to {long_date(LAST_DAY)}."
            )
        return day
