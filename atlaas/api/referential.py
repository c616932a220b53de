"""/api/v1/referentiel/"""

from urllib.parse import urlencode

from django import forms
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.response import Response

from atlaas.api.base import META, ErrorSerializer, MetaSerializer, PublicView
from atlaas.api.parameters import documented, read
from atlaas.queries.referential import latest_referential_year, referential


class ReferentialForm(forms.Form):
    annee = forms.IntegerField(
        label="Année de l’édition ; par défaut, la version la plus récente",
        min_value=1999,
        max_value=2199,
        required=False,
    )


class ServiceSerializer(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()
    is_attested = serializers.BooleanField(help_text="Faux : proposition de travail, sans source officielle.")
    sheets = serializers.SerializerMethodField(help_text="Les fiches action de ce service, dans l’API.")

    def get_sheets(self, service) -> str:
        return f"{self.context['origin']}{reverse('api-sheet-list')}?{urlencode({'service': service.code})}"


class EnjeuSerializer(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()
    slug = serializers.CharField()
    is_attested = serializers.BooleanField(help_text="Faux : proposition de travail, sans source officielle.")
    family_is_attested = serializers.BooleanField(help_text="Faux : rattachement à la famille proposé.")
    services = ServiceSerializer(source="listed", many=True)


class FamilySerializer(serializers.Serializer):
    name = serializers.CharField()
    slug = serializers.CharField()
    enjeux = EnjeuSerializer(source="listed", many=True)


class ReferentialSerializer(MetaSerializer):
    year = serializers.IntegerField(help_text="Édition dont le référentiel est donné.")
    enjeux = serializers.IntegerField()
    attested_enjeux = serializers.IntegerField()
    services = serializers.IntegerField()
    attested_services = serializers.IntegerField()
    families = FamilySerializer(many=True)


class ReferentialView(PublicView):
    serializer_class = ReferentialSerializer

    @extend_schema(
        tags=["Référentiel"],
        summary="Référentiel des services",
        description="Familles, enjeux et services ; ce qui n’est pas attesté est une proposition de travail.",
        parameters=documented(ReferentialForm),
        responses={200: ReferentialSerializer, 400: ErrorSerializer, 404: ErrorSerializer},
    )
    def get(self, request):
        year = read(ReferentialForm, request).cleaned_data["annee"] or latest_referential_year()
        found = referential(year) if year else None
        if not found or not found.services:
            raise NotFound("Le référentiel de cette édition n’est pas connu.")
        facts = {**META, **vars(found)}
        return Response(self.get_serializer(facts).data)
