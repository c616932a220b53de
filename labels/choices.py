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


class LevelChange(models.TextChoices):
    """How a level moved since the edition just before; told only when it is proved."""

    UP = "hausse", "en hausse"
    DOWN = "baisse", "en baisse"
    SAME = "stable", "au même niveau"
    NEW = "entree", "entrée au palmarès"
    BACK = "retour", "de retour"


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


class ClosingClock(models.TextChoices):
    """Whose clock closes an edition."""

    PARIS = "paris", "l’heure de Paris"
    LOCAL = "local", "l’heure de chaque collectivité"


class CandidacyState(models.TextChoices):
    DRAFT = "draft", "en préparation"
    FILED = "filed", "déposée"
    CORRECTING = "correcting", "en correction (le dépôt précédent reste valable)"
    WITHDRAWN = "withdrawn", "retirée"


class SheetChoice(models.TextChoices):
    """What a collectivité says by hand of a fiche that the rule found."""

    OUT = "out", "retirée du dossier"
    FLAGSHIP = "flagship", "action phare"


class AnswerKind(models.TextChoices):
    """How a question of the questionnaire is answered."""

    LINE = "line", "une ligne"
    TEXT = "text", "un texte"
    NUMBER = "number", "un nombre"
    YES_NO = "yes_no", "oui ou non"
    ONE = "one", "un choix"
    SEVERAL = "several", "plusieurs choix"


class QuestionnairePart(models.TextChoices):
    """What a section belongs to: the dossier that the jury reads, or what the collectivité thinks of the edition."""

    DOSSIER = "dossier", "dossier"
    FEEDBACK = "feedback", "retour sur l’édition"


class SubscriptionStatus(models.TextChoices):
    ACTIVE = "active", "à jour"
    PENDING = "pending", "en attente de paiement"
    ENDED = "ended", "résiliée"


class RequestState(models.TextChoices):
    """Something asked of the association: a derogation, a contested category."""

    ASKED = "asked", "demandée"
    GRANTED = "granted", "accordée"
    REFUSED = "refused", "refusée"


class EditionMail(models.TextChoices):
    """The mails of an edition whose words an organiser may change."""

    RECEIPT = "receipt", "accusé de dépôt"
    REMINDER = "reminder", "rappel avant la clôture"
    WITHDRAWN = "withdrawn", "retrait d’une candidature"
    EXTENSION = "extension", "délai accordé"
    DEROGATION = "derogation", "réponse à une demande de dérogation"
    RELAUNCH = "relaunch", "relance choisie par l’équipe"


class DocumentKind(models.TextChoices):
    """The documents that the platform lays out for a collectivité; the values are words of addresses."""

    NOTE = "note", "note de synthèse"
    CITIZENS = "habitants", "fiche pour les habitants"
    MANDATE = "bilan", "bilan de mandat"
    HANDOVER = "passation", "dossier de passation"


class EditorialKind(models.TextChoices):
    """What a signed text of the press kit is; the document puts each kind in its own place."""

    PREFACE = "preface", "préface"
    MESSAGE = "message", "message"
    TREND = "trend", "tendances"
    QUOTE = "quote", "citation"
