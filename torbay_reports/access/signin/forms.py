"""The sign-in form, and that for the first password."""

from typing import Any

from allauth.account.forms import LoginForm
from allauth.account.internal.flows.login import perform_password_login
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_variables

from torbay_reports.access.models import User
from torbay_reports.access.signin.sessions import ON_OWN_DEVICE, OWN_DEVICE


class SignInForm(LoginForm):
    """E-mail address and password; the same sentence for an unknown address, a wrong password and a closed account."""

    use_required_attribute = False
    own_device = forms.BooleanField(
        label="This is my own device: keep me signed in",
        help_text=f"For members of committees, {ON_OWN_DEVICE.days} days. Exempt papers ask for your password again.",
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "govuk-checkboxes__input"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.EmailField(
            label="E-mail address",
            max_length=254,
            widget=forms.EmailInput(attrs={"class": "govuk-input", "autocomplete": "username", "spellcheck": "false"}),
            error_messages={
                "required": "Enter your e-mail address",
                "invalid": "Enter an e-mail address in the correct format, like name@example.com",
                "max_length": "Enter an e-mail address of at most 254 characters",
            },
        )
        self.fields["password"] = forms.CharField(
            label="Password",
            strip=False,
            widget=forms.PasswordInput(attrs={"class": "govuk-input", "autocomplete": "current-password"}),
            error_messages={"required": "Enter your password"},
        )
        self.order_fields(["login", "password", "own_device"])

    @sensitive_variables()
    def clean(self) -> dict[str, Any]:
        """The person in `self.user`; ValidationError with one sentence whatever was wrong."""
        cleaned: dict[str, Any] = super().clean()
        return cleaned

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Goes on to the second factor, where the person has one, else begins the session."""
        request.session[OWN_DEVICE] = self.user.pk if self.cleaned_data["own_device"] else None
        self._login.redirect_url = redirect_url
        response: HttpResponse = perform_password_login(request, self.user_credentials(), self._login)
        return response


class FirstPasswordForm(forms.Form):
    """The password that an invited person chooses, once: it can be shown while typing, and changed later."""

    use_required_attribute = False
    password = forms.CharField(
        label="Choose a password",
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"class": "govuk-input", "autocomplete": "new-password"}),
        error_messages={
            "required": "Enter a password",
            "max_length": "Enter a password of at most 1,000 characters",
        },
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    @sensitive_variables()
    def clean_password(self) -> str:
        """The password. Raises ValidationError when it is too easy to guess."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password
