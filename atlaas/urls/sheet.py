"""Writing a fiche."""

from django.urls import path

from atlaas.views import autosave, sheet, suggestion

urlpatterns = [
    path("espace/<slug:code>/fiches/nouvelle/", sheet.new, name="sheet-new"),
    path("espace/<slug:code>/fiches/enregistrement/", autosave.fresh, name="sheet-new-autosave"),
    path("espace/<slug:code>/fiches/apercu/", suggestion.preview, name="sheet-preview"),
    path("espace/<slug:code>/fiches/propositions/", suggestion.suggestions, name="sheet-suggestions"),
    path("espace/<slug:code>/contour.json", suggestion.outline, name="sheet-outline"),
    path("espace/<slug:code>/fiches/<uuid:pk>/", sheet.edit, name="sheet-edit"),
    path("espace/<slug:code>/fiches/<uuid:pk>/enregistrement/", autosave.existing, name="sheet-autosave"),
    path("espace/<slug:code>/fiches/<uuid:pk>/fusion/", sheet.merge, name="sheet-merge"),
    path("espace/<slug:code>/fiches/<uuid:pk>/archivage/", sheet.archive, name="sheet-archive"),
    path("espace/<slug:code>/fiches/<uuid:pk>/suppression/", sheet.delete, name="sheet-delete"),
]
