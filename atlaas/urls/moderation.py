"""Reports, withdrawals, answers."""

from django.urls import path

urlpatterns = []
