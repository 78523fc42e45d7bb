"""django-allauth's forms about the second factor, in our words: named in MFA_FORMS."""

from collections.abc import Callable
from typing import Any, Final, TypeVar

from allauth.core import context
from allauth.mfa.base import forms as base
from allauth.mfa.totp import forms as totp
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.webauthn import forms as webauthn
from django.core.exceptions import ValidationError

from torbay_reports.access.models import User
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.access.record.services import record
from torbay_reports.access.signin.answers import REFUSED, AnswerField
from torbay_reports.access.signin.codes import SpendsItsCode
from torbay_reports.access.signin.styling import Styled, Words

T = TypeVar("T")
LONGEST_CODE: Final = 20
LONGEST_NAME: Final = 60
NOT_ACCEPTED: Final = "That passkey was not accepted here. Try again, or use another way to go on."
NOT_ADDED: Final = "The passkey could not be added. Try again, and unlock the device when it asks."
NO_ANSWER: Final = "Your device gave no passkey. Try again, with JavaScript turned on."

CODE: Final = Words(
    "Code",
    "Enter the code from your app, or a recovery code",
    "Six digits from your app, or one of your recovery codes. Spaces do not matter.",
    "govuk-input--width-10",
    LONGEST_CODE,
)
NAME: Final = Words(
    "Name of this passkey",
    "Enter a name for the passkey",
    "So that you know it again, like “my phone”.",
    "govuk-input--width-20",
    LONGEST_NAME,
)


class CodeForm(SpendsItsCode, Styled, base.AuthenticateForm):
    """A code at sign-in."""

    words = {"code": CODE}


class CodeAgainForm(SpendsItsCode, Styled, base.ReauthenticateForm):
    """A code once more, before something that matters."""

    words = {"code": CODE}


class AddAppForm(SpendsItsCode, Styled, totp.ActivateTOTPForm):
    """The app's first code, which shows that the secret has arrived there.

    The secret stays the same until then: a telephone may forget the page while its owner looks at the app.
    """

    words = {
        "code": Words(
            "Code that the app shows now",
            "Enter the six digits that the app shows",
            "Six digits. Spaces do not matter.",
            "govuk-input--width-10",
            LONGEST_CODE,
        )
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        session = context.request.session
        begun = session.get(SECRET_SESSION_KEY)
        super().__init__(*args, **kwargs)
        if begun:
            self.secret = session[SECRET_SESSION_KEY] = begun
        self.fields["code"].widget.attrs["inputmode"] = "numeric"

    def secret_in_groups(self) -> str:
        """The secret in groups of four, as people copy it."""
        return " ".join(self.secret[start : start + 4] for start in range(0, len(self.secret), 4))


class AddPasskeyForm(Styled, webauthn.AddWebAuthnForm):
    """A passkey: always one that proves both the device and its owner, so that it can replace the password."""

    credential = AnswerField()
    words = {"name": NAME}
    passwordless = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"name": ""} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.fields["credential"].error_messages |= {"required": NO_ANSWER, "invalid": NOT_ADDED}

    def clean_name(self) -> str:
        """The name as typed, else one that says what it is; a valid passkey is never refused for want of one."""
        return self.cleaned_data["name"] or "Passkey"

    def clean(self) -> dict[str, Any] | None:
        """Everything. Raises ValidationError when the device's answer is not one, or its owner was not asked."""
        self.cleaned_data["passwordless"] = True
        return _or_refuse(super().clean, NOT_ADDED)


class ReadsPasskey(Styled):
    """Refuses with a sentence whatever is no passkey of this person, however malformed, and records that."""

    credential = AnswerField()
    user: User | None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"].error_messages |= {"required": NO_ANSWER, "invalid": NOT_ACCEPTED}

    def clean_credential(self) -> Any:
        """The authenticator. Raises ValidationError."""
        return _or_refuse(super().clean_credential, NOT_ACCEPTED)  # type: ignore[misc]

    def clean(self) -> dict[str, Any] | None:
        """Everything. A refused passkey is recorded; whose it might have been is not known at a sign-in by it alone."""
        if self.has_error("credential", REFUSED):
            kind = RecordKind.SIGN_IN_FAILED if self.user is None else RecordKind.SECOND_FACTOR_FAILED
            record(kind=kind, person=self.user, about="Passkey")
        return super().clean()


class PasskeyForm(ReadsPasskey, webauthn.AuthenticateWebAuthnForm):
    """A passkey as the second step."""


class PasskeySignInForm(ReadsPasskey, webauthn.LoginWebAuthnForm):
    """A passkey instead of the password."""


class PasskeyAgainForm(ReadsPasskey, webauthn.ReauthenticateWebAuthnForm):
    """A passkey once more, before something that matters."""


class RenamePasskeyForm(Styled, webauthn.EditWebAuthnForm):
    """Another name for a passkey."""

    words = {"name": NAME}


def _or_refuse(check: Callable[[], T], sentence: str) -> T:
    """What the check returns; its own sentences about codes mean nothing to who used a passkey."""
    try:
        return check()
    except Exception as refusal:
        # The libraries that read it raise whatever fits the bytes that a stranger posts.
        raise ValidationError(sentence, code=REFUSED) from refusal
