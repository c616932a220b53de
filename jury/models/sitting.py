from django.db import models
from django.db.models import Q

from jury.choices import SittingState
from labels.models import Edition


class Sitting(models.Model):
    """The closed day of an edition's jury: while it prepares, jurors read and score; once closed nothing is written."""

    edition = models.OneToOneField(Edition, models.PROTECT, related_name="sitting", verbose_name="édition")
    state = models.CharField(
        "état", max_length=9, choices=SittingState.choices, default=SittingState.PREPARING
    )
    readers = models.PositiveSmallIntegerField("lecteurs par dossier", default=3)
    names_open_at = models.DateTimeField("noms ouverts le", null=True, blank=True)
    opened_at = models.DateTimeField("ouverte le", null=True, blank=True)
    closed_at = models.DateTimeField("close le", null=True, blank=True)

    class Meta:
        verbose_name = "séance"
        ordering = ("-edition__year",)
        constraints = (
            models.CheckConstraint(
                condition=Q(state=SittingState.PREPARING, opened_at=None, closed_at=None)
                | Q(state=SittingState.OPEN, opened_at__isnull=False, closed_at=None)
                | Q(state=SittingState.CLOSED, opened_at__isnull=False, closed_at__isnull=False),
                name="sitting_state_has_its_times",
                violation_error_message="Une séance ouverte ou close a son heure.",
            ),
        )

    def __str__(self):
        return f"séance de l’{self.edition}"
