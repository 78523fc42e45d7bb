"""Fields that several of the forms for letters and findings have."""

import re
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.http import QueryDict

from improvement.forms.fields import DAMAGED
from improvement.importing.texts import storable

LONGEST_LINE: Final = 200
MOST_LINES: Final = 50
LARGEST_FIGURE: Final = Decimal(10) ** 12
_PLAIN: Final = re.compile(r"[0-9]+(?:\.[0-9]{1,2})?|[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?")
_DECIMAL_COMMA: Final = re.compile(r"[0-9.]*[0-9],[0-9]+")
_TWO_WAYS: Final = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
_MANY_DECIMALS: Final = re.compile(r"[0-9]+\.[0-9]{3,}")


class WordsForm(forms.Form):
    """A form in which words are typed; a character that no paper and no workbook holds counts as a space."""

    def __init__(self, data: QueryDict | None = None, **options: Any) -> None:
        if data is not None:
            data = data.copy()
            for name, values in list(data.lists()):
                data.setlist(name, [storable(str(each)) for each in values])
        super().__init__(data, **options)


class RevisionForm(WordsForm):
    """A form about a letter that somebody else may be writing on too: `revision` is the letter's as it was shown."""

    revision = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=0,
        max_value=2**31 - 1,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), DAMAGED),
    )

    def catch_up(self, revision: int, sentence: str) -> None:
        """Says that the letter has moved on; what was typed stays, and counts for the letter as it stands now."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data[self.add_prefix("revision")] = str(revision)
        self.data = data
        self.add_error(None, sentence)


class LinesField(forms.CharField):
    """A few lines, each an entry; blank ones are left out."""

    def __init__(self, label: str, *, hint: str = "A line each") -> None:
        super().__init__(
            label=label,
            required=False,
            help_text=hint,
            widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 3}),
        )

    def clean(self, value: Any) -> tuple[str, ...]:
        """The lines. Raises ValidationError for too many, and for one that is too long."""
        lines = tuple(filter(None, (" ".join(line.split()) for line in super().clean(value).splitlines())))
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(f"“{self.label}” has {len(lines)} lines. Type at most {MOST_LINES}.")
        for number, line in enumerate(lines, start=1):
            if len(line) > LONGEST_LINE:
                raise forms.ValidationError(
                    f"“{self.label}”, line {number}, is too long. Type at most {LONGEST_LINE} characters in a line."
                )
        return lines


class FigureField(forms.CharField):
    """A number from nought on with two decimals at most, as people type it: 52, 52%, 12.5, 1,377."""

    def __init__(self, label: str, *, missing: str = "", hint: str = "") -> None:
        super().__init__(
            label=label,
            required=bool(missing),
            help_text=hint,
            error_messages={"required": missing},
            widget=forms.TextInput(
                attrs={"class": "govuk-input govuk-input--width-5", "autocomplete": "off", "inputmode": "decimal"}
            ),
        )

    def clean(self, value: Any) -> Decimal | None:
        """The number, without its sign for per cent. Raises ValidationError that says how to type it."""
        typed = super().clean(value)
        text = typed.removesuffix("%").rstrip()
        if not text:
            if typed:
                raise forms.ValidationError(self._wrong(typed))
            return None
        if _TWO_WAYS.fullmatch(text):
            raise forms.ValidationError(
                f"“{typed}” reads as thousands or as decimals. Type {text.replace('.', ',')}, or two decimals at most."
            )
        if not _PLAIN.fullmatch(text):
            raise forms.ValidationError(self._wrong(typed))
        figure = Decimal(text.replace(",", ""))
        if figure >= LARGEST_FIGURE:
            raise forms.ValidationError(f"“{self.label}” is too large. Type a number of at most twelve digits.")
        return figure

    def _wrong(self, typed: str) -> str:
        text = typed.removesuffix("%").rstrip()
        if _MANY_DECIMALS.fullmatch(text):
            return f"“{self.label}” has more than two decimals. Type two at most, such as 12.25."
        if _DECIMAL_COMMA.fullmatch(text):
            return f"“{self.label}” has a comma before its decimals. Type them after a point, such as 12.5."
        return f"“{self.label}” is no number that can be read. Type one such as 52, 52% or 12.5."
