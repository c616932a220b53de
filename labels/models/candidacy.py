import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from atlaas.models import Collectivity, Mandate, Service, Sheet
from labels.choices import CandidacyState, Category, RequestState, SheetChoice, SubscriptionStatus
from labels.models.edition import Edition
from labels.models.frozen import OF_CANDIDACY, frozen, kept

PERSON = settings.AUTH_USER_MODEL


def by(name="par"):
    return models.ForeignKey(
        PERSON, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name=name
    )


class Subscription(models.Model):
    """The membership of a collectivité for a year, as the association tells it."""

    collectivity = models.ForeignKey(
        Collectivity, models.PROTECT, related_name="subscriptions", verbose_name="collectivité"
    )
    year = models.PositiveSmallIntegerField("année")
    status = models.CharField("état", max_length=7, choices=SubscriptionStatus.choices)
    comment = models.CharField("remarque", max_length=300, blank=True)
    changed_at = models.DateTimeField("changée le", db_default=Now())

    class Meta:
        verbose_name = "adhésion"
        ordering = ("-year", "collectivity__sort_key")
        constraints = (
            models.UniqueConstraint(
                fields=("collectivity", "year"),
                name="subscription_once",
                violation_error_message="Cette collectivité a déjà une adhésion pour cette année.",
            ),
        )

    def __str__(self):
        return f"{self.collectivity} {self.year}"


class NotConcerned(models.Model):
    """A service that a collectivité says is not its business: an answer, not a gap."""

    collectivity = models.ForeignKey(
        Collectivity, models.CASCADE, related_name="not_concerned", verbose_name="collectivité"
    )
    service = models.ForeignKey(Service, models.CASCADE, related_name="+", verbose_name="service")
    reason = models.CharField("pourquoi", max_length=300, blank=True)
    by = by()
    at = models.DateTimeField("le", db_default=Now())

    class Meta:
        verbose_name = "service non concerné"
        verbose_name_plural = "services non concernés"
        ordering = ("collectivity", "service")
        constraints = (
            models.UniqueConstraint(
                fields=("collectivity", "service"),
                name="not_concerned_once",
                violation_error_message="Ce service est déjà dit « non concerné ».",
            ),
        )

    def __str__(self):
        return str(self.service)


class CandidacyQuerySet(models.QuerySet["Candidacy"]):
    def served_by(self, user):
        """Door of the people of the collectivité, and of those who act for it by a mandate; editions without a window have no page."""
        return self.filter(
            collectivity__in=Collectivity.objects.served_by(user), edition__opens_at__isnull=False
        )


class Candidacy(models.Model):
    """The dossier of a collectivité for an edition: a working copy that several people write.

    What counts is `filed`, the last snapshot; the working copy goes on living beside it.
    """

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="candidacies", verbose_name="édition")
    collectivity = models.ForeignKey(
        Collectivity, models.PROTECT, related_name="candidacies", verbose_name="collectivité"
    )
    state = models.CharField(
        "état", max_length=10, choices=CandidacyState.choices, default=CandidacyState.DRAFT
    )
    category = models.CharField("catégorie", max_length=10, choices=Category.choices)
    wanted_category = models.CharField(
        "catégorie demandée", max_length=10, choices=Category.choices, blank=True
    )
    category_reason = models.CharField("pourquoi une autre catégorie", max_length=500, blank=True)
    category_answer = models.CharField(
        "réponse sur la catégorie", max_length=7, choices=RequestState.choices, blank=True
    )
    elected_name = models.CharField("élu référent", max_length=120, blank=True)
    elected_function = models.CharField("fonction de l’élu", max_length=120, blank=True)
    agent_name = models.CharField("agent référent", max_length=120, blank=True)
    agent_function = models.CharField("fonction de l’agent", max_length=120, blank=True)
    contact_email = models.EmailField("courriel du service", blank=True)
    mayor_word = models.TextField("le mot du maire", max_length=2000, blank=True)
    answers = models.JSONField("réponses au questionnaire", default=dict, blank=True)
    feedback = models.JSONField("retour sur l’édition", default=dict, blank=True)
    version = models.PositiveIntegerField("version", default=1)
    filed = models.ForeignKey(
        "Snapshot", models.PROTECT, related_name="+", null=True, blank=True, verbose_name="dépôt valable"
    )
    created_by = by("commencée par")
    saved_by = by("enregistrée par")
    created_at = models.DateTimeField("commencée le", db_default=Now(), editable=False)
    saved_at = models.DateTimeField("enregistrée le", db_default=Now())

    objects = CandidacyQuerySet.as_manager()

    class Meta:
        verbose_name = "candidature"
        triggers = (frozen("candidacy_is_for_good"),)
        ordering = ("-edition__year", "collectivity__sort_key")
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "collectivity"),
                name="candidacy_once",
                violation_error_message="Cette collectivité a déjà une candidature pour cette édition.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(CandidacyState.DRAFT, CandidacyState.WITHDRAWN), filed=None)
                | Q(state__in=(CandidacyState.FILED, CandidacyState.CORRECTING), filed__isnull=False),
                name="candidacy_filed_has_its_snapshot",
                violation_error_message="Une candidature déposée a son dépôt, une autre n’en a pas.",
            ),
            models.CheckConstraint(
                condition=Q(wanted_category="", category_reason="", category_answer="")
                | (~Q(wanted_category="") & ~Q(category_reason="") & ~Q(category_answer="")),
                name="candidacy_other_category_has_reason",
                violation_error_message="Dites pourquoi une autre catégorie conviendrait mieux.",
            ),
        )

    def __str__(self):
        return f"candidature {self.edition.year} de {self.collectivity}"


