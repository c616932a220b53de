import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from atlaas.models import Enjeu
from jury.choices import EvaluationState, RemarkKind
from jury.models.juror import Juror
from labels.models import Candidacy, Criterion, Snapshot
from labels.models.frozen import kept

# How a row of an evaluation names its edition, in SQL.
OF_EVALUATION = """(
        SELECT candidacy.edition_id FROM labels_candidacy AS candidacy
        JOIN jury_evaluation AS evaluation ON evaluation.candidacy_id = candidacy.id
        WHERE evaluation.id = {row}.evaluation_id
    )"""


class Evaluation(models.Model):
    """What one juror thinks of one dossier; scores, remarks and note are theirs alone until they hand it in."""

    juror = models.ForeignKey(Juror, models.PROTECT, related_name="evaluations", verbose_name="juré")
    candidacy = models.ForeignKey(
        Candidacy, models.PROTECT, related_name="evaluations", verbose_name="candidature"
    )
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="+", verbose_name="dépôt lu")
    state = models.CharField(
        "état", max_length=9, choices=EvaluationState.choices, default=EvaluationState.DRAFT
    )
    level = models.PositiveSmallIntegerField("niveau envisagé", null=True, blank=True)
    note = models.TextField("note pour soi", max_length=4000, blank=True)
    version = models.PositiveIntegerField("version", default=1)
    saved_at = models.DateTimeField("enregistrée le", db_default=Now())
    submitted_at = models.DateTimeField("remise le", null=True, blank=True)

    class Meta:
        verbose_name = "évaluation"
        ordering = ("juror", "candidacy")
        constraints = (
            models.UniqueConstraint(
                fields=("juror", "candidacy"),
                name="evaluation_once",
                violation_error_message="Ce juré a déjà une évaluation de ce dossier.",
            ),
            models.CheckConstraint(
                condition=Q(level=None) | Q(level__range=(1, 5)),
                name="evaluation_level_1_to_5",
                violation_error_message="Un niveau va de 1 à 5 arobases.",
            ),
            models.CheckConstraint(
                condition=Q(state=EvaluationState.DRAFT, submitted_at=None)
                | Q(state=EvaluationState.SUBMITTED, submitted_at__isnull=False, level__isnull=False),
                name="evaluation_submitted_has_level",
                violation_error_message="Une évaluation remise a son niveau et sa date.",
            ),
        )

    def __str__(self):
        return f"{self.juror} : {self.candidacy}"


class Score(models.Model):
    """The value, 0 to 4, given to a criterion of the grid."""

    evaluation = models.ForeignKey(
        Evaluation, models.CASCADE, related_name="scores", verbose_name="évaluation"
    )
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+", verbose_name="critère")
    value = models.PositiveSmallIntegerField("note")

    class Meta:
        verbose_name = "note"
        ordering = ("evaluation", "criterion__position")
        constraints = (
            models.UniqueConstraint(
                fields=("evaluation", "criterion"),
                name="score_once",
                violation_error_message="Ce critère a déjà une note.",
            ),
            models.CheckConstraint(
                condition=Q(value__range=(0, 4)),
                name="score_0_to_4",
                violation_error_message="Une note va de 0 à 4.",
            ),
        )

    def __str__(self):
        return f"{self.criterion} : {self.value}"


class ScoreChange(models.Model):
    """A score or a level changed after it was handed in: both values stay, with one line of reason."""

    evaluation = models.ForeignKey(
        Evaluation, models.PROTECT, related_name="changes", verbose_name="évaluation"
    )
    criterion = models.ForeignKey(
        Criterion,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="critère",
        help_text="Vide : le niveau envisagé.",
    )
    before = models.PositiveSmallIntegerField("avant")
    after = models.PositiveSmallIntegerField("après")
    reason = models.CharField("raison", max_length=300)
    at = models.DateTimeField("le", db_default=Now(), editable=False)

    class Meta:
        verbose_name = "note changée"
        verbose_name_plural = "notes changées"
        ordering = ("evaluation", "at", "pk")
        triggers = (
            pgtrigger.Protect(name="score_change_is_for_good", operation=pgtrigger.Update),
            kept("score_change_is_not_erased", edition=OF_EVALUATION, what="a changed score"),
        )
        constraints = (
            models.CheckConstraint(
                condition=~Q(before=models.F("after")) & ~Q(reason=""),
                name="score_change_says_why",
                violation_error_message="Une note change d’une valeur à une autre, avec une raison.",
            ),
        )

    def __str__(self):
        return f"{self.before} → {self.after}"


class Remark(models.Model):
    """What a juror tells the candidate of an enjeu, picked from the grid: a strength, or a next step."""

    evaluation = models.ForeignKey(
        Evaluation, models.CASCADE, related_name="remarks", verbose_name="évaluation"
    )
    enjeu = models.ForeignKey(Enjeu, models.PROTECT, related_name="+", verbose_name="enjeu")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+", verbose_name="critère")
    kind = models.CharField("nature", max_length=9, choices=RemarkKind.choices)

    class Meta:
        verbose_name = "remarque"
        ordering = ("evaluation", "enjeu__position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("evaluation", "enjeu"),
                name="remark_once_an_enjeu",
                violation_error_message="Cet enjeu a déjà une remarque.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=RemarkKind.values),
                name="remark_kind_known",
                violation_error_message="Une remarque est un point fort ou une prochaine étape.",
            ),
        )

    def __str__(self):
        return f"{self.enjeu} : {self.get_kind_display()}"
