"""Refusals of django-allauth in our words, by its own keys."""

from typing import Final

from torbay_reports.access.throttling import WINDOW

NOT_RIGHT: Final = "The e-mail address or the password is not right. Check both and try again."
TOO_MANY: Final = (
    f"There were too many failed attempts to sign in. Wait {WINDOW.seconds // 60} minutes, then try again, or ask for "
    "a new password under “I have forgotten my password”."
)
TOO_MANY_CODES: Final = (
    f"There were too many wrong codes. Wait {WINDOW.seconds // 60} minutes, then try again. If somebody else may know "
    "your password, change it."
)
WRONG_CODE: Final = "That code is not right, or was used before. Wait for the next one and type that."

ACCOUNT: Final = {
    "email_password_mismatch": NOT_RIGHT,
    "too_many_login_attempts": TOO_MANY,
    "account_inactive": "This account is closed. Ask the administrator to open it again.",
    "enter_current_password": "That is not the password that you have now. Try again.",
    "incorrect_code": WRONG_CODE,
    "incorrect_password": "This is not your password. Try again.",
    "invalid_password_reset": "This link no longer works. Ask for a new one.",
    "rate_limited": "There were too many attempts. Wait five minutes, then try again.",
}
SECOND_FACTOR: Final = {
    "cannot_generate_recovery_codes": "Recovery codes stand in for an app or a passkey. Set up one of them first.",
    "incorrect_code": WRONG_CODE,
}
COUNCIL_ACCOUNT: Final = {
    "connected_other": "That council account is linked to somebody else here. Ask the administrator.",
    "invalid_token": "The council’s sign-in service gave an answer that cannot be used. Try again.",
    "no_password": "You have no password, so this is how you sign in. Choose a password first, then unlink it.",
}
