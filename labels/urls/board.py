"""The organiser's board of a campaign."""

from django.urls import path

from labels.views import board, edition

PLACE = "organisation/<int:year>/"
ONE = f"{PLACE}candidatures/<uuid:pk>/"

urlpatterns = [
    path("organisation/candidatures/", board.latest, name="board-latest"),
    path("organisation/edition/nouvelle/", edition.new, name="edition-new"),
    path(f"{PLACE}edition/", edition.setup, name="edition-setup"),
    path(f"{PLACE}adhesions/", edition.subscriptions, name="subscriptions"),
    path(PLACE, board.detail, name="board"),
    path(f"{PLACE}candidatures.csv", board.table, name="board-csv"),
    path(f"{PLACE}relance/", board.relaunch, name="board-relaunch"),
    path(ONE, board.candidacy, name="candidacy-view"),
    path(f"{ONE}delai/", board.extend, name="candidacy-extend"),
    path(f"{ONE}delai/reprise/", board.end_extension, name="candidacy-extension-end"),
    path(f"{ONE}derogation/", board.answer_derogation, name="candidacy-derogation-answer"),
    path(f"{ONE}categorie/", board.answer_category, name="candidacy-category-answer"),
]
