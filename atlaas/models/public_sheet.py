"""What the public reads of a fiche: one row while it is published, made anew from its last revision."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.urls import reverse

from atlaas.choices import CollectivityKind
from atlaas.models.collectivity import Collectivity
from atlaas.models.region import Departement, Region
from atlaas.models.sheet import Revision, Sheet, SheetFacts

FRENCH = "french_unaccent"  # text search configuration of the first migration: French stems, no accents


class PublicSheetQuerySet(models.QuerySet["PublicSheet"]):
    def visible_to(self, user):
        """Door of every public page, feed, map and resource: a row is there only while the fiche is published."""
        return self.all()

    def with_place(self):
        return self.select_related("collectivity__departement", "collectivity__region")


class PublicSheet(SheetFacts):
    """A projection: `operations.publication` alone writes it, and can write it all again."""

    sheet = models.OneToOneField(
        Sheet, models.CASCADE, primary_key=True, related_name="public", verbose_name="fiche"
    )
    revision = models.OneToOneField(Revision, models.CASCADE, related_name="public", verbose_name="version")
    collectivity = models.ForeignKey(
        Collectivity, models.PROTECT, related_name="public_sheets", verbose_name="collectivité"
    )
    collectivity_kind = models.CharField("nature", max_length=8, choices=CollectivityKind.choices)
    population = models.PositiveIntegerField("habitants", null=True, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="région")
    departement = models.ForeignKey(
        Departement, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="département"
    )
    service_ids = ArrayField(models.BigIntegerField(), verbose_name="services", default=list, blank=True)
    enjeu_ids = ArrayField(models.BigIntegerField(), verbose_name="enjeux", default=list, blank=True)
    family_ids = ArrayField(models.BigIntegerField(), verbose_name="familles", default=list, blank=True)
    service_names = models.TextField("noms des services", blank=True)
    inspired_by = models.ForeignKey(
        Sheet, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="inspirée de"
    )
    is_demo = models.BooleanField("démonstration", default=False)
    published_at = models.DateTimeField("publiée le")
    updated_at = models.DateTimeField("mise à jour le")
    updated_year = models.GeneratedField(
        expression=models.Func(
            "updated_at",
            template="(EXTRACT(YEAR FROM %(expressions)s AT TIME ZONE 'Europe/Paris'))::smallint",
        ),
        output_field=models.SmallIntegerField(),
        db_persist=True,
        verbose_name="année de la mise à jour",
    )
    search = models.GeneratedField(
        expression=SearchVector("title", weight="A", config=FRENCH)
        + SearchVector("summary", weight="B", config=FRENCH)
        + SearchVector("service_names", weight="B", config=FRENCH)
        + SearchVector("text", weight="C", config=FRENCH),
        output_field=SearchVectorField(),
        db_persist=True,
        verbose_name="index de recherche",
    )

    objects = PublicSheetQuerySet.as_manager()

    class Meta:
        verbose_name = "fiche publiée"
        verbose_name_plural = "fiches publiées"
        ordering = ("-updated_at", "sheet_id")
        indexes = (
            GinIndex(fields=("search",), name="public_sheet_search"),
            GinIndex(fields=("service_ids",), name="public_sheet_services"),
            GinIndex(fields=("enjeu_ids",), name="public_sheet_enjeux"),
            models.Index(fields=("-updated_at", "sheet"), name="public_sheet_recent"),
            models.Index(fields=("collectivity", "-updated_at"), name="public_sheet_of"),
            models.Index(fields=("departement", "-updated_at"), name="public_sheet_departement"),
            models.Index(fields=("region", "-updated_at"), name="public_sheet_region"),
            models.Index(fields=("lat", "lon"), name="public_sheet_place"),
            # All that the counts beside a search read, in the order in which they fold it (`labels.queries.sheet_facets`):
            # equal rows share one entry, so that everything is counted from a third of the table's pages, already sorted.
            models.Index(
                fields=(
                    "collectivity",
                    "service_ids",
                    "kind",
                    "is_running",
                    "updated_year",
                    "region",
                    "departement",
                    "collectivity_kind",
                    "population",
                    "enjeu_ids",
                    "family_ids",
                ),
                name="public_sheet_facets",
            ),
        )

    def get_absolute_url(self):
        return reverse("sheet", kwargs={"pk": self.pk})
