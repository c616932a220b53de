from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from labels.models.award import Award
from labels.models.edition import Edition
from labels.models.frozen import for_good
from labels.models.sealed import made_in_its_transaction


class SealQuerySet(models.QuerySet["Seal"]):
    def told(self):
        """Without both documents, which weigh megabytes and are secret until the hour."""
        return self.defer("bundle", "annex")


class Seal(models.Model):
    """What was sealed of an edition, for good: `sha256` is of the bundle, which holds the digest of the jury's annex."""

    edition = models.OneToOneField(Edition, models.PROTECT, related_name="seal", verbose_name="édition")
    sha256 = models.CharField("empreinte SHA-256", max_length=64)
    bundle = models.TextField("ce qui est scellé (JSON canonique)")
    annex = models.TextField("ce que le jury en sait (JSON canonique)")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="scellé par"
    )
    sealed_at = models.DateTimeField("scellé le", db_default=Now(), editable=False)

    objects = SealQuerySet.as_manager()

    class Meta:
        verbose_name = "scellé"
        verbose_name_plural = "scellés"
        ordering = ("-edition__year",)
        triggers = (for_good("seal_is_for_good"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="seal_digest_shape",
                violation_error_message="L’empreinte est un SHA-256.",
            ),
        )

    def __str__(self):
        return f"scellé de l’{self.edition}"


class AwardCorrection(models.Model):
    """What an award of a sealed palmarès was and what it becomes, with the reason: published as such, for good.

    `before` and `after` hold level, is_ten and the slugs of the mentions; the trigger of the awards lets `after` in, and
    nothing else, in the transaction `made_in` only.
    """

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="corrections", verbose_name="édition")
    award = models.ForeignKey(Award, models.PROTECT, related_name="corrections", verbose_name="récompense")
    before = models.JSONField("avant")
    after = models.JSONField("après")
    reason = models.CharField("raison", max_length=500)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="corrigé par"
    )
    at = models.DateTimeField("le", db_default=Now(), editable=False)
    made_in = models.BigIntegerField("transaction", default=0, editable=False)

    class Meta:
        verbose_name = "correction du palmarès"
        verbose_name_plural = "corrections du palmarès"
        ordering = ("at", "pk")
        triggers = (
            for_good("award_correction_is_for_good"),
            made_in_its_transaction("award_correction_made_in"),
        )
        constraints = (
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="award_correction_has_reason",
                violation_error_message="Une correction dit pourquoi.",
            ),
        )

    def __str__(self):
        return f"correction de {self.award}"
