"""Forms by which what was recognised of a letter is corrected."""

from typing import Any, Final

from django import forms

from improvement.forms.fields import choice_field, line_field, words_field
from ofsted.forms.fields import LinesField, RevisionForm
from ofsted.kinds import ParagraphKind
from ofsted.services.letters import LetterWords
from ofsted.services.visits import VisitWords
from torbay_reports.access.days import DayField

KINDS: Final = [
    (ParagraphKind.FINDING.value, "Finding: the inspectors judge"),
    (ParagraphKind.AREA.value, "Area that the visit covered"),
    (ParagraphKind.TEXT.value, "Text"),
]
_NUMBER: Final = "“Visit number” is no number of a visit. Type one from 1 to 99, or nothing."


class DetailsForm(RevisionForm):
    """What is said about a letter and its visit."""

    title = line_field("Title", missing="Type the letter's title.")
    dated = DayField("Date of the letter", missing="Type the date of the letter.")
    number = forms.IntegerField(
        label="Visit number",
        required=False,
        min_value=1,
        max_value=99,
        help_text="Empty where the letter gives none",
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _NUMBER),
        widget=forms.TextInput(
            attrs={"class": "govuk-input govuk-input--width-3", "autocomplete": "off", "inputmode": "numeric"}
        ),
    )
    printed = line_field(
        "Days of the visit as printed",
        missing="Type the days as the letter has them.",
        hint="25 and 26 July 2017",
        longest=100,
    )
    started_on = DayField("First day of the visit", missing="Type the first day of the visit.")
    ended_on = DayField("Last day of the visit", missing="Type the last day of the visit.")
    addressee = LinesField("Addressee")
    inspectors = LinesField("Inspectors")
    companions = LinesField("Who came with them")
    copied_to = LinesField("Copied to")
    signed_by = line_field("Signed by", longest=200)

    @staticmethod
    def initial_of(words: LetterWords) -> dict[str, object]:
        """The fields as they stand for these words."""
        visit = words.visit
        lines = ("addressee", "inspectors", "companions", "copied_to")
        return {
            "title": words.title,
            "dated": words.dated,
            "number": visit.number,
            "printed": visit.printed,
            "started_on": visit.first,
            "ended_on": visit.last,
            "signed_by": words.signed_by,
            **{name: "\n".join(getattr(words, name)) for name in lines},
        }

    def words(self) -> LetterWords:
        """The words as the services take them; call it on a valid form."""
        given: dict[str, Any] = self.cleaned_data
        return LetterWords(
            title=given["title"],
            dated=given["dated"],
            visit=VisitWords(
                number=given["number"], printed=given["printed"], first=given["started_on"], last=given["ended_on"]
            ),
            addressee=given["addressee"],
            inspectors=given["inspectors"],
            companions=given["companions"],
            copied_to=given["copied_to"],
            signed_by=given["signed_by"],
        )


class ParagraphForm(RevisionForm):
    """The words of a paragraph, and what it is."""

    words = words_field("Words", missing="Type the words of the paragraph.", rows=10, longest=20_000)
    kind = choice_field("This paragraph is", KINDS, missing="Say what the paragraph is.")


class QuoteForm(RevisionForm):
    """A part of a paragraph that is a finding of its own."""

    quote = words_field(
        "Words of the further finding",
        missing="Copy the words of the finding from the paragraph.",
        hint="Copied from the paragraph, word for word",
        longest=20_000,
    )
