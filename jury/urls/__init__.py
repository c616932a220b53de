"""Routes of the jury's back-office, below `/jury/`."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("jury.urls.assignment")),
]
