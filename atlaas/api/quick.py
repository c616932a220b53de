"""Serializers for long answers."""

from django.db.models import Model
from rest_framework import serializers

# What JSON holds as it stands in the row.
PLAIN = {
    serializers.BooleanField,
    serializers.CharField,
    serializers.ChoiceField,
    serializers.FloatField,
    serializers.IntegerField,
    serializers.SlugField,
}


class QuickSerializer(serializers.ModelSerializer):
    """Plain values go straight from the row to the answer: a palmarès has thousands of them, and must be told in a moment."""

    def to_representation(self, instance: Model) -> dict[str, object]:
        return {name: self._told(field, instance) for name, field in self.fields.items()}

    def _told(self, field: serializers.Field, instance: Model) -> object:
        source = str(field.source)
        if type(field) in PLAIN and "." not in source:
            return getattr(instance, source)
        value = field.get_attribute(instance)
        return None if value is None else field.to_representation(value)
