import csv

import pytest

from atlaas.models import Job, Loading
from atlaas.rules.reading import Rejected
from labels.models import Award, AwardEvent, Edition
from labels.operations.award import confirm_level
from labels.operations.palmares import Companions, import_palmares
from tests.factories.atlaas import UserFactory
from tests.factories.files import written
from tests.factories.labels import AwardFactory, EditionFactory

pytestmark = pytest.mark.usefixtures("country")
HEADER = "region,name_as_printed,arobases_as_printed\n"
LINES = (
    "Haute- Essaie,BOURG LA FONTAINE,4\nHaute-Essaie,CC du pays d'Essaie,6\nBasse-Essaie,Ville d'Essaye,2\n"
)


def load(folder, lines=LINES, *, decisions="", categories="", legible="", **options):
    companions = Companions(
        decisions=written(folder, "decisions.csv", "name,region,code,reason\n" + decisions),
        categories=written(folder, "categories.csv", "code,category,reason\n" + categories),
        legible=written(folder, "legible.csv", "region,reason\n" + legible),
    )
    path = written(folder, "list.csv", HEADER + lines)
    return import_palmares(path, year=2025, companions=companions, **options)


def rejection(folder, lines, **options) -> list[str]:
    with pytest.raises(Rejected) as refusal:
        load(folder, lines, **options)
    assert (Award.objects.count(), Loading.objects.count(), Job.objects.count()) == (0, 0, 0)
    return [str(problem) for problem in refusal.value.problems]


def stored() -> list[tuple[object, ...]]:
    fields = (
        "collectivity__code",
        "category",
        "level",
        "level_is_certain",
        "level_as_printed",
        "name_as_printed",
    )
    return list(Award.objects.order_by("collectivity__code").values_list(*fields))


def test_import_meets_names_and_reads_levels_and_categories(tmp_path):
    counts = load(tmp_path)

    assert str(counts) == "created 3 / updated 0 / unchanged 0 / refused 0"
    assert stored() == [
        ("200000001", "territoire", 5, True, 6, "CC du pays d'Essaie"),
        ("81001", "ville", 4, False, 4, "BOURG LA FONTAINE"),
        ("82001", "ville", 2, True, 2, "Ville d'Essaye"),
    ]
    edition = Edition.objects.get()
    assert (edition.year, edition.coverage, edition.published_at is not None) == (2025, "complete", True)
    assert edition.rulebook.village_below == 2500
    assert list(Job.objects.values_list("kind", "key")) == [("statistics", "2025")]


def test_import_twice_changes_nothing_and_writes_no_history(tmp_path):
    load(tmp_path)
    Job.objects.all().delete()

    counts = load(tmp_path)

    assert str(counts) == "created 0 / updated 0 / unchanged 3 / refused 0"
    assert (AwardEvent.objects.count(), Job.objects.count(), Loading.objects.count()) == (3, 0, 2)


def test_import_dry_run_writes_nothing(tmp_path):
    counts = load(tmp_path, dry_run=True)

    assert counts.created == 3
    assert [model.objects.count() for model in (Award, Edition, Loading, Job)] == [0, 0, 0, 0]


def test_import_says_in_the_history_which_file_wrote(tmp_path):
    load(tmp_path)

    sources = {
        event.pgh_context.metadata["source"] for event in AwardEvent.objects.select_related("pgh_context")
    }
    assert sources == {"import_palmares list.csv"}


def test_import_reads_a_4_as_it_is_where_the_list_is_legible(tmp_path):
    load(tmp_path)

    counts = load(tmp_path, legible="Haute-Essaie,fives are shown\n")

    assert (counts.updated, counts.unchanged) == (1, 2)
    award = Award.objects.get(collectivity__code="81001")
    assert (award.level, award.level_is_certain, award.version) == (4, True, 2)


def test_import_follows_the_rulebook_and_a_reasoned_exception(tmp_path):
    edition = EditionFactory(year=2025, published_at=None)
    edition.rulebook.village_below = 3000
    edition.rulebook.save()

    load(tmp_path, categories="81001,village,Le document la nomme ainsi\n")

    found = dict(Award.objects.values_list("collectivity__code", "category"))
    assert (found["81001"], found["82001"]) == ("village", "village")
    assert Award.objects.get(collectivity__code="81001").category_reason == "Le document la nomme ainsi"


def test_import_asks_for_a_category_where_no_population_is_known(tmp_path):
    lines = "Basse-Essaie,Îlot-Perdu,1\n"

    assert rejection(tmp_path, lines) == [
        "list.csv: line 2: Îlot-Perdu: no population is known; give its category in the file of categories"
    ]
    assert load(tmp_path, lines, categories="82002,village,Trente habitants\n").created == 1


def test_import_never_loads_a_name_that_nothing_settles(tmp_path):
    lines = LINES + "Haute-Essaie,Marlieu,3\nHaute-Essaie,Nullepart,3\n"

    assert rejection(tmp_path, lines) == [
        "list.csv: line 5: Marlieu (Haute-Essaie) is ambiguous; near: 81002 Marlieu (100), 81003 Marlieu (100)",
        "list.csv: line 6: Nullepart (Haute-Essaie) is unknown",
    ]


