import pytest

from atlaas.models import Collectivity, Job, Loading
from atlaas.rules.reading import Rejected
from labels.models import Award, AwardEvent, Mention, MentionTheme
from labels.operations.distinction import import_distinctions
from labels.operations.palmares import Companions, import_palmares
from tests.factories.files import written
from tests.factories.labels import AwardFactory, EditionFactory

pytestmark = pytest.mark.usefixtures("country")
HEADER = "name_as_printed,kind,theme\n"
LINES = "Bourg la Fontaine,ten,\nPays d'Essaie,mention,L'école d'essai\nBourg la Fontain,mention,L'école d'essai\n"
PALMARES = "region,name_as_printed,arobases_as_printed\nHaute-Essaie,Bourg-la-Fontaine,4\nHaute-Essaie,CC du Pays d’Essaie,2\n"


def palmares(folder):
    return import_palmares(written(folder, "palmares.csv", PALMARES), year=2025, companions=Companions())


def load(folder, lines=LINES, **options):
    return import_distinctions(written(folder, "titles.csv", HEADER + lines), year=2025, **options)


def rejection(folder, lines, **options) -> list[str]:
    with pytest.raises(Rejected) as refusal:
        load(folder, lines, **options)
    return [str(problem) for problem in refusal.value.problems]


def test_import_gives_titles_and_mentions_to_laureates(tmp_path):
    palmares(tmp_path)
    Job.objects.all().delete()

    counts = load(tmp_path)

    assert str(counts) == "created 2 / updated 1 / unchanged 0 / refused 0"
    titled = Award.objects.get(is_ten=True)
    assert (titled.collectivity.code, titled.level, titled.level_is_certain) == ("81001", 5, True)
    assert list(MentionTheme.objects.values_list("name", "slug")) == [("L’école d’essai", "l-ecole-d-essai")]
    assert sorted(Mention.objects.values_list("award__collectivity__code", flat=True)) == [
        "200000001",
        "81001",
    ]
    assert list(Job.objects.values_list("key", flat=True)) == ["2025"]


def test_imports_run_again_in_any_order_change_nothing(tmp_path):
    palmares(tmp_path)
    load(tmp_path)
    events = AwardEvent.objects.count()

    again = [palmares(tmp_path), load(tmp_path), load(tmp_path), palmares(tmp_path)]

    assert [(counts.created, counts.updated) for counts in again] == [(0, 0)] * 4
    assert AwardEvent.objects.count() == events


def test_import_dry_run_writes_nothing(tmp_path):
    palmares(tmp_path)

    counts = load(tmp_path, dry_run=True)

    assert (counts.created, counts.updated) == (2, 1)
    assert (Mention.objects.count(), Award.objects.filter(is_ten=True).count()) == (0, 0)
    assert Loading.objects.filter(command="import_distinctions").count() == 0


def test_import_needs_the_palmares_first(tmp_path):
    assert rejection(tmp_path, LINES) == ["titles.csv: load the palmarès of 2025 first: no laureate is known"]
    EditionFactory(year=2025)
    assert rejection(tmp_path, LINES) == ["titles.csv: load the palmarès of 2025 first: no laureate is known"]


def test_import_never_gives_to_a_laureate_what_another_name_won(tmp_path):
    palmares(tmp_path)

    assert rejection(tmp_path, "Ville-d’Essaie,ten,\n") == [
        "titles.csv: line 2: Ville-d’Essaie (France) is unknown; near: 82001 Ville-d’Essaie (100)"
    ]


def test_import_tells_homonyms_apart_by_who_is_laureate(tmp_path):
    AwardFactory(edition=EditionFactory(year=2025), collectivity=Collectivity.objects.get(code="81003"))

    load(tmp_path, "Marlieu,ten,\n")

    assert Award.objects.get(is_ten=True).collectivity.code == "81003"


def test_import_settles_by_decisions_and_writes_a_report(tmp_path):
    palmares(tmp_path)
    decisions = written(
        tmp_path,
        "decisions.csv",
        "name,region,code,reason\nLa Fontaine,,81001,its short name\nSt-Jérôme,,,foreign\n",
    )

    counts = load(
        tmp_path, "La Fontaine,ten,\nSt-Jérôme,ten,\n", decisions=decisions, report=tmp_path / "report.csv"
    )

    assert (counts.updated, counts.refused) == (1, 1)
    told = (tmp_path / "report.csv").read_text(encoding="utf-8").splitlines()
    assert [line.split(",")[3] for line in told] == ["status", "decided", "excluded"]


def test_import_gives_every_error_at_once(tmp_path):
    palmares(tmp_path)

    found = rejection(
        tmp_path,
        "Bourg la Fontaine,ten,École\nBourg-la-Fontaine,mention,\nBourg-la-Fontaine,prize,x\n"
        "Pays d'Essaie,mention,A\nCC du Pays d'Essaie,mention,A\n",
    )

    assert found == [
        "titles.csv: line 2: column theme: a mention has one, a TEN has none",
        "titles.csv: line 3: column theme: a mention has one, a TEN has none",
        "titles.csv: line 4: column kind: 'prize' is none of ten, mention",
        "titles.csv: line 6: CC du Pays d'Essaie is 200000001, as line 5: Pays d'Essaie",
    ]


def test_import_refuses_a_file_without_what_stands(tmp_path):
    palmares(tmp_path)
    load(tmp_path)

    assert rejection(tmp_path, "Pays d'Essaie,ten,\n") == [
        "titles.csv: 200000001 has a mention l-ecole-d-essai that is not in this file",
        "titles.csv: 81001 has a mention l-ecole-d-essai that is not in this file",
        "titles.csv: 81001 has a ten that is not in this file",
    ]
