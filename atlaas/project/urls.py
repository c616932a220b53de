"""Every route, app by app."""

from django.urls import include, path

urlpatterns = [
    path("", include("jury.urls")),
    path("", include("labels.urls")),
    path("", include("atlaas.urls")),
]
