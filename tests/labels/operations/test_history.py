import pytest

from atlaas.models import Job
from atlaas.rules.reading import Rejected
from labels.models import Award, AwardEvent, Edition
from labels.operations.award import confirm_level
from labels.operations.history import import_history
from tests.factories.atlaas import UserFactory
from tests.factories.files import written
from tests.factories.labels import EditionFactory

pytestmark = pytest.mark.usefixtures("country")
HEADER = "edition_year,collectivite,level,distinction,note,source\n"
LINES = """\
2011,Bourg la Fontaine,5,,CONTRADICTION: 4@ ailleurs,a.test
2018,Bourg-la-Fontaine,4 ou 5,mention d'essai,,b.test
2018,Ville-d’Essaie,,hors concours,,idem
2021,CC du Pays d'Essaie,5,TEN,,idem + c.test
"""


def load(folder, lines=LINES, **options):
    return import_history(written(folder, "past.csv", HEADER + lines), **options)


def rejection(folder, lines, **options) -> list[str]:
    before = Award.objects.count()
    with pytest.raises(Rejected) as refusal:
        load(folder, lines, **options)
    assert Award.objects.count() == before
    return [str(problem) for problem in refusal.value.problems]


def test_import_keeps_levels_words_and_sources(tmp_path):
    counts = load(tmp_path)

    assert str(counts) == "created 4 / updated 0 / unchanged 0 / refused 0"
    fields = ("level", "level_is_certain", "level_text", "distinction", "is_ten", "source", "category")
    assert list(Award.objects.order_by("pk").values_list(*fields)) == [
        (5, False, "", "", False, "a.test", "ville"),
        (None, False, "4 ou 5", "mention d’essai", False, "b.test", "ville"),
        (None, False, "hors concours", "", False, "b.test", "ville"),
        (5, True, "", "", True, "b.test + c.test", "territoire"),
    ]
    assert list(Edition.objects.order_by("year").values_list("year", "coverage")) == [
        (2011, "attested"),
        (2018, "attested"),
        (2021, "attested"),
    ]
    assert Edition.objects.filter(published_at=None).count() == 0
    assert Job.objects.count() == 3


def test_import_twice_changes_nothing(tmp_path):
    load(tmp_path)

    counts = load(tmp_path)

    assert str(counts) == "created 0 / updated 0 / unchanged 4 / refused 0"
    assert AwardEvent.objects.count() == 4


def test_import_dry_run_writes_nothing(tmp_path):
    assert load(tmp_path, dry_run=True).created == 4
    assert (Award.objects.count(), Edition.objects.count()) == (0, 0)


def test_import_updates_a_corrected_line(tmp_path):
    load(tmp_path)

    counts = load(tmp_path, LINES.replace("4 ou 5", "4"))

    assert (counts.updated, counts.unchanged) == (1, 3)
    assert Award.objects.get(edition__year=2018, collectivity__code="81001").level == 4


def test_import_keeps_what_a_person_confirmed(tmp_path):
    load(tmp_path)
    award = Award.objects.get(edition__year=2011)
    confirm_level(award, level=4, version=1, reason="Diplôme vu", by=UserFactory(is_organiser=True))

    load(tmp_path)

    award.refresh_from_db()
    assert (award.level, award.level_is_certain) == (4, True)


def test_import_leaves_out_a_foreign_town_that_a_decision_explains(tmp_path):
    decisions = written(tmp_path, "d.csv", "name,region,code,reason\nSt-Jérôme (Québec),,,a foreign town\n")

    counts = load(
        tmp_path, "2011,St-Jérôme (Québec),5,,,a.test\n", decisions=decisions, report=tmp_path / "r.csv"
    )

    assert str(counts) == "created 0 / updated 0 / unchanged 0 / refused 1"
    assert "excluded" in (tmp_path / "r.csv").read_text(encoding="utf-8")


def test_import_refuses_a_line_of_a_complete_edition(tmp_path):
    EditionFactory(year=2025)

    assert rejection(tmp_path, "2025,Bourg-la-Fontaine,5,,,a.test\n") == [
        "past.csv: line 2: Bourg-la-Fontaine: the whole palmarès of 2025 is known: correct it there"
    ]


def test_import_gives_every_error_at_once(tmp_path):
    long = "x" * 299
    found = rejection(
        tmp_path,
        "2011,Bourg-la-Fontaine,5,,,idem\n2011,Bourg-la-Fontaine,0,,,a.test\n2011,Marlieu,7,,,a.test\n"
        "1998,Ville-d’Essaie,1,,,a.test\n2012,Ville-d’Essaie,1,,,\n2013,Îlot-Perdu,1,,,a.test\n"
        f"2014,CC du Pays d'Essaie,4,TEN,,{long}\n2015,Ville-d’Essaie,1,,,idem + b.test\n2016,Ville-d’Essaie,1,,,{long}\n"
        "2017,Ville-d’Essaie,1,,,idem + b.test\n",
    )

    assert found == [
        "past.csv: line 2: « idem » with no source above",
        "past.csv: line 3: Bourg-la-Fontaine is 81001, as line 2: Bourg-la-Fontaine",
        "past.csv: line 3: '0' is not a level from 1 to 5",
        "past.csv: line 4: Marlieu (France) is ambiguous; near: 81002 Marlieu (100), 81003 Marlieu (100)",
        "past.csv: line 4: '7' is not a level from 1 to 5",
        "past.csv: line 5: column edition_year: '1998' is not a whole number from 1999 to 2199",
        "past.csv: line 6: column source: the cell is empty",
        "past.csv: line 7: Îlot-Perdu: no population is known, its category cannot be told",
        "past.csv: line 8: a TEN is at 5, not at 4",
        "past.csv: line 9: column source: 308 signs once « idem » is written out",
        "past.csv: line 11: column source: 308 signs once « idem » is written out",
    ]
