"""The people’s space: my collectivités, their teams, mandates, messages."""

from django.urls import path

from atlaas.views import affiliation, claim, invitation, mandate, message, workspace

urlpatterns = [
    path("espace/", workspace.space, name="space"),
    path("espace/messages/", message.inbox, name="space-messages"),
    path("espace/messages/lus/", message.reading, name="messages-read"),
    path("espace/messages/choix/", message.preferences, name="message-preferences"),
    path("espace/rattachement/", claim.search, name="claim-search"),
    path("espace/rattachement/<slug:code>/", claim.making, name="claim"),
    path("espace/invitations/<int:pk>/lien/", invitation.reminder, name="invitation-reminder"),
    path("invitation/<slug:secret>/", invitation.detail, name="invitation"),
    path("invitation/<slug:secret>/accepter/", invitation.acceptance, name="invitation-accept"),
    path("courriels/arret/<str:token>/", message.stop, name="mail-stop"),
    path("organisation/rattachements/", claim.register, name="claims"),
    path("organisation/rattachements/<int:pk>/", claim.decision, name="claim-decision"),
    path("espace/<slug:code>/", workspace.detail, name="space-collectivity"),
    path("espace/<slug:code>/equipe/", affiliation.detail, name="space-team"),
    path("espace/<slug:code>/equipe/inviter/", invitation.sending, name="team-invite"),
    path("espace/<slug:code>/equipe/quitter/", affiliation.departure, name="team-leave"),
    path("espace/<slug:code>/equipe/passation/", affiliation.handing_over, name="team-hand-over"),
    path("espace/<slug:code>/equipe/mandats/", mandate.detail, name="space-mandates"),
    path("espace/<slug:code>/equipe/mandats/<int:pk>/retirer/", mandate.revocation, name="mandate-revoke"),
    path(
        "espace/<slug:code>/equipe/invitations/<int:pk>/envoyer/", invitation.renewal, name="invitation-renew"
    ),
    path(
        "espace/<slug:code>/equipe/invitations/<int:pk>/retirer/",
        invitation.withdrawal,
        name="invitation-revoke",
    ),
    path("espace/<slug:code>/equipe/<int:pk>/role/", affiliation.role, name="team-role"),
    path("espace/<slug:code>/equipe/<int:pk>/retirer/", affiliation.removal, name="team-remove"),
]
