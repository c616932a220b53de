from django.db import models
from django.db.models import Q


class KeptDocument(models.Model):
    """A PDF that the worker made beforehand, in private storage: served only by a view, behind a door.

    `kind` and `key` name it as they name the job that makes it; `digest` is that of the facts it was made from, so that
    whoever holds the facts knows whether the file still tells them.
    """

    kind = models.CharField("nature", max_length=40)
    key = models.CharField("objet", max_length=80)
    digest = models.CharField("empreinte SHA-256 des données", max_length=64)
    file = models.FileField("fichier", upload_to="documents-prets", max_length=200)
    size = models.PositiveIntegerField("octets")
    made_at = models.DateTimeField("fait le")

    class Meta:
        verbose_name = "document gardé"
        verbose_name_plural = "documents gardés"
        ordering = ("-made_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "key"),
                name="kept_document_once",
                violation_error_message="Ce document est déjà gardé.",
            ),
            models.CheckConstraint(
                condition=Q(size__gt=0),
                name="kept_document_is_not_empty",
                violation_error_message="Un document gardé n’est pas vide.",
            ),
        )

    def __str__(self):
        return f"{self.kind} {self.key}"
