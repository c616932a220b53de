from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from jury.models.juror import Juror
from labels.models import Candidacy, Edition


class AssignmentRun(models.Model):
    """One run of the solver: what it was asked, what it proposed, and whether it was applied."""

    edition = models.ForeignKey(
        Edition, models.PROTECT, related_name="assignment_runs", verbose_name="édition"
    )
    seed = models.PositiveIntegerField("graine")
    readers = models.PositiveSmallIntegerField("lecteurs par dossier")
    plan = models.JSONField("répartition proposée", default=dict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="demandée par"
    )
    at = models.DateTimeField("le", db_default=Now(), editable=False)
    applied_at = models.DateTimeField("appliquée le", null=True, blank=True)

    class Meta:
        verbose_name = "répartition"
        ordering = ("-at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(readers__gte=1),
                name="assignment_run_has_readers",
                violation_error_message="Un dossier a au moins un lecteur.",
            ),
        )

    def __str__(self):
        return f"répartition de l’{self.edition}"


class Assignment(models.Model):
    """A dossier that a juror is asked to read and score."""

    juror = models.ForeignKey(Juror, models.PROTECT, related_name="assignments", verbose_name="juré")
    candidacy = models.ForeignKey(
        Candidacy, models.PROTECT, related_name="assignments", verbose_name="candidature"
    )
    run = models.ForeignKey(
        AssignmentRun,
        models.PROTECT,
        related_name="assignments",
        null=True,
        blank=True,
        verbose_name="répartition",
    )
    at = models.DateTimeField("depuis le", db_default=Now(), editable=False)

    class Meta:
        verbose_name = "dossier confié"
        verbose_name_plural = "dossiers confiés"
        ordering = ("juror", "candidacy")
        constraints = (
            models.UniqueConstraint(
                fields=("juror", "candidacy"),
                name="assignment_once",
                violation_error_message="Ce dossier est déjà confié à ce juré.",
            ),
        )

    def __str__(self):
        return f"{self.juror} : {self.candidacy}"
