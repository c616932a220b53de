"""What the association grants, and what proves that the platform answered."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from atlaas.models import Collectivity
from labels.choices import RequestState
from labels.models.candidacy import Candidacy, by
from labels.models.edition import Edition
from labels.models.frozen import OF_CANDIDACY, frozen


class Derogation(models.Model):
    """Filing asked for although a condition is missing; an organiser answers with a sentence."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="derogations", verbose_name="édition")
    collectivity = models.ForeignKey(
        Collectivity, models.PROTECT, related_name="derogations", verbose_name="collectivité"
    )
    reason = models.CharField("pourquoi", max_length=1000)
    state = models.CharField("état", max_length=7, choices=RequestState.choices, default=RequestState.ASKED)
    answer = models.CharField("réponse", max_length=1000, blank=True)
    asked_by = by("demandée par")
    answered_by = by("répondue par")
    asked_at = models.DateTimeField("demandée le", db_default=Now(), editable=False)
    answered_at = models.DateTimeField("répondue le", null=True, blank=True)

    class Meta:
        verbose_name = "dérogation"
        triggers = (frozen("derogation_is_for_good"),)
        ordering = ("-asked_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "collectivity"),
                condition=Q(state=RequestState.ASKED),
                name="derogation_asked_once",
                violation_error_message="Une demande de dérogation attend déjà sa réponse.",
            ),
            models.CheckConstraint(
                condition=Q(state=RequestState.ASKED, answered_at=None, answer="")
                | (~Q(state=RequestState.ASKED) & Q(answered_at__isnull=False) & ~Q(answer="")),
                name="derogation_answer_is_told",
                violation_error_message="Une réponse a sa date et sa phrase.",
            ),
        )

    def __str__(self):
        return f"dérogation de {self.collectivity}"


class Extension(models.Model):
    """More time for one candidacy: named, dated, reasoned, expiring."""

    candidacy = models.ForeignKey(
        Candidacy, models.PROTECT, related_name="extensions", verbose_name="candidature"
    )
    until = models.DateTimeField("jusqu’au")
    reason = models.CharField("motif", max_length=500)
    by = by("accordé par")
    at = models.DateTimeField("accordé le", db_default=Now(), editable=False)
    ended_at = models.DateTimeField("repris le", null=True, blank=True)

    class Meta:
        verbose_name = "délai accordé"
        verbose_name_plural = "délais accordés"
        triggers = (frozen("extension_is_for_good", edition=OF_CANDIDACY),)
        ordering = ("candidacy", "-at")
        constraints = (
            models.UniqueConstraint(
                fields=("candidacy",),
                condition=Q(ended_at=None),
                name="extension_one_live",
                violation_error_message="Un seul délai court à la fois : reprenez le précédent d’abord.",
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & Q(until__gt=models.F("at")),
                name="extension_has_reason_and_future",
                violation_error_message="Un délai a un motif, et finit après le moment où il est accordé.",
            ),
        )

    def __str__(self):
        return f"jusqu’au {self.until:%d/%m/%Y %H:%M}"


class Probe(models.Model):
    """One minute: whether a draft and a submission could be stored, and in how many milliseconds."""

    minute = models.DateTimeField("minute", unique=True)
    draft_ms = models.PositiveIntegerField("brouillon (ms)", null=True, blank=True)
    filing_ms = models.PositiveIntegerField("dépôt (ms)", null=True, blank=True)
    error = models.CharField("erreur", max_length=300, blank=True)

    class Meta:
        verbose_name = "sonde"
        ordering = ("-minute",)

    def __str__(self):
        return f"{self.minute:%d/%m/%Y %H:%M}"


class Arrival(models.Model):
    """A request of a signed-in person on the pages of a candidacy, as it arrived and as it was answered."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, verbose_name="compte"
    )
    at = models.DateTimeField("arrivée")
    method = models.CharField("méthode", max_length=7)
    path = models.CharField("adresse", max_length=300)
    status = models.PositiveSmallIntegerField("réponse")
    size = models.PositiveIntegerField("octets reçus")
    milliseconds = models.PositiveIntegerField("durée (ms)")

    class Meta:
        verbose_name = "arrivée"
        ordering = ("-at",)
        indexes = (models.Index(fields=("user", "at"), name="arrival_of_a_person"),)

    def __str__(self):
        return f"{self.method} {self.path}"


class SeenAs(models.Model):
    """An organiser looked at a collectivité's pages as its people see them (reading only)."""

    organiser = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="organisateur"
    )
    collectivity = models.ForeignKey(
        Collectivity, models.PROTECT, related_name="+", verbose_name="collectivité"
    )
    path = models.CharField("adresse", max_length=300)
    at = models.DateTimeField("le", db_default=Now(), editable=False)

    class Meta:
        verbose_name = "regard d’un organisateur"
        verbose_name_plural = "regards des organisateurs"
        ordering = ("-at",)

    def __str__(self):
        return f"{self.organiser} : {self.collectivity}"
