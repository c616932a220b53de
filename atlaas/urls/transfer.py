"""Import and export of fiches."""

from django.urls import path

from atlaas.views import sheet_export, sheet_import

urlpatterns = [
    path("espace/<slug:code>/import/", sheet_import.upload, name="sheet-import"),
    path("espace/<slug:code>/import/modele.<slug:format>", sheet_import.model, name="sheet-import-model"),
    path("espace/<slug:code>/import/<int:run>/", sheet_import.detail, name="sheet-import-run"),
    path("espace/<slug:code>/import/<int:run>/annuler/", sheet_import.undoing, name="sheet-import-undo"),
    path(
        "espace/<slug:code>/import/<int:run>/annote.xlsx", sheet_import.report, name="sheet-import-annotated"
    ),
    path("espace/<slug:code>/export.<slug:format>", sheet_export.detail, name="sheet-export"),
]
