"""The forms about papers that are not for publication: grounds, readers, reviews, words."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms

from torbay_reports.access.days import DayField
from torbay_reports.access.models import User
from torbay_reports.agenda.grounds import LONGEST
from torbay_reports.core import fields
from torbay_reports.core.formatting import listed
from torbay_reports.publishing.schedule12a_lists import DescriptionList

CONTRACT: Final = 3
"""The paragraph of today's list that councillors may read save for terms of a contract (s100F(2A))."""
YES, NO = "yes", "no"
UNKNOWN: Final = "There is no such choice. Choose one from the list."


def words_field(label: str, *, missing: str = "", hint: str = "", longest: int = LONGEST) -> forms.CharField:
    """Text of several lines; it may be left empty unless `missing` says why not."""
    return fields.words_field(label, longest=longest, missing=missing, hint=hint, rows=4)


def line_field(label: str, *, hint: str) -> forms.CharField:
    """Text of one line, which may be left empty."""
    return forms.CharField(
        label=label,
        required=False,
        max_length=200,
        help_text=hint,
        error_messages={"max_length": f"“{label}” is too long. Type at most 200 characters."},
        widget=forms.TextInput(attrs={"class": "govuk-input", "autocomplete": "off"}),
    )


def yes_or_no(label: str, *, hint: str, missing: str = "") -> forms.ChoiceField:
    """Yes or no, neither of them chosen beforehand; it may be left out unless `missing` says why not."""
    return forms.ChoiceField(
        label=label,
        required=bool(missing),
        choices=[("", "Choose yes or no"), (YES, "Yes"), (NO, "No")],
        help_text=hint,
        error_messages={"required": missing, "invalid_choice": UNKNOWN},
        widget=forms.Select(attrs={"class": "govuk-select"}),
    )


def tick(label: str, *, missing: str) -> forms.BooleanField:
    """A box that has to be ticked."""
    return forms.BooleanField(
        label=label,
        error_messages={"required": missing},
        widget=forms.CheckboxInput(attrs={"class": "govuk-checkboxes__input"}),
    )


def review_field(label: str = "Review on") -> DayField:
    """The day on which grounds are looked at again."""
    return DayField(
        label,
        missing="Give the day of the review.",
        hint="The day on which these grounds may have gone, like 5/9/2018: for example when the contract is signed.",
    )


def names_field() -> forms.CharField:
    """Names that must not get out; those that the paper's own sentences show are found without."""
    return words_field(
        "Names that must not get out",
        hint="If you like, one a line. Names in the paper are looked for anyway before anything is published; add "
        "those that it only hints at, or that are one word alone.",
    )


class ExemptGroundsForm(forms.Form):
    """Why a paper is exempt, by the descriptions of its meeting's day."""

    numbers = forms.TypedMultipleChoiceField(
        label="Descriptions of exempt information",
        coerce=int,
        error_messages={"required": "Choose at least one description.", "invalid_choice": UNKNOWN},
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes__input"}),
    )
    contract = yes_or_no(
        "Does it hold terms proposed, or to be proposed, for a contract under negotiation?",
        hint="Only for paragraph 3. With such terms the paper is for the committee; without them every councillor may "
        "read it (section 100F(2A)).",
    )
    reason = words_field(
        "Reason",
        missing="Say why the paper is exempt.",
        hint="What in this paper is of that description, and what harm it would do if it were public",
    )
    public_interest = words_field(
        "Public interest",
        missing="Weigh the public interest: say what speaks for disclosing the paper, and why it weighs less.",
        hint="Why the public interest in keeping it back outweighs that in disclosing it. If the two weigh the same, "
        "the paper is open.",
    )
    review_on = review_field()
    names = names_field()
    qualified = tick(
        "",
        missing="Confirm that none of the Schedule's qualifications keeps the paper from being exempt, or open it.",
    )

    def __init__(self, *args: Any, of: DescriptionList, **options: Any) -> None:
        super().__init__(*args, **options)
        numbers = self.fields["numbers"]
        assert isinstance(numbers, forms.TypedMultipleChoiceField)
        numbers.choices = [(each.number, f"Paragraph {each.number}: {each.words}") for each in of.descriptions]
        paragraphs = listed([str(each.paragraph) for each in of.qualifications])
        self.fields["qualified"].label = f"Paragraphs {paragraphs} do not keep the paper from being exempt"
        if not of.weighs_public_interest:
            # The older list has no such balance, and terms of contracts in paragraphs of their own.
            del self.fields["public_interest"], self.fields["contract"]

    def clean(self) -> dict[str, Any]:
        """Paragraph 3 is asked about terms of contracts."""
        given = super().clean() or self.cleaned_data
        if CONTRACT in given.get("numbers", ()) and "contract" in self.fields and not given.get("contract"):
            self.add_error("contract", "Say whether the paper holds terms proposed for a contract.")
        return given

    @property
    def has_contract_terms(self) -> bool:
        """Whether the paper rests on paragraph 3 and holds such terms; call it on a valid form."""
        return CONTRACT in self.cleaned_data["numbers"] and self.cleaned_data.get("contract") == YES


