import dataclasses

from labels.queries.statistics import Figures
from labels.rules.definitions import DEFINITIONS


def test_definitions_explain_every_figure():
    figures = {field.name for field in dataclasses.fields(Figures)} - {
        "region",
        "departement",
        "category",
        "level",
    }

    assert {one.key for one in DEFINITIONS} == figures
