"""What every page may read."""

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from atlaas.queries.demo import ROLES


def site(request: HttpRequest) -> dict[str, object]:
    """The canonical address of the page, whether this is the demo, and who reads.

    `account` is asked by the pages that need it only: it reads the session.
    """
    origin = settings.PUBLIC_URL or origin_asked(request)
    return {
        "origin": origin,
        "canonical": origin + request.path,
        "is_demo_site": settings.DEMO,
        "demo_roles": ROLES,
        "has_proconnect": bool(settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]),
        "account": lambda: account_mark(request),
    }


def origin_asked(request: HttpRequest) -> str:
    """The origin of the request; empty for the page that tells of a host that is not ours."""
    try:
        return f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:
        return ""


def account_mark(request: HttpRequest) -> str:
    """An opaque mark of the account, the same at each visit, under which a browser keeps text; empty without one."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return ""
    return salted_hmac("atlaas.account", str(user.pk), algorithm="sha256").hexdigest()[:24]
