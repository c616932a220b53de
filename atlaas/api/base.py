"""What every public resource shares: anyone reads it, it says its licence and sources, and its parameters are checked."""

from django.conf import settings
from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.pagination import BasePagination, PageNumberPagination
from rest_framework.permissions import AllowAny
from rest_framework.response import Response

LICENCE = "Licence Ouverte 2.0 (Etalab)"
ATTRIBUTION = (
    "Sources\u00a0: INSEE (COG, populations légales), DGCL, IGN ADMIN EXPRESS COG – Licence Ouverte 2.0."
)
META = {"licence": LICENCE, "attribution": ATTRIBUTION}
LARGEST_PAGE = 100


class PublicView(GenericAPIView):
    """Read-only and anonymous: no session, no cookie, no authentication to fail."""

    permission_classes = [AllowAny]
    http_method_names = ["get", "head", "options"]
    pagination_class: type[BasePagination] | None = None

    def get_serializer_context(self) -> dict[str, object]:
        return {**super().get_serializer_context(), "origin": origin(self.request), "written": {}}


class Pages(PageNumberPagination):
    """Numbered pages with the addresses of the next and the previous one."""

    page_query_param = "page"
    page_query_description = "Numéro de la page, à partir de 1."
    page_size_query_param = "limite"
    page_size_query_description = "Nombre d’éléments par page\u00a0: 50 par défaut, 100 au plus."
    page_size = 50
    max_page_size = LARGEST_PAGE
    invalid_page_message = "Cette page n’existe pas\u00a0: la liste est plus courte."

    def get_paginated_response(self, data: object) -> Response:
        answer = super().get_paginated_response(data)
        answer.data = {**META, **answer.data}
        return answer

    def get_paginated_response_schema(self, schema: dict[str, object]) -> dict[str, object]:
        found = super().get_paginated_response_schema(schema)
        about = {name: {"type": "string", "example": value} for name, value in META.items()}
        found["properties"] = {**about, **found["properties"]}
        found["required"] = [*about, *found["required"]]
        return found


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "Valeur inconnue",
            value={
                "detail": "Un paramètre ne peut pas être lu.",
                "parametres": {
                    "niveau": [
                        "Sélectionnez un choix valide. 6 n’en fait pas partie.",
                        "Valeurs possibles\u00a0: 5, 4-5, 4, 3, 2, 1.",
                    ]
                },
            },
            response_only=True,
            status_codes=["400"],
        )
    ]
)
class ErrorSerializer(serializers.Serializer):
    detail = serializers.CharField(help_text="Ce qui ne va pas, en une phrase.")
    parametres = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()),
        required=False,
        help_text="Pour chaque paramètre refusé, pourquoi et quelles valeurs sont possibles.",
    )


class MetaSerializer(serializers.Serializer):
    """First fields of every resource that is not a list."""

    licence = serializers.CharField(help_text="Licence des données.")
    attribution = serializers.CharField(help_text="Mention à reprendre avec les données.")


def origin(request) -> str:
    """What addresses in answers begin with."""
    return settings.PUBLIC_URL or f"{request.scheme}://{request.get_host()}"
