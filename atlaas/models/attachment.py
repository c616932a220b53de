import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse

from atlaas.choices import AttachmentKind
from atlaas.models.sheet import Sheet


class Attachment(models.Model):
    """A picture or a PDF of a fiche, written anew by us (no metadata, no script); kept as long as a revision names it.

    The file lies under a name made of the identifier, which says nothing of the fiche.
    """

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4, editable=False)
    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="attachments", verbose_name="fiche")
    kind = models.CharField("nature", max_length=5, choices=AttachmentKind.choices)
    file = models.FileField("fichier", upload_to="fiches", max_length=200)
    name = models.CharField("nom affiché", max_length=150)
    alt = models.CharField("texte de remplacement", max_length=250, blank=True)
    position = models.PositiveSmallIntegerField("rang", default=0)
    size = models.PositiveIntegerField("octets")
    width = models.PositiveIntegerField("largeur", null=True, blank=True)
    height = models.PositiveIntegerField("hauteur", null=True, blank=True)
    sha256 = models.CharField("empreinte SHA-256", max_length=64)
    removed_at = models.DateTimeField("ôtée le", null=True, blank=True)
    created_at = models.DateTimeField("ajoutée le", db_default=Now(), editable=False)

    class Meta:
        verbose_name = "pièce jointe"
        verbose_name_plural = "pièces jointes"
        ordering = ("sheet_id", "position", "created_at")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind=AttachmentKind.DOCUMENT) | ~Q(alt=""),
                name="attachment_picture_described",
                violation_error_message="Une image demande un texte qui la remplace.",
            ),
            models.CheckConstraint(
                condition=Q(size__range=(1, 10 * 1024 * 1024)),
                name="attachment_at_most_10_mb",
                violation_error_message="Un fichier pèse au plus 10 Mo.",
            ),
        )

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("sheet-attachment", kwargs={"pk": self.sheet_id, "attachment": self.pk})
