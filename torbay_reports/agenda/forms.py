"""The forms of the clerk's pages about papers."""

from datetime import date
from typing import Any, Final

from django import forms
from django.http import QueryDict

from torbay_reports.core import fields
from torbay_reports.documents import registry
from torbay_reports.publishing.packplan import Restriction
from torbay_reports.publishing.uploads.converting import NOT_INSTALLED, SUFFIXES, program
from torbay_reports.publishing.uploads.limits import FILE_BYTES, MEGABYTE

LARGEST: Final = f"{FILE_BYTES // MEGABYTE} MB"
DAMAGED: Final = "This form was changed on its way. Open the page again."
TOO_LARGE: Final = (
    f"The file is too large: a PDF has at most {LARGEST}. Save it with smaller pictures, or in "
    "two parts, and choose it again."
)
CHOICES: Final = [
    (Restriction.OPEN.value, "Open: everybody may read it"),
    (Restriction.EXEMPT.value, "Exempt: exempt information by Schedule 12A to the Local Government Act 1972"),
    (
        Restriction.CONFIDENTIAL.value,
        "Confidential: a Government department, an enactment or a court forbids it to the public (section 100A(3))",
    ),
]


def key_field() -> forms.IntegerField:
    """The key of what the person was shown, 0 for nothing; hidden."""
    return forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=0,
        max_value=2**63 - 1,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), DAMAGED),
    )


def why_field(label: str, *, missing: str, hint: str) -> forms.CharField:
    """A reason in a sentence or two, which has to be there."""
    field = fields.words_field(label, longest=500, missing=missing, hint=hint)
    field.error_messages["max_length"] = "The reason is too long. Write at most 500 characters."
    return field


class UploadForm(forms.Form):
    """A PDF for a paper. Who may read it is chosen with it; nothing is chosen beforehand."""

    seen = key_field()
    restriction = forms.ChoiceField(
        label="Who may read it",
        choices=CHOICES,
        help_text="For a paper that is exempt or confidential you give the grounds next. No restricted pack is "
        "published until they are there.",
        error_messages={
            "required": "Say who may read the paper: open, exempt or confidential.",
            "invalid_choice": "There is no such choice. Choose open, exempt or confidential.",
        },
        widget=forms.RadioSelect(attrs={"class": "govuk-radios__input"}),
    )
    file = forms.FileField(
        label="PDF file",
        help_text=f"At most {LARGEST}. Scripts, forms, comments and attached files are taken out.",
        max_length=200,
        error_messages={
            "required": "Choose the file.",
            "missing": "No file came with the form. Choose it again.",
            "empty": "The file is empty. Choose the one that holds the paper.",
            "invalid": "No file came with the form. Choose it again.",
            "max_length": "The file's name is too long. Give it a shorter one.",
        },
        widget=forms.FileInput(
            attrs={
                "class": "govuk-file-upload govuk-!-width-full",
                "accept": ".pdf,application/pdf,.docx,.doc,.odt,.rtf",
            }
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if program():
            self.fields["file"].label = "PDF or Word file"

    def clean_file(self) -> Any:
        """Its size is checked before a byte of it is read."""
        file = self.cleaned_data["file"]
        if file.size > FILE_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        if file.name.lower().endswith(SUFFIXES) and not program():
            raise forms.ValidationError(NOT_INSTALLED)
        return file

    def catch_up(self, seen: int | None) -> None:
        """Counts from now on for what stands there now."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data[self.add_prefix("seen")] = str(seen or 0)
        self.data = data


class ReasonForm(forms.Form):
    """Why a warning about a brought PDF is passed; `upload` is the file that the reader was shown."""

    upload = key_field()
    reason = forms.CharField(
        label="Reason",
        max_length=500,
        help_text="It stands on the check list with your name",
        error_messages={
            "required": "Say why the paper goes out as it is.",
            "max_length": "The reason is too long. Write at most 500 characters.",
        },
        widget=forms.TextInput(attrs={"class": "govuk-input", "autocomplete": "off"}),
    )


class OpeningForm(forms.Form):
    """Whether a brought paper is opened to the public; `upload` is the file that the reader was shown."""

    upload = key_field()


class ConfirmOpeningForm(OpeningForm):
    """Whether it is opened as another person has asked; `seen` is the mark of what the reader was shown."""

    seen = forms.CharField(
        widget=forms.HiddenInput,
        max_length=32,
        error_messages=dict.fromkeys(("required", "max_length", "null_characters_not_allowed"), DAMAGED),
    )


class AskOpeningForm(OpeningForm):
    """Why somebody asks that a paper be opened."""

    why = why_field(
        "Why it is to be open",
        missing="Say in a few words why the paper is to be open.",
        hint="Who confirms it reads this, and it stays with the paper",
    )


class SeenContentForm(forms.Form):
    """What stood for a paper when the page was made (`desk.content.seen_of`)."""

    seen = forms.CharField(
        widget=forms.HiddenInput,
        required=False,
        max_length=300,
        error_messages=dict.fromkeys(("max_length", "null_characters_not_allowed"), DAMAGED),
    )


class ReportForm(SeenContentForm):
    """Which report stands for a paper: one that its source offers for the meeting's day, or a subject that is typed."""

    report = forms.ChoiceField(
        label="Report",
        error_messages={
            "required": "Choose a report.",
            "invalid_choice": "There is no such report. Choose one of the list.",
        },
        widget=forms.Select(attrs={"class": "govuk-select"}),
    )
    subject = forms.CharField(
        label="What it is about",
        required=False,
        max_length=80,
        help_text="Only where you chose “Another”: 2017-18/q1, or a short name and the meeting's day",
        error_messages={"max_length": "There is no such subject: it has at most 80 characters."},
        widget=forms.TextInput(attrs={"class": "govuk-input", "autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, meets_on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [
            (
                each.title,
                [
                    *((f"{each.name} {subject}", f"{each.title}, {subject}") for subject in each.subjects(meets_on)),
                    (each.name, f"{each.title}: another, typed below"),
                ],
            )
            for each in registry.sources()
        ]
        field = self.fields["report"]
        assert isinstance(field, forms.ChoiceField)  # declared above
        field.choices = [("", "Choose a report"), *groups]

    def clean(self) -> dict[str, Any]:
        """The source and the subject, from whichever way it was given."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        source, _, subject = cleaned.get("report", "").partition(" ")
        typed = cleaned.get("subject", "").strip()
        if source and not subject and not typed and "subject" not in self.errors:
            self.add_error("subject", "Type what the report is about, or choose a report with its subject.")
        return {**cleaned, "source": source, "subject": subject or typed}


class PublishForm(forms.Form):
    """Why a later version is published; a first one needs no reason."""

    why = why_field(
        "Why a new version is published",
        missing="Say why a new version is published.",
        hint="Everybody reads it beside what has changed",
    )

    seen = forms.CharField(
        widget=forms.HiddenInput, max_length=64, error_messages=dict.fromkeys(("required", "max_length"), DAMAGED)
    )

    def __init__(self, *args: Any, is_again: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_again:
            del self.fields["why"]


class WithdrawForm(forms.Form):
    """Why a paper is withdrawn."""

    why = why_field(
        "Why it is withdrawn",
        missing="Say in a few words why it is withdrawn.",
        hint="For the record: the public is told when and by which office, not why",
    )
