import pghistory
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse

from atlaas.models import Region
from labels.choices import ClosingClock, Coverage, PrintedKey
from labels.models.frozen import frozen_edition


class EditionQuerySet(models.QuerySet["Edition"]):
    def visible_to(self, user):
        """Door of every page and resource: a palmarès shows once published, to all alike."""
        return self.filter(published_at__lte=Now())

    def with_campaign(self):
        """Editions that people file candidacies for, here: those whose window is known."""
        return self.filter(opens_at__isnull=False)


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    meta={
        "verbose_name": "changement d’une édition",
        "verbose_name_plural": "changements des éditions",
    },
)
class Edition(models.Model):
    """One year of the label (a vintage)."""

    year = models.PositiveSmallIntegerField("millésime", unique=True)
    coverage = models.CharField("étendue connue", max_length=8, choices=Coverage.choices)
    ceremony_on = models.DateField("cérémonie", null=True, blank=True)
    published_at = models.DateTimeField("palmarès public depuis", null=True, blank=True)
    publish_at = models.DateTimeField(
        "heure de la publication", null=True, blank=True, help_text="Vide : elle n’est pas fixée."
    )
    is_demo = models.BooleanField("édition de démonstration", default=False)
    opens_at = models.DateTimeField("ouverture", null=True, blank=True)
    closes_at = models.DateTimeField("clôture (heure de Paris)", null=True, blank=True)
    closing_clock = models.CharField(
        "l’horloge qui clôt", max_length=5, choices=ClosingClock.choices, default=ClosingClock.PARIS
    )
    jury_on = models.DateField("jury", null=True, blank=True)
    referential_year = models.PositiveSmallIntegerField(
        "référentiel de", null=True, blank=True, help_text="Vide : celui du millésime."
    )
    made_from = models.ForeignKey(
        "self", models.PROTECT, related_name="+", null=True, blank=True, verbose_name="préparée à partir de"
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = "édition"
        ordering = ("-year",)
        triggers = (frozen_edition("edition_is_for_good"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(year__range=(1999, 2199)),
                name="edition_year_plausible",
                violation_error_message="Le millésime est une année de 1999 à 2199.",
            ),
            models.CheckConstraint(
                condition=Q(opens_at=None, closes_at=None)
                | Q(opens_at__isnull=False, closes_at__isnull=False, closes_at__gt=models.F("opens_at")),
                name="edition_closes_after_it_opens",
                violation_error_message="La clôture suit l’ouverture : donnez les deux dates, dans cet ordre.",
            ),
            models.CheckConstraint(
                condition=Q(publish_at=None)
                | Q(published_at=None)
                | Q(published_at__gte=models.F("publish_at")),
                name="edition_never_public_before_its_hour",
                violation_error_message="Un palmarès n’est jamais public avant son heure.",
            ),
        )

    def __str__(self):
        return f"édition {self.year}"

    def get_absolute_url(self):
        return reverse("palmares", kwargs={"year": self.year})

    @property
    def is_complete(self) -> bool:
        return self.coverage == Coverage.COMPLETE


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
