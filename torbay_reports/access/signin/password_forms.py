"""django-allauth's forms about passwords and the council account, in our words: named in ACCOUNT_FORMS and so on."""

from typing import Any, Final

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.socialaccount.forms import DisconnectForm
from django.contrib.auth.password_validation import password_validators_help_texts

from torbay_reports.access.models import User
from torbay_reports.access.signin.styling import Styled, Words

LONGEST_PASSWORD: Final = 1000
OWN: Final = Words("Your password now", "Enter the password that you have now", longest=LONGEST_PASSWORD)
NEW: Final = Words("New password", "Enter a new password", longest=LONGEST_PASSWORD)
FIRST: Final = Words("Password", "Enter a password", longest=LONGEST_PASSWORD)


class AsksOnce(Styled):
    """A new password is typed once: it can be shown while typing, which finds a slip better than typing it blind."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        self.fields["password1"].help_text = " ".join(password_validators_help_texts())


class ChangePasswordForm(AsksOnce, account.ChangePasswordForm):
    """The old password and the new one."""

    words = {"oldpassword": OWN, "password1": NEW}

    def clean_oldpassword(self) -> str:
        """The password now. Raises ValidationError when it is wrong, counted and recorded as at sign-in."""
        password: str = self.cleaned_data["oldpassword"]
        if not get_adapter().reauthenticate(self.user, password):
            raise get_adapter().validation_error("enter_current_password")
        return password


class SetPasswordForm(AsksOnce, account.SetPasswordForm):
    """A first password, for who came in by the council account."""

    words = {"password1": FIRST}


class NewPasswordForm(AsksOnce, account.ResetPasswordKeyForm):
    """A new password, by a mailed link."""

    words = {"password1": NEW}


class ForgottenPasswordForm(Styled, account.ResetPasswordForm):
    """The address to which the link is sent."""

    words = {"email": Words("E-mail address", "Enter your e-mail address", "The one that you sign in with.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["email"]
        field.error_messages["invalid"] = "Enter an e-mail address in the correct format, like name@example.com"
        field.widget.attrs["spellcheck"] = "false"

    def clean_email(self) -> str:
        """The address. Mail goes only to who has a password: an invitation that expired is not renewed by this."""
        email: str = super().clean_email()
        self.users: list[User] = [person for person in self.users if person.has_usable_password()]
        return email


class ProofForm(Styled, account.ReauthenticateForm):
    """The password once more."""

    words = {"password": Words("Password", "Enter your password", longest=LONGEST_PASSWORD)}


class UnlinkForm(Styled, DisconnectForm):
    """Which council account is no longer to sign the person in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sentence = "That account is not linked any more. Look at the list below."
        self.fields["account"].error_messages |= {"required": sentence, "invalid_choice": sentence}
