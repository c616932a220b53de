"""The stock Django admin, in French."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin

from atlaas.admin.account import AuthenticatorAdmin
from atlaas.admin.geography import CollectivityAdmin, DepartementAdmin, RegionAdmin, SuccessionAdmin
from atlaas.admin.job import HeartbeatAdmin, JobAdmin, LoadingAdmin
from atlaas.admin.referential import EnjeuAdmin, FamilyAdmin, ServiceAdmin
from atlaas.admin.sheet import (
    AttachmentAdmin,
    PublicSheetAdmin,
    ReportAdmin,
    RevisionAdmin,
    SheetAdmin,
    SheetStepAdmin,
    WithdrawalAdmin,
)
from atlaas.admin.team import (
    AffiliationAdmin,
    ClaimAdmin,
    InvitationAdmin,
    MandateAdmin,
    NoticeAdmin,
    SilenceAdmin,
)
from atlaas.admin.transfer import ImportedSheetAdmin, SavedSearchAdmin, SheetImportAdmin
from atlaas.admin.user import UserAdmin

__all__ = (
    "AffiliationAdmin",
    "AttachmentAdmin",
    "AuthenticatorAdmin",
    "ClaimAdmin",
    "CollectivityAdmin",
    "DepartementAdmin",
    "EnjeuAdmin",
    "FamilyAdmin",
    "HeartbeatAdmin",
    "ImportedSheetAdmin",
    "InvitationAdmin",
    "JobAdmin",
    "LoadingAdmin",
    "MandateAdmin",
    "NoticeAdmin",
    "PublicSheetAdmin",
    "RegionAdmin",
    "ReportAdmin",
    "RevisionAdmin",
    "SavedSearchAdmin",
    "ServiceAdmin",
    "SheetAdmin",
    "SheetImportAdmin",
    "SheetStepAdmin",
    "SilenceAdmin",
    "SuccessionAdmin",
    "UserAdmin",
    "WithdrawalAdmin",
)

admin.site.site_header = "Atlaas – administration"
admin.site.site_title = "Atlaas"
admin.site.index_title = "Toutes les données"
# One door: the same limits and second factor as everywhere.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
