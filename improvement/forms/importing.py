"""The form that takes a tracker's file in. What the file holds is read by `importing`, not here."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.core.validators import validate_slug

from improvement.calculations.versions.difference_words import Leaving
from improvement.forms.fields import DAMAGED, choice_field, line_field
from improvement.importing.opening.files import LARGEST_FILE
from improvement.services.versions import UnfitTracker, check_day
from torbay_reports.access.days import DayField

RESERVED: Final = frozenset({"mine", "import", "imports"})
"""Short names that are addresses of their own."""

A_MEGABYTE: Final = 1024 * 1024
TOO_LARGE: Final = (
    f"The file is too large: a tracker's has at most {LARGEST_FILE // A_MEGABYTE} MB. Take pictures and other sheets "
    "out of it, save it, and choose it again."
)


class FileForm(forms.Form):
    """A file with the date of the paper that it stands for."""

    file = forms.FileField(
        label="File",
        help_text="An Excel workbook (.xlsx), a Word document (.docx) or a CSV file",
        error_messages={
            "required": "Choose the file.",
            "missing": "No file came with the form. Choose it again.",
            "empty": "The file is empty. Choose the one that holds the tracker.",
            "invalid": "No file came with the form. Choose it again.",
            "max_length": "The file's name is too long. Give it a shorter one.",
        },
        widget=forms.FileInput(attrs={"class": "govuk-file-upload", "accept": ".xlsx,.docx,.csv"}),
    )
    as_at = DayField("Date of the paper", missing="Type the date of the paper that the file stands for.")

    def clean_file(self) -> Any:
        """Its size is checked before a byte of it is read."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(TOO_LARGE)
        return file

    def clean_as_at(self) -> date:
        """A day that is not far ahead."""
        day: date = self.cleaned_data["as_at"]
        try:
            check_day(day)
        except UnfitTracker as fault:
            raise forms.ValidationError(str(fault)) from None
        return day


class AnyPlanForm(FileForm):
    """The same, for a plan that is chosen or made."""

    plan = choice_field("Plan", [])
    slug = line_field(
        "Short name of the new plan", hint="As it stands in addresses, such as childrens-services", longest=80
    )
    title = line_field("Title of the new plan", hint="Empty takes the title that the file has.")

    field_order = ["plan", "slug", "title", "file", "as_at"]

    def __init__(self, *args: Any, plans: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["plan"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "A new plan"), *plans.items()]

    def clean_slug(self) -> str:
        """A short name that an address can hold."""
        slug = str(self.cleaned_data["slug"])
        if not slug:
            return slug
        try:
            validate_slug(slug)
        except forms.ValidationError:
            raise forms.ValidationError(
                "A short name has letters, digits and hyphens alone. Type one such as childrens-services."
            ) from None
        if slug in RESERVED:
            raise forms.ValidationError(f"“{slug}” is an address of its own. Choose another short name.")
        return slug

    def clean(self) -> dict[str, Any]:
        """A new plan has a short name; one that is there keeps its own."""
        given = super().clean() or self.cleaned_data
        if not given.get("plan") and not given.get("slug") and not {"plan", "slug"} & self.errors.keys():
            self.add_error("slug", "Type a short name for the new plan, or choose a plan above.")
        return given


class PreviewForm(forms.Form):
    """Which revision of the plan the file was compared with on the page that is sent, and whether steps may leave."""

    revision = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=0,
        max_value=2**31 - 1,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), DAMAGED),
    )
    drops = forms.BooleanField(required=False, widget=forms.CheckboxInput(attrs={"class": "govuk-checkboxes__input"}))

    def compared_with(self, revision: int, leaving: Leaving | None) -> "PreviewForm":
        """The form for a comparison with that revision, with the problems of this one; its box is not ticked.

        It has a box where steps leave the plan.
        """
        data = {"revision": str(revision)} if self.is_bound else None
        found = PreviewForm(data, initial={"revision": revision})
        if leaving is None:
            del found.fields["drops"]
        else:
            found.fields["drops"].label = leaving.are_meant_to
        for field, sentences in self.errors.items() if self.is_bound else ():
            for sentence in sentences:
                found.add_error("drops" if field == "drops" and leaving else None, str(sentence))
        return found
