from django.db import models
from django.db.models import F, Q


class Family(models.Model):
    """One of the four familles of the référentiel."""

    name = models.CharField("nom", max_length=120, unique=True)
    slug = models.SlugField("adresse", max_length=120, unique=True)
    position = models.PositiveSmallIntegerField("rang")

    class Meta:
        verbose_name = "famille"
        ordering = ("position",)

    def __str__(self):
        return self.name


class Enjeu(models.Model):
    code = models.CharField("code", max_length=10, unique=True)
    name = models.CharField("nom", max_length=120)
    slug = models.SlugField("adresse", max_length=120, unique=True)
    family = models.ForeignKey(Family, models.PROTECT, related_name="enjeux", verbose_name="famille")
    position = models.PositiveSmallIntegerField("rang")
    is_attested = models.BooleanField("attesté", default=False)
    family_is_attested = models.BooleanField("rattachement à la famille attesté", default=False)

    class Meta:
        verbose_name = "enjeu"
        verbose_name_plural = "enjeux"
        ordering = ("position",)

    def __str__(self):
        return self.name


class ServiceQuerySet(models.QuerySet["Service"]):
    def of_year(self, year: int):
        """The services that the edition of `year` knows."""
        return self.filter(Q(last_year=None) | Q(last_year__gte=year), first_year__lte=year)


class Service(models.Model):
    """What a fiche is sorted under; its code names it for good, a new meaning takes a new code."""

    code = models.CharField("code", max_length=10, unique=True)
    name = models.CharField("nom", max_length=200)
    enjeu = models.ForeignKey(Enjeu, models.PROTECT, related_name="services", verbose_name="enjeu")
    position = models.PositiveSmallIntegerField("rang")
    is_attested = models.BooleanField("attesté", default=False)
    first_year = models.PositiveSmallIntegerField("première édition")
    last_year = models.PositiveSmallIntegerField("dernière édition", null=True, blank=True)
    replaced_by = models.ManyToManyField(
        "self", symmetrical=False, related_name="replaces", blank=True, verbose_name="remplacé par"
    )

    objects = ServiceQuerySet.as_manager()

    class Meta:
        verbose_name = "service"
        ordering = ("position",)
        constraints = (
            models.CheckConstraint(
                condition=Q(last_year=None) | Q(last_year__gte=F("first_year")),
                name="service_ends_after_start",
                violation_error_message="La dernière édition d’un service ne précède pas la première.",
            ),
        )

    def __str__(self):
        return self.name