class CandidacySheet(models.Model):
    """A fiche taken out or put forward by hand; the others follow the rule."""

    candidacy = models.ForeignKey(
        Candidacy, models.CASCADE, related_name="choices", verbose_name="candidature"
    )
    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="+", verbose_name="fiche")
    choice = models.CharField("choix", max_length=8, choices=SheetChoice.choices)
    position = models.PositiveSmallIntegerField("rang", default=0)

    class Meta:
        verbose_name = "choix d’une fiche"
        triggers = (frozen("candidacy_sheet_is_for_good", edition=OF_CANDIDACY),)
        verbose_name_plural = "choix des fiches"
        ordering = ("candidacy", "position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("candidacy", "sheet"),
                name="candidacy_sheet_once",
                violation_error_message="Cette fiche a déjà un choix dans ce dossier.",
            ),
        )

    def __str__(self):
        return self.get_choice_display()


class CandidacyStep(models.Model):
    """Who did what to a candidacy, and when: started, wrote, filed, corrected, withdrew, was given time."""

    candidacy = models.ForeignKey(Candidacy, models.PROTECT, related_name="steps", verbose_name="candidature")
    step = models.CharField("étape", max_length=20)
    by = by()
    mandate = models.ForeignKey(
        Mandate, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="par mandat"
    )
    detail = models.JSONField("détail", default=dict, blank=True)
    at = models.DateTimeField("le", db_default=Now(), editable=False)

    class Meta:
        verbose_name = "étape d’une candidature"
        triggers = (frozen("candidacy_step_is_for_good", edition=OF_CANDIDACY),)
        verbose_name_plural = "étapes des candidatures"
        ordering = ("candidacy", "-at", "-pk")
        indexes = (models.Index(fields=("candidacy", "at"), name="candidacy_step_time"),)

    def __str__(self):
        return self.step


class Snapshot(models.Model):
    """What was filed, for good: the canonical JSON whose SHA-256 is told on the receipt."""

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    candidacy = models.ForeignKey(
        Candidacy, models.PROTECT, related_name="snapshots", verbose_name="candidature"
    )
    rank = models.PositiveSmallIntegerField("dépôt de la candidature")
    number = models.CharField("numéro", max_length=20, unique=True)
    document = models.TextField("document (JSON canonique)")
    sha256 = models.CharField("empreinte SHA-256", max_length=64)
    by = by()
    mandate = models.ForeignKey(
        Mandate, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="par mandat"
    )
    arrived_at = models.DateTimeField("arrivée de la demande")
    at = models.DateTimeField("le", db_default=Now())

    class Meta:
        verbose_name = "dépôt"
        ordering = ("candidacy", "-rank")
        triggers = (
            pgtrigger.Protect(
                name="snapshot_is_for_good",
                operation=pgtrigger.UpdateOf(
                    "candidacy_id", "rank", "number", "document", "sha256", "arrived_at", "at"
                ),
            ),
            kept("snapshot_is_not_erased"),
            frozen("snapshot_is_not_added", edition=OF_CANDIDACY, operation=pgtrigger.Insert),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("candidacy", "rank"),
                name="snapshot_rank_once",
                violation_error_message="Ce dépôt existe déjà.",
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="snapshot_digest_shape",
                violation_error_message="L’empreinte est un SHA-256.",
            ),
        )

    def __str__(self):
        return self.number
