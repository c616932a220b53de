"""The people’s space: my collectivités, their teams, mandates, messages."""

from django.urls import path

urlpatterns = []
