from django.db import models


class Category(models.TextChoices):
    """Category of a candidacy; the published scale is one for the three."""

    VILLE = "ville", "ville"
    VILLAGE = "village", "village"
    TERRITOIRE = "territoire", "territoire"


class Coverage(models.TextChoices):
    """How much of an edition's palmarès is known here."""

    COMPLETE = "complete", "palmarès complet"
    ATTESTED = "attested", "seulement des lignes attestées par une source publique"


class LevelClass(models.TextChoices):
    """Classes that a figure, a bar or a filter by level has: what is uncertain is never added to what is certain."""

    FIVE = "5", "5 @"
    UNCONFIRMED = "4-5", "4 ou 5 @ (à confirmer)"
    FOUR = "4", "4 @"
    THREE = "3", "3 @"
    TWO = "2", "2 @"
    ONE = "1", "1 @"


class PrintedKey(models.TextChoices):
    """Figures that a printed document gives and that Atlaas computes too."""

    LAUREATES = "laureates", "lauréats"
    REGION_LAUREATES = "region_laureates", "lauréats de la région"
    CITIES = "cities", "villes"
    VILLAGES = "villages", "villages"
    TERRITORIES = "territories", "territoires"
    MEMBER_COMMUNES = "member_communes", "communes des territoires"
    COMMUNES = "communes", "communes concernées"
    INHABITANTS = "inhabitants", "habitants concernés"
    TEN = "ten", "titres TEN de l’édition"
    MENTIONS = "mentions", "mentions"


class Distinction(models.TextChoices):
    """What a laureate may have besides its level, as a filter names it."""

    TEN = "ten", "titre TEN"
    MENTION = "mention", "mention"


class RenewalChoice(models.TextChoices):
    """What a collectivité answers, once a year, for each fiche it already has."""

    RUNNING = "en-cours", "toujours en cours"
    MODIFIED = "modifiee", "modifiée"
    ENDED = "terminee", "terminée"
    RETIRED = "a-retirer", "à retirer"


class RenewalStatus(models.TextChoices):
    """What became of a fiche over a year; computed from its revisions, never declared."""

    NEW = "new", "nouvelle"
    MODIFIED = "modified", "modifiée"
    RENEWED = "renewed", "reconduite"
    ENDED = "ended", "terminée"
    UNTOUCHED = "untouched", "sans réponse"
