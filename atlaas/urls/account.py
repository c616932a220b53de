"""People: sign-in, account, second factor."""

from django.urls import path

urlpatterns = []
