from django.db import models
from django.db.models import Q

from jury.choices import SittingState
from jury.models.juror import Juror
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
    deputy = models.ForeignKey(
        Juror,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="suppléance",
        help_text="Préside les dossiers pour lesquels qui préside est en déport, et tous quand qui préside est hors de la salle.",
    )
    habits = models.JSONField(
        "manières de noter à l’ouverture",
        default=dict,
        blank=True,
        help_text="Moyenne et variance de chaque juré : les notes normalisées s’en tiennent là.",
    )

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


class Presence(models.Model):
    """A member in the room, from when to when."""

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="presences", verbose_name="séance")
    juror = models.ForeignKey(Juror, models.PROTECT, related_name="presences", verbose_name="juré")
    since = models.DateTimeField("arrivé à")
    until = models.DateTimeField("parti à", null=True, blank=True)

    class Meta:
        verbose_name = "présence"
        ordering = ("sitting", "since", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("sitting", "juror"),
                condition=Q(until=None),
                name="presence_once_at_a_time",
                violation_error_message="Cette personne est déjà dans la salle.",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")),
                name="presence_ends_after_it_begins",
                violation_error_message="On part après être arrivé.",
            ),
        )

    def __str__(self):
        return f"{self.juror}, {self.since:%H:%M}"
