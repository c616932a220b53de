"""How régions, départements and collectivités are written in every resource."""

from functools import cache

from django.urls import reverse
from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from atlaas.api.quick import QuickSerializer
from atlaas.models import Collectivity, Departement, Region


@cache
def _list_path() -> str:
    """Hundreds of lines name their address: the route is resolved once."""
    return reverse("api-collectivity-list")


class PlaceSerializer(QuickSerializer):
    """The same place stands on many lines: it is written once an answer."""

    def to_representation(self, instance):
        written = self.context["written"].setdefault(type(self), {})
        if instance.pk not in written:
            written[instance.pk] = super().to_representation(instance)
        return written[instance.pk]


class RegionSerializer(PlaceSerializer):
    class Meta:
        model = Region
        fields = ("code", "name", "slug")


class DepartementSerializer(PlaceSerializer):
    class Meta:
        model = Departement
        fields = ("code", "name", "slug")


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "Une commune",
            value={
                "code": "14271",
                "kind": "commune",
                "nature": "",
                "name": "Fleury-sur-Orne",
                "region": {"code": "28", "name": "Normandie", "slug": "normandie"},
                "departement": {"code": "14", "name": "Calvados", "slug": "calvados"},
                "population": 5941,
                "lon": -0.3774,
                "lat": 49.1447,
                "href": "https://exemple.fr/api/v1/collectivites/14271/",
                "page": "https://exemple.fr/collectivites/14271-fleury-sur-orne/",
            },
            response_only=True,
        )
    ]
)
class CollectivitySerializer(QuickSerializer):
    """A line that names a collectivité; `lon` and `lat` are WGS 84 degrees."""

    region = RegionSerializer()
    departement = DepartementSerializer(allow_null=True)
    href = serializers.SerializerMethodField(help_text="Cette collectivité dans l’API.")
    page = serializers.SerializerMethodField(help_text="Sa page pour les lecteurs.")

    class Meta:
        model = Collectivity
        fields = (
            "code",
            "kind",
            "nature",
            "name",
            "region",
            "departement",
            "population",
            "lon",
            "lat",
            "href",
            "page",
        )

    def get_href(self, collectivity) -> str:
        return f"{self.context['origin']}{_list_path()}{collectivity.code}/"

    def get_page(self, collectivity) -> str:
        return self.context["origin"] + collectivity.get_absolute_url()
