"""Renewal: last edition’s fiches in one table."""

from django.urls import re_path

from labels.views import renewal

CODE = r"(?P<code>[0-9][0-9AB][0-9]{3}|[0-9]{9})"

urlpatterns = [
    re_path(rf"^espace/{CODE}/reconduction/$", renewal.detail, name="renewal"),
]