def test_import_writes_a_report_of_every_line_even_when_it_refuses(tmp_path):
    lines = (
        LINES
        + "Haute-Essaie,=Marlieu,9\nHaute-Essaie,a@b.test,1\nAilleurs,Marlieu,1\nHaute-Essaie,Marlieu,3\n"
    )
    out = tmp_path / "report.csv"

    rejection(tmp_path, lines, decisions="Marlieu,Haute-Essaie,81002,the larger\n", report=out)

    with out.open(encoding="utf-8", newline="") as stream:
        told = [
            (row["line"], row["name_as_printed"], row["status"], row["code"], row["score"], row["reason"])
            for row in csv.DictReader(stream)
        ]
    assert told == [
        ("2", "BOURG LA FONTAINE", "exact", "81001", "100.0", ""),
        ("3", "CC du pays d'Essaie", "exact", "200000001", "100.0", ""),
        ("4", "Ville d'Essaye", "matched", "82001", "91.7", ""),
        ("5", "'=Marlieu", "decided", "81002", "100.0", "the larger"),
        ("6", "a@b.test", "excluded", "", "0.0", "an e-mail address"),
        ("7", "Marlieu", "unknown", "", "0.0", ""),
        ("8", "Marlieu", "decided", "81002", "100.0", "the larger"),
    ]


def test_import_counts_what_is_no_collectivite_as_refused(tmp_path):
    lines = LINES + "Haute-Essaie,contact@exemple.test,1\nHaute-Essaie,Bourg-Lointain,5\n"

    counts = load(tmp_path, lines, decisions="Bourg-Lointain,,,a foreign town\n")

    assert str(counts) == "created 3 / updated 0 / unchanged 0 / refused 2"


def test_import_gives_every_error_of_every_file_at_once(tmp_path):
    found = rejection(
        tmp_path,
        "Haute-Essaie,Bourg-la-Fontaine,0\nHaute-Essaie,Bourg la Fontaine,7\n"
        f"Basse-Essaie,Ville-d’Essaie,many\nAilleurs,Marlieu,1\nBasse-Essaie,{'x' * 300},1\n",
        decisions="A,Nord,81001,r\nB,,99999,r\nC,Basse-Essaie,81001,r\nD,,81001,\nE,,81001,r\ne,,81002,r\n",
        categories="82002,village,r\n82001,bourg,r\n",
        legible="Nulle-Part,r\n",
    )

    assert found == [
        "categories.csv: line 2: column code: no laureate has the code 82002",
        "categories.csv: line 3: column category: 'bourg' is none of ville, village, territoire",
        "decisions.csv: line 2: column region: Nord is no région",
        "decisions.csv: line 3: column code: no collectivité in force has the code 99999",
        "decisions.csv: line 4: column code: 81001 is not in Basse-Essaie",
        "decisions.csv: line 5: column reason: the cell is empty",
        "decisions.csv: line 7: e: a second decision for the same name and région",
        "legible.csv: line 2: column region: Nulle-Part is no région",
        "list.csv: line 2: column arobases_as_printed: '0' is not a whole number from 1 to 6",
        "list.csv: line 3: Bourg la Fontaine is 81001, as line 2: Bourg-la-Fontaine",
        "list.csv: line 3: column arobases_as_printed: '7' is not a whole number from 1 to 6",
        "list.csv: line 4: column arobases_as_printed: 'many' is not a whole number from 1 to 6",
        "list.csv: line 5: Marlieu (Ailleurs) is unknown",
        "list.csv: line 5: column region: Ailleurs is no région",
        "list.csv: line 6: column name_as_printed: 300 signs, 200 at most",
    ]


def test_import_refuses_a_list_without_a_laureate_that_stands(tmp_path):
    load(tmp_path)

    with pytest.raises(
        Rejected, match=r"Ville-d’Essaie \(82001\) has an award in 2025 and is not in this file"
    ):
        load(tmp_path, LINES.replace("Basse-Essaie,Ville d'Essaye,2\n", ""))
    assert Award.objects.count() == 3


def test_import_keeps_the_level_that_a_person_confirmed(tmp_path):
    load(tmp_path)
    award = Award.objects.get(collectivity__code="81001")
    confirm_level(award, level=5, version=1, reason="Diplôme vu", by=UserFactory(is_organiser=True))

    counts = load(tmp_path, LINES.replace("FONTAINE,4", "FONTAINE,3"))

    award.refresh_from_db()
    assert (award.level, award.level_is_certain, award.level_as_printed) == (5, True, 3)
    assert (counts.updated, counts.unchanged) == (1, 2)


def test_import_makes_an_attested_edition_complete(tmp_path):
    edition = EditionFactory(year=2025, coverage="attested", published_at=None)
    AwardFactory(
        edition=edition, collectivity__code="81001", level=None, level_text="4 ou 5", source="a.test"
    )

    load(tmp_path)

    edition.refresh_from_db()
    award = Award.objects.get(collectivity__code="81001")
    assert (edition.coverage, edition.published_at is not None) == ("complete", True)
    assert (award.level, award.level_text, award.source) == (4, "", "a.test")


def test_import_without_companions(tmp_path):
    path = written(tmp_path, "list.csv", HEADER + LINES)

    assert import_palmares(path, year=2025, companions=Companions()).created == 3


def test_report_that_cannot_be_written_is_said(tmp_path):
    lines = "Haute-Essaie,Marlieu,4\n"

    problems = rejection(tmp_path, lines, report=tmp_path / "nowhere" / "report.csv")

    assert problems == ["report.csv: the report cannot be written (No such file or directory)"]
