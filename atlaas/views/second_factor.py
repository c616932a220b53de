"""Setting the second factor up and taking it away, as the screens that ask for it need: with a way back, and no longer than it stands."""

from urllib.parse import urlencode

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY, get_authentication_records
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.contrib.auth import REDIRECT_FIELD_NAME


class Activation(ActivateTOTPView):
    """The code that was just typed is the factor of this session; the page that asked for it comes after the recovery codes."""

    def form_valid(self, form):
        response = super().form_valid(form)
        made = Authenticator.objects.get(user=self.request.user, type=Authenticator.Type.TOTP)
        post_authentication(self.request, made)
        return response

    def get_success_url(self):
        target, page = get_next_redirect_url(self.request), super().get_success_url()
        return f"{page}?{urlencode({REDIRECT_FIELD_NAME: target})}" if target else page


class RecoveryCodes(ViewRecoveryCodesView):
    def get_context_data(self, **words):
        return super().get_context_data(**words) | {"target": get_next_redirect_url(self.request)}


class Deactivation(DeactivateTOTPView):
    """A session that gave a factor taken away since has none any more."""

    def form_valid(self, form):
        response = super().form_valid(form)
        records = get_authentication_records(self.request, self.request.user)
        kept = [one for one in records if one.get("method") != "mfa"]
        self.request.session[AUTHENTICATION_METHODS_SESSION_KEY] = kept
        return response


activate = Activation.as_view()
deactivate = Deactivation.as_view()
recovery_codes = RecoveryCodes.as_view()
