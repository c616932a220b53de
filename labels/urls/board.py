"""The organiser's board of a campaign."""

from django.urls import path

from labels.views import board, computation, edition, edition_part

PLACE = "organisation/<int:year>/"
ONE = f"{PLACE}candidatures/<uuid:pk>/"
EDITION = f"{PLACE}edition/"

urlpatterns = [
    path("organisation/candidatures/", board.latest, name="board-latest"),
    path("organisation/edition/nouvelle/", edition.new, name="edition-new"),
    path(EDITION, edition.setup, name="edition-setup"),
    path(f"{EDITION}reglement/", edition_part.rulebook, name="edition-rulebook"),
    path(f"{EDITION}courriels/<slug:kind>/", edition_part.mail, name="edition-mail"),
    path(f"{PLACE}adhesions/", edition.subscriptions, name="subscriptions"),
    path(PLACE, board.detail, name="board"),
    path(f"{PLACE}candidatures.csv", board.table, name="board-csv"),
    path(f"{PLACE}calcul/", computation.progress, name="computation"),
    path(f"{PLACE}relance/", board.relaunch, name="board-relaunch"),
    path(f"{PLACE}relance/absentes/", board.relaunch_absent, name="board-relaunch-absent"),
    path(ONE, board.candidacy, name="candidacy-view"),
    path(f"{ONE}delai/", board.extend, name="candidacy-extend"),
    path(f"{ONE}delai/reprise/", board.end_extension, name="candidacy-extension-end"),
    path(f"{ONE}derogation/", board.answer_derogation, name="candidacy-derogation-answer"),
    path(f"{ONE}categorie/", board.answer_category, name="candidacy-category-answer"),
]
for part in edition_part.PARTS:
    place, told = f"{EDITION}{part}/", {"part": part}
    urlpatterns += [
        path(f"{place}nouveau/", edition_part.new, told, name=f"edition-{part}-new"),
        path(f"{place}<int:pk>/", edition_part.detail, told, name=f"edition-{part}"),
    ]
