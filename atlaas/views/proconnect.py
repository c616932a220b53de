"""Sign-in by ProConnect, the State's OpenID Connect for public agents.

It answers userinfo as a signed JWT, which allauth does not read. Both tokens are verified against the provider's keys; a person is
known by issuer and subject, never by the e-mail, which ProConnect does not verify: we send a code to it ourselves.
"""

from collections.abc import Mapping
from typing import Any

import jwt
from allauth.account.internal.emailkit import valid_email_or_none
from allauth.account.internal.userkit import filter_users_by_email
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac
from requests import RequestException, Response

from atlaas.models import User

ALGORITHMS = ["RS256", "ES256"]
CLOCKS_DIFFER_BY = 30  # seconds
KEPT = ("sub", "identity", "email", "given_name", "usual_name")


def nonce_of(state: str) -> str:
    """Bound to the state, which allauth accepts once, from the session that it gave it to."""
    return salted_hmac("atlaas.proconnect.nonce", state, algorithm="sha256").hexdigest()


def fetched(address: str, headers: Mapping[str, str] | None = None) -> Response:
    with get_adapter().get_requests_session() as session:
        answer = session.get(address, headers=headers)
    answer.raise_for_status()
    return answer


class Client(OAuth2Client):
    def get_redirect_url(self, authorization_url, scope, extra_params) -> str:
        nonce = nonce_of(self.state or "")
        return super().get_redirect_url(authorization_url, scope, extra_params | {"nonce": nonce})


class ProConnectAdapter(OpenIDConnectOAuth2Adapter):
    client_class = Client

    def get_provider(self):
        provider = super().get_provider()
        provider.oauth2_adapter_class = type(self)
        return provider

    @property
    def openid_config(self) -> dict[str, Any]:
        config = super().openid_config
        if config.get("issuer") != self.get_provider().app.settings["server_url"]:
            raise OAuth2Error("The discovery document is another issuer's")
        return config

    def complete_login(self, request, app, token, **kwargs):
        claims = self.verified(kwargs["response"].get("id_token", ""), app, "sub", "exp", "iat", "nonce")
        if not constant_time_compare(str(claims["nonce"]), nonce_of(request.GET["state"])):
            raise OAuth2Error("The nonce is not the one of this sign-in")
        person = self.verified(self.signed_userinfo(token.token), app, "sub")
        if person["sub"] != claims["sub"]:
            raise OAuth2Error("Userinfo is about somebody else")
        if not valid_email_or_none(person.get("email")) or person.get("email_verified") is False:
            raise OAuth2Error("No usable e-mail address")
        person["identity"] = f"{claims['iss']} {claims['sub']}"
        return self.get_provider().sociallogin_from_response(
            request, {"userinfo": {name: person[name] for name in KEPT if name in person}}
        )

    def signed_userinfo(self, access_token: str) -> str:
        answer = fetched(self.profile_url, {"Authorization": f"Bearer {access_token}"})
        if answer.headers.get("Content-Type", "").partition(";")[0].strip().lower() != "application/jwt":
            raise OAuth2Error("Userinfo is not signed")
        return answer.text

    def verified(self, token: str, app: SocialApp, *claims: str) -> dict[str, Any]:
        """The claims of a token signed by the provider for us, now; `OAuth2Error` for anything else."""
        try:
            return jwt.decode(
                token,
                self.key_of(token),
                algorithms=ALGORITHMS,
                audience=app.client_id,
                issuer=self.openid_config["issuer"],
                leeway=CLOCKS_DIFFER_BY,
                options={"require": ["iss", "aud", *claims], "strict_aud": True},
            )
        except jwt.PyJWTError as error:
            raise OAuth2Error(f"Token refused: {error}") from error

    def key_of(self, token: str) -> jwt.PyJWK:
        name = jwt.get_unverified_header(token).get("kid")
        for key in fetched(self.openid_config["jwks_uri"]).json()["keys"]:
            if name and key.get("kid") == name:
                return jwt.PyJWK(key)
        raise OAuth2Error("The token is signed by an unknown key")


class SocialAdapter(DefaultSocialAccountAdapter):
    def pre_social_login(self, request, sociallogin) -> None:
        """The association's accounts and the demo's are never entered, joined nor made by ProConnect."""
        people = filter_users_by_email(sociallogin.user.email)
        people += [one for one in (sociallogin.user, request.user) if one.pk]
        if any(is_reserved(person) for person in people):
            answer = render_authentication_error(request, sociallogin.provider)
            raise ImmediateHttpResponse(answer)

    def populate_user(self, request, sociallogin, data) -> User:
        user = super().populate_user(request, sociallogin, data)
        person = sociallogin.account.extra_data["userinfo"]
        names = (str(person.get(part, "")).strip() for part in ("given_name", "usual_name"))
        user.name = " ".join(filter(None, names))[:150]
        return user


def is_reserved(user: User) -> bool:
    return user.is_staff or user.is_superuser or user.is_organiser or user.is_demo


@login_not_required
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    return answered(OAuth2LoginView, request, provider_id)


@login_not_required
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    return answered(OAuth2CallbackView, request, provider_id)


def answered(view: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    """Without ProConnect there is no such page; when it does not answer, the page says so."""
    adapter = ProConnectAdapter(request, provider_id)
    try:
        return view.adapter_view(adapter)(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    except (RequestException, OAuth2Error) as error:
        return render_authentication_error(request, adapter.get_provider(), exception=error)
