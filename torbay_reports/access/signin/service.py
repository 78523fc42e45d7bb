"""The council's sign-in service as django-allauth asks it, its answers checked before anything is made of them."""

from typing import Any

from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest, HttpResponse

from torbay_reports.access.signin.claims import Claim, UnusableClaims, plain


class CouncilService(OpenIDConnectOAuth2Adapter):
    """Takes from the service's two answers what is needed, and only when both are about the same person."""

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        """The sign-in that begins. Raises OAuth2Error, which becomes a page, for an answer that cannot be used.

        That both answers name one `sub` is a must (OpenID Connect Core 1.0, section 5.3.2).
        """
        arriving = super().complete_login(request, app, token, **kwargs)
        if len({answer["sub"] for answer in arriving.account.extra_data.values()}) != 1:
            raise OAuth2Error("The two answers of the service are about different people.")
        return arriving

    def _fetch_user_info(self, access_token: str) -> dict[str, Claim]:
        return _usable(super()._fetch_user_info(access_token))

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Claim]:
        return _usable(super()._decode_id_token(app, id_token))


def _usable(answer: object) -> dict[str, Claim]:
    try:
        return plain(answer)
    except UnusableClaims as error:
        raise OAuth2Error(f"The service's answer cannot be used: {error}.") from error


def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Django-allauth's callback, with our checks."""
    response: HttpResponse = OAuth2CallbackView.adapter_view(CouncilService(request, provider_id))(request)
    return response
