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
