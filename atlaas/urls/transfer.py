"""Import and export of fiches."""

from django.urls import path

urlpatterns = []
