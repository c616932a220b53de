from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from jury.choices import EntryKind
from jury.models.protect import for_good
from jury.models.sitting import Sitting


class Entry(models.Model):
    """A line of the journal of a sitting, for good: its digest is of its document, which holds the digest of the line before."""

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="entries", verbose_name="séance")
    rank = models.PositiveIntegerField("rang")
    kind = models.CharField("nature", max_length=10, choices=EntryKind.choices)
    document = models.TextField("document (JSON canonique)")
    sha256 = models.CharField("empreinte SHA-256", max_length=64)
    at = models.DateTimeField("le", db_default=Now(), editable=False)

    class Meta:
        verbose_name = "ligne du journal"
        verbose_name_plural = "journal"
        ordering = ("sitting", "rank")
        triggers = (
            for_good(
                "entry_is_for_good", edition="(SELECT edition_id FROM jury_sitting WHERE id = OLD.sitting_id)"
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("sitting", "rank"),
                name="entry_rank_once",
                violation_error_message="Cette ligne du journal existe déjà.",
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$", rank__gte=1),
                name="entry_digest_shape",
                violation_error_message="L’empreinte est un SHA-256.",
            ),
        )

    def __str__(self):
        return f"{self.rank} · {self.get_kind_display()}"
