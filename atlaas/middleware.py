"""The second factor, asked of whoever comes to the screens of the jury and of the association."""

from collections.abc import Callable
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from atlaas.models import User
from atlaas.rules.text import french

SET_UP = "Cette page demande un deuxième facteur : activez-le ici, vous y reviendrez ensuite."
PROVE = (
    "Cette page demande un deuxième facteur : donnez un code de votre application, vous y reviendrez ensuite."
)
OPENS = frozenset({Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES})


def second_factor(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Ask for it below `settings.SECOND_FACTOR_PREFIXES`, whatever the person may do there.

    Nobody is asked whether they are a juror or an organiser first: it costs no query, and the answer tells nothing. Who is
    not signed in goes on, to the page of sign-in or to a public page.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(settings.SECOND_FACTOR_PREFIXES):
            return get_response(request)
        user = request.user
        if not isinstance(user, User) or is_exempt(user) or has_given_it(request):
            return get_response(request)
        return _lead(request, user)

    return middleware


def is_exempt(user: User) -> bool:
    """The invented accounts of the demo, which are shared and have no telephone."""
    return bool(settings.DEMO and user.is_demo)


def has_given_it(request: HttpRequest) -> bool:
    """Whether this session holds the trace of a second factor: read in the session that is loaded anyway."""
    records = get_authentication_records(request, request.user)
    return any(one.get("method") == "mfa" and one.get("type") in OPENS for one in records)


def _lead(request: HttpRequest, user: User) -> HttpResponse:
    """To the page that sets it up, or to the one that asks for a code; what was to be read comes next."""
    is_set_up = is_mfa_enabled(user, [Authenticator.Type.TOTP])
    page, sentence = ("mfa_reauthenticate", PROVE) if is_set_up else ("mfa_activate_totp", SET_UP)
    messages.info(request, french(sentence))
    address = reverse(page)
    if request.method in {"GET", "HEAD"}:
        address += "?" + urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})
    is_fragment = request.headers.get("HX-Request") == "true"
    return HttpResponseClientRedirect(address) if is_fragment else HttpResponseRedirect(address)
