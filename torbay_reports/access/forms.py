"""The sign-in form."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.views.decorators.debug import sensitive_variables

from torbay_reports.access.record.signing import record_throttled
from torbay_reports.access.throttling import WINDOW, claim_attempt, network_address, release_attempt

TOO_MANY = "too_many_attempts"


class SignInForm(AuthenticationForm):
    """E-mail address and password; the same sentence for an unknown address, a wrong password and a closed account."""

    use_required_attribute = False

    username = forms.EmailField(
        label="E-mail address",
        max_length=254,
        widget=forms.EmailInput(attrs={"class": "govuk-input", "autocomplete": "username", "spellcheck": "false"}),
        error_messages={
            "required": "Enter your e-mail address",
            "invalid": "Enter an e-mail address in the correct format, like name@example.com",
            "max_length": "Enter an e-mail address of at most 254 characters",
        },
    )
    password = forms.CharField(
        label="Password",
        strip=False,
        widget=forms.PasswordInput(attrs={"class": "govuk-input", "autocomplete": "current-password"}),
        error_messages={"required": "Enter your password"},
    )

    error_messages = {
        "invalid_login": "The e-mail address or the password is not right. Check both and try again.",
        "inactive": "The e-mail address or the password is not right. Check both and try again.",
        TOO_MANY: (
            f"There were too many failed attempts to sign in. Wait {WINDOW.seconds // 60} minutes, then try again, "
            "or ask the administrator."
        ),
    }

    @sensitive_variables()
    def clean(self) -> dict[str, Any]:
        """Books the attempt, checks the password, and takes the booking back when it was right."""
        email, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if not email or not password:
            return self.cleaned_data
        remote = self.request.META.get("REMOTE_ADDR") if self.request else None
        attempt = claim_attempt(email=email, address=network_address(remote))
        if attempt is None:
            record_throttled(email=email)
            raise ValidationError(self.error_messages[TOO_MANY], code=TOO_MANY)
        cleaned = super().clean()
        release_attempt(attempt)
        return cleaned
