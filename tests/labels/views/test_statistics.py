import pytest

from labels.operations.statistics import recompute
from tests.factories.labels import AwardFactory, EditionFactory, MentionFactory

pytestmark = pytest.mark.django_db


def text_of(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().replace("\u00a0", " ").replace("&nbsp;", " ").split())


def test_latest_leads_to_the_latest_complete_edition(client):
    EditionFactory(year=2025)
    EditionFactory(year=2026, coverage="attested")

    assert client.get("/statistiques/")["Location"] == "/statistiques/2025/"


def test_latest_without_any_edition_says_what_to_do(client):
    assert "Aucun palmarès complet n’est public" in text_of(client, "/statistiques/")


def test_stored_figures_stand_with_their_definitions_and_date(client):
    AwardFactory(level=4, level_is_certain=False)
    AwardFactory(level=5, is_ten=True)
    recompute("2025")

    text = text_of(client, "/statistiques/2025/")

    assert "<dt>lauréats</dt> <dd> 2 </dd>" in text
    assert '<th scope="row">4 ou 5 @ (à confirmer)</th> <td class="num">1</td>' in text
    assert "<p>2 lauréats : 1 à 5 @ et 1 à 4 ou 5 @ (à confirmer).</p>" in text
    assert "1 titre 2025 ; titulaires 2023 et 2024 non connus ici." in text
    assert "chacun compté une fois" in text
    assert "Empreinte SHA-256" in text
    assert "Calculé le <time" in text


def test_attested_edition_has_no_figure(client):
    AwardFactory(edition=EditionFactory(year=2018, coverage="attested"))

    assert "Aucun chiffre pour cette édition" in text_of(client, "/statistiques/2018/")


def test_figures_not_computed_yet_say_so(client):
    EditionFactory(year=2025)

    assert "en cours de calcul" in text_of(client, "/statistiques/2025/")


@pytest.mark.parametrize("year", ["1998", "2027", "99999"])
def test_unknown_or_secret_edition_is_404(client, year):
    EditionFactory(year=2027, published_at=None)

    assert client.get(f"/statistiques/{year}/").status_code == 404


KEYS = (
    "niveaux",
    "categories",
    "regions",
    "departements",
    "ten",
    "mentions",
    "fiches",
    "enjeux",
    "services",
    "services-peu-couverts",
)


@pytest.mark.parametrize("key", KEYS)
def test_each_chart_has_its_sentence_its_definition_and_its_files(client, key):
    AwardFactory(level=4)
    recompute("2025")

    found = client.get(f"/statistiques/2025/{key}.json").json()

    assert f'<h2 id="t-{key}">' in text_of(client, "/statistiques/2025/")
    assert all(found[name] for name in ("titre", "phrase", "definition"))
    answer = client.get(f"/statistiques/2025/{key}.csv")
    assert answer.content.decode().splitlines()[0] == "\ufeff" + ";".join(found["colonnes"])
    assert answer["Content-Disposition"] == f'attachment; filename="{key}-2025.csv"'


def test_fiches_of_an_edition_without_dossiers_are_said_not_known(client):
    AwardFactory(level=4)
    recompute("2025")

    found = client.get("/statistiques/2025/fiches.json").json()

    assert found["phrase"].startswith("Non connu ici\u00a0: aucun dossier")
    assert found["lignes"] == []


@pytest.mark.parametrize("form", ["csv", "json"])
def test_chart_that_is_unknown_or_secret_is_404(client, form):
    AwardFactory(edition__year=2027, edition__published_at=None)
    AwardFactory()
    recompute("2027")
    recompute("2025")

    for path in ("2025/camembert", "2027/niveaux", "2026/niveaux"):
        assert client.get(f"/statistiques/{path}.{form}").status_code == 404


@pytest.mark.parametrize("lines", [1, 3])
def test_page_takes_twelve_queries(client, lines, django_assert_num_queries):
    for _ in range(lines):
        MentionFactory(award=AwardFactory())
    recompute("2025")

    with django_assert_num_queries(12):
        client.get("/statistiques/2025/")


@pytest.mark.parametrize("lines", [1, 3])
def test_table_of_a_chart_takes_three_queries(client, lines, django_assert_num_queries):
    AwardFactory.create_batch(lines)
    recompute("2025")

    with django_assert_num_queries(3):
        client.get("/statistiques/2025/niveaux.csv")
