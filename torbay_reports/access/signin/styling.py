"""Our words and GOV.UK's classes on the fields of django-allauth's forms."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxLengthValidator


@dataclass(frozen=True)
class Words:
    """What stands at a field, and what is said when it is left empty; `width` is a class of GOV.UK Frontend."""

    label: str
    missing: str
    hint: str = ""
    width: str = ""
    longest: int | None = None


class Styled(forms.Form):
    """Stands before a form of django-allauth among the bases, and words the fields that `words` names."""

    words: ClassVar[Mapping[str, Words]] = {}
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in self.words.items():
            _word(self.fields[name], words)


def _word(field: forms.Field, words: Words) -> None:
    field.label = words.label
    field.help_text = words.hint
    field.error_messages["required"] = words.missing
    # A placeholder vanishes while one types, so the label and the hint stand outside the field.
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs["class"] = f"govuk-input {words.width}".strip()
    if words.longest is not None:
        field.validators.append(MaxLengthValidator(words.longest))
        field.error_messages["max_length"] = f"“{words.label}” is too long. Type at most {words.longest:,} characters."
