"""Finding fiches: list, facets, feed, saved searches."""

from django.urls import path

urlpatterns = []
