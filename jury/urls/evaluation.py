"""A juror's evaluation of one dossier; how far the jury is, for its president."""

from django.urls import path

from jury.views import evaluation, progress

PLACE = "jury/<int:year>/dossiers/<uuid:pk>/evaluation/"
PROGRESS = "jury/<int:year>/avancement/"

urlpatterns = [
    path(PLACE, evaluation.detail, name="jury-evaluation"),
    path(f"{PLACE}enregistrement/", evaluation.autosave, name="jury-evaluation-autosave"),
    path(f"{PLACE}remise/", evaluation.handing_in, name="jury-evaluation-hand-in"),
    path(f"{PLACE}changer/", evaluation.change, name="jury-evaluation-change"),
    path(f"{PLACE}depot/", evaluation.reread, name="jury-evaluation-reread"),
    path(PROGRESS, progress.detail, name="jury-progress"),
    path(f"{PROGRESS}noms/", progress.opening_names, name="jury-names-open"),
]
