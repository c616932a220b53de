from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from jury.models.protect import for_good
from jury.models.sitting import Sitting


class Signature(models.Model):
    """Who signed the minutes off, and of what text: the digest of the document that was shown."""

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="signatures", verbose_name="séance")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="signé par"
    )
    name = models.CharField("nom", max_length=120)
    is_deputy = models.BooleanField("pour la suppléance", default=False)
    sha256 = models.CharField("empreinte du procès-verbal", max_length=64)
    at = models.DateTimeField("le", db_default=Now(), editable=False)

    class Meta:
        verbose_name = "signature"
        ordering = ("sitting", "at", "pk")
        triggers = (
            for_good(
                "signature_is_for_good",
                edition="(SELECT edition_id FROM jury_sitting WHERE id = OLD.sitting_id)",
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("sitting", "by", "sha256"),
                name="signature_once_a_text",
                violation_error_message="Cette personne a déjà signé ce texte.",
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="signature_digest_shape",
                violation_error_message="L’empreinte est un SHA-256.",
            ),
        )

    def __str__(self):
        return self.name
