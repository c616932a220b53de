from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse

from atlaas.models import Region
from labels.choices import Coverage, PrintedKey


class EditionQuerySet(models.QuerySet["Edition"]):
    def visible_to(self, user):
        """Door of every page and resource: a palmarès shows once published, to all alike."""
        return self.filter(published_at__lte=Now())


class Edition(models.Model):
    """One year of the label (a vintage)."""

    year = models.PositiveSmallIntegerField("millésime", unique=True)
    coverage = models.CharField("étendue connue", max_length=8, choices=Coverage.choices)
    ceremony_on = models.DateField("cérémonie", null=True, blank=True)
    published_at = models.DateTimeField("palmarès public depuis", null=True, blank=True)
    is_demo = models.BooleanField("édition de démonstration", default=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = "édition"
        ordering = ("-year",)
        constraints = (
            models.CheckConstraint(
                condition=Q(year__range=(1999, 2199)),
                name="edition_year_plausible",
                violation_error_message="Le millésime est une année de 1999 à 2199.",
            ),
        )

    def __str__(self):
        return f"édition {self.year}"

    def get_absolute_url(self):
        return reverse("palmares", kwargs={"year": self.year})

    @property
    def is_complete(self) -> bool:
        return self.coverage == Coverage.COMPLETE


class Rulebook(models.Model):
    """The limits of one edition: every number a rule needs is a column here."""

    edition = models.OneToOneField(Edition, models.CASCADE, related_name="rulebook", verbose_name="édition")
    village_below = models.PositiveIntegerField(
        "une commune est un village au-dessous de (habitants)", default=2500
    )
    ten_held_for = models.PositiveSmallIntegerField("le titre TEN vaut pour (éditions)", default=3)

    class Meta:
        verbose_name = "règlement"
        ordering = ("-edition__year",)
        constraints = (
            models.CheckConstraint(
                condition=Q(ten_held_for__gte=1),
                name="rulebook_ten_at_least_once",
                violation_error_message="Le titre TEN vaut au moins pour son édition.",
            ),
        )

    def __str__(self):
        return f"règlement de l’{self.edition}"


class PrintedFigure(models.Model):
    """A figure as a printed document gives it, kept to be shown beside the computed one."""

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="printed_figures", verbose_name="édition"
    )
    key = models.CharField("chiffre", max_length=20, choices=PrintedKey.choices)
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="région"
    )
    value = models.PositiveIntegerField(
        "valeur imprimée", null=True, blank=True, help_text="Vide : le document l’oublie."
    )
    place = models.CharField("où", max_length=120, help_text="Document et page.")
    comment = models.CharField("ce qui l’explique", max_length=300, blank=True)

    class Meta:
        verbose_name = "chiffre imprimé"
        verbose_name_plural = "chiffres imprimés"
        ordering = ("-edition__year", "key", "region__sort_key", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "key", "region", "value", "place"),
                name="printed_figure_once",
                nulls_distinct=False,
                violation_error_message="Ce chiffre imprimé est déjà noté.",
            ),
        )

    def __str__(self):
        return f"{self.get_key_display()} : {self.value}"
