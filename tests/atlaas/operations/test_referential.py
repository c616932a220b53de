import pytest

from atlaas.models import Enjeu, Family, Job, Loading, Service
from atlaas.operations.referential import import_referential
from atlaas.rules.reading import Rejected
from tests.factories.files import written

pytestmark = pytest.mark.django_db
HEADER = "famille,enjeu_code,enjeu,service_code,service,service_atteste,enjeu_atteste,rattachement_atteste"
ACCESS = "Vivre ensemble,SPU,Services d'essai,SPU-01,L'accès d'essai,oui,oui,non"
DESK = "Vivre ensemble,SPU,Services d'essai,SPU-02,Le guichet d'essai,non,oui,non"
SCHOOL = "Apprendre,EDU,Écoles d'essai,EDU-01,L'école d'essai,non,non,non"


def load(folder, *lines, year=2025, header=HEADER, dry_run=False):
    path = written(folder, f"referential_{year}.csv", "\n".join((header, *lines, "")))
    return import_referential(path, year=year, dry_run=dry_run)


def rejection(folder, *lines, **options) -> list[str]:
    with pytest.raises(Rejected) as refusal:
        load(folder, *lines, **options)
    return [str(problem).partition(": ")[2] for problem in refusal.value.problems]


def test_import_makes_familles_enjeux_and_services_in_order(tmp_path):
    counts = load(tmp_path, ACCESS, DESK, SCHOOL)

    assert str(counts) == "created 7 / updated 0 / unchanged 0 / refused 0"
    assert list(Family.objects.values_list("name", "slug", "position")) == [
        ("Vivre ensemble", "vivre-ensemble", 1),
        ("Apprendre", "apprendre", 2),
    ]
    assert list(
        Enjeu.objects.values_list("code", "name", "is_attested", "family_is_attested", "position")
    ) == [
        ("SPU", "Services d’essai", True, False, 1),
        ("EDU", "Écoles d’essai", False, False, 2),
    ]
    assert list(Service.objects.values_list("code", "name", "is_attested", "first_year", "last_year")) == [
        ("SPU-01", "L’accès d’essai", True, 2025, None),
        ("SPU-02", "Le guichet d’essai", False, 2025, None),
        ("EDU-01", "L’école d’essai", False, 2025, None),
    ]


def test_import_twice_changes_nothing_whatever_the_apostrophes(tmp_path):
    load(tmp_path, ACCESS, DESK)

    counts = load(tmp_path, ACCESS.replace("'", "’"), DESK)

    assert str(counts) == "created 0 / updated 0 / unchanged 4 / refused 0"


def test_import_dry_run_writes_nothing(tmp_path):
    assert load(tmp_path, ACCESS, dry_run=True).created == 3
    assert (Service.objects.count(), Family.objects.count(), Loading.objects.count()) == (0, 0, 0)


def test_import_ends_a_service_with_the_edition_before_and_tells_its_successors(tmp_path):
    load(tmp_path, ACCESS, DESK)
    replacing = SCHOOL + ",SPU-02"

    counts = load(tmp_path, ACCESS + ",", replacing, year=2026, header=HEADER + ",remplace")

    assert counts.created == 3
    assert [one.code for one in Service.objects.of_year(2025)] == ["SPU-01", "SPU-02"]
    assert [one.code for one in Service.objects.of_year(2026)] == ["SPU-01", "EDU-01"]
    assert [one.code for one in Service.objects.get(code="SPU-02").replaced_by.all()] == ["EDU-01"]
    again = load(tmp_path, ACCESS + ",", replacing, year=2026, header=HEADER + ",remplace")
    assert (again.created, again.updated) == (0, 0)


def test_import_takes_back_a_service_left_out_by_mistake(tmp_path):
    load(tmp_path, ACCESS, DESK)
    load(tmp_path, ACCESS, year=2026)

    load(tmp_path, ACCESS, DESK, year=2026)

    assert Service.objects.get(code="SPU-02").last_year is None


def test_import_drops_a_proposal_of_the_same_year(tmp_path):
    load(tmp_path, ACCESS, DESK)

    counts = load(tmp_path, ACCESS)

    assert (counts.updated, list(Service.objects.values_list("code", flat=True))) == (1, ["SPU-01"])


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((ACCESS, ACCESS), [
            "line 3: SPU-01: stands already at line 2",
            "line 3: column service: L'accès d'essai is named already at line 2",
        ]),
        ((ACCESS, DESK.replace("Services d'essai", "Services")), ["line 3: the enjeu SPU is not told as at line 2"]),
        ((ACCESS, SCHOOL.replace("Écoles d'essai", "services d’essai")), [
            "line 3: column enjeu: services d’essai is named already at line 2"
        ]),
        ((ACCESS, SCHOOL.replace("Apprendre", "vivre ensemble")), [
            "line 3: column famille: vivre ensemble is named already at line 2"
        ]),
        ((ACCESS.replace("oui,oui", "oui,yes"),), [
            "line 2: column enjeu_atteste: 'yes' is neither « oui » nor « non »"
        ]),
        ((ACCESS.replace("SPU-01", "spu01"),), [
            "line 2: column service_code: 'spu01' is not a code such as SPU or SPU-01"
        ]),
        ((), ["line 1: there is no line below the header"]),
    ],
)  # fmt: skip
def test_import_refuses_a_wrong_file(tmp_path, lines, expected):
    assert rejection(tmp_path, *lines) == expected
    assert Service.objects.count() == 0


def test_import_refuses_wrong_replacements(tmp_path):
    load(tmp_path, ACCESS, DESK)

    found = rejection(
        tmp_path, ACCESS + ",", DESK + ",SPU-01 XXX-99", SCHOOL + ",;", year=2026, header=HEADER + ",remplace"
    )

    assert found == [
        "line 4: column remplace: ';' is not a list of codes apart by spaces",
        "line 3: column remplace: SPU-01 is still in this file",
        "line 3: column remplace: XXX-99 is no service",
    ]


def test_import_refuses_a_year_before_another_and_a_code_come_back(tmp_path):
    load(tmp_path, ACCESS, DESK)
    load(tmp_path, ACCESS, year=2026)
    load(tmp_path, ACCESS, year=2027)

    assert rejection(tmp_path, ACCESS, DESK, year=2027) == [
        "line 3: SPU-02 ended with 2025: a new meaning takes a new code"
    ]
    assert rejection(tmp_path, ACCESS, DESK) == [
        "a référentiel after 2025 is loaded already (SPU-02): load them in order"
    ]


def test_import_asks_for_the_public_fiches_to_be_made_again_when_it_changed(tmp_path):
    load(tmp_path, ACCESS)
    Job.objects.all().delete()

    load(tmp_path, ACCESS)
    assert Job.objects.count() == 0

    load(tmp_path, ACCESS.replace("L'accès", "Un accès"))
    assert Job.objects.values_list("kind", "key").get() == ("project-sheets", "all")
