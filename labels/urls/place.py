"""The zoomable map, the pages of enjeux and services."""

from django.urls import path

from labels.views import enjeu, service, sheet_map

urlpatterns = [
    path("carte/", sheet_map.detail, name="sheet-map"),
    path("carte/points.json", sheet_map.points, name="sheet-map-points"),
    path("carte/contours.json", sheet_map.outline, name="contours"),
    path("referentiel/services/<slug:code>/", service.detail, name="service"),
    path("referentiel/<slug:slug>/", enjeu.detail, name="enjeu"),
]
