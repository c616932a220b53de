import csv
import io

import pytest

from labels.models import Award
from labels.queries.export import BOM, COLUMNS, palmares_csv
from tests.factories.atlaas import CommuneFactory, GroupFactory
from tests.factories.labels import AwardFactory, EditionFactory, MentionFactory

pytestmark = pytest.mark.django_db


def read(text):
    return list(csv.DictReader(io.StringIO(text.removeprefix(BOM)), delimiter=";"))


def test_csv_opens_in_a_french_spreadsheet():
    text = palmares_csv(EditionFactory(), [])

    assert text == BOM + ";".join(COLUMNS) + "\r\n"


def test_csv_tells_an_award_whole():
    award = AwardFactory(
        collectivity=CommuneFactory(name="L’Essai ; « deux »"),
        level=4,
        level_is_certain=False,
        name_as_printed="Essai",
    )
    MentionFactory(award=award)

    (line,) = read(palmares_csv(award.edition, Award.objects.for_lists()))

    assert line["nom"] == "L’Essai ; « deux »"
    assert [line[key] for key in ("niveau", "niveau_certain", "arobases_imprimees", "titre_ten")] == [
        "4",
        "non",
        "4",
        "non",
    ]
    assert (line["mentions"], line["nom_imprime"]) == ("Médiation numérique", "Essai")


@pytest.mark.parametrize(("is_demo", "told"), [(True, "oui"), (False, "non")])
def test_csv_says_of_every_line_whether_it_is_invented(is_demo, told):
    award = AwardFactory(edition=EditionFactory(is_demo=is_demo))

    (line,) = read(palmares_csv(award.edition, Award.objects.for_lists()))

    assert line["demonstration"] == told


def test_csv_group_has_no_departement():
    award = AwardFactory(collectivity=GroupFactory(), category="territoire")

    (line,) = read(palmares_csv(award.edition, Award.objects.for_lists()))

    assert (line["departement"], line["categorie"]) == ("", "territoire")


def test_csv_runs_no_formula():
    award = AwardFactory(collectivity=CommuneFactory(name="=HYPERLINK(1)"), name_as_printed="+cmd")

    (line,) = read(palmares_csv(award.edition, Award.objects.for_lists()))

    assert (line["nom"], line["nom_imprime"]) == ("'=HYPERLINK(1)", "'+cmd")
