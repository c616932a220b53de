"""The stock Django admin, in French."""

from django.contrib import admin

from atlaas.admin.geography import CollectivityAdmin, DepartementAdmin, RegionAdmin, SuccessionAdmin
from atlaas.admin.job import HeartbeatAdmin, JobAdmin, LoadingAdmin
from atlaas.admin.referential import EnjeuAdmin, FamilyAdmin, ServiceAdmin
from atlaas.admin.user import UserAdmin

__all__ = (
    "CollectivityAdmin",
    "DepartementAdmin",
    "EnjeuAdmin",
    "FamilyAdmin",
    "HeartbeatAdmin",
    "JobAdmin",
    "LoadingAdmin",
    "RegionAdmin",
    "ServiceAdmin",
    "SuccessionAdmin",
    "UserAdmin",
)

admin.site.site_header = "Atlaas – administration"
admin.site.site_title = "Atlaas"
admin.site.index_title = "Toutes les données"
