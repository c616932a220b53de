import pytest

from atlaas.models import Loading
from atlaas.rules.reading import Rejected
from labels.management.names import DATA
from labels.models import JuryMember
from labels.operations.jury_member import import_jury
from labels.queries.jury_member import roster_of
from tests.factories.files import written
from tests.factories.jury import JuryMemberFactory
from tests.factories.labels import EditionFactory

pytestmark = pytest.mark.django_db
HEADER = "name,function,biography,preside,source,note\n"
LINES = "Ada Exemple,Chercheuse,Elle étudie.,,dossier,\nBob Exemple,Élu,,oui,dossier,L'un : l'autre\n"


@pytest.fixture
def edition():
    return EditionFactory(year=2025)


@pytest.fixture
def load(edition, tmp_path):
    def run(lines=LINES, year=2025, **options):
        return import_jury(written(tmp_path, "jury.csv", HEADER + lines), year=year, **options)

    return run


def test_import_reads_a_roster_its_president_first(load, edition):
    assert load().created == 2

    assert list(roster_of(edition).values_list("name", "is_president", "position", "note")) == [
        ("Bob Exemple", True, 2, "L’un\u00a0: l’autre"),
        ("Ada Exemple", False, 1, ""),
    ]


def test_import_twice_changes_nothing(load):
    load()

    assert str(load()) == "created 0 / updated 0 / unchanged 2 / refused 0"


def test_import_follows_a_corrected_line_and_another_president(load, edition):
    load()

    counts = load(LINES.replace("Elle étudie.,,", "Elle enseigne.,oui,").replace("Élu,,oui", "Élu,,"))

    assert str(counts) == "created 0 / updated 2 / unchanged 0 / refused 0"
    assert [one.biography for one in roster_of(edition)] == ["Elle enseigne.", ""]


def test_import_dry_run_writes_nothing(load):
    assert load(dry_run=True).created == 2

    assert (JuryMember.objects.count(), Loading.objects.count()) == (0, 0)


def test_import_gives_every_error_at_once(load, edition):
    JuryMemberFactory(edition=edition, name="Zoé Exemple")

    with pytest.raises(Rejected) as refusal:
        load(",x,,,dossier,\nAda,,,oui,,\nBob,,,non,d,\nCléo,,,oui,d,\nDan,,,oui,d,\nDan,,,,d,\n")

    assert [str(problem) for problem in refusal.value.problems] == [
        "jury.csv: line 2: column name: the cell is empty",
        "jury.csv: line 3: column source: the cell is empty",
        "jury.csv: line 4: column preside: 'non' is none of oui",
        "jury.csv: line 7: Dan: stands already at line 6",
        "jury.csv: line 6: a jury has one president, named at line 5",
        "jury.csv: Zoé Exemple is in the jury and not in this file",
    ]
    assert [one.name for one in roster_of(edition)] == ["Zoé Exemple"]


def test_import_needs_its_edition(load):
    with pytest.raises(Rejected, match="the edition 2024 is not known"):
        load(year=2024)


def test_the_jury_of_2025_is_the_one_of_the_press_kit(edition):
    counts = import_jury(DATA / "jury_2025.csv", year=2025)

    roster = list(roster_of(edition))
    assert (counts.created, roster[0].name) == (16, "Didier Desponds")
    assert {one.source for one in roster} == {"dossier de presse 2025, page 13"}
    assert [one.name for one in roster if one.note] == ["Didier Desponds", "Emmanuel Eveno"]
