import datetime as dt
import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from atlaas.models import Collectivity
from labels.choices import DocumentKind
from labels.models.candidacy import by

KEPT_FOR = dt.timedelta(days=30)


class MemberDocumentQuerySet(models.QuerySet["MemberDocument"]):
    def served_by(self, user):
        """Door of the people of the collectivité, and of those who act for it by a mandate."""
        return self.filter(collectivity__in=Collectivity.objects.served_by(user))


class MemberDocument(models.Model):
    """A document laid out as PDF for a collectivité: asked, made by a job, kept for thirty days, then erased with its file.

    One row for what was asked: asked again, it is made again. The file lies under a name that says nothing.
    """

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    collectivity = models.ForeignKey(
        Collectivity, models.PROTECT, related_name="documents", verbose_name="collectivité"
    )
    kind = models.CharField("document", max_length=9, choices=DocumentKind.choices)
    asked = models.JSONField("choix", default=dict)
    asked_by = by("demandé par")
    asked_at = models.DateTimeField("demandé le", db_default=Now())
    file = models.FileField("fichier", max_length=200, blank=True)
    size = models.PositiveIntegerField("octets", default=0)
    made_at = models.DateTimeField("préparé le", null=True, blank=True)
    kept_until = models.DateTimeField("conservé jusqu’au")

    objects = MemberDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "document d’une collectivité"
        verbose_name_plural = "documents des collectivités"
        ordering = ("-asked_at", "pk")
        indexes = (models.Index(fields=("kept_until",), name="member_document_end"),)
        constraints = (
            models.UniqueConstraint(
                fields=("collectivity", "kind", "asked"),
                name="member_document_once",
                violation_error_message="Ce document est déjà demandé avec ces choix.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=DocumentKind.values),
                name="member_document_kind_known",
                violation_error_message="Ce document n’existe pas.",
            ),
            models.CheckConstraint(
                condition=Q(made_at=None, file="", size=0)
                | (Q(made_at__isnull=False, size__gt=0) & ~Q(file="")),
                name="member_document_made_has_file",
                violation_error_message="Un document préparé a son fichier, un autre n’en a pas.",
            ),
            models.CheckConstraint(
                condition=Q(kept_until__gt=F("asked_at")),
                name="member_document_kept_after_asked",
                violation_error_message="Un document est conservé après avoir été demandé.",
            ),
        )

    def __str__(self):
        return f"{self.get_kind_display()}, {self.collectivity}"
