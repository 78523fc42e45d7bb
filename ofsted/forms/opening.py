"""Forms about who reads a letter: Ofsted's publication, taking that back, and named readers."""

from django import forms
from django.http import QueryDict

from improvement.forms.fields import DAMAGED, line_field
from ofsted.services.publication import LONGEST_ADDRESS, LONGEST_REASON
from torbay_reports.access.days import DayField
from torbay_reports.access.models import User

NOBODY = "Nobody with an open account has the address {address}. The administrator invites people, under People."


class PublicationForm(forms.Form):
    """When and where Ofsted has published a letter."""

    published_on = DayField("Published by Ofsted on", missing="Type the day on which Ofsted published the letter.")
    address = line_field(
        "Where Ofsted shows it",
        missing="Type the address at which Ofsted shows the letter.",
        hint="The whole address, beginning with https://, of a site under gov.uk",
        longest=LONGEST_ADDRESS,
    )
    revision = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=0,
        error_messages=dict.fromkeys(("required", "invalid", "min_value"), DAMAGED),
    )

    def catch_up(self, revision: int, sentence: str) -> None:
        """Says that the letter has moved on; what was typed stays, and counts for the letter as it stands now."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["revision"] = str(revision)
        self.data = data
        self.add_error(None, sentence)


class TakeBackForm(forms.Form):
    """Why Ofsted's publication was recorded by mistake."""

    why = line_field(
        "Reason", missing="Say what was wrong with the record.", hint="It stays with the letter", longest=LONGEST_REASON
    )


class ReaderForm(forms.Form):
    """Whom a held-back letter is opened to, and why."""

    person = forms.EmailField(
        label="E-mail address",
        max_length=254,
        help_text="The address with which they sign in",
        error_messages={
            "required": "Type the e-mail address of the person.",
            "invalid": "This is no e-mail address. Type one like ada@council.example.",
            "max_length": "This is no e-mail address. Type one like ada@council.example.",
        },
        widget=forms.EmailInput(attrs={"class": "govuk-input", "autocomplete": "off", "spellcheck": "false"}),
    )
    reason = line_field(
        "Reason", missing="Say why they need it.", hint="Why they need it for their duties", longest=LONGEST_REASON
    )

    def clean_person(self) -> User:
        """The person themselves. Raises ValidationError where no open account has the address."""
        address = self.cleaned_data["person"]
        found = User.objects.filter(email__iexact=address, is_active=True).first()
        if found is None:
            raise forms.ValidationError(NOBODY.format(address=address))
        return found


class EmptyForm(forms.Form):
    """Nothing but yes."""