class ConfidentialGroundsForm(forms.Form):
    """What forbids that a paper is published (s100A(3)): a Government department's terms, an enactment or a court."""

    furnished_by = line_field(
        "Government department", hint="That furnished it upon terms which forbid its disclosure, like the Home Office"
    )
    prohibited_by = line_field(
        "Enactment, or order of a court", hint="The section and the Act, or the court and the day of its order"
    )
    reason = words_field(
        "Its terms",
        missing="Say its terms: without them the paper is not confidential.",
        hint="As the department put them, or what the enactment or the order forbids",
    )
    review_on = review_field()
    names = names_field()

    def clean(self) -> dict[str, Any]:
        """One of the two at least."""
        given = super().clean() or self.cleaned_data
        if not given.get("furnished_by") and not given.get("prohibited_by") and not self.errors:
            self.add_error("furnished_by", "Name the department, or the enactment or order that forbids it.")
        return given


class ReviewForm(forms.Form):
    """Why a reviewed paper stays not for publication, and when that is looked at again."""

    reason = words_field(
        "Reason for keeping it back",
        missing="Say why it stays not for publication today, not why it was on the day of the meeting.",
    )
    review_on = review_field("Next review on")


class ReleaseForm(forms.Form):
    """What has changed since the paper was kept back."""

    why = words_field(
        "What has changed", missing="Say what has changed since it was kept back.", hint="It stays with the paper"
    )
    read = tick("I have read the paper as it is now, every page of it", missing="Read the paper first, then tick this.")


class CouncillorsForm(forms.Form):
    """Whether every councillor may read a paper."""

    may_read = yes_or_no(
        "May every councillor read this paper?",
        hint="Committee, officers and those who are admitted read it in any case.",
        missing="Choose yes or no.",
    )
    reason = words_field("Reason", missing="Say why you decide so.", longest=500)


class AdmissionForm(forms.Form):
    """Whom a paper is opened to, why and how long."""

    person = forms.ChoiceField(
        label="Person",
        error_messages={"required": "Choose the person.", "invalid_choice": UNKNOWN},
        widget=forms.Select(attrs={"class": "govuk-select"}),
    )
    reason = words_field(
        "Reason", missing="Say why they need it.", hint="Why they need it for their duties", longest=500
    )
    until = DayField("Until, that day included", missing="Give the last day.")

    def __init__(self, *args: Any, people: Iterable[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {str(each.pk): each for each in people}
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)
        named = [(key, f"{each.full_name} ({each.email})") for key, each in self.people.items()]
        field.choices = [("", "Choose somebody"), *named]

    def clean_person(self) -> User:
        """The person themselves."""
        return self.people[self.cleaned_data["person"]]


class WordsForm(forms.Form):
    """Words of a restricted paper that may be public, a line each."""

    words = words_field(
        "Words that may be public",
        hint="A line each, as they stand in the paper. The scan for leaks lets these pass and no others; an empty list "
        "takes back what was cleared.",
        longest=10_000,
    )
    reason = words_field("Reason", missing="Say why these words may be public.", longest=500)


class EmptyForm(forms.Form):
    """A question without a field."""
