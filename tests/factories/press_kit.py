"""Signed texts of a press kit; every one is invented."""

import factory

from labels.models import EditorialBlock
from tests.factories.labels import EditionFactory


class EditorialBlockFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EditorialBlock

    edition = factory.SubFactory(EditionFactory)
    kind = "message"
    title = "Un message"
    text = "Des mots."
    signatory = "Camille Exemple"
    position = factory.Sequence(lambda number: number + 1)
