"""Renewal: last edition’s fiches in one table."""

from django.urls import path

urlpatterns = []
