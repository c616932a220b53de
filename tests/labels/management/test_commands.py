import pytest
from django.core.management import CommandError, call_command

from labels.models import Award, Edition, Mention, PrintedFigure
from tests.factories.atlaas import CommuneFactory, DepartementFactory
from tests.factories.files import written

pytestmark = pytest.mark.django_db


@pytest.fixture
def commune():
    return CommuneFactory(code="81001", name="Bourg-la-Fontaine", departement=DepartementFactory(code="81"))


@pytest.fixture
def palmares(tmp_path, commune):
    line = f"{commune.region.name},Bourg la Fontaine,4\n"
    return written(tmp_path, "list.csv", "region,name_as_printed,arobases_as_printed\n" + line)


@pytest.fixture
def decisions(tmp_path):
    return written(tmp_path, "decisions.csv", "name,region,code,reason\n")


def test_imports_of_an_edition_by_command(tmp_path, palmares, decisions, capsys):
    names = ("--decisions", str(decisions))
    titles = written(tmp_path, "titles.csv", "name_as_printed,kind,theme\nBourg-la-Fontaine,mention,Essai\n")
    past = written(
        tmp_path,
        "past.csv",
        "edition_year,collectivite,level,distinction,note,source\n2011,Bourg-la-Fontaine,3,,,a.test\n",
    )
    dates = written(tmp_path, "dates.csv", "year,ceremony_on,source\n2030,2030-02-06,a.test\n")
    figures = written(tmp_path, "figures.csv", "key,region,value,place,comment\nlaureates,,1,page 1,\n")
    jury = written(tmp_path, "jury.csv", "name,function,biography,preside,source,note\nAda,,,oui,a.test,\n")

    call_command("import_editions", dates)
    call_command(
        "import_palmares", palmares, "--year", "2030", *names, "--report", str(tmp_path / "report.csv")
    )
    call_command("import_distinctions", titles, "--year", "2030", *names)
    call_command("import_history", past, *names)
    call_command("import_printed_figures", figures, "--year", "2030")
    call_command("import_jury", jury, "--year", "2030")

    assert capsys.readouterr().out == "created 1 / updated 0 / unchanged 0 / refused 0\n" * 6
    assert [model.objects.count() for model in (Award, Mention, PrintedFigure, Edition)] == [2, 1, 1, 2]
    assert (tmp_path / "report.csv").read_text(encoding="utf-8").count("exact") == 1


def test_import_palmares_takes_the_committed_companions_of_its_year(palmares, capsys):
    with pytest.raises(SystemExit):
        call_command("import_palmares", palmares, "--year", "2025")

    files = {line.split(":")[0] for line in capsys.readouterr().err.splitlines()}
    assert {"decisions.csv", "categories_2025.csv", "legible_regions_2025.csv"} <= files


def test_import_palmares_refuses_a_binary_file(tmp_path, decisions, capsys):
    path = tmp_path / "list.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0")

    with pytest.raises(SystemExit) as stop:
        call_command("import_palmares", path, "--year", "2030", "--decisions", str(decisions))

    assert (stop.value.code, Award.objects.count()) == (1, 0)
    assert capsys.readouterr().err.splitlines() == [
        "list.csv: line 3: a NUL sign: this is not a text file",
        "1 errors: nothing is written",
    ]


@pytest.mark.parametrize("year", ["1998", "2200", "26e", ""])
def test_a_year_is_one_of_the_label(palmares, year):
    with pytest.raises(CommandError, match="--year"):
        call_command("import_palmares", str(palmares), f"--year={year}")
