"""The forms of a preview's one button and of a clash's choices."""

from collections.abc import Sequence
from typing import Any, Final, Literal

from django import forms

from budget.calculations.lines import Field
from budget.forms.carrying import Carried

Choice = Literal["mine", "theirs"]
LONGEST_WHY: Final = 500


class WhyForm(forms.Form):
    """Why the changes are made, which the history keeps beside them; it can be left empty."""

    why = forms.CharField(
        label="Why, if it wants saying",
        required=False,
        max_length=LONGEST_WHY,
        help_text="Stands beside these changes in the history.",
        error_messages={"max_length": f"The reason is too long. Write at most {LONGEST_WHY} characters."},
        widget=forms.TextInput(attrs={"class": "govuk-input", "autocomplete": "off"}),
    )


class ClashForm(forms.Form):
    """For each field that somebody else has changed meanwhile: mine or theirs, and neither chosen beforehand."""

    def __init__(self, *args: Any, asked: Sequence[tuple[str, Field]], names: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._asked = tuple(asked)
        for place, name in enumerate(names):
            self.fields[f"choice-{place}"] = forms.ChoiceField(
                label=name,
                choices=[("mine", "Yours"), ("theirs", "Theirs")],
                error_messages=dict.fromkeys(
                    ("required", "invalid_choice"), f"{name}: choose your value or the one that is stored."
                ),
                widget=forms.RadioSelect(attrs={"class": "govuk-radios__input"}),
            )

    def chosen(self, carried: Carried) -> Carried:
        """The changes by these choices; call it on a valid form."""
        theirs = [each for place, each in enumerate(self._asked) if self.cleaned_data[f"choice-{place}"] == "theirs"]
        return carried.without(theirs)
