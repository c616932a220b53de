"""Routes of the API that read the label."""

from django.urls import path, re_path

from labels.api.collectivities import CollectivitiesView, CollectivityView
from labels.api.palmares import EditionsView, PalmaresMapView, PalmaresView
from labels.api.sheets import SheetsMapView, SheetsView, SheetView
from labels.api.statistics import StatisticsView

CODE = r"(?P<code>[0-9][0-9ABab][0-9]{3}|[0-9]{9})"

urlpatterns = [
    path("api/v1/collectivites/", CollectivitiesView.as_view(), name="api-collectivity-list"),
    re_path(rf"^api/v1/collectivites/{CODE}/$", CollectivityView.as_view(), name="api-collectivity"),
    path("api/v1/palmares/", EditionsView.as_view(), name="api-palmares-list"),
    path("api/v1/palmares/<int:year>/", PalmaresView.as_view(), name="api-palmares"),
    path("api/v1/palmares/<int:year>/carte.geojson", PalmaresMapView.as_view(), name="api-palmares-map"),
    path("api/v1/statistiques/<int:year>/", StatisticsView.as_view(), name="api-statistics"),
    path("api/v1/fiches/", SheetsView.as_view(), name="api-sheet-list"),
    path("api/v1/fiches.geojson", SheetsMapView.as_view(), name="api-sheet-map"),
    path("api/v1/fiches/<uuid:pk>/", SheetView.as_view(), name="api-sheet"),
]
