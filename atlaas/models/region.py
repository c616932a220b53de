from django.db import models

from atlaas.choices import Zone


class Region(models.Model):
    """A région, or an overseas collectivity that stands in its place."""

    code = models.CharField("code INSEE", max_length=3, primary_key=True)
    name = models.CharField("nom", max_length=80)
    slug = models.SlugField("adresse", max_length=80, unique=True)
    sort_key = models.CharField("clé de tri", max_length=80, editable=False)
    zone = models.CharField("zone", max_length=5, choices=Zone.choices)
    population = models.PositiveIntegerField("habitants", default=0)
    lon = models.FloatField("longitude", null=True, blank=True)
    lat = models.FloatField("latitude", null=True, blank=True)

    class Meta:
        verbose_name = "région"
        ordering = ("sort_key",)

    def __str__(self):
        return self.name


class Departement(models.Model):
    code = models.CharField("code INSEE", max_length=3, primary_key=True)
    name = models.CharField("nom", max_length=80)
    slug = models.SlugField("adresse", max_length=80, unique=True)
    sort_key = models.CharField("clé de tri", max_length=80, editable=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="departements", verbose_name="région")
    population = models.PositiveIntegerField("habitants", default=0)
    lon = models.FloatField("longitude", null=True, blank=True)
    lat = models.FloatField("latitude", null=True, blank=True)

    class Meta:
        verbose_name = "département"
        ordering = ("code",)

    def __str__(self):
        return f"{self.name} ({self.code})"
