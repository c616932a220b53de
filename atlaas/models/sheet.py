"""A fiche action: what agents write (`Sheet`), what was published (`Revision`), what the public reads (`PublicSheet`)."""

import uuid

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from atlaas.choices import OperatorKind, Precision, RevisionKind, SheetKind, SheetState
from atlaas.models.affiliation import Mandate
from atlaas.models.collectivity import Collectivity
from atlaas.models.referential import Service


class SheetFacts(models.Model):
    """The fields that people fill in, the same in the working copy and in what the public reads."""

    title = models.CharField("titre", max_length=120, blank=True)
    summary = models.CharField("en une phrase", max_length=300, blank=True)
    text = models.TextField("récit", max_length=20_000, blank=True)
    kind = models.CharField("nature", max_length=10, choices=SheetKind.choices, default=SheetKind.INITIATIVE)
    operator = models.CharField(
        "qui la conduit", max_length=11, choices=OperatorKind.choices, default=OperatorKind.IN_HOUSE
    )
    operator_name = models.CharField("nom de l’opérateur", max_length=200, blank=True)
    started_on = models.DateField("début", null=True, blank=True)
    ended_on = models.DateField("fin", null=True, blank=True)
    is_running = models.BooleanField("toujours en cours", default=True)
    audience = models.CharField("publics", max_length=200, blank=True)
    partners = models.CharField("avec", max_length=500, blank=True)
    address = models.CharField("lieu", max_length=300, blank=True)
    lon = models.FloatField("longitude", null=True, blank=True)
    lat = models.FloatField("latitude", null=True, blank=True)
    precision = models.CharField(
        "précision du lieu", max_length=7, choices=Precision.choices, default=Precision.CENTRE
    )
    links = ArrayField(
        models.URLField(max_length=500), verbose_name="liens", default=list, blank=True, size=10
    )
    contact_function = models.CharField("fonction à contacter", max_length=120, blank=True)
    contact_email = models.EmailField("boîte générique", max_length=254, blank=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.title or "Fiche sans titre"


class SheetQuerySet(models.QuerySet["Sheet"]):
    def served_by(self, user):
        """Door of the people's space: the fiches of the collectivités for which the person may act today."""
        return self.filter(collectivity__in=Collectivity.objects.served_by(user))

    def live(self):
        return self.exclude(state=SheetState.ARCHIVED)


class Sheet(SheetFacts):
    """The working copy of a fiche, of its collectivité alone; nothing here is read by a public page."""

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    collectivity = models.ForeignKey(
        Collectivity, models.PROTECT, related_name="sheets", verbose_name="collectivité"
    )
    services = models.ManyToManyField(Service, related_name="sheets", blank=True, verbose_name="services")
    inspired_by = models.ForeignKey(
        "self", models.SET_NULL, related_name="inspired", null=True, blank=True, verbose_name="inspirée de"
    )
    state = models.CharField("état", max_length=9, choices=SheetState.choices, default=SheetState.DRAFT)
    version = models.PositiveIntegerField("version", default=1)
    published_version = models.PositiveIntegerField(
        "version publiée",
        null=True,
        blank=True,
        help_text="Celle de la copie de travail à la dernière publication.",
    )
    draft_key = models.UUIDField(
        "clé de création",
        default=uuid.uuid4,
        editable=False,
        help_text="Deux envois d’une même clé font une fiche.",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="commencée par",
    )
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="enregistrée par",
    )
    is_demo = models.BooleanField("démonstration", default=False)
    created_at = models.DateTimeField("commencée le", db_default=Now(), editable=False)
    saved_at = models.DateTimeField("enregistrée le", db_default=Now())

    objects = SheetQuerySet.as_manager()

    class Meta:
        verbose_name = "fiche action"
        verbose_name_plural = "fiches action"
        ordering = ("-saved_at", "id")
        indexes = (models.Index(fields=("collectivity", "state", "-saved_at"), name="sheet_workspace"),)
        constraints = (
            models.UniqueConstraint(
                fields=("collectivity", "draft_key"),
                name="sheet_started_once",
                violation_error_message="Cette fiche est déjà commencée.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=SheetState.values),
                name="sheet_state_known",
                violation_error_message="Cet état n’existe pas.",
            ),
            models.CheckConstraint(
                condition=~Q(state=SheetState.PUBLISHED) | Q(published_version__isnull=False),
                name="sheet_published_has_version",
                violation_error_message="Une fiche publiée l’est dans une version.",
            ),
            models.CheckConstraint(
                condition=Q(published_version=None) | Q(published_version__lte=F("version")),
                name="sheet_published_version_reached",
                violation_error_message="La version publiée ne dépasse pas la version en cours.",
            ),
            models.CheckConstraint(
                condition=Q(lon=None, lat=None) | Q(lon__range=(-180, 180), lat__range=(-90, 90)),
                name="sheet_point_on_earth",
                violation_error_message="Le point demande une longitude de −180 à 180 et une latitude de −90 à 90.",
            ),
            models.CheckConstraint(
                condition=Q(inspired_by=None) | ~Q(inspired_by=F("id")),
                name="sheet_inspired_by_another",
                violation_error_message="Une fiche ne s’inspire pas d’elle-même.",
            ),
        )

    @property
    def has_unpublished_changes(self) -> bool:
        return self.state == SheetState.PUBLISHED and self.version != self.published_version


