"""Reading: the dossiers of a juror, one dossier, one of its fiches; what fiches say of the themes of the mentions."""

from django.urls import path

from jury.views import dossier, mention

SHELF = "jury/<int:year>/dossiers/"
ONE = f"{SHELF}<uuid:pk>/"

urlpatterns = [
    path(SHELF, dossier.shelf, name="jury-dossiers"),
    path(ONE, dossier.detail, name="jury-dossier"),
    path(f"{ONE}fiches/<uuid:sheet>/", dossier.sheet, name="jury-dossier-sheet"),
    path("jury/<int:year>/mentions/", mention.detail, name="jury-mentions"),
]
