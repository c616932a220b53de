"""A dossier while it is written: start, save, choose its fiches."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.utils import timezone

from atlaas.rules.refusal import Conflict, Refused
from labels.models import Candidacy, CandidacyStep
from labels.operations.candidacy import choose, save, start
from labels.operations.filing import file
from labels.queries.clock import now
from tests.factories.atlaas import CommuneFactory, GroupFactory, UserFactory, agent_of, published_sheet
from tests.factories.campaign import CandidacyFactory, open_edition
from tests.factories.filing import a_complete_candidacy, publisher_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def candidacy():
    return CandidacyFactory()


@pytest.fixture
def agent(candidacy):
    return agent_of(candidacy.collectivity, "contributeur")


def fiches(candidacy, number):
    by = agent_of(candidacy.collectivity, "valideur")
    made = [
        published_sheet(candidacy.collectivity, by=by, title=f"Fiche {n}", is_running=True)
        for n in range(number)
    ]
    return [one.pk for one in made]


@pytest.mark.parametrize(("population", "category"), [(800, "village"), (2500, "ville")])
def test_start_says_the_category_of_the_rulebook(population, category):
    town = CommuneFactory(population=population)

    assert start(open_edition(), town, by=agent_of(town, "contributeur")).category == category


def test_start_of_a_group_is_a_territory():
    group = GroupFactory()

    assert start(open_edition(), group, by=agent_of(group, "responsable")).category == "territoire"


def test_start_again_finds_the_one_that_stands():
    town, edition = CommuneFactory(population=800), open_edition()
    first = start(edition, town, by=agent_of(town, "contributeur"))

    again = start(edition, town, by=agent_of(town, "valideur"))

    assert again == first
    assert [step.step for step in first.steps.all()] == ["start"]


def test_start_is_refused_to_strangers():
    with pytest.raises(Refused, match="rattaché"):
        start(open_edition(), CommuneFactory(), by=UserFactory())


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"opens_at": timezone.now() + dt.timedelta(hours=1)}, "pas encore ouvertes"),
        ({"published_at": timezone.now()}, "palmarès"),
    ],
)
def test_start_has_its_time(facts, words):
    town = CommuneFactory(population=800)
    with pytest.raises(Refused, match=words):
        start(open_edition(**facts), town, by=agent_of(town, "contributeur"))


def test_start_without_population_says_whom_to_ask():
    town = CommuneFactory(population=None)
    with pytest.raises(Refused, match="écrivez à l’association"):
        start(open_edition(), town, by=agent_of(town, "contributeur"))


def test_save_writes_what_is_told_and_leaves_the_rest(candidacy, agent):
    save(candidacy, by=agent, version=1, facts={"elected_name": "Une élue", "answers": {"budget": 3}})

    saved = save(candidacy, by=agent, version=2, facts={"answers": {"wifi": "oui"}})

    assert (saved.elected_name, saved.answers, saved.version) == ("Une élue", {"budget": 3, "wifi": "oui"}, 3)


def test_a_blank_answer_is_none(candidacy, agent):
    save(candidacy, by=agent, version=1, facts={"answers": {"budget": 3, "wifi": "oui"}})

    saved = save(candidacy, by=agent, version=2, facts={"answers": {"budget": None, "wifi": "", "rien": []}})

    assert saved.answers == {}


def test_saving_the_same_changes_nothing_and_is_no_conflict(candidacy, agent):
    facts = {"elected_name": "Une élue", "answers": {"vide": ""}}
    save(candidacy, by=agent, version=1, facts=facts)

    assert save(candidacy, by=agent, version=1, facts=facts).version == 2


def test_save_over_another_is_a_conflict_that_keeps_both(candidacy, agent):
    save(candidacy, by=agent, version=1, facts={"elected_name": "La première"})

    with pytest.raises(Conflict) as refusal:
        save(candidacy, by=agent, version=1, facts={"elected_name": "La seconde"})

    assert refusal.value.current.elected_name == "La première"
    assert refusal.value.proposed == {"elected_name": "La seconde"}


def test_one_sitting_is_one_line_of_who_did_what(candidacy, agent):
    other = agent_of(candidacy.collectivity, "valideur")
    save(candidacy, by=agent, version=1, facts={"elected_name": "Une"})
    save(candidacy, by=agent, version=2, facts={"agent_name": "Deux"})
    save(candidacy, by=other, version=3, facts={"agent_name": "Trois"})

    told = [(step.by, step.detail["fields"]) for step in candidacy.steps.order_by("pk")]

    assert told == [(agent, ["agent_name", "elected_name"]), (other, ["agent_name"])]


def test_another_sitting_is_another_line(candidacy, agent):
    save(candidacy, by=agent, version=1, facts={"elected_name": "Une"})
    CandidacyStep.objects.update(at=timezone.now() - dt.timedelta(hours=1))
    save(candidacy, by=agent, version=2, facts={"elected_name": "Deux"})

    assert candidacy.steps.count() == 2


def test_a_category_is_contested_with_a_reason_and_given_up(candidacy, agent):
    asked = {"wanted_category": "village", "category_reason": "Nous sommes 2 499."}
    saved = save(candidacy, by=agent, version=1, facts=asked)
    assert (saved.wanted_category, saved.category_answer, saved.category) == ("village", "asked", "ville")

    given_up = save(candidacy, by=agent, version=2, facts={"wanted_category": "", "category_reason": ""})

    assert (given_up.wanted_category, given_up.category_reason, given_up.category_answer) == ("", "", "")


def test_a_category_without_a_reason_is_refused(candidacy, agent):
    with pytest.raises(Refused, match="Dites pourquoi"):
        save(candidacy, by=agent, version=1, facts={"wanted_category": "village", "category_reason": ""})


def test_a_category_is_not_contested_again_once_answered(candidacy, agent):
    words = {"wanted_category": "village", "category_reason": "Un motif", "category_answer": "refused"}
    Candidacy.objects.filter(pk=candidacy.pk).update(**words)

    with pytest.raises(Refused, match="déjà répondu"):
        save(
            candidacy,
            by=agent,
            version=1,
            facts={"wanted_category": "village", "category_reason": "Un autre"},
        )


@pytest.mark.parametrize("role", ["nobody", "organiser", "elsewhere"])
def test_save_is_refused_to_others(candidacy, role):
    people = {
        "nobody": UserFactory,
        "organiser": lambda: UserFactory(is_organiser=True),
        "elsewhere": lambda: agent_of(CommuneFactory(), "responsable"),
    }
    with pytest.raises(Refused, match="rattaché"):
        save(candidacy, by=people[role](), version=1, facts={"elected_name": "Une"})


def test_a_filed_dossier_is_not_written_until_it_is_corrected():
    candidacy = a_complete_candidacy()
    by = publisher_of(candidacy.collectivity)
    file(candidacy, by=by, arrived_at=now())

    with pytest.raises(Refused, match="On ne peut pas modifier"):
        save(candidacy, by=by, version=1, facts={"mayor_word": "Autre"})
    with pytest.raises(Refused, match="On ne peut pas modifier"):
        choose(candidacy, by=by, version=1, out=fiches(candidacy, 1), flagships=[])


def test_choose_takes_out_and_puts_forward_in_order(candidacy, agent):
    one, two, three, _ = fiches(candidacy, 4)

    choose(candidacy, by=agent, version=1, out=[three], flagships=[two, one, two])

    told = candidacy.choices.order_by("choice", "position").values_list("sheet", "choice", "position")
    assert list(told) == [(two, "flagship", 1), (one, "flagship", 2), (three, "out", 1)]


def test_choosing_the_same_changes_nothing(candidacy, agent):
    one, two = fiches(candidacy, 2)
    choose(candidacy, by=agent, version=1, out=[one], flagships=[two])

    assert choose(candidacy, by=agent, version=1, out=[one], flagships=[two]).version == 2


def test_choose_refuses_what_the_rulebook_does(candidacy, agent):
    found = fiches(candidacy, 6)
    with pytest.raises(Refused, match="5 fiches au plus"):
        choose(candidacy, by=agent, version=1, out=[], flagships=found)
    with pytest.raises(Refused, match="ne peut pas être aussi"):
        choose(candidacy, by=agent, version=1, out=found[:1], flagships=found[:1])
    assert candidacy.choices.count() == 0


def test_choose_refuses_the_fiche_of_another(candidacy, agent):
    with pytest.raises(Refused, match="ne compte plus"):
        choose(
            candidacy,
            by=agent,
            version=1,
            out=fiches(CandidacyFactory(edition=candidacy.edition), 1),
            flagships=[],
        )


def test_choose_over_another_is_a_conflict(candidacy, agent):
    one, two = fiches(candidacy, 2)
    choose(candidacy, by=agent, version=1, out=[one], flagships=[])
    with pytest.raises(Conflict):
        choose(candidacy, by=agent, version=1, out=[two], flagships=[])


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_at_once_one_is_told():
    candidacy = CandidacyFactory()
    people = [agent_of(candidacy.collectivity, "contributeur") for _ in range(2)]
    barrier, told = threading.Barrier(2), []

    def write(by):
        barrier.wait()
        try:
            save(candidacy, by=by, version=1, facts={"elected_name": str(by.pk)})
            told.append("saved")
        except Conflict:
            told.append("conflict")
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(by,)) for by in people]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    candidacy.refresh_from_db()
    assert sorted(told) == ["conflict", "saved"]
    assert candidacy.version == 2


@pytest.mark.django_db(transaction=True)
def test_two_starts_at_once_are_one():
    town, edition = CommuneFactory(population=800), open_edition()
    people = [agent_of(town, "contributeur") for _ in range(2)]
    barrier = threading.Barrier(2)

    def begin(by):
        barrier.wait()
        start(edition, town, by=by)
        connection.close()

    threads = [threading.Thread(target=begin, args=(by,)) for by in people]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert Candidacy.objects.count() == 1
    assert CandidacyStep.objects.filter(step="start").count() == 1
