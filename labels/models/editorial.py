from django.db import models
from django.db.models import Q

from labels.choices import EditorialKind
from labels.models.edition import Edition
from labels.models.frozen import frozen


class EditorialBlock(models.Model):
    """A text that somebody signs in the press kit of an edition: what the figures cannot say.

    The blocks of a palmarès that a file brought may still be typed; those of a campaign stand once it is published.
    """

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="editorial_blocks", verbose_name="édition"
    )
    kind = models.CharField("nature", max_length=8, choices=EditorialKind.choices)
    title = models.CharField("titre", max_length=160, blank=True)
    text = models.TextField("texte", help_text="Markdown.")
    signatory = models.CharField("signataire", max_length=120)
    function = models.CharField("fonction", max_length=300, blank=True)
    source = models.CharField(
        "source", max_length=300, blank=True, help_text="D’où le texte est repris, s’il l’est."
    )
    position = models.PositiveSmallIntegerField("rang", default=0)

    class Meta:
        verbose_name = "texte du dossier de presse"
        verbose_name_plural = "textes du dossier de presse"
        triggers = (frozen("editorial_block_is_for_good"),)
        ordering = ("-edition__year", "kind", "position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "kind", "position"),
                name="editorial_block_place_once",
                violation_error_message="Un autre texte a déjà ce rang.",
            ),
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(signatory=""),
                name="editorial_block_is_signed",
                violation_error_message="Un texte du dossier de presse a des mots et un signataire.",
            ),
        )

    def __str__(self):
        return self.title or f"{self.get_kind_display()} : {self.signatory}"
