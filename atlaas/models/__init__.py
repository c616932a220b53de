from atlaas.models.collectivity import Collectivity, Succession
from atlaas.models.job import Heartbeat, Job
from atlaas.models.loading import Loading
from atlaas.models.referential import Enjeu, Family, Service
from atlaas.models.region import Departement, Region
from atlaas.models.user import User

__all__ = (
    "Collectivity",
    "Departement",
    "Enjeu",
    "Family",
    "Heartbeat",
    "Job",
    "Loading",
    "Region",
    "Service",
    "Succession",
    "User",
)
