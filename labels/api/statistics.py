"""/api/v1/statistiques/<year>/"""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from atlaas.api.base import META, ErrorSerializer, MetaSerializer, PublicView
from atlaas.api.parameters import NoParameters, read
from atlaas.rules.text import french
from labels.api.geography import DepartementSerializer, RegionSerializer
from labels.api.palmares import EditionSerializer, edition_of
from labels.queries.coverage import covered_enjeux, covered_services
from labels.queries.statistics import by_departement, by_level, of_edition
from labels.rules.definitions import DEFINITIONS, SCOPE

ATTESTED = french(
    "Cette édition n'est connue que par des lignes attestées : aucune statistique n'en est tirée."
)
NOT_YET = french("Les statistiques de cette édition ne sont pas encore calculées.")
LISTS = ("rows", "departements", "levels", "enjeux", "services", "differences")


class LevelCountSerializer(serializers.Serializer):
    level = serializers.CharField(help_text="Classe de niveau : 1 à 5, ou 4-5 (à confirmer).")
    label = serializers.CharField(source="level.label")  # type: ignore[assignment]  # a field of that name
    count = serializers.IntegerField()


class FiguresSerializer(serializers.Serializer):
    region = RegionSerializer(allow_null=True, help_text="Vide : la France.")
    category = serializers.CharField(help_text="Vide : les trois catégories.")
    laureates = serializers.IntegerField()
    levels = LevelCountSerializer(many=True)
    ten = serializers.IntegerField()
    ten_in_force = serializers.IntegerField(allow_null=True, help_text="Vide : non connu ici.")
    mentions = serializers.IntegerField()
    communes = serializers.IntegerField()
    member_communes = serializers.IntegerField()
    inhabitants = serializers.IntegerField()
    dossiers = serializers.IntegerField()
    sheets = serializers.IntegerField(allow_null=True, help_text="Vide : non connu ici.")
    sheets_new = serializers.IntegerField(allow_null=True)
    sheets_modified = serializers.IntegerField(allow_null=True)
    sheets_renewed = serializers.IntegerField(allow_null=True)


class DepartementFiguresSerializer(FiguresSerializer):
    departement = DepartementSerializer()


class LevelFiguresSerializer(FiguresSerializer):
    level = serializers.CharField(help_text="Classe de niveau : 1 à 5, ou 4-5 (à confirmer).")


class CoveredSerializer(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()
    enjeu = serializers.CharField()
    dossiers = serializers.IntegerField()
    sheets = serializers.IntegerField()
    dossiers_before = serializers.IntegerField(allow_null=True, help_text="Vide : non connu ici.")
    sheets_before = serializers.IntegerField(allow_null=True, help_text="Vide : non connu ici.")


class DefinitionSerializer(serializers.Serializer):
    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field of that name
    text = serializers.CharField()


class DifferenceSerializer(serializers.Serializer):
    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field of that name
    region = RegionSerializer(allow_null=True)
    printed = serializers.IntegerField(allow_null=True, help_text="Vide : le document oublie ce chiffre.")
    computed = serializers.IntegerField()
    place = serializers.CharField(help_text="Document et page.")
    comment = serializers.CharField(help_text="Ce qui explique l’écart.")


class StatisticsSerializer(MetaSerializer):
    edition = EditionSerializer()
    note = serializers.CharField(help_text="Pourquoi il n’y a aucun chiffre, le cas échéant.")
    computed_at = serializers.DateTimeField(allow_null=True)
    digest = serializers.CharField(help_text="SHA-256 des chiffres : le même tant qu’aucun ne change.")
    scope = serializers.CharField(help_text="Ce que compte une ligne.")
    definitions = DefinitionSerializer(many=True)
    titles = serializers.CharField(help_text="Les titres TEN, en une phrase.")
    compared_with = serializers.IntegerField(
        allow_null=True,
        help_text="Édition dont les dossiers servent de comparaison ; vide : aucune n’est connue ici.",
    )
    rows = FiguresSerializer(many=True)
    departements = DepartementFiguresSerializer(many=True)
    levels = LevelFiguresSerializer(many=True, help_text="La France, par classe de niveau.")
    enjeux = CoveredSerializer(many=True, help_text="Du plus au moins couvert ; vide : non connu ici.")
    services = CoveredSerializer(many=True, help_text="Du plus au moins couvert ; vide : non connu ici.")
    differences = DifferenceSerializer(many=True, help_text="Chiffres qu’un document imprime autrement.")


class StatisticsView(PublicView):
    serializer_class = StatisticsSerializer

    @extend_schema(
        tags=["Statistiques"],
        summary="Statistiques d’une édition",
        description="Une ligne par région et par catégorie où il y a un lauréat, et celles de la France.",
        responses={200: StatisticsSerializer, 400: ErrorSerializer, 404: ErrorSerializer},
    )
    def get(self, request, year):
        read(NoParameters, request)
        facts = _facts(edition_of(year, request.user))
        return Response(
            self.get_serializer({**META, "definitions": DEFINITIONS, "scope": SCOPE, **facts}).data
        )


def _facts(edition):
    found = of_edition(edition)
    if found is None:
        note = NOT_YET if edition.is_complete else ATTESTED
        return {
            "edition": edition,
            "note": note,
            "computed_at": None,
            "digest": "",
            "titles": "",
            "compared_with": None,
            **dict.fromkeys(LISTS, ()),
        }
    return {
        "edition": edition,
        "note": "",
        "computed_at": found.computed_at,
        "digest": found.digest,
        "titles": found.titles().words,
        "compared_with": found.compared_with,
        "rows": found.rows,
        "departements": by_departement(edition),
        "levels": by_level(edition),
        "enjeux": covered_enjeux(edition),
        "services": covered_services(edition),
        "differences": found.differences(),
    }
