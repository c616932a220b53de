"""The dossier of a candidacy while it is written; filing it is in `filing.py`."""

from django.urls import path

from labels.views import candidacy, derogation

PLACE = "espace/<slug:code>/candidature/<int:year>/"

urlpatterns = [
    path("espace/<slug:code>/candidature/", candidacy.latest, name="candidacy-latest"),
    path(PLACE, candidacy.detail, name="candidacy"),
    path(f"{PLACE}enregistrement/", candidacy.autosave, name="candidacy-autosave"),
    path(f"{PLACE}fusion/", candidacy.merge, name="candidacy-merge"),
    path(f"{PLACE}fiches/", candidacy.sheets, name="candidacy-sheets"),
    path(f"{PLACE}verification/", candidacy.check, name="candidacy-check"),
    path(f"{PLACE}derogation/", derogation.detail, name="derogation"),
]
