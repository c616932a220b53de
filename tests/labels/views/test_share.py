import pytest

from tests.factories.atlaas import CommuneFactory, GroupFactory
from tests.factories.labels import AwardFactory, EditionFactory

pytestmark = pytest.mark.django_db


def size(response):
    return int.from_bytes(response.content[16:20]), int.from_bytes(response.content[20:24])


def test_picture_of_a_palmares(client, win):
    win("Ancre", "Bourg")

    response = client.get("/partage/palmares/2025.png")

    assert (response["Content-Type"], size(response)) == ("image/png", (1200, 630))
    assert set(response["Cache-Control"].split(", ")) == {"public", "max-age=55"}


def test_picture_before_the_statistics_has_no_figure(client, win):
    AwardFactory()

    before = client.get("/partage/palmares/2025.png")
    win("Ancre")
    after = client.get("/partage/palmares/2025.png")

    assert before.status_code == after.status_code == 200
    assert before.content != after.content


def test_picture_of_an_attested_year(client):
    AwardFactory(edition=EditionFactory(year=2012, coverage="attested"), source="un journal")

    assert size(client.get("/partage/palmares/2012.png")) == (1200, 630)


@pytest.mark.parametrize(
    "values",
    [
        {"level": 5, "is_ten": True},
        {"level": 4, "level_is_certain": False},
        {"level": None, "level_as_printed": None, "level_text": "hors concours", "source": "un journal"},
    ],
)
def test_picture_of_a_collectivity(client, values):
    award = AwardFactory(**values)

    assert size(client.get(f"/partage/collectivite/{award.collectivity.code}.png")) == (1200, 630)


@pytest.mark.parametrize("name", ["#panic()", "x" * 200, "L’Haÿ-les-Roses « & < »"])
def test_picture_of_a_collectivity_never_labelled(client, name):
    commune = CommuneFactory(name=name, slug="x")

    assert size(client.get(f"/partage/collectivite/{commune.code}.png")) == (1200, 630)


def test_picture_tells_nothing_before_publication(client):
    award = AwardFactory(
        edition=EditionFactory(published_at=None), level=5, is_ten=True, collectivity=GroupFactory(name="CC")
    )
    url = f"/partage/collectivite/{award.collectivity.code}.png"
    with_award = client.get(url).content
    award.delete()

    assert client.get(url).content == with_award


@pytest.mark.parametrize(
    "path", ["palmares/2024", "palmares/abcd", "palmares/99999", "collectivite/99999", "autre/2025"]
)
def test_picture_of_nothing_is_not_found(client, path):
    assert client.get(f"/partage/{path}.png").status_code == 404
