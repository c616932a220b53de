import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from labels.choices import Category
from labels.models.edition import Edition
from labels.models.frozen import ARRIVES_LATE, frozen

SERVICES = [1, 16, 29, 45, 65]
ENJEUX = [1, 6, 9, 12, 14]
SCORES = [0, 100, 175, 250, 325]


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    meta={
        "verbose_name": "changement d’un règlement",
        "verbose_name_plural": "changements des règlements",
    },
)
class Rulebook(models.Model):
    """The limits of one edition: every number a rule needs is a column here."""

    edition = models.OneToOneField(Edition, models.CASCADE, related_name="rulebook", verbose_name="édition")
    village_below = models.PositiveIntegerField(
        "une commune est un village au-dessous de (habitants)", default=2500
    )
    ten_held_for = models.PositiveSmallIntegerField("le titre TEN vaut pour (éditions)", default=3)
    ten_run_over = models.PositiveSmallIntegerField(
        "le titre TEN demande plus de (éditions de suite à 5 @)", default=7
    )
    ten_counts_current = models.BooleanField("l’édition jugée compte dans la suite", default=True)
    fresh_years = models.PositiveSmallIntegerField("une fiche finie compte pendant (ans)", default=2)
    grace_seconds = models.PositiveSmallIntegerField("délai caché après la clôture (secondes)", default=120)
    most_flagships = models.PositiveSmallIntegerField("actions phares au plus", default=5)
    service_steps = ArrayField(
        models.PositiveSmallIntegerField(),
        size=5,
        db_default=SERVICES,
        verbose_name="services couverts, de 1 à 5 @ (proposition de travail)",
    )
    enjeu_steps = ArrayField(
        models.PositiveSmallIntegerField(),
        size=5,
        db_default=ENJEUX,
        verbose_name="enjeux couverts, de 1 à 5 @ (proposition de travail)",
    )
    score_steps = ArrayField(
        models.PositiveSmallIntegerField(),
        size=5,
        db_default=SCORES,
        verbose_name="note moyenne de la grille en centièmes, de 1 à 5 @ (proposition de travail)",
    )
    coverage_weight = models.PositiveSmallIntegerField("poids de la couverture", default=70)
    freshness_weight = models.PositiveSmallIntegerField("poids de la fraîcheur", default=20)
    volume_weight = models.PositiveSmallIntegerField("poids du volume", default=10)
    volume_full_at = models.PositiveSmallIntegerField("volume plein à (fiches par service)", default=3)

    class Meta:
        verbose_name = "règlement"
        triggers = (frozen("rulebook_is_for_good", held=ARRIVES_LATE),)
        ordering = ("-edition__year",)
        constraints = (
            models.CheckConstraint(
                condition=Q(ten_held_for__gte=1),
                name="rulebook_ten_at_least_once",
                violation_error_message="Le titre TEN vaut au moins pour son édition.",
            ),
            models.CheckConstraint(
                condition=Q(service_steps__len=5, enjeu_steps__len=5, score_steps__len=5),
                name="rulebook_five_steps",
                violation_error_message="Chaque échelle a cinq repères, de 1 à 5 @.",
            ),
            models.CheckConstraint(
                condition=Q(coverage_weight__gt=F("volume_weight"), volume_full_at__gte=1),
                name="rulebook_coverage_before_volume",
                violation_error_message="La couverture pèse plus que le volume (règlement).",
            ),
        )

    def __str__(self):
        return f"règlement de l’{self.edition}"


class Criterion(models.Model):
    """A line of the evaluation grid of a category: what it looks at, its weight, what each value from 0 to 4 means."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="criteria", verbose_name="édition")
    category = models.CharField("catégorie", max_length=10, choices=Category.choices)
    code = models.SlugField("code", max_length=40)
    name = models.CharField("critère", max_length=160)
    help = models.TextField("ce que le jury regarde", blank=True)
    weight = models.PositiveSmallIntegerField("poids", default=1)
    anchors = ArrayField(models.CharField(max_length=300), size=5, verbose_name="ce que vaut 0, 1, 2, 3, 4")
    is_proposal = models.BooleanField("proposition de travail", default=True)
    position = models.PositiveSmallIntegerField("rang")

    class Meta:
        verbose_name = "critère"
        triggers = (frozen("criterion_is_for_good", held=ARRIVES_LATE),)
        verbose_name_plural = "critères"
        ordering = ("edition", "category", "position")
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "category", "code"),
                name="criterion_once",
                violation_error_message="Ce critère est déjà dans la grille.",
            ),
            models.CheckConstraint(
                condition=Q(anchors__len=5, weight__gte=1),
                name="criterion_has_anchors_and_weight",
                violation_error_message="Un critère a un poids et cinq repères, de 0 à 4.",
            ),
        )

    def __str__(self):
        return self.name


class EditionMailText(models.Model):
    """The words of a mail of an edition; placeholders come from a closed list (`rules.mail_words`)."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="mails", verbose_name="édition")
    kind = models.CharField("courriel", max_length=10)
    subject = models.CharField("objet", max_length=160)
    body = models.TextField("texte")

    class Meta:
        verbose_name = "texte de courriel"
        triggers = (frozen("edition_mail_is_for_good", held=ARRIVES_LATE),)
        verbose_name_plural = "textes de courriel"
        ordering = ("edition", "kind")
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "kind"),
                name="edition_mail_once",
                violation_error_message="Ce courriel a déjà un texte pour cette édition.",
            ),
        )

    def __str__(self):
        return self.subject
