"""The palmarès from the sitting to the public: the association's screens."""

from django.urls import path

from jury.views import correction, seal

PLACE = "organisation/<int:year>/palmares/"
CORRECTIONS = f"{PLACE}corrections/"

urlpatterns = [
    path(PLACE, seal.board, name="seal-board"),
    path(f"{PLACE}sceller/", seal.sealing, name="seal"),
    path(f"{PLACE}heure/", seal.hour, name="publication-hour"),
    path(f"{PLACE}publier/", seal.publication, name="publication"),
    path(f"{PLACE}scelle.json", seal.whole, name="seal-whole"),
    path(CORRECTIONS, correction.choice, name="corrections"),
    path(f"{CORRECTIONS}recompenses/<int:pk>/", correction.detail, name="correction"),
]
