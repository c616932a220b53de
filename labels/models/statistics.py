from django.db import models
from django.db.models import F, Q

from atlaas.models import Region
from labels.choices import Category
from labels.models.edition import Edition


class StatisticsRun(models.Model):
    """When the statistics of an edition were last computed, and their fingerprint."""

    edition = models.OneToOneField(
        Edition, models.CASCADE, related_name="statistics_run", verbose_name="édition"
    )
    computed_at = models.DateTimeField("calculé le")
    digest = models.CharField("empreinte SHA-256", max_length=64)

    class Meta:
        verbose_name = "calcul des statistiques"
        verbose_name_plural = "calculs des statistiques"
        ordering = ("-edition__year",)

    def __str__(self):
        return f"statistiques de l’{self.edition}"


class Statistic(models.Model):
    """Figures of one région (none: all of France) and one category (empty: all), written by the worker only."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="statistics", verbose_name="édition")
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="région"
    )
    category = models.CharField("catégorie", max_length=10, choices=Category.choices, blank=True)
    laureates = models.PositiveIntegerField("lauréats")
    level_1 = models.PositiveIntegerField("1 @")
    level_2 = models.PositiveIntegerField("2 @")
    level_3 = models.PositiveIntegerField("3 @")
    level_4 = models.PositiveIntegerField("4 @")
    level_5 = models.PositiveIntegerField("5 @")
    level_unconfirmed = models.PositiveIntegerField("4 ou 5 @ (à confirmer)")
    ten = models.PositiveIntegerField("titres TEN")
    mentions = models.PositiveIntegerField("mentions")
    communes = models.PositiveIntegerField("communes concernées", help_text="Chacune comptée une fois.")
    member_communes = models.PositiveIntegerField("communes membres des territoires")
    inhabitants = models.PositiveIntegerField("habitants", help_text="Chacun compté une fois.")

    class Meta:
        verbose_name = "statistique"
        ordering = ("-edition__year", F("region__sort_key").asc(nulls_first=True), "category")
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "region", "category"),
                name="statistic_once",
                nulls_distinct=False,
                violation_error_message="Ce chiffre existe déjà.",
            ),
            models.CheckConstraint(
                condition=Q(
                    laureates=F("level_1")
                    + F("level_2")
                    + F("level_3")
                    + F("level_4")
                    + F("level_5")
                    + F("level_unconfirmed")
                ),
                name="statistic_levels_add_up",
                violation_error_message="Les classes de niveau font le total des lauréats.",
            ),
        )

    def __str__(self):
        return f"{self.edition} {self.region_id or 'France'} {self.category}".strip()
