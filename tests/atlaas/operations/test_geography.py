import pytest
from django.utils import timezone

from atlaas.models import Collectivity, Departement, Job, Loading, Region, Succession
from atlaas.operations.geography import import_geography
from atlaas.rules.reading import Rejected
from tests.factories.files import GEOGRAPHY, geography

pytestmark = pytest.mark.django_db
COMMUNES = GEOGRAPHY["communes.csv.gz"]
SUCCESSIONS = GEOGRAPHY["successions.csv"]


def rejection(folder, **changed) -> list[str]:
    with pytest.raises(Rejected) as refusal:
        import_geography(geography(folder, **changed))
    assert (Collectivity.objects.count(), Region.objects.count(), Loading.objects.count()) == (0, 0, 0)
    return [str(problem) for problem in refusal.value.problems]


def test_import_loads_all_with_typographic_names(tmp_path):
    counts = import_geography(geography(tmp_path))

    assert str(counts) == "created 10 / updated 0 / unchanged 0 / refused 0"
    commune = Collectivity.objects.select_related("epci").get(code="91002")
    assert (commune.name, commune.slug, commune.sort_key) == ("L’Essart", "l-essart", "l essart")
    assert (commune.kind, commune.nature, commune.epci.name) == ("commune", "", "CC de l’Essaie")
    assert (commune.population, commune.member_count, commune.lon) == (1000, None, 2.52)
    group = commune.epci
    assert (group.kind, group.nature, group.member_count, group.departement_id) == ("epci", "CC", 2, None)
    syndicat = Collectivity.objects.get(kind="syndicat")
    assert (syndicat.departement_id, syndicat.note, syndicat.population) == ("81", "members unknown", None)
    assert (Region.objects.get(code="92").slug, Departement.objects.get(code="82").region_id) == (
        "val-d-essaie",
        "92",
    )


def test_import_twice_changes_nothing(tmp_path):
    import_geography(geography(tmp_path))

    counts = import_geography(tmp_path)

    assert str(counts) == "created 0 / updated 0 / unchanged 10 / refused 0"
    assert Loading.objects.count() == 2


def test_import_asks_for_what_rests_on_geography_when_it_changed(tmp_path):
    import_geography(geography(tmp_path))
    Job.objects.update(state="done", finished_at=timezone.now())

    import_geography(tmp_path)

    assert list(Job.objects.order_by("kind").values_list("kind", "key", "state")) == [
        ("geography", "all", "done"),
        ("project-sheets", "all", "done"),
    ]


def test_import_dry_run_writes_nothing(tmp_path):
    counts = import_geography(geography(tmp_path), dry_run=True)

    assert counts.created == 10
    assert (Collectivity.objects.count(), Region.objects.count(), Loading.objects.count()) == (0, 0, 0)


def test_import_updates_what_changed_only(tmp_path):
    import_geography(geography(tmp_path))

    counts = import_geography(
        geography(tmp_path, communes=COMMUNES.replace("L'Essart,1000", "L'Essart,1001"))
    )

    assert str(counts) == "created 0 / updated 1 / unchanged 9 / refused 0"
    assert Collectivity.objects.get(code="91002").population == 1001


def test_import_keeps_what_is_gone_out_of_force_and_takes_it_back(tmp_path):
    import_geography(geography(tmp_path))
    line = "91002,L'Essart,1000,81,91,200000001,2.52,47.02\n"

    gone = import_geography(geography(tmp_path, communes=COMMUNES.replace(line, "")))
    commune = Collectivity.objects.get(code="91002")
    assert (gone.updated, commune.is_current, commune.epci) == (1, False, None)

    back = import_geography(geography(tmp_path))
    commune.refresh_from_db()
    assert (back.updated, commune.is_current, commune.epci.code) == (1, True, "200000001")


