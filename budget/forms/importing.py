"""The form that takes a file of figures in, with everything that must be said of it. Nothing is chosen beforehand."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms

from budget.importing.stated import Income, Net, Stated, UnstatedFile, Variance, columns_named
from torbay_reports.access.days import DayField
from torbay_reports.core.fields import words_field
from torbay_reports.core.money import Unit
from torbay_reports.core.opening.files import LARGEST_FILE

A_MEGABYTE: Final = 1024 * 1024
TOO_LARGE: Final = (
    f"The file is too large: {LARGEST_FILE // A_MEGABYTE} MB is the most that is taken in. Take pictures and other "
    "sheets out of it, save it, and choose it again."
)
BUDGET: Final = "budget"
DAMAGED: Final = "This form was changed on its way. Open the page again."


def _radios(label: str, choices: Sequence[tuple[str, str]], *, hint: str, missing: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        help_text=hint,
        required=bool(missing),
        error_messages={"required": missing, "invalid_choice": "There is no such choice. Choose one of those shown."},
        widget=forms.RadioSelect(attrs={"class": "govuk-radios__input"}),
    )


class TableFileForm(forms.Form):
    """A file of budget lines, or of a quarter's actuals and forecasts."""

    what = _radios(
        "What the file holds", [], hint="A signed quarter takes nothing in.", missing="Say what the file holds."
    )
    file = forms.FileField(
        label="File",
        help_text=f"An Excel workbook (.xlsx) or a CSV file, {LARGEST_FILE // A_MEGABYTE} MB at most",
        error_messages={
            "required": "Choose the file.",
            "missing": "No file came with the form. Choose it again.",
            "empty": "The file is empty. Choose the one that holds the table.",
            "invalid": "No file came with the form. Choose it again.",
            "max_length": "The file's name is too long. Give it a shorter one.",
        },
        max_length=200,
        widget=forms.FileInput(attrs={"class": "govuk-file-upload", "accept": ".xlsx,.csv"}),
    )
    unit = _radios(
        "Unit of its figures",
        [(Unit.POUNDS, "Pounds (£)"), (Unit.THOUSANDS, "Thousands (£000)"), (Unit.MILLIONS, "Millions (£m)")],
        hint="The unit is never guessed.",
        missing="Say whether the figures are pounds, thousands or millions.",
    )
    income = _radios(
        "Income column",
        [(Income.NEGATIVE, "Income is negative or in brackets"), (Income.POSITIVE, "Income is positive")],
        hint="Where the file holds a budget.",
    )
    net = _radios(
        "Forecasts and actuals",
        [(Net.SPENDING, "Positive is net spending"), (Net.INCOME, "Positive is net income")],
        hint="Where the file has a column of either.",
    )
    variance = _radios(
        "Variances",
        [(Variance.OVER, "Positive is over budget"), (Variance.UNDER, "Positive is under budget")],
        hint="Where the file has a column of variances.",
    )
    ledger_date = DayField("Ledger date of the actuals", hint="Where the file has no column for it. Like 30/6/2017")
    has_credits = forms.BooleanField(
        label="Some lines of expenditure are credits, and negative on purpose",
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "govuk-checkboxes__input"}),
    )
    sheet = forms.CharField(
        label="Sheet",
        help_text="Where a workbook has several sheets",
        required=False,
        max_length=31,
        error_messages={"max_length": "A sheet's name has 31 characters at most."},
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-input--width-20", "autocomplete": "off"}),
    )
    columns = words_field(
        "Columns",
        longest=2_000,
        hint="Only where the heads are not recognised. One a line, such as service=B or expenditure=Gross spend. "
        "Groups from the top down: group=A and below it group=B.",
        rows=4,
    )
    why = words_field(
        "Why", longest=2_000, hint="For the history, such as “Budget as approved on 23 February”.", rows=2
    )

    def __init__(self, *args: Any, quarters: Sequence[tuple[str, str]], year: str, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["what"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(BUDGET, f"The budget of {year}"), *quarters]

    def clean_file(self) -> Any:
        """Its size is checked before a byte of it is read."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(TOO_LARGE)
        return file

    def clean_columns(self) -> Any:
        """The columns named by hand."""
        try:
            return columns_named(line for line in self.cleaned_data["columns"].splitlines() if line.strip())
        except UnstatedFile as fault:
            raise forms.ValidationError(str(fault)) from None

    @property
    def stated(self) -> Stated:
        """What was said of the file; call it on a valid form."""
        given = self.cleaned_data
        return Stated(
            unit=Unit(given["unit"]),
            income=Income(given["income"]) if given["income"] else None,
            net=Net(given["net"]) if given["net"] else None,
            variance=Variance(given["variance"]) if given["variance"] else None,
            has_credits=given["has_credits"],
            ledger_date=given["ledger_date"],
            sheet=given["sheet"].strip(),
            columns=given["columns"],
        )


class BringForm(forms.Form):
    """Which changes were looked at, and whether lines that the file lacks are to go."""

    agreed = forms.RegexField(
        "[0-9a-f]{64}", widget=forms.HiddenInput, error_messages=dict.fromkeys(("required", "invalid"), DAMAGED)
    )
    removes = forms.BooleanField(required=False, widget=forms.CheckboxInput(attrs={"class": "govuk-checkboxes__input"}))
