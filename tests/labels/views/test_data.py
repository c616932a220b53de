import pytest

from atlaas.models import Loading
from tests.factories.labels import EditionFactory

pytestmark = pytest.mark.django_db


def load(**facts):
    return Loading.objects.create(
        **{"command": "import_palmares", "file_name": "liste.csv", "sha256": "ab" * 32, **facts}
    )


@pytest.mark.parametrize("lines", [1, 3])
def test_page_takes_two_queries(client, lines, django_assert_num_queries):
    for number in range(lines):
        load(file_name=f"liste-{number}.csv")
        EditionFactory(year=2020 + number)

    with django_assert_num_queries(2):
        assert client.get("/donnees/").status_code == 200


def test_only_the_last_run_of_a_file_is_told(client):
    load(created=226)
    load(unchanged=226)

    text = client.get("/donnees/").content.decode()

    assert text.count('<th scope="row">\n              liste.csv') == 1
    assert '<td class="num">226</td>\n          </tr>' in text


def test_nothing_loaded_says_so(client):
    assert "Aucun fichier n’a encore été importé." in client.get("/donnees/").content.decode()


def test_files_are_linked_for_complete_editions(client):
    EditionFactory(year=2025)
    EditionFactory(year=2018, coverage="attested")

    text = client.get("/donnees/").content.decode()

    assert 'href="/palmares/2025/palmares.csv"' in text
    assert 'href="/palmares/2018/palmares.csv"' not in text
