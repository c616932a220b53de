"""/api/v1/collectivites/ and /api/v1/collectivites/<code>/"""

from django.http import Http404, HttpResponsePermanentRedirect
from django.urls import reverse
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.response import Response

from atlaas.api.base import META, ErrorSerializer, MetaSerializer, Pages, PublicView
from atlaas.api.parameters import NoParameters, PageForm, documented, read
from atlaas.models import Collectivity
from labels.api.awards import SHOWN, AwardSerializer
from labels.api.geography import CollectivitySerializer
from labels.forms.directory import DirectoryForm
from labels.models import Award
from labels.queries.collectivity import standing_for
from labels.queries.directory import directory
from labels.queries.history import history_of
from labels.queries.member import members_of


class CollectivitiesForm(DirectoryForm, PageForm):
    """What the page of the collectivités asks, and which part of the list."""


class WonSerializer(AwardSerializer):
    """An award with its edition and, where it was won by a collectivité that is no more, its code."""

    year = serializers.IntegerField(source="edition.year")
    won_by = serializers.CharField(
        source="collectivity.code",
        help_text="Code de la collectivité qui l’a obtenue (elle-même, ou une ancienne).",
    )

    class Meta:
        model = Award
        fields = ("year", "won_by", *SHOWN)


class GroupSerializer(serializers.ModelSerializer):
    href = serializers.SerializerMethodField()

    class Meta:
        model = Collectivity
        fields = ("code", "name", "population", "href")

    def get_href(self, collectivity) -> str:
        return self.context["origin"] + reverse("api-collectivity", args=[collectivity.code])


class IdentitySerializer(CollectivitySerializer):
    epci = GroupSerializer(allow_null=True, help_text="Intercommunalité dont la commune est membre.")
    members = GroupSerializer(
        source="members_shown",
        many=True,
        help_text="Communes membres ; vide pour une commune, inconnues pour un syndicat.",
    )
    former_codes = serializers.ListField(
        child=serializers.CharField(), help_text="Codes auxquels elle a succédé."
    )
    awards = WonSerializer(
        source="awards_shown",
        many=True,
        help_text="Récompenses publiques, de la plus récente à la plus ancienne.",
    )
    sheets = serializers.SerializerMethodField(help_text="Ses fiches action dans l’API.")

    class Meta:
        model = Collectivity
        fields = (
            *CollectivitySerializer.Meta.fields,
            "note",
            "is_current",
            "epci",
            "members",
            "former_codes",
            "awards",
            "sheets",
        )

    def get_sheets(self, collectivity) -> str:
        return f"{self.context['origin']}{reverse('api-sheet-list')}?collectivite={collectivity.code}"


class CollectivityDetailSerializer(MetaSerializer):
    collectivity = IdentitySerializer()


@extend_schema(
    tags=["Collectivités"],
    summary="Chercher des collectivités",
    description="Communes, intercommunalités et syndicats de la géographie en vigueur ; avec q, les plus proches d’abord.",
    parameters=documented(DirectoryForm),
    responses={200: CollectivitySerializer(many=True), 400: ErrorSerializer, 404: ErrorSerializer},
)
class CollectivitiesView(PublicView, ListAPIView):
    serializer_class = CollectivitySerializer
    pagination_class = Pages
    queryset = Collectivity.objects.none()

    def get_queryset(self):
        return directory(read(CollectivitiesForm, self.request).criteria(), self.request.user)


class CollectivityView(PublicView):
    serializer_class = CollectivityDetailSerializer

    @extend_schema(
        tags=["Collectivités"],
        summary="Une collectivité et ses récompenses",
        description="Un code INSEE ou SIREN qui n’est plus renvoie pour de bon à la collectivité qui succède.",
        responses={
            200: CollectivityDetailSerializer,
            301: OpenApiResponse(description="Ancien code : voir l’adresse de la collectivité qui succède."),
            400: ErrorSerializer,
            404: ErrorSerializer,
        },
    )
    def get(self, request, code):
        read(NoParameters, request)
        found = standing_for(code)
        if found is None:
            raise Http404
        if found.code != code.upper():
            return HttpResponsePermanentRedirect(reverse("api-collectivity", args=[found.code]))
        facts = {**META, "collectivity": with_history(found, request.user)}
        return Response(self.get_serializer(facts).data)


def with_history(collectivity, user):
    """Set what `IdentitySerializer` reads besides the fields."""
    history = history_of(collectivity, user)
    collectivity.awards_shown, collectivity.former_codes = history.awards, history.former_codes
    collectivity.members_shown = [member.commune for member in members_of(collectivity, user)]
    return collectivity
