from uuid import uuid4

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse

from atlaas.models import Collectivity
from labels.choices import Category, LevelClass
from labels.models.edition import Edition
from labels.models.frozen import frozen
from labels.models.sealed import sealed_award, sealed_mention


class AwardQuerySet(models.QuerySet["Award"]):
    def visible_to(self, user):
        """Door of every page and resource: see `EditionQuerySet.visible_to`."""
        return self.filter(edition__in=Edition.objects.visible_to(user))

    def laureates(self):
        """Those with a level: a line attested without one is told as text and counted nowhere."""
        return self.filter(level__isnull=False)

    def of_level(self, level_class: str):
        """Those of one `LevelClass`: the unconfirmed ones are in no other class."""
        if level_class == LevelClass.UNCONFIRMED:
            return self.filter(level=4, level_is_certain=False)
        return self.filter(level=int(level_class), level_is_certain=True)

    def for_lists(self):
        """Join all that a line of a palmarès shows, in two queries whatever the number of lines."""
        return (
            self.select_related("collectivity__region", "collectivity__departement")
            .prefetch_related("mentions__theme")
            .order_by("collectivity__region__sort_key", "collectivity__sort_key", "collectivity__code")
        )


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    meta={
        "verbose_name": "changement d’une récompense",
        "verbose_name_plural": "changements des récompenses",
    },
)
class Award(models.Model):
    """What one collectivité won in one edition, with what the source printed."""

    # What panels and certificates print: drawn by chance, so that no address tells the next one.
    public_id = models.UUIDField("identifiant public", default=uuid4, editable=False)
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="awards", verbose_name="édition")
    collectivity = models.ForeignKey(
        Collectivity, models.PROTECT, related_name="awards", verbose_name="collectivité"
    )
    category = models.CharField("catégorie", max_length=10, choices=Category.choices)
    category_reason = models.CharField("raison d’une catégorie choisie", max_length=300, blank=True)
    level = models.PositiveSmallIntegerField("niveau", null=True, blank=True)
    level_is_certain = models.BooleanField("niveau sûr", default=True)
    level_as_printed = models.PositiveSmallIntegerField("arobases imprimées", null=True, blank=True)
    level_text = models.CharField("niveau tel que trouvé", max_length=60, blank=True)
    is_ten = models.BooleanField("titre TEN", default=False)
    distinction = models.CharField("distinction telle que trouvée", max_length=200, blank=True)
    name_as_printed = models.CharField("nom imprimé", max_length=200, blank=True)
    note = models.CharField("note", max_length=300, blank=True)
    source = models.CharField("source", max_length=300, blank=True)
    version = models.PositiveIntegerField("version", default=1, editable=False)

    objects = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = "récompense"
        triggers = (sealed_award("award_is_sealed"),)
        ordering = ("-edition__year", "collectivity__sort_key", "collectivity__code")
        constraints = (
            models.UniqueConstraint(
                fields=("collectivity", "edition"),
                name="award_once_an_edition",
                violation_error_message="Cette collectivité a déjà une récompense dans cette édition.",
            ),
            models.UniqueConstraint(
                fields=("public_id",),
                name="award_public_id_once",
                violation_error_message="Cet identifiant public désigne déjà une récompense.",
            ),
            models.CheckConstraint(
                condition=Q(level=None) | Q(level__range=(1, 5)),
                name="award_level_1_to_5",
                violation_error_message="Un niveau va de 1 à 5 arobases.",
            ),
            models.CheckConstraint(
                condition=Q(level__isnull=False) | ~Q(source=""),
                name="award_without_level_has_source",
                violation_error_message="Un niveau ne peut manquer que si une source est nommée.",
            ),
            models.CheckConstraint(
                condition=Q(is_ten=False) | Q(level=5, level_is_certain=True),
                name="award_ten_is_5",
                violation_error_message="Le titre TEN demande un niveau sûr de 5 arobases.",
            ),
            models.CheckConstraint(
                condition=Q(level_is_certain=True) | Q(level=4) | Q(level=None) | ~Q(source=""),
                name="award_doubt_is_between_4_and_5",
                violation_error_message="Un niveau à confirmer se lit 4 ou 5 : le niveau retenu est 4.",
            ),
        )

    def __str__(self):
        return f"{self.collectivity}, {self.edition}"

    def get_absolute_url(self):
        """Where anyone checks it: what its QR code says."""
        return reverse("certificate", kwargs={"pk": self.public_id})

    @property
    def level_class(self) -> str:
        """The `LevelClass` it is counted in, or nothing when it has no level."""
        if self.level is None:
            return ""
        return str(self.level) if self.level_is_certain else LevelClass.UNCONFIRMED.value


class MentionTheme(models.Model):
    """A theme of the mentions; they change each edition."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="themes", verbose_name="édition")
    name = models.CharField("thème", max_length=120)
    slug = models.SlugField("adresse", max_length=120)

    class Meta:
        verbose_name = "thème de mention"
        triggers = (frozen("mention_theme_is_for_good"),)
        verbose_name_plural = "thèmes de mention"
        ordering = ("-edition__year", "name")
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "slug"),
                name="mention_theme_once_an_edition",
                violation_error_message="Ce thème existe déjà dans cette édition.",
            ),
        )

    def __str__(self):
        return self.name


class Mention(models.Model):
    """A mention given to a laureate, whatever its level."""

    award = models.ForeignKey(Award, models.CASCADE, related_name="mentions", verbose_name="récompense")
    theme = models.ForeignKey(MentionTheme, models.PROTECT, related_name="mentions", verbose_name="thème")

    class Meta:
        verbose_name = "mention"
        triggers = (sealed_mention("mention_is_sealed"),)
        ordering = ("theme__name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("award", "theme"),
                name="mention_once_a_theme",
                violation_error_message="Ce lauréat a déjà cette mention.",
            ),
        )

    def __str__(self):
        return f"{self.theme} : {self.award_id}"
