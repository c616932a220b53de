from django.db import models


class CollectivityKind(models.TextChoices):
    COMMUNE = "commune", "commune"
    EPCI = "epci", "intercommunalité"
    SYNDICAT = "syndicat", "syndicat"


class GroupNature(models.TextChoices):
    """Legal form of a group of communes, as the DGCL codes it."""

    CC = "CC", "communauté de communes"
    CA = "CA", "communauté d’agglomération"
    CU = "CU", "communauté urbaine"
    METRO = "METRO", "métropole"
    MET69 = "MET69", "métropole de Lyon"
    EPT = "EPT", "établissement public territorial"
    SMO = "SMO", "syndicat mixte ouvert"


class Zone(models.TextChoices):
    METRO = "metro", "France métropolitaine"
    DROM = "drom", "départements et régions d’outre-mer"
    COM = "com", "collectivités d’outre-mer"


class JobState(models.TextChoices):
    PENDING = "pending", "en attente"
    RUNNING = "running", "en cours"
    DONE = "done", "terminé"
    FAILED = "failed", "abandonné"
