"""Addresses of signing in, under the names by which django-allauth looks for them.

Only what is used has one: there is no sign-up, and an e-mail address is changed by the administrator.
"""

import allauth.socialaccount.views as council_account
from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.db import transaction
from django.urls import path, re_path
from django.views.decorators.cache import never_cache

from torbay_reports.access.signin import devices, views
from torbay_reports.access.signin.proof import View, wants_recent_proof


def whole(view: View) -> View:
    """A change and its entry in the record, both or neither, and never kept by a browser."""
    return never_cache(transaction.atomic(view))


def own(view: View) -> View:
    """What changes how one signs in: `whole`, after a recent proof."""
    return wants_recent_proof(whole(view))


urlpatterns = [
    path("sign-in/", views.SignInView.as_view(), name="account_login"),
    path("sign-out/", views.SignOutView.as_view(), name="account_logout"),
    path("sign-in/closed/", account.account_inactive, name="account_inactive"),
    path("sign-in/again/", never_cache(account.reauthenticate), name="account_reauthenticate"),
    path("sign-in/again/council/", views.again_by_council_account, name="council-account-again"),
    path("sign-in/code/", views.second_step, name="mfa_authenticate"),
    path("sign-in/code/again/", never_cache(second_factor.reauthenticate), name="mfa_reauthenticate"),
    path("sign-in/passkey/", never_cache(views.PasskeySignInView.as_view()), name="mfa_login_webauthn"),
    path("sign-in/passkey/again/", never_cache(passkeys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("sign-in/<slug:provider_id>/start/", views.to_council_account, name="openid_connect_login"),
    path("sign-in/<slug:provider_id>/back/", views.back_from_council_account, name="openid_connect_callback"),
    path("sign-in/cancelled/", council_account.login_cancelled, name="socialaccount_login_cancelled"),
    path("sign-in/failed/", council_account.login_error, name="socialaccount_login_error"),
    path("password/", own(account.password_change), name="account_change_password"),
    path("password/first/", own(account.password_set), name="account_set_password"),
    path("password/forgotten/", account.password_reset, name="account_reset_password"),
    path("password/forgotten/sent/", account.password_reset_done, name="account_reset_password_done"),
    # The key has a hyphen too, so the number before it has to end at the first.
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        whole(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path("password/new/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("me/second-factor/", never_cache(second_factor.index), name="mfa_index"),
    path("me/second-factor/app/", own(totp.activate_totp), name="mfa_activate_totp"),
    path("me/second-factor/app/remove/", own(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("me/second-factor/codes/", own(recovery_codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "me/second-factor/codes/new/",
        own(recovery_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "me/second-factor/codes/file/",
        own(recovery_codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("me/passkeys/", never_cache(passkeys.list_webauthn), name="mfa_list_webauthn"),
    path("me/passkeys/add/", own(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("me/passkeys/<int:pk>/remove/", own(passkeys.remove_webauthn), name="mfa_remove_webauthn"),
    path("me/passkeys/<int:pk>/name/", never_cache(passkeys.edit_webauthn), name="mfa_edit_webauthn"),
    path("me/devices/", devices.devices_page, name="usersessions_list"),
    path("me/council-account/", own(council_account.connections), name="socialaccount_connections"),
]
