"""The forms about messages by e-mail."""

from typing import Final

from django import forms

from torbay_reports.access.services.addresses import LONGEST_ADDRESS, checked_address

CORRECT: Final = "Enter an e-mail address in the correct format, like name@example.com"


class SubscribeForm(forms.Form):
    """The address to which the messages are to go."""

    email = forms.EmailField(
        label="E-mail address",
        max_length=LONGEST_ADDRESS,
        help_text="It is used for these messages and for nothing else",
        widget=forms.EmailInput(attrs={"class": "govuk-input", "autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": "Enter your e-mail address",
            "invalid": CORRECT,
            "max_length": f"Enter an e-mail address of at most {LONGEST_ADDRESS} characters",
            "null_characters_not_allowed": CORRECT,
        },
    )

    def clean_email(self) -> str:
        """The address in lower case. Raises ValidationError for one to which no mail can be sent."""
        return checked_address(self.cleaned_data["email"])
