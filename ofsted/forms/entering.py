"""The form that takes a letter in: a file, or its words. What they say is read by `importing`, not here."""

from typing import Any, Final

from django import forms

from improvement.forms.fields import words_field
from ofsted.importing.reading import LARGEST_FILE

LONGEST_TEXT: Final = 200_000
TOO_LARGE: Final = (
    f"The file is too large: a letter has at most {LARGEST_FILE // 1024 // 1024} MB. Choose the letter alone, or paste "
    "its words."
)
NEITHER: Final = "Choose the letter's file, or paste its words."
BOTH: Final = "There is a file and there are words. Give one of them: take the words out, or choose no file."


class EntryForm(forms.Form):
    """A letter's file, or its words."""

    file = forms.FileField(
        label="File",
        required=False,
        help_text="A PDF, a Word document (.docx) or a text file",
        error_messages={
            "empty": "The file is empty. Choose the one that holds the letter.",
            "invalid": "No file came with the form. Choose it again.",
            "max_length": "The file's name is too long. Give it a shorter one.",
        },
        widget=forms.FileInput(attrs={"class": "govuk-file-upload", "accept": ".pdf,.docx,.txt"}),
    )
    text = words_field(
        "Or the letter's words",
        hint="Paste the whole letter, from its date to its signature.",
        rows=12,
        longest=LONGEST_TEXT,
    )

    def clean_file(self) -> Any:
        """Its size is checked before a byte of it is read."""
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST_FILE:
            raise forms.ValidationError(TOO_LARGE)
        return file

    def clean(self) -> dict[str, Any]:
        """One of the two, never both."""
        given = super().clean() or self.cleaned_data
        if self.errors:
            return given
        if given["file"] and given["text"]:
            self.add_error("text", BOTH)
        elif not given["file"] and not given["text"]:
            self.add_error("file", NEITHER)
        return given
