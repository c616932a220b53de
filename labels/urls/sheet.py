"""What the public reads of a fiche: its page, its versions, how it spread."""

from django.urls import path

urlpatterns = []
