"""Moderation afterwards: anyone may report, organisers withdraw with a reason that may be contested."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from atlaas.choices import ReportState
from atlaas.models.sheet import Sheet


class Report(models.Model):
    """Someone says that something is wrong with a published fiche; an organiser answers."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="reports", verbose_name="fiche")
    message = models.TextField("ce qui ne va pas", max_length=2000)
    email = models.EmailField("adresse pour la réponse", max_length=254, blank=True)
    state = models.CharField("état", max_length=8, choices=ReportState.choices, default=ReportState.OPEN)
    created_at = models.DateTimeField("signalée le", db_default=Now(), editable=False)
    answer = models.TextField("réponse", max_length=2000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="répondu par",
    )
    answered_at = models.DateTimeField("répondu le", null=True, blank=True)

    class Meta:
        verbose_name = "signalement"
        ordering = ("created_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(state=ReportState.OPEN, answered_at=None, answered_by=None, answer="")
                | (
                    Q(state=ReportState.ANSWERED, answered_at__isnull=False, answered_by__isnull=False)
                    & ~Q(answer="")
                ),
                name="report_answered_by_someone",
                violation_error_message="Un signalement traité porte une réponse, une date et un nom.",
            ),
        )

    def __str__(self):
        return f"signalement {self.pk}"


class Withdrawal(models.Model):
    """A fiche taken off the public pages by an organiser, with the reason that its collectivité reads and may contest."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="withdrawals", verbose_name="fiche")
    reason = models.TextField("motif", max_length=2000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="retirée par"
    )
    at = models.DateTimeField("retirée le", db_default=Now(), editable=False)
    contest = models.TextField("contestation", max_length=2000, blank=True)
    contested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="contestée par",
    )
    contested_at = models.DateTimeField("contestée le", null=True, blank=True)
    outcome = models.TextField("réponse à la contestation", max_length=2000, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="tranchée par",
    )
    settled_at = models.DateTimeField("tranchée le", null=True, blank=True)
    lifted_at = models.DateTimeField("levée le", null=True, blank=True)

    class Meta:
        verbose_name = "retrait"
        ordering = ("-at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("sheet",),
                condition=Q(lifted_at=None),
                name="withdrawal_in_force_once",
                violation_error_message="Cette fiche est déjà retirée.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="withdrawal_has_reason",
                violation_error_message="Un retrait demande un motif.",
            ),
            models.CheckConstraint(
                condition=Q(contested_at=None, contest="") | (Q(contested_at__isnull=False) & ~Q(contest="")),
                name="withdrawal_contest_has_text",
                violation_error_message="Une contestation dit pourquoi.",
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None, outcome="")
                | (Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(outcome="")),
                name="withdrawal_settled_by_someone",
                violation_error_message="Une contestation est tranchée par une personne, qui répond.",
            ),
        )

    def __str__(self):
        return f"retrait de {self.sheet}"
