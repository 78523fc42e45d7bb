"""A device's answer about a passkey, as a stranger can post it: of any length and depth, and with anything in it."""

import math
from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from torbay_reports.core.reading import NO_TEXT

REFUSED: Final = "refused"
"""The code of every error of an answer that was given and is not right."""

LONGEST: Final = 20_000
DEEPEST: Final = 10
"""No device nests further (Web Authentication Level 3, section 5.1)."""


class AnswerField(forms.JSONField):
    """The answer as read from JSON. Raises ValidationError for one that no device gives and no database could keep."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        try:
            if len(str(value or "")) > LONGEST:
                raise self._refusal()
            answer = super().to_python(value)
        except (ValidationError, ValueError, RecursionError):
            # json raises ValueError for a number too long to read and RecursionError for a list too deep.
            raise self._refusal() from None
        if not _is_storable(answer, DEEPEST):
            raise self._refusal()
        return answer

    def bound_data(self, data: Any, initial: Any) -> str:
        """Nothing: an answer is good for one question, so the form is never shown with it again."""
        return ""

    def _refusal(self) -> ValidationError:
        return ValidationError(self.error_messages["invalid"], code=REFUSED)


def _is_storable(value: Any, depth: int) -> bool:
    if isinstance(value, str):
        return not NO_TEXT.search(value)
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, Mapping):
        value = [*value.keys(), *value.values()]
    if isinstance(value, list):
        return depth > 0 and all(_is_storable(each, depth - 1) for each in value)
    return True
