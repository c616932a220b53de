"""What the public reads of a fiche: its page, its versions, how it spread."""

from django.urls import path

from labels.views import sheet

SHEET = "fiches/<uuid:pk>/"

urlpatterns = [
    path(SHEET, sheet.detail, name="sheet"),
    path(f"{SHEET}versions/", sheet.revisions, name="sheet-revisions"),
    path(f"{SHEET}versions/<int:number>/reprise/", sheet.restore, name="sheet-restore"),
    path(f"{SHEET}diffusion/", sheet.diffusion, name="sheet-diffusion"),
    path(f"{SHEET}inspiration/", sheet.inspire, name="sheet-inspire"),
]
