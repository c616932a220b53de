"""A small invented country, where the imports of awards meet their names."""

import pytest

from tests.factories.atlaas import CommuneFactory, DepartementFactory, GroupFactory, RegionFactory


@pytest.fixture
def country(db):
    """Two régions: Haute-Essaie (two communes of one name, a group) and Basse-Essaie."""
    upper = RegionFactory(code="91", name="Haute-Essaie")
    lower = RegionFactory(code="92", name="Basse-Essaie")
    north = DepartementFactory(code="81", region=upper, name="Nord-Essaie")
    south = DepartementFactory(code="82", region=lower, name="Sud-Essaie")
    CommuneFactory(code="81001", name="Bourg-la-Fontaine", departement=north, population=8000)
    CommuneFactory(code="81002", name="Marlieu", departement=north, population=900)
    CommuneFactory(code="81003", name="Marlieu", departement=north, population=300)
    CommuneFactory(code="82001", name="Ville-d’Essaie", departement=south, population=2500)
    CommuneFactory(code="82002", name="Îlot-Perdu", departement=south, population=None)
    GroupFactory(code="200000001", name="CC du Pays d’Essaie", region=upper)
