"""The zoomable map, the pages of enjeux and services."""

from django.urls import path

urlpatterns = []
