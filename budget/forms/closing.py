"""The forms of a quarter's close: services chosen on its desk, reasons, and the day for returns."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.http import QueryDict

from torbay_reports.access.days import DayField
from torbay_reports.core.fields import words_field

LONGEST_WHY: Final = 1_000


class ChosenForm(forms.Form):
    """The services that are ticked on the desk. Its errors stand above the desk."""

    def __init__(self, *args: Any, slugs: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"] = forms.MultipleChoiceField(
            label="Services",
            choices=[(slug, slug) for slug in slugs],
            error_messages={
                "required": "Choose at least one service: tick the box before its name.",
                "invalid_choice": "The list has changed meanwhile. Choose from the one that stands here.",
            },
            widget=forms.MultipleHiddenInput,
        )

    @property
    def chosen(self) -> list[str]:
        """The short names that were sent; in a valid form each is one of the list."""
        given = self.data.getlist("slug") if isinstance(self.data, QueryDict) else []
        return [str(each) for each in given]


class SendBackForm(ChosenForm):
    """Why returns go back to their budget holders, who read it."""

    why = words_field("Why they go back", longest=LONGEST_WHY, missing="Say why: the budget holder reads it.")


class ReopenForm(forms.Form):
    """Why a signed quarter is opened again."""

    why = words_field(
        "Why it is reopened", longest=LONGEST_WHY, missing="Say why it is reopened: the reason stays in its history."
    )


class OpenForm(forms.Form):
    """The last day for the returns of a new quarter."""

    returns_due = DayField("Returns are due on", missing="Give the last day for budget holders' returns.")


class SignForm(forms.Form):
    """What was looked at, so that nothing else is signed."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
