from django.db import models


class Tie(models.TextChoices):
    """What ties a juror to a collectivité: any of them is a recusal."""

    ELECTED = "elected", "mandat d’élu"
    EMPLOYED = "employed", "emploi"
    CLIENT = "client", "client ou prestataire"
    HOME = "home", "domicile"
    PARTNER = "partner", "partenariat ou proche en poste"


class EvaluationState(models.TextChoices):
    DRAFT = "draft", "en cours"
    SUBMITTED = "submitted", "remise"


class RemarkKind(models.TextChoices):
    """What a juror tells a candidate of an enjeu; the letter is made of these."""

    STRENGTH = "strength", "point fort"
    NEXT_STEP = "next_step", "prochaine étape"


class SittingState(models.TextChoices):
    PREPARING = "preparing", "en préparation"
    OPEN = "open", "ouverte"
    CLOSED = "closed", "close"


class ItemState(models.TextChoices):
    WAITING = "waiting", "à venir"
    CALLED = "called", "sur la table"
    DECIDED = "decided", "décidé"
    ENDED = "ended", "clos"
    ASIDE = "aside", "mis de côté"


class EntryKind(models.TextChoices):
    """What happens at a sitting: the minutes are made of these and of nothing else."""

    OPENED = "opened", "séance ouverte"
    ARRIVED = "arrived", "arrivée"
    LEFT = "left", "départ"
    DEPUTY = "deputy", "suppléance désignée"
    NAMES = "names", "noms ouverts"
    CALLED = "called", "dossier appelé"
    POSTPONED = "postponed", "dossier reporté"
    ADDED = "added", "dossier ajouté à l’ordre du jour"
    SET_ASIDE = "set_aside", "dossier mis de côté"
    DECIDED = "decided", "décision"
    UNDONE = "undone", "décision annulée"
    ENDED = "ended", "dossier clos"
    MOVED = "moved", "niveau harmonisé"
    CLOSED = "closed", "séance close"
    SIGNED = "signed", "procès-verbal signé"
    CORRECTED = "corrected", "correction"
    SEALED = "sealed", "palmarès scellé"


class SettledAs(models.TextChoices):
    """What is kept of an enjeu that one juror picked as a strength and another as a next step."""

    STRENGTH = "strength", "point fort"
    NEXT_STEP = "next_step", "prochaine étape"
    NEITHER = "neither", "ni l’un ni l’autre"


class LetterState(models.TextChoices):
    """What is left to do of a letter, for the association's screen."""

    TO_SETTLE = "to_settle", "à trancher"
    TO_PREPARE = "to_prepare", "à préparer"
    PREPARED = "prepared", "préparée"
    SENT = "sent", "envoyée"
