from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.views.decorators.cache import never_cache

from atlaas.forms.account import SignInForm

login = login_not_required(
    LoginView.as_view(
        template_name="atlaas/account/login.html",
        authentication_form=SignInForm,
        redirect_authenticated_user=True,
    )
)
logout = login_not_required(never_cache(LogoutView.as_view()))