# The demonstration alone may start over: its reset says so to PostgreSQL, for the length of its transaction.
NOT_ERASED = """
    IF current_setting('atlaas.resets_demo', true) = 'on'
        AND EXISTS (SELECT 1 FROM atlaas_sheet WHERE id = OLD.sheet_id AND is_demo) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'pgtrigger: a published version is for good';
"""


class Revision(models.Model):
    """What was published at one moment, for good: no column of a revision ever changes, none is erased (triggers hold it)."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="revisions", verbose_name="fiche")
    number = models.PositiveIntegerField("numéro")
    kind = models.CharField("nature", max_length=12, choices=RevisionKind.choices)
    content = models.JSONField(
        "contenu", help_text="Tous les champs publiés (voir atlaas.rules.sheet.CONTENT_FIELDS)."
    )
    digest = models.CharField(
        "empreinte du fond",
        max_length=64,
        help_text="SHA-256 de ce qui fait une modification, sans l’état ni la fin.",
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="par"
    )
    mandate = models.ForeignKey(
        Mandate, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="par mandat"
    )
    restored = models.ForeignKey(
        "self", models.PROTECT, related_name="+", null=True, blank=True, verbose_name="reprend la version"
    )
    at = models.DateTimeField("le", db_default=Now())

    class Meta:
        verbose_name = "version publiée"
        verbose_name_plural = "versions publiées"
        ordering = ("sheet_id", "-number")
        indexes = (models.Index(fields=("at",), name="revision_time"),)
        triggers = (
            pgtrigger.Trigger(
                name="revision_is_not_erased",
                when=pgtrigger.Before,
                operation=pgtrigger.Delete,
                func=NOT_ERASED,
            ),
            pgtrigger.Protect(
                name="revision_is_for_good",
                operation=pgtrigger.UpdateOf(
                    "sheet_id", "number", "kind", "content", "digest", "mandate_id", "restored_id", "at"
                ),
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("sheet", "number"),
                name="revision_number_once",
                violation_error_message="Cette version existe déjà.",
            ),
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"),
                name="revision_digest_shape",
                violation_error_message="L’empreinte est un SHA-256.",
            ),
        )

    def __str__(self):
        return f"version {self.number}"

    @property
    def title(self) -> str:
        return self.content["title"]


class SheetStep(models.Model):
    """One step of a fiche's life, and who took it: started, published, archived, withdrawn…"""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="steps", verbose_name="fiche")
    step = models.CharField("étape", max_length=12)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="par"
    )
    mandate = models.ForeignKey(
        Mandate, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="par mandat"
    )
    at = models.DateTimeField("le", db_default=Now(), editable=False)

    class Meta:
        verbose_name = "étape d’une fiche"
        verbose_name_plural = "étapes des fiches"
        ordering = ("sheet_id", "-at", "-pk")

    def __str__(self):
        return self.step
