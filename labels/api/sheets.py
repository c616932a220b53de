"""/api/v1/fiches/, one fiche, and the same as GeoJSON."""

from django.http import Http404
from django.urls import reverse
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from atlaas.api.base import META, ErrorSerializer, MetaSerializer, PublicView
from atlaas.api.parameters import NoParameters, read
from atlaas.api.quick import QuickSerializer
from atlaas.models import PublicSheet
from labels.api.geography import CollectivitySerializer
from labels.api.palmares import GeoJSONRenderer, PointSerializer
from labels.api.sheet_pages import LARGEST, LARGEST_MAP, PARAMETERS, paged
from labels.queries.sheet_services import with_services

ERRORS = {400: ErrorSerializer, 404: ErrorSerializer}
TAG = "Fiches action"


class SheetServiceSerializer(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()
    is_attested = serializers.BooleanField(help_text="Faux : proposition de travail, sans source officielle.")
    href = serializers.SerializerMethodField(help_text="Le référentiel dans l’API.")

    def get_href(self, _service) -> str:
        return self.context["origin"] + reverse("api-referential")


class SheetSerializer(QuickSerializer):
    """A line: what the action is, who leads it, when it was told."""

    id = serializers.UUIDField(source="pk", help_text="Identifiant, pour toujours.")
    collectivity = CollectivitySerializer()
    services = SheetServiceSerializer(source="services_shown", many=True)
    published_at = serializers.DateTimeField(help_text="Première publication.")
    updated_at = serializers.DateTimeField(help_text="Dernière mise à jour.")
    href = serializers.SerializerMethodField(help_text="Cette fiche dans l’API.")
    page = serializers.SerializerMethodField(help_text="Sa page pour les lecteurs.")

    class Meta:
        model = PublicSheet
        fields: tuple[str, ...] = (
            "id",
            "title",
            "summary",
            "kind",
            "is_running",
            "collectivity",
            "services",
            "lon",
            "lat",
            "is_demo",
            "published_at",
            "updated_at",
            "href",
            "page",
        )

    def get_href(self, sheet) -> str:
        return self.context["origin"] + reverse("api-sheet", args=[sheet.pk])

    def get_page(self, sheet) -> str:
        return self.context["origin"] + sheet.get_absolute_url()


class RevisionSerializer(serializers.Serializer):
    number = serializers.IntegerField()
    kind = serializers.CharField(help_text="Ce qui a été fait : publication, confirmation, fin…")
    at = serializers.DateTimeField()


class WholeSheetSerializer(SheetSerializer):
    """Everything that is public; the contact is a function and a generic mailbox, never a person."""

    revisions = RevisionSerializer(source="revisions_shown", many=True)
    inspired_by = serializers.UUIDField(source="inspired_by_id", allow_null=True)

    class Meta(SheetSerializer.Meta):
        fields = (
            *SheetSerializer.Meta.fields,
            "text",
            "operator",
            "operator_name",
            "started_on",
            "ended_on",
            "audience",
            "partners",
            "address",
            "precision",
            "links",
            "contact_function",
            "contact_email",
            "inspired_by",
            "revisions",
        )


class SheetsSerializer(MetaSerializer):
    next = serializers.CharField(allow_null=True, help_text="Adresse de la page suivante.")
    previous = serializers.CharField(allow_null=True, help_text="Adresse de la page précédente.")
    results = SheetSerializer(many=True)


class SheetDetailSerializer(MetaSerializer):
    sheet = WholeSheetSerializer()


class SheetFeatureSerializer(serializers.Serializer):
    type = serializers.CharField(source="feature_type", default="Feature", help_text="Toujours Feature.")
    id = serializers.UUIDField(source="pk")
    geometry = serializers.SerializerMethodField()
    properties = SheetSerializer(source="*")

    @extend_schema_field(PointSerializer(allow_null=True))
    def get_geometry(self, sheet):
        return None if sheet.lon is None else {"type": "Point", "coordinates": [sheet.lon, sheet.lat]}


class SheetMapSerializer(MetaSerializer):
    type = serializers.CharField(help_text="Toujours FeatureCollection.")
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    features = SheetFeatureSerializer(many=True)


class SheetsView(PublicView):
    serializer_class = SheetsSerializer

    @extend_schema(
        tags=[TAG],
        summary="Fiches action publiées",
        operation_id="fiches_list",
        description="Mêmes filtres que la page ; par clés : suivez `next`. Par date de mise à jour, ou par pertinence avec un texte.",
        parameters=PARAMETERS,
        responses={200: SheetsSerializer, 400: ErrorSerializer},
    )
    def get(self, request):
        found = paged(request, LARGEST)
        return Response(self.get_serializer({**META, **found.links, "results": found.sheets}).data)


class SheetsMapView(PublicView):
    serializer_class = SheetMapSerializer
    renderer_classes = [GeoJSONRenderer, JSONRenderer]

    @extend_schema(
        tags=[TAG],
        summary="Fiches action en GeoJSON",
        operation_id="fiches_map",
        description=f"Mêmes filtres, {LARGEST_MAP} fiches au plus par page (WGS 84).",
        parameters=PARAMETERS,
        responses={(200, "application/geo+json"): SheetMapSerializer, 400: ErrorSerializer},
    )
    def get(self, request):
        found = paged(request, LARGEST_MAP)
        facts = {**META, "type": "FeatureCollection", **found.links, "features": found.sheets}
        return Response(self.get_serializer(facts).data)


class SheetView(PublicView):
    serializer_class = SheetDetailSerializer

    @extend_schema(
        tags=[TAG],
        summary="Une fiche action",
        operation_id="fiches_read",
        description="Tout ce qui est public de la fiche, avec les dates de ses versions.",
        responses={200: SheetDetailSerializer, **ERRORS},
    )
    def get(self, request, pk):
        read(NoParameters, request)
        sheet = (
            PublicSheet.objects.visible_to(request.user).with_place().defer("search").filter(pk=pk).first()
        )
        if sheet is None:
            raise Http404
        with_services([sheet])
        sheet.revisions_shown = sheet.sheet.revisions.order_by("number").only("number", "kind", "at", "sheet")
        return Response(self.get_serializer({**META, "sheet": sheet}).data)
