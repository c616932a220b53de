from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from atlaas.models import Departement, Enjeu, Region, Service
from labels.choices import Category, LevelClass
from labels.models.edition import Edition


class StatisticsRun(models.Model):
    """When the statistics of an edition were last computed, and their fingerprint."""

    edition = models.OneToOneField(
        Edition, models.CASCADE, related_name="statistics_run", verbose_name="édition"
    )
    computed_at = models.DateTimeField("calculé le")
    digest = models.CharField("empreinte SHA-256", max_length=64)
    compared_with = models.ForeignKey(
        Edition,
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="dossiers comparés à ceux de l’édition",
    )
    titles_unknown = ArrayField(
        models.PositiveSmallIntegerField(),
        verbose_name="éditions dont les titres TEN ne sont pas tous connus",
        default=list,
        blank=True,
    )

    class Meta:
        verbose_name = "calcul des statistiques"
        verbose_name_plural = "calculs des statistiques"
        ordering = ("-edition__year",)
        constraints = (
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"),
                name="statistics_run_digest_shape",
                violation_error_message="L’empreinte est un SHA-256.",
            ),
        )

    def __str__(self):
        return f"statistiques de l’{self.edition}"


class Statistic(models.Model):
    """Figures of one place (none: all of France), category and class of level (empty: all), written by the worker only.

    A figure that is not known here is null, never zero.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="statistics", verbose_name="édition")
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="région"
    )
    departement = models.ForeignKey(
        Departement, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="département"
    )
    category = models.CharField("catégorie", max_length=10, choices=Category.choices, blank=True)
    level = models.CharField("niveau", max_length=3, choices=LevelClass.choices, blank=True)
    laureates = models.PositiveIntegerField("lauréats")
    level_1 = models.PositiveIntegerField("1 @")
    level_2 = models.PositiveIntegerField("2 @")
    level_3 = models.PositiveIntegerField("3 @")
    level_4 = models.PositiveIntegerField("4 @")
    level_5 = models.PositiveIntegerField("5 @")
    level_unconfirmed = models.PositiveIntegerField("4 ou 5 @ (à confirmer)")
    ten = models.PositiveIntegerField("titres TEN de l’édition")
    ten_in_force = models.PositiveIntegerField(
        "TEN en vigueur",
        null=True,
        blank=True,
        help_text="Vide : une des éditions n’est pas connue en entier.",
    )
    mentions = models.PositiveIntegerField("mentions")
    communes = models.PositiveIntegerField("communes concernées", help_text="Chacune comptée une fois.")
    member_communes = models.PositiveIntegerField("communes membres des territoires")
    inhabitants = models.PositiveIntegerField("habitants", help_text="Chacun compté une fois.")
    dossiers = models.PositiveIntegerField("dossiers connus ici", default=0)
    sheets = models.PositiveIntegerField("fiches", null=True, blank=True)
    sheets_new = models.PositiveIntegerField("fiches nouvelles", null=True, blank=True)
    sheets_modified = models.PositiveIntegerField("fiches modifiées", null=True, blank=True)
    sheets_renewed = models.PositiveIntegerField("fiches reconduites", null=True, blank=True)

    class Meta:
        verbose_name = "statistique"
        ordering = (
            "-edition__year",
            F("region__sort_key").asc(nulls_first=True),
            F("departement__code").asc(nulls_first=True),
            "category",
            "level",
        )
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "region", "departement", "category", "level"),
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
            models.CheckConstraint(
                condition=Q(departement=None) | Q(region__isnull=False),
                name="statistic_departement_has_its_region",
                violation_error_message="Un département est dans une région.",
            ),
            models.CheckConstraint(
                condition=Q(ten__lte=F("level_5")),
                name="statistic_ten_within_5",
                violation_error_message="Les titres TEN sont parmi les 5 @.",
            ),
            models.CheckConstraint(
                condition=Q(ten_in_force=None) | Q(level=""),
                name="statistic_ten_in_force_of_no_level",
                violation_error_message="Les TEN en vigueur ne se comptent pas par niveau.",
            ),
            models.CheckConstraint(
                condition=Q(dossiers__lte=F("laureates")),
                name="statistic_dossiers_within_laureates",
                violation_error_message="Il n’y a pas plus de dossiers que de lauréats.",
            ),
            models.CheckConstraint(
                condition=Q(sheets_new=None, sheets_modified=None, sheets_renewed=None)
                | Q(
                    sheets__isnull=False,
                    sheets_new__isnull=False,
                    sheets_modified__isnull=False,
                    sheets_renewed__isnull=False,
                    sheets=F("sheets_new") + F("sheets_modified") + F("sheets_renewed"),
                ),
                name="statistic_sheets_add_up",
                violation_error_message="Les fiches nouvelles, modifiées et reconduites font le total des fiches.",
            ),
        )

    def __str__(self):
        place = self.departement_id or self.region_id or "France"
        return f"{self.edition} {place} {self.category} {self.level}".strip()


class CoverageFigure(models.Model):
    """How many judged dossiers and fiches one service has in an edition, or a whole enjeu (no service)."""

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="coverage_figures", verbose_name="édition"
    )
    enjeu = models.ForeignKey(Enjeu, models.PROTECT, related_name="+", verbose_name="enjeu")
    service = models.ForeignKey(
        Service, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="service"
    )
    dossiers = models.PositiveIntegerField("dossiers qui ont une fiche")
    sheets = models.PositiveIntegerField("fiches")
    dossiers_before = models.PositiveIntegerField("dossiers, édition précédente", null=True, blank=True)
    sheets_before = models.PositiveIntegerField("fiches, édition précédente", null=True, blank=True)

    class Meta:
        verbose_name = "couverture d’un service"
        verbose_name_plural = "couverture des services"
        ordering = ("-edition__year", "enjeu__position", F("service__position").asc(nulls_first=True))
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "enjeu", "service"),
                name="coverage_figure_once",
                nulls_distinct=False,
                violation_error_message="Ce chiffre existe déjà.",
            ),
            models.CheckConstraint(
                condition=Q(dossiers__lte=F("sheets")),
                name="coverage_figure_a_dossier_has_a_fiche",
                violation_error_message="Un dossier compté a au moins une fiche.",
            ),
            models.CheckConstraint(
                condition=Q(dossiers_before=None, sheets_before=None)
                | Q(
                    dossiers_before__isnull=False,
                    sheets_before__isnull=False,
                    dossiers_before__lte=F("sheets_before"),
                ),
                name="coverage_figure_known_before_whole",
                violation_error_message="L’édition précédente est connue pour les dossiers et les fiches, ou pour aucun.",
            ),
        )

    def __str__(self):
        return f"{self.edition} {self.service or self.enjeu}"
