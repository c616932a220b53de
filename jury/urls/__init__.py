"""Routes of the jury's back-office below `/jury/`, and of its screens for the association below `/organisation/`."""

from django.urls import URLPattern, URLResolver, include, path

from jury.views import home, invitation, juror, juror_ties, recusal

BOARD = "organisation/<int:year>/jury/"
SEAT = f"{BOARD}sieges/<int:pk>/"
TIES = "jury/<int:year>/liens/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("jury.urls.assignment")),
    path("", include("jury.urls.sitting")),
    path("", include("jury.urls.letter")),
    path("", include("jury.urls.seal")),
    path("", include("jury.urls.evaluation")),
    path("", include("jury.urls.dossier")),
    path("jury/", home.latest, name="jury"),
    path("jury/<int:year>/", home.detail, name="jury-home"),
    path(TIES, recusal.detail, name="jury-ties"),
    path(f"{TIES}fin/", recusal.finishing, name="jury-ties-end"),
    path(f"{TIES}<int:pk>/oter/", recusal.taking_back, name="jury-tie-back"),
    path("jury/invitation/<slug:secret>/", invitation.detail, name="jury-invitation"),
    path("jury/invitation/<slug:secret>/accepter/", invitation.acceptance, name="jury-invitation-accept"),
    path(BOARD, juror.board, name="jury-board"),
    path(f"{BOARD}nouveau/", juror.adding, name="juror-add"),
    path(f"{SEAT}inviter/", juror.inviting, name="juror-invite"),
    path(f"{SEAT}retirer/", juror.removal, name="juror-remove"),
    path(f"{SEAT}liens/", juror_ties.detail, name="juror-ties"),
    path(f"{SEAT}liens/<int:tie>/ecarter/", juror_ties.dismissal, name="juror-tie-dismiss"),
]
