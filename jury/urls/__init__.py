"""Routes of the jury's back-office, below `/jury/`."""

from django.urls import path

urlpatterns: list[path] = []
