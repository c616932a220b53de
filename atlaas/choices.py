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


class Role(models.TextChoices):
    """What a person may do for a collectivité; each role may what those before it may."""

    CONTRIBUTOR = "contributeur", "contributeur"
    PUBLISHER = "valideur", "valideur"
    MANAGER = "responsable", "responsable"


class ClaimState(models.TextChoices):
    PENDING = "pending", "en attente"
    APPROVED = "approved", "acceptée"
    REFUSED = "refused", "refusée"


class SheetState(models.TextChoices):
    DRAFT = "draft", "brouillon"
    PUBLISHED = "published", "publiée"
    ARCHIVED = "archived", "archivée"
    WITHDRAWN = "withdrawn", "retirée par la modération"


class SheetKind(models.TextChoices):
    INITIATIVE = "initiative", "initiative"
    EVENT = "evenement", "événement"
    PLACE = "lieu", "lieu"


class OperatorKind(models.TextChoices):
    """Who carries the action out."""

    IN_HOUSE = "regie", "la collectivité elle-même"
    ASSOCIATION = "association", "une association financée sur fonds publics"
    DELEGATE = "delegataire", "un délégataire"


class Precision(models.TextChoices):
    CENTRE = "centre", "centre de la commune"
    ADDRESS = "adresse", "adresse écrite"
    PIN = "point", "point posé sur la carte"


class AttachmentKind(models.TextChoices):
    PICTURE = "image", "image"
    DOCUMENT = "pdf", "document PDF"


class RevisionKind(models.TextChoices):
    """What a person did; whether an edition calls the fiche new, modified or renewed is computed from the revisions."""

    PUBLICATION = "publication", "publication"
    CONFIRMATION = "confirmation", "confirmée toujours en cours"
    RESTORATION = "restauration", "version restaurée"
    IMPORT = "import", "import"
    END = "fin", "fin de l’action"


class ReportState(models.TextChoices):
    OPEN = "open", "à traiter"
    ANSWERED = "answered", "répondu"


class NoticeKind(models.TextChoices):
    """Types of messages, each of which a person may stop by itself."""

    ACTION = "action", "vous devez agir"
    TEAM = "equipe", "équipe et rattachements"
    SHEET = "fiche", "vie de vos fiches"
    INSPIRED = "inspiration", "votre action en inspire une autre"
    SEARCH = "recherche", "alertes de vos recherches"
    CAMPAIGN = "candidature", "vie de votre candidature"


class ImportState(models.TextChoices):
    CHECKED = "checked", "vérifié"
    DONE = "done", "importé"
    UNDONE = "undone", "annulé"
