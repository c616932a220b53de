"""The committed files, loaded for good: the counts that the press kit of 2025 must give."""

from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from atlaas.models import Collectivity, Job, Loading, Service
from labels.models import Award, Edition, Mention, PrintedFigure
from labels.operations.demo import load_committed_data
from labels.queries import statistics

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """All the committed data, loaded once for the module and undone after it; what the loading said."""
    lines: list[str] = []
    with django_db_blocker.unblock(), transaction.atomic():
        load_committed_data(lines.append)
        yield lines
        transaction.set_rollback(True)


@pytest.fixture
def awards(told):
    return Award.objects.filter(edition__year=2025)


def test_every_step_says_what_it_did(told):
    assert told == [
        "geography: created 36371 / updated 0 / unchanged 0 / refused 0",
        "référentiel 2025: created 164 / updated 0 / unchanged 0 / refused 0",
        "editions: created 12 / updated 0 / unchanged 0 / refused 0",
        "palmarès 2025: created 226 / updated 0 / unchanged 0 / refused 0",
        "titles and mentions 2025: created 10 / updated 13 / unchanged 0 / refused 0",
        "attested history: created 151 / updated 0 / unchanged 0 / refused 1",
        "jury 2025: created 16 / updated 0 / unchanged 0 / refused 0",
        "printed figures 2025: created 27 / updated 0 / unchanged 0 / refused 0",
        "statistics: 21 jobs run",
    ]


def test_loading_again_reads_nothing(told):
    again: list[str] = []

    load_committed_data(again.append)

    assert {line.split(": ")[1] for line in again} == {"loaded already", "up to date"}
    assert Loading.objects.count() == 8
    assert Job.objects.exclude(state="done").count() == 0


def test_loading_leaves_the_invented_fiches_to_the_worker(told):
    job = Job.objects.create(kind="demo-corpus", key="5")

    load_committed_data(lambda _line: None)

    job.refresh_from_db()
    assert (job.state, job.attempts) == ("pending", 0)
    job.delete()


def test_command_makes_the_accounts_in_the_demo_only(told, settings, capsys):
    settings.DEMO = False
    call_command("load_demo_data")
    assert capsys.readouterr().out.splitlines()[-1] == "statistics: up to date"

    settings.DEMO = True
    call_command("load_demo_data")
    assert capsys.readouterr().out.splitlines()[-1] == "accounts: 7"


def test_command_says_what_is_wrong_in_a_committed_file(told):
    Loading.objects.filter(command="import_history").delete()
    Edition.objects.filter(year=2024).update(coverage="complete")

    with pytest.raises(CommandError, match="the whole palmarès of 2024 is known"):
        call_command("load_demo_data")


def test_palmares_has_the_categories_levels_and_regions_of_the_press_kit(awards):
    assert Counter(awards.values_list("category", flat=True)) == {
        "ville": 169,
        "village": 45,
        "territoire": 12,
    }
    assert Counter(award.level_class for award in awards) == {
        "5": 43,
        "4-5": 94,
        "4": 7,
        "3": 33,
        "2": 41,
        "1": 8,
    }
    assert Counter(awards.values_list("collectivity__region__name", flat=True)) == {
        "Auvergne-Rhône-Alpes": 20,
        "Bourgogne-Franche-Comté": 8,
        "Bretagne": 12,
        "Centre-Val de Loire": 7,
        "Corse": 2,
        "Grand Est": 23,
        "Guadeloupe": 5,
        "Guyane": 4,
        "Hauts-de-France": 25,
        "Île-de-France": 41,
        "Martinique": 1,
        "Mayotte": 1,
        "Normandie": 14,
        "Nouvelle-Aquitaine": 14,
        "Occitanie": 12,
        "Pays de la Loire": 13,
        "Provence-Alpes-Côte d’Azur": 24,
    }
    assert Counter(
        awards.exclude(collectivity__kind="commune").values_list("collectivity__kind", flat=True)
    ) == {
        "epci": 11,
        "syndicat": 1,
    }


