"""How an award is written in every resource."""

from rest_framework import serializers

from atlaas.api.quick import QuickSerializer
from labels.models import Award

SHOWN = (
    "category",
    "level",
    "level_is_certain",
    "level_as_printed",
    "level_text",
    "is_ten",
    "mentions",
    "distinction",
    "name_as_printed",
    "note",
    "source",
    "is_demo",
)


class AwardSerializer(QuickSerializer):
    """`level` 4 with `level_is_certain` false means 4 or 5, to be confirmed; no level: `level_text` as the source has it."""

    mentions = serializers.SerializerMethodField(help_text="Thèmes des mentions obtenues.")
    is_demo = serializers.BooleanField(
        source="edition.is_demo", help_text="Vrai : édition de démonstration, rien n’y est réel."
    )

    class Meta:
        model = Award
        fields = SHOWN

    def get_mentions(self, award) -> list[str]:
        return [mention.theme.name for mention in award.mentions.all()]
