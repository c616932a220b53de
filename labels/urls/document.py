"""The documents that a collectivité has laid out for it."""

from django.urls import path

from labels.views import member_document

PLACE = "espace/<slug:code>/documents/"

urlpatterns = [
    path(PLACE, member_document.shelf, name="documents"),
    path(f"{PLACE}avancement/", member_document.progress, name="documents-progress"),
    path(f"{PLACE}<uuid:pk>.pdf", member_document.download, name="document-pdf"),
    path(f"{PLACE}<uuid:pk>/effacer/", member_document.delete, name="document-delete"),
    path(f"{PLACE}<uuid:pk>/refaire/", member_document.again, name="document-again"),
    path(f"{PLACE}<slug:kind>/", member_document.detail, name="document"),
]
