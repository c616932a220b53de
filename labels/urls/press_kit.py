"""The press kit of an edition: the public's, and the screens where organisers type its texts."""

from django.urls import path

from labels.views import editorial, press_kit

PUBLIC = "palmares/<int:year>/dossier-de-presse"
OWN = "organisation/<int:year>/dossier-de-presse/"

urlpatterns = [
    path(f"{PUBLIC}/", press_kit.detail, name="press-kit"),
    path(f"{PUBLIC}.pdf", press_kit.document, name="press-kit-pdf"),
    path(OWN, editorial.index, name="press-kit-board"),
    path(f"{OWN}apercu/", editorial.preview, name="press-kit-preview"),
    path(f"{OWN}textes/nouveau/", editorial.new, name="press-kit-block-new"),
    path(f"{OWN}textes/<int:pk>/", editorial.detail, name="press-kit-block"),
]
