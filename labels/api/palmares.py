"""/api/v1/palmares/, one palmarès, and its map as GeoJSON."""

from django.http import Http404
from django.urls import reverse
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from atlaas.api.base import META, ErrorSerializer, MetaSerializer, PublicView
from atlaas.api.parameters import NoParameters, documented, read
from labels.api.awards import SHOWN, AwardSerializer
from labels.api.geography import CollectivitySerializer
from labels.forms.palmares import PalmaresForm
from labels.models import Award, Edition
from labels.queries.palmares import filtered
from labels.queries.seal import corrections_of
from labels.rules.edition import number

ERRORS = {400: ErrorSerializer, 404: ErrorSerializer}


class EditionSerializer(serializers.ModelSerializer):
    """`coverage`: `complete`, or `attested` when only lines that a public source attests are known."""

    number = serializers.SerializerMethodField(help_text="Rang de l’édition : son millésime moins 1999.")
    href = serializers.SerializerMethodField(help_text="Ce palmarès dans l’API.")
    page = serializers.SerializerMethodField(help_text="Sa page pour les lecteurs.")

    class Meta:
        model = Edition
        fields = ("year", "number", "coverage", "ceremony_on", "published_at", "is_demo", "href", "page")

    def get_number(self, edition) -> int | None:
        return number(edition.year)

    def get_href(self, edition) -> str:
        return self.context["origin"] + reverse("api-palmares", args=[edition.year])

    def get_page(self, edition) -> str:
        return self.context["origin"] + edition.get_absolute_url()


class LaureateSerializer(AwardSerializer):
    collectivity = CollectivitySerializer()

    class Meta:
        model = Award
        fields = ("collectivity", *SHOWN)


class EditionsSerializer(MetaSerializer):
    editions = EditionSerializer(many=True)


class CorrectionSerializer(serializers.Serializer):
    code = serializers.CharField(help_text="Code de la collectivité.")
    told = serializers.CharField(help_text="Ce qui a changé.")
    reason = serializers.CharField()
    at = serializers.DateTimeField()


class PalmaresSerializer(MetaSerializer):
    edition = EditionSerializer()
    seal = serializers.CharField(
        allow_null=True,
        help_text="SHA-256 de ce qui a été scellé avant la cérémonie ; null si rien ne l’a été.",
    )
    corrections = CorrectionSerializer(
        many=True, help_text="Les lignes corrigées depuis qu’elles sont scellées, dans l’ordre."
    )
    count = serializers.IntegerField(help_text="Nombre de lignes qui répondent aux filtres.")
    laureates = LaureateSerializer(many=True)


class PointSerializer(serializers.Serializer):
    type = serializers.CharField(help_text="Toujours Point.")
    coordinates = serializers.ListField(
        child=serializers.FloatField(), help_text="Longitude, latitude (WGS 84)."
    )


class PropertiesSerializer(AwardSerializer):
    code = serializers.CharField(source="collectivity.code")
    name = serializers.CharField(source="collectivity.name")
    region = serializers.CharField(source="collectivity.region.name")
    page = serializers.SerializerMethodField()

    class Meta:
        model = Award
        fields = ("code", "name", "region", "page", *SHOWN)

    def get_page(self, award) -> str:
        return self.context["origin"] + award.collectivity.get_absolute_url()


class FeatureSerializer(serializers.Serializer):
    type = serializers.CharField(source="feature_type", default="Feature", help_text="Toujours Feature.")
    id = serializers.CharField(source="collectivity.code")
    geometry = serializers.SerializerMethodField()
    properties = PropertiesSerializer(source="*")

    @extend_schema_field(PointSerializer(allow_null=True))
    def get_geometry(self, award):
        place = award.collectivity
        return None if place.lon is None else {"type": "Point", "coordinates": [place.lon, place.lat]}


class FeatureCollectionSerializer(MetaSerializer):
    type = serializers.CharField(help_text="Toujours FeatureCollection.")
    year = serializers.IntegerField()
    without_point = serializers.ListField(
        child=serializers.CharField(),
        help_text="Codes des lauréats dont aucun point n’est connu (geometry est null).",
    )
    features = FeatureSerializer(many=True)


class GeoJSONRenderer(JSONRenderer):
    media_type = "application/geo+json"


def edition_of(year, user) -> Edition:
    """The edition that a person may see, or 404."""
    rows = Edition.objects.visible_to(user).select_related("seal").defer("seal__bundle", "seal__annex")
    edition = rows.filter(year=year).first()
    if edition is None:
        raise Http404
    return edition


def seal_facts(edition) -> dict[str, object]:
    """The digest and the corrections of an edition of `edition_of` (two queries when it was sealed)."""
    if not hasattr(edition, "seal"):
        return {"seal": None, "corrections": []}
    return {"seal": edition.seal.sha256, "corrections": corrections_of(edition)}


def awards_asked(edition, request) -> list[Award]:
    awards = list(filtered(edition, read(PalmaresForm, request).criteria(), request.user))
    for award in awards:
        award.edition = edition
    return awards


class EditionsView(PublicView):
    serializer_class = EditionsSerializer

    @extend_schema(
        tags=["Palmarès"],
        summary="Palmarès publics",
        operation_id="palmares_list",
        description="Les éditions, la plus récente d’abord.",
        responses={200: EditionsSerializer, 400: ErrorSerializer},
    )
    def get(self, request):
        read(NoParameters, request)
        return Response(
            self.get_serializer({**META, "editions": Edition.objects.visible_to(request.user)}).data
        )


class PalmaresView(PublicView):
    serializer_class = PalmaresSerializer

    @extend_schema(
        tags=["Palmarès"],
        summary="Palmarès d’une édition",
        parameters=documented(PalmaresForm),
        description="Région par région ; mêmes filtres que la page. Un niveau 4 qui n’est pas sûr se lit « 4 ou 5 ».",
        responses={200: PalmaresSerializer, **ERRORS},
    )
    def get(self, request, year):
        edition = edition_of(year, request.user)
        awards = awards_asked(edition, request)
        facts = {**META, "edition": edition, "count": len(awards), "laureates": awards, **seal_facts(edition)}
        return Response(self.get_serializer(facts).data)


class PalmaresMapView(PublicView):
    serializer_class = FeatureCollectionSerializer
    renderer_classes = [GeoJSONRenderer, JSONRenderer]

    @extend_schema(
        tags=["Palmarès"],
        summary="Palmarès d’une édition en GeoJSON",
        parameters=documented(PalmaresForm),
        description="Un point par lauréat (WGS 84) ; mêmes filtres que la page.",
        responses={(200, "application/geo+json"): FeatureCollectionSerializer, **ERRORS},
    )
    def get(self, request, year):
        edition = edition_of(year, request.user)
        awards = awards_asked(edition, request)
        lost = [award.collectivity.code for award in awards if award.collectivity.lon is None]
        facts = {
            **META,
            "type": "FeatureCollection",
            "year": edition.year,
            "without_point": lost,
            "features": awards,
        }
        return Response(self.get_serializer(facts).data)
