from atlaas.models.affiliation import Affiliation, Claim, Invitation, Mandate
from atlaas.models.attachment import Attachment
from atlaas.models.cache import CacheEntry
from atlaas.models.collectivity import Collectivity, Succession
from atlaas.models.job import Heartbeat, Job
from atlaas.models.loading import Loading
from atlaas.models.moderation import Report, Withdrawal
from atlaas.models.notice import Notice, SavedSearch, Silence
from atlaas.models.public_sheet import PublicSheet
from atlaas.models.referential import Enjeu, Family, Service
from atlaas.models.region import Departement, Region
from atlaas.models.sheet import Revision, Sheet, SheetStep
from atlaas.models.sheet_import import ImportedSheet, SheetImport
from atlaas.models.user import User

__all__ = (
    "Affiliation",
    "Attachment",
    "CacheEntry",
    "Claim",
    "Collectivity",
    "Departement",
    "Enjeu",
    "Family",
    "Heartbeat",
    "ImportedSheet",
    "Invitation",
    "Job",
    "Loading",
    "Mandate",
    "Notice",
    "PublicSheet",
    "Region",
    "Report",
    "Revision",
    "SavedSearch",
    "Service",
    "Sheet",
    "SheetImport",
    "SheetStep",
    "Silence",
    "Succession",
    "User",
    "Withdrawal",
)
