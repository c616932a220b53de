from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse

from atlaas.choices import CollectivityKind, GroupNature
from atlaas.models.region import Departement, Region


class CollectivityQuerySet(models.QuerySet["Collectivity"]):
    def current(self):
        """Those of the official geography in force, not those that merged or vanished."""
        return self.filter(is_current=True)

    def located(self):
        return self.filter(lon__isnull=False, lat__isnull=False)

    def served_by(self, user):
        """Door of the people's space: those for which the person may act today, by a role or by a mandate in force."""
        if not user.is_authenticated:
            return self.none()
        in_force = Q(mandates__revoked_at=None, mandates__starts_at__lte=Now(), mandates__until__gt=Now())
        theirs = Q(mandates__holder=user) | Q(mandates__operator__affiliations__user=user)
        theirs |= Q(mandates__holder=None, mandates__operator=None, mandates__holder_email=user.email)
        mandated = Collectivity.objects.filter(in_force & theirs).values("pk")
        return self.filter(Q(pk__in=user.affiliations.values("collectivity")) | Q(pk__in=mandated))

    def with_place(self):
        """Join what every line that names a collectivité shows."""
        return self.select_related("departement", "region")


class Collectivity(models.Model):
    """A commune, an EPCI or a syndicat, known by its INSEE code or its SIREN."""

    code = models.CharField("code INSEE ou SIREN", max_length=9, unique=True)
    kind = models.CharField("nature", max_length=8, choices=CollectivityKind.choices)
    nature = models.CharField("forme du groupement", max_length=5, choices=GroupNature.choices, blank=True)
    name = models.CharField("nom", max_length=200)
    slug = models.SlugField("adresse", max_length=200)
    sort_key = models.CharField("clé de tri", max_length=200, editable=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="collectivities", verbose_name="région")
    departement = models.ForeignKey(
        Departement,
        models.PROTECT,
        related_name="collectivities",
        null=True,
        blank=True,
        verbose_name="département",
    )
    epci = models.ForeignKey(
        "self", models.PROTECT, related_name="members", null=True, blank=True, verbose_name="intercommunalité"
    )
    population = models.PositiveIntegerField("habitants", null=True, blank=True)
    member_count = models.PositiveIntegerField("nombre de communes membres", null=True, blank=True)
    lon = models.FloatField("longitude", null=True, blank=True)
    lat = models.FloatField("latitude", null=True, blank=True)
    note = models.TextField("note sur la donnée", blank=True)
    is_current = models.BooleanField("dans la géographie en vigueur", default=True)

    objects = CollectivityQuerySet.as_manager()

    class Meta:
        verbose_name = "collectivité"
        ordering = ("sort_key", "code")
        indexes = (
            GinIndex(fields=("sort_key",), opclasses=("gin_trgm_ops",), name="collectivity_name_trigrams"),
            models.Index(fields=("sort_key", "code"), name="collectivity_alphabet"),
            models.Index(fields=("lat", "lon"), name="collectivity_place"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(kind=CollectivityKind.COMMUNE, code__regex=r"^[0-9][0-9AB][0-9]{3}$")
                | (~Q(kind=CollectivityKind.COMMUNE) & Q(code__regex=r"^[0-9]{9}$")),
                name="collectivity_code_fits_kind",
                violation_error_message="Une commune porte un code INSEE de 5 signes, un groupement un SIREN de 9 chiffres.",
            ),
            models.CheckConstraint(
                condition=Q(kind=CollectivityKind.COMMUNE, nature="")
                | (~Q(kind=CollectivityKind.COMMUNE) & ~Q(nature="")),
                name="collectivity_nature_for_groups",
                violation_error_message="Un groupement a une forme juridique, une commune n’en a pas.",
            ),
            models.CheckConstraint(
                condition=Q(epci=None) | Q(kind=CollectivityKind.COMMUNE),
                name="collectivity_only_communes_join",
                violation_error_message="Seule une commune est membre d’une intercommunalité.",
            ),
            models.CheckConstraint(
                condition=Q(lon=None, lat=None) | Q(lon__range=(-180, 180), lat__range=(-90, 90)),
                name="collectivity_point_on_earth",
                violation_error_message="Le point demande une longitude de −180 à 180 et une latitude de −90 à 90.",
            ),
        )

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("collectivity", kwargs={"code": self.code, "slug": self.slug})

    @property
    def is_commune(self) -> bool:
        return self.kind == CollectivityKind.COMMUNE

    @property
    def place(self) -> str:
        """Where it is, in one line: « Nord (59) · Hauts-de-France »."""
        return " · ".join(str(one) for one in (self.departement, self.region) if one)


class Succession(models.Model):
    """A code that is no more, and the collectivité that took it over (merger, new name, new code)."""

    old_code = models.CharField("ancien code", max_length=9, unique=True)
    successor = models.ForeignKey(
        Collectivity, models.PROTECT, related_name="predecessors", verbose_name="collectivité qui succède"
    )
    date = models.DateField("date d’effet")
    source = models.CharField("source", max_length=300)

    class Meta:
        verbose_name = "succession"
        ordering = ("-date", "old_code")
        constraints = (
            models.CheckConstraint(
                condition=~Q(source=""),
                name="succession_has_source",
                violation_error_message="Une succession nomme sa source.",
            ),
        )

    def __str__(self):
        return f"{self.old_code} → {self.successor_id}"
