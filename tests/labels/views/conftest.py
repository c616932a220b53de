import pytest

from labels.operations.statistics import recompute
from tests.factories.atlaas import CommuneFactory, DepartementFactory, RegionFactory
from tests.factories.labels import AwardFactory


@pytest.fixture
def normandy():
    return RegionFactory(code="28", name="Normandie")


@pytest.fixture
def win(normandy):
    """Make laureates of 2025 in Normandy, and compute the statistics."""

    def laureates(*names, region=normandy, **values):
        departement = DepartementFactory(region=region)
        awards = [
            AwardFactory(collectivity=CommuneFactory(name=name, departement=departement), **values)
            for name in names
        ]
        recompute("2025")
        return awards

    return laureates