def test_import_ties_an_old_code_to_the_last_in_force(tmp_path):
    chain = SUCCESSIONS + "91008,91009,2016-01-01,Arrêté 1\n91009,91001,2019-01-01,Arrêté 2\n"

    counts = import_geography(geography(tmp_path, successions=chain))

    assert counts.created == 12
    found = Succession.objects.values_list("old_code", "successor__code").order_by("old_code")
    assert list(found) == [("91008", "91001"), ("91009", "91001")]
    assert import_geography(tmp_path).unchanged == 12


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("91008,91009,2016-01-01,A\n91009,91008,2016-01-01,A\n", [
            "successions.csv: line 2: 91008 comes back to 91009: a ring",
            "successions.csv: line 3: 91009 comes back to 91008: a ring",
        ]),
        ("91008,91077,2016-01-01,A\n", ["successions.csv: line 2: 91008 ends at 91077, which is unknown"]),
        ("91001,91002,2016-01-01,A\n", ["successions.csv: line 2: 91001 is still in force"]),
        ("91008,91001,2016-01-01,\n", ["successions.csv: line 2: column source: the cell is empty"]),
        ("91008,91001,2016,A\n", ["successions.csv: line 2: column date: '2016' is not a day written YYYY-MM-DD"]),
    ],
)  # fmt: skip
def test_import_refuses_a_wrong_succession(tmp_path, lines, expected):
    assert rejection(tmp_path, successions=SUCCESSIONS + lines) == expected


def test_import_gives_the_errors_of_every_file_at_once(tmp_path):
    found = rejection(
        tmp_path,
        regions=GEOGRAPHY["regions.csv"].replace("metro", "moon"),
        epci="siren,nom\n",
        communes=COMMUNES + "91004,Essaie,many,81,91,,2.5,47.0\n91001,Encore,1,81,91,,,\n",
    )

    assert found == [
        "regions.csv: line 2: column zone: 'moon' is none of metro, drom, com",
        *(
            f"epci.csv: line 1: the column {name} is missing"
            for name in ("type", "population", "nb_communes", "region", "lon", "lat")
        ),
        "communes.csv.gz: line 6: column population: 'many' is not a whole number from 0 to 20000000",
        "communes.csv.gz: line 7: 91001: stands already at line 2",
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("91004,X,1,81,77,,,", [
            "column region: 77 is not in regions.csv",
            "the département 81 is not in the région 77",
        ]),
        ("91004,X,1,77,91,,,", ["column departement: 77 is not in departements.csv"]),
        ("91004,X,1,82,91,,,", ["the département 82 is not in the région 91"]),
        ("91004,X,1,81,91,200000077,,", ["column epci: 200000077 is not in epci.csv"]),
        ("91004,X,1,81,91,,2.5,", ["lon and lat go together"]),
        (f"91004,{'x' * 300},1,81,91,,,", ["column nom: 300 signs, 200 at most"]),
    ],
)  # fmt: skip
def test_import_refuses_what_disagrees(tmp_path, line, expected):
    found = rejection(tmp_path, communes=f"{COMMUNES}{line}\n")

    assert found == [f"communes.csv.gz: line 6: {message}" for message in expected]


def test_import_refuses_two_regions_at_one_address(tmp_path):
    twin = GEOGRAPHY["regions.csv"] + "93,haute essaie,,metro,1,1,,\n"

    assert rejection(tmp_path, regions=twin) == [
        "regions.csv: line 4: haute essaie: the same address as line 2"
    ]


def test_import_refuses_a_syndicat_that_is_a_group_too(tmp_path):
    twin = GEOGRAPHY["syndicats.csv"].replace("200000009", "200000001")

    assert rejection(tmp_path, syndicats=twin) == ["syndicats.csv: line 2: 200000001 is in epci.csv too"]


def test_import_refuses_a_missing_file(tmp_path):
    folder = geography(tmp_path)
    (folder / "epci.csv").unlink()

    with pytest.raises(Rejected, match=r"epci\.csv: cannot be read"):
        import_geography(folder)
