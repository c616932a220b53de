import pytest
from django.core.management import CommandError, call_command

from atlaas.models import Collectivity, Service
from tests.factories.files import geography, written

pytestmark = pytest.mark.django_db
REFERENTIAL = """\
famille,enjeu_code,enjeu,service_code,service,service_atteste,enjeu_atteste,rattachement_atteste
Vivre ensemble,SPU,Services,SPU-01,Un accès,oui,oui,non
"""


def test_import_geography_prints_counts(tmp_path, capsys):
    call_command("import_geography", geography(tmp_path))

    assert capsys.readouterr().out == "created 10 / updated 0 / unchanged 0 / refused 0\n"


def test_import_geography_dry_run_says_so(tmp_path, capsys):
    call_command("import_geography", geography(tmp_path), "--dry-run")

    expected = "created 10 / updated 0 / unchanged 0 / refused 0 (dry run: nothing is written)\n"
    assert (capsys.readouterr().out, Collectivity.objects.count()) == (expected, 0)


def test_import_geography_prints_every_error_and_exits_with_1(tmp_path, capsys):
    geography(tmp_path, regions="code\n91\n", epci="")

    with pytest.raises(SystemExit) as stop:
        call_command("import_geography", tmp_path)

    errors = capsys.readouterr().err.splitlines()
    assert stop.value.code == 1
    assert errors[0] == "regions.csv: line 1: the column nom is missing"
    assert errors[-2:] == ["epci.csv: line 1: the file is empty", "6 errors: nothing is written"]


def test_import_referential_takes_the_year_of_the_name(tmp_path):
    call_command("import_referential", written(tmp_path, "referential_2031.csv", REFERENTIAL))

    assert Service.objects.get().first_year == 2031


def test_import_referential_asks_for_a_year_that_the_name_does_not_say(tmp_path):
    path = written(tmp_path, "list.csv", REFERENTIAL)

    with pytest.raises(CommandError, match="--year"):
        call_command("import_referential", path)
    call_command("import_referential", path, "--year", "2030")
    assert Service.objects.get().first_year == 2030


def test_demo_accounts_prints_them(settings, capsys):
    settings.DEMO = True

    call_command("demo_accounts")

    assert capsys.readouterr().out.splitlines() == [
        "Demo accounts (no password: sign in from the « démonstration » bar of any page)",
        "  equipe@demo.example  Dominique Exemple (équipe de l’association)",
        "  responsable@demo.example  Camille Exemple (responsable d’une commune)",
        "  valideur@demo.example  Claude Exemple (valideur d’une commune)",
        "  contributeur@demo.example  Sacha Exemple (contributeur d’une commune)",
        "  mandataire@demo.example  Lou Exemple (agent de l’intercommunalité)",
        "  presidence@demo.example  Ariane Exemple (préside le jury)",
        "  jure1@demo.example  Basile Exemple (membre du jury)",
    ]


def test_demo_accounts_is_refused_elsewhere(settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="démonstration"):
        call_command("demo_accounts")
