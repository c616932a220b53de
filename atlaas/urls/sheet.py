"""Writing a fiche."""

from django.urls import path

urlpatterns = []
