"""The agenda on the president's page: short, added to, cleared of what is withdrawn; and who is not in the room."""

import re

import pytest

from jury.models import Item
from jury.operations.sitting import set_deputy, set_present
from labels.models import Candidacy
from tests.factories.chamber import Chamber
from tests.factories.jury import RecusalFactory
from tests.factories.sitting import a_dossier

pytestmark = pytest.mark.django_db
PAGE = "/jury/2030/seance/"
LATE = "Déposés depuis l’ouverture"


@pytest.fixture
def chamber():
    chamber = Chamber()
    chamber.open()
    return chamber


def told(answer):
    """The page in plain spaces."""
    return " ".join(answer.text.split())


def as_seat(client, seat):
    client.force_login(seat.user)
    return client


def withdraw(dossier):
    Candidacy.objects.filter(pk=dossier.pk).update(state="withdrawn", filed=None)


def test_a_late_dossier_is_listed_and_added(client, chamber):
    dossier = a_dossier(chamber.edition)
    president = as_seat(client, chamber.president)
    page = told(president.get(PAGE))
    assert (LATE in page, dossier.collectivity.name in page) == (True, True)

    page = told(president.post(f"{PAGE}ajouter/{dossier.pk}/", follow=True))

    assert "est à la fin de l’ordre du jour" in page
    assert (LATE in page, Item.objects.filter(candidacy=dossier, position=3).count()) == (False, 1)


def test_a_late_dossier_is_listed_to_who_presides_it_alone(client, chamber):
    dossier, deputy = a_dossier(chamber.edition), chamber.members[0]
    RecusalFactory(juror=chamber.president, collectivity=dossier.collectivity)
    set_deputy(deputy, by=chamber.president.user)
    place = f"{PAGE}ajouter/{dossier.pk}/"

    pages = [told(as_seat(client, one).get(PAGE)) for one in chamber.everyone]

    assert [LATE in page for page in pages] == [False, True, False]
    assert [dossier.collectivity.name in page for page in pages] == [False, True, False]
    assert as_seat(client, chamber.president).post(place).status_code == 404
    assert as_seat(client, deputy).post(place).status_code == 302
    assert Item.objects.filter(candidacy=dossier).exists()


def test_what_is_withdrawn_is_said_and_set_aside(client, chamber):
    north, south = chamber.dossiers
    chamber.call(north)
    withdraw(north)
    president = as_seat(client, chamber.president)
    page = told(president.get(PAGE))
    assert ("Candidature retirée par la collectivité" in page, "Arrêter la décision" in page) == (True, False)
    assert f'Appeler<span class="hidden">&nbsp;{south.collectivity}' in page

    page = told(president.post(f"{PAGE}points/{chamber.item(north).pk}/ecarter/", follow=True))

    assert "est mis de côté" in page
    assert "1 sur 2 dossiers clos" in page
    assert chamber.item(north).state == "aside"


def test_a_withdrawn_dossier_refuses_a_decision_that_was_being_typed(client, chamber):
    north, _ = chamber.dossiers
    item = chamber.call(north)
    withdraw(north)
    sent = {"version": item.version, "level": 1, "votes_for": 3, "votes_against": 0, "abstentions": 0}

    answer = as_seat(client, chamber.president).post(
        f"{PAGE}points/{item.pk}/decider/", sent | {"reason": "Oui"}
    )

    assert (answer.status_code, chamber.item(north).state) == (422, "called")


def test_what_was_filed_again_says_which_filing_is_judged(client, chamber):
    north, _ = chamber.dossiers
    item = chamber.call(north)
    number = item.known["filing"]["number"]
    words = "Déposé de nouveau depuis"
    assert words not in told(as_seat(client, chamber.members[0]).get(PAGE))

    Item.objects.filter(pk=item.pk).update(known=item.known | {"filing": {"key": "0", "number": number}})

    page = told(as_seat(client, chamber.members[0]).get(PAGE))
    assert (words in page, number in page) == (True, True)