@pytest.mark.parametrize(
    ("printed", "code", "name"),
    [
        ("La Rochelle", "70450", "La Rochelle"),
        ("Mauris", "15122", "Maurs"),
        ("Hoerdts", "67205", "Hœrdt"),
        ("Les ponts-de-Cé", "49246", "Les Ponts-de-Cé"),
        ("Valbonne Sophia Antipolis", "06152", "Valbonne"),
        ("CC du kreiz-breizh", "242200715", "CC du Kreiz-Breizh (CCKB)"),
        ("Maison-Alfort", "94046", "Maisons-Alfort"),
        ("SMO Eure Normandie Numérique", "200045037", "SMO Eure Normandie Numérique"),
        ("Marnay", "70334", "Marnay"),
        ("Angliers", "17009", "Angliers"),
        ("Saunac-et-Muret", "40295", "Saugnac-et-Muret"),
        ("Sennecy-lès-Dijon", "21605", "Sennecey-lès-Dijon"),
        ("Theix-Noyalon", "56251", "Theix-Noyalo"),
    ],
)
def test_palmares_meets_noisy_names(awards, printed, code, name):
    collectivity = awards.get(name_as_printed=printed).collectivity

    assert (collectivity.code, collectivity.name) == (code, name)


def test_exception_to_the_rule_of_categories_has_its_reason(awards):
    reasoned = awards.exclude(category_reason="").values_list("collectivity__name", "category")

    assert list(reasoned) == [("Maurs", "ville")]


def test_titles_and_mentions(awards):
    assert awards.filter(is_ten=True, level=5, level_is_certain=True).count() == 13
    assert Mention.objects.filter(award__edition__year=2025).count() == 10
    assert {"Saint-Avold", "Fleury-sur-Orne"} <= set(
        awards.filter(is_ten=True).values_list("collectivity__name", flat=True)
    )


def test_statistics_count_each_commune_once(awards):
    total = statistics.of_edition(Edition.objects.get(year=2025)).total().total

    assert (total.laureates, total.communes, total.member_communes) == (226, 480, 275)


def test_history_keeps_lines_without_a_whole_level(told):
    past = Award.objects.exclude(edition__year=2025)

    assert (past.count(), past.filter(level=None).count(), past.filter(is_ten=True).count()) == (151, 7, 15)
    assert list(
        past.filter(level__isnull=False, level_is_certain=False).values_list("collectivity__name", flat=True)
    ) == ["Saint-Médard-en-Jalles"]
    assert past.filter(source__icontains="idem").count() == 0
    assert past.get(collectivity__name="Changé").collectivity.code == "53054"
    assert Edition.objects.filter(coverage="complete").count() == 1


def test_referential_has_its_services_attested_or_proposed(told):
    assert (Service.objects.count(), Service.objects.filter(is_attested=True).count()) == (144, 15)
    assert Service.objects.filter(name__contains="'").count() == 0


def test_printed_figures_tell_what_was_forgotten(told):
    forgotten = PrintedFigure.objects.get(value=None)

    assert (forgotten.region.name, forgotten.place) == ("Mayotte", "dossier de presse, page 11")


def test_geography_holds_every_commune(told):
    assert Counter(Collectivity.objects.values_list("kind", flat=True)) == {
        "commune": 34969,
        "epci": 1266,
        "syndicat": 1,
    }


def test_titles_of_2025_are_awarded_and_unproved(told, capsys):
    call_command("ten_eligibility", "--year", "2025")

    lines = capsys.readouterr().out.splitlines()
    awarded = [one for one in lines if ": awarded, " in one]
    assert lines[-1] == "2025: 13 awarded, 13 unproved"
    assert (len(awarded), {one.split(": awarded, ")[1].split(" (")[0] for one in awarded}) == (
        13,
        {"unproved"},
    )
    assert all("2025: 5 @" in one and "rien de connu" in one for one in awarded)
