"""Who reads what: the organisers' screen."""

from django.urls import path

from jury.views import assignment

PLACE = "organisation/<int:year>/jury/repartition/"
ONE = f"{PLACE}apercu/<int:pk>/"

urlpatterns = [
    path(PLACE, assignment.detail, name="jury-assignment"),
    path(ONE, assignment.preview, name="jury-assignment-preview"),
    path(f"{ONE}application/", assignment.apply, name="jury-assignment-apply"),
    path(f"{PLACE}ajout/", assignment.add, name="jury-assignment-add"),
    path(f"{PLACE}retrait/", assignment.remove, name="jury-assignment-remove"),
]
