from django.db import models
from django.db.models import Q

from labels.models.edition import Edition
from labels.models.frozen import frozen


class JuryMember(models.Model):
    """A member of the jury as the public roster names them: who, in what function, with what biography."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="jury_members", verbose_name="édition")
    name = models.CharField("nom", max_length=120)
    function = models.CharField("fonction", max_length=300, blank=True)
    biography = models.TextField("biographie", max_length=3000, blank=True)
    is_president = models.BooleanField("préside le jury", default=False)
    source = models.CharField("source", max_length=300, blank=True, help_text="Où cela est dit ; facultatif.")
    is_listed = models.BooleanField(
        "dans la liste publique", default=True, help_text="Non pour qui a quitté le jury."
    )
    position = models.PositiveSmallIntegerField("rang", default=0)

    class Meta:
        verbose_name = "membre du jury"
        verbose_name_plural = "membres du jury"
        triggers = (frozen("jury_member_is_for_good"),)
        ordering = ("-edition__year", "-is_president", "position", "name")
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "name"),
                name="jury_member_once",
                violation_error_message="Ce nom est déjà dans le jury de cette édition.",
            ),
            models.UniqueConstraint(
                fields=("edition",),
                condition=Q(is_president=True),
                name="jury_member_one_president",
                violation_error_message="Une seule personne préside le jury d’une édition.",
            ),
        )

    def __str__(self):
        return self.name