def test_a_president_who_is_not_in_the_room_is_told_how_to_mend(client, chamber):
    deputy = chamber.members[0]
    set_deputy(deputy, by=chamber.president.user)
    set_present(chamber.president, is_present=False, by=chamber.president.user)

    page = told(as_seat(client, chamber.president).get(PAGE))
    assert ("Vous n’êtes pas dans la salle" in page, ">Appeler<" in page) == (True, False)
    one = f"{PAGE}points/{chamber.item(chamber.dossiers[0]).pk}/appeler/"
    assert "notez votre arrivée" in told(client.post(one, follow=True))
    page = told(as_seat(client, deputy).get(PAGE))
    assert page.count("Appeler<span") == 2
    client.post(one)
    assert "Arrêter la décision" in told(client.get(PAGE))


def test_the_agenda_opens_on_the_table_and_folds_what_is_closed(client):
    chamber = Chamber(dossiers=3)
    chamber.open()
    first, second, third = (one.candidacy for one in Item.objects.select_related("candidacy"))
    for dossier in (second, third):
        chamber.call(dossier)
        chamber.decide(dossier)

    page = told(as_seat(client, chamber.president).get(PAGE))

    boxes = re.findall(
        r'<div class="agenda" tabindex="0" role="region" aria-label="([^"]*)">(.*?)</div>', page
    )
    assert [name for name, _ in boxes] == ["Dossiers à entendre", "Dossiers clos"]
    shown = [re.findall(r"<li[^>]*> <span>([^<]*)</span>", box) for _, box in boxes]
    assert shown == [[str(third.collectivity), str(first.collectivity)], [str(second.collectivity)]]


def test_a_stale_page_of_all_decisions_is_answered_with_what_changed(client, chamber):
    for one in chamber.dossiers:
        chamber.call(one)
        chamber.decide(one)
        client.force_login(chamber.president.user)
        client.post(f"{PAGE}points/{chamber.item(one).pk}/clore/")
    item, other = (chamber.item(one) for one in chamber.dossiers)
    stale = {"item": [item.pk, other.pk], "reason": "Même cas", f"level_{item.pk}": 4, f"level_{other.pk}": 4}
    versions = {f"version_{one.pk}": one.version for one in (item, other)}
    first = {"item": [item.pk], "reason": "Avant", f"level_{item.pk}": 2} | versions
    assert client.post(f"{PAGE}ensemble/", first).status_code == 302

    answer = client.post(f"{PAGE}ensemble/", stale | versions)

    page = told(answer)
    assert (answer.status_code, "Ce qui a changé depuis votre lecture" in page) == (409, True)
    assert [(one.item.pk, one.item.level, one.wanted) for one in answer.context["changed"]] == [
        (item.pk, 2, 4)
    ]
    assert "Même cas" in page
    assert [chamber.item(one).level for one in chamber.dossiers] == [2, 1]
    again = {f"version_{one.item.pk}": one.item.version for one in answer.context["whole"].lines}
    assert client.post(f"{PAGE}ensemble/", stale | again).status_code == 302
    assert [chamber.item(one).level for one in chamber.dossiers] == [4, 4]


def test_a_page_that_tells_no_version_moves_nothing(client, chamber):
    north, _ = chamber.dossiers
    chamber.call(north)
    chamber.decide(north)
    president = as_seat(client, chamber.president)
    president.post(f"{PAGE}points/{chamber.item(north).pk}/clore/")
    item = chamber.item(north)

    answer = president.post(f"{PAGE}ensemble/", {"item": [item.pk], f"level_{item.pk}": 4, "reason": "Oui"})

    assert (answer.status_code, chamber.item(north).level) == (409, 1)


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_with_late_and_withdrawn_dossiers_costs_the_same_queries(
    client, number, django_assert_num_queries
):
    chamber = Chamber(dossiers=number + 1)
    chamber.open()
    for _ in range(number):
        a_dossier(chamber.edition)
    for one in chamber.dossiers[1:]:
        withdraw(one)
    chamber.call(chamber.dossiers[0])
    as_seat(client, chamber.president).get(PAGE)

    with django_assert_num_queries(12):
        client.get(PAGE)
