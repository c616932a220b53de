"""Every route, app by app."""

from django.urls import include, path

urlpatterns = [
    path("", include("labels.urls")),
    path("", include("atlaas.urls")),
]
