from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from atlaas.choices import JobState


class Job(models.Model):
    """A piece of work to do once: the row is the truth, Celery only wakes who does it."""

    kind = models.CharField("travail", max_length=40)
    key = models.CharField(
        "objet", max_length=80, help_text="Deux demandes en attente pour le même objet n’en font qu’une."
    )
    state = models.CharField("état", max_length=8, choices=JobState.choices, default=JobState.PENDING)
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    lease_until = models.DateTimeField("réservé jusqu’à", null=True, blank=True)
    progress = models.PositiveIntegerField("avancement", default=0)
    total = models.PositiveIntegerField("sur", default=0)
    error = models.TextField("dernière erreur", blank=True)
    created_at = models.DateTimeField("demandé le", db_default=Now(), editable=False)
    finished_at = models.DateTimeField("terminé le", null=True, blank=True)

    class Meta:
        verbose_name = "travail en arrière-plan"
        verbose_name_plural = "travaux en arrière-plan"
        ordering = ("-created_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "key"),
                condition=Q(state=JobState.PENDING),
                name="job_waits_once",
                violation_error_message="Ce travail attend déjà.",
            ),
            models.CheckConstraint(
                condition=Q(state=JobState.RUNNING, lease_until__isnull=False)
                | (~Q(state=JobState.RUNNING) & Q(lease_until=None)),
                name="job_leased_while_running",
                violation_error_message="Un travail est réservé quand il court, et seulement alors.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(JobState.DONE, JobState.FAILED), finished_at__isnull=False)
                | Q(state__in=(JobState.PENDING, JobState.RUNNING), finished_at=None),
                name="job_finished_has_date",
                violation_error_message="Un travail terminé a une date de fin.",
            ),
            models.CheckConstraint(
                condition=Q(progress__lte=F("total")),
                name="job_progress_within_total",
                violation_error_message="L’avancement ne dépasse pas le total.",
            ),
        )

    def __str__(self):
        return f"{self.kind} {self.key}"


class Heartbeat(models.Model):
    """When a recurring task last ran: proof that beat, broker, worker and database work together."""

    name = models.CharField("nom", max_length=40, primary_key=True)
    at = models.DateTimeField("dernier battement")

    class Meta:
        verbose_name = "battement"
        ordering = ("name",)

    def __str__(self):
        return self.name
