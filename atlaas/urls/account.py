"""People: sign-in, account, second factor. The names are those that allauth looks up, the addresses are ours."""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.socialaccount import views as social
from allauth.usersessions import views as sessions
from django.urls import path, re_path

from atlaas.views import proconnect, second_factor
from atlaas.views.account import not_for_demo

PROCONNECT = {"provider_id": "proconnect"}

urlpatterns = [
    path("connexion/", account.login, name="account_login"),
    path("connexion/code/", account.request_login_code, name="account_request_login_code"),
    path("connexion/code/saisie/", account.confirm_login_code, name="account_confirm_login_code"),
    path("connexion/deuxieme-facteur/", factor.authenticate, name="mfa_authenticate"),
    path("connexion/compte-ferme/", account.account_inactive, name="account_inactive"),
    path("connexion/proconnect/", proconnect.login, PROCONNECT, name="openid_connect_login"),
    path("connexion/proconnect/retour/", proconnect.callback, PROCONNECT, name="openid_connect_callback"),
    path("connexion/proconnect/abandon/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("deconnexion/", account.logout, name="account_logout"),
    path("inscription/", account.signup, name="account_signup"),
    path("inscription/adresse/", account.email_verification_sent, name="account_email_verification_sent"),
    path("mot-de-passe/", account.password_reset, name="account_reset_password"),
    path("mot-de-passe/envoye/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^mot-de-passe/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[0-9A-Za-z-]+)/$",
        account.PasswordResetFromKeyView.as_view(reset_url_key="choix"),
        name="account_reset_password_from_key",
    ),
    path(
        "mot-de-passe/change/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("compte/adresse/", not_for_demo(account.email), name="account_email"),
    path("compte/mot-de-passe/", not_for_demo(account.password_change), name="account_change_password"),
    path("compte/mot-de-passe/choix/", not_for_demo(account.password_set), name="account_set_password"),
    path("compte/verification/", account.reauthenticate, name="account_reauthenticate"),
    path("compte/verification/code/", factor.reauthenticate, name="mfa_reauthenticate"),
    path("compte/deuxieme-facteur/", not_for_demo(factor.index), name="mfa_index"),
    path("compte/deuxieme-facteur/activer/", not_for_demo(second_factor.activate), name="mfa_activate_totp"),
    path(
        "compte/deuxieme-facteur/desactiver/",
        not_for_demo(second_factor.deactivate),
        name="mfa_deactivate_totp",
    ),
    path(
        "compte/codes-de-secours/",
        not_for_demo(second_factor.recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "compte/codes-de-secours/nouveaux/",
        not_for_demo(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "compte/codes-de-secours/codes-de-secours.txt",
        not_for_demo(recovery.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("compte/proconnect/", not_for_demo(social.connections), name="socialaccount_connections"),
    path("compte/sessions/", not_for_demo(sessions.list_usersessions), name="usersessions_list"),
]
