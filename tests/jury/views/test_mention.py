"""The observatory of the mentions: suggestions by theme, over the dossiers of the door and nothing else."""

import pytest
from django.utils import timezone

from labels.models import Candidacy, MentionTheme, Snapshot
from tests.factories.atlaas import CommuneFactory
from tests.factories.dossier import a_document, a_filed, a_sheet, sheet_key
from tests.factories.jury import RecusalFactory, a_juror
from tests.factories.recusal import closed_edition
from tests.factories.sitting import Room

pytestmark = pytest.mark.django_db
PAGE = "/jury/2030/mentions/"


@pytest.fixture
def edition():
    one = closed_edition()
    MentionTheme.objects.create(edition=one, name="Santé", slug="sante")
    MentionTheme.objects.create(edition=one, name="Médiation numérique", slug="mediation")
    return one


@pytest.fixture
def juror(client, edition):
    one = a_juror(edition)
    client.force_login(one.user)
    return one


def told(answer):
    """The page in plain spaces."""
    assert answer.status_code == 200
    return " ".join(answer.text.split())


def speaking(edition, name, *titles):
    """A dossier whose fiches have these titles."""
    sheets = [a_sheet(title, title=title) for title in titles]
    return a_filed(edition, a_document(2030, sheets), collectivity=CommuneFactory(name=name))


def names_in(page):
    return [line.split("</a>")[0].split('">')[-1].strip() for line in page.split("<h3>")[1:]]


def test_dossiers_are_ranked_by_theme_with_the_fiches_and_their_words(client, edition, juror):
    few = speaking(edition, "Aville", "La médiation", "La santé")
    speaking(edition, "Bville", "Une médiatrice", "Des médiations")
    speaking(edition, "Cville", "Rien")

    page = told(client.get(PAGE, {"theme": "mediation"}))
    other = told(client.get(PAGE, {"theme": "sante"}))

    assert (names_in(page), names_in(other)) == (["Bville", "Aville"], ["Aville"])
    link = f'<a href="/jury/2030/dossiers/{few.pk}/fiches/{sheet_key("La médiation")}/">La médiation</a>'
    assert f'{link} <span class="soft">«\u00a0médiation\u00a0»' in page.replace("&nbsp;", "\u00a0")
    assert "Des suggestions, pas un classement." in page


def test_the_first_theme_opens_and_an_odd_one_asks_nothing(client, edition, juror):
    speaking(edition, "Aville", "La médiation")

    pages = [
        told(client.get(PAGE, query))
        for query in ({}, {"theme": "x"}, {"theme": "'"}, {"dossier": "x"}, {"page": "z"})
    ]

    assert [names_in(page) for page in pages] == [["Aville"]] * 5


def test_one_dossier_tells_every_theme(client, edition, juror):
    one = speaking(edition, "Aville", "La médiation", "Rien")
    speaking(edition, "Bville", "La santé")

    page = told(client.get(PAGE, {"dossier": one.pk}))

    assert ("La médiation</a>" in page, "La santé</a>" in page, "Bville" in page) == (True, False, False)
    assert page.count("Aucune fiche n’en parle avec ces mots.") == 1


def test_a_recused_juror_finds_no_trace(client, edition, juror):
    hidden = speaking(edition, "Aville", "La médiation")
    speaking(edition, "Bville", "La médiation")
    before = told(client.get(PAGE))
    RecusalFactory(juror=juror, collectivity=hidden.collectivity)

    page = told(client.get(PAGE))

    assert (names_in(before), names_in(page)) == (["Aville", "Bville"], ["Bville"])
    assert ("Aville" in page, str(hidden.pk) in page) == (False, False)
    assert client.get(PAGE, {"dossier": hidden.pk}).status_code == 404


def test_before_the_ties_nothing_is_there(client, edition):
    speaking(edition, "Aville", "La médiation")
    client.force_login(a_juror(edition, declared_at=None).user)

    page = told(client.get(PAGE))

    assert ("Déclarer mes liens" in page, "Aville" in page) == (True, False)


def test_what_is_filed_anew_is_read_anew_and_nothing_of_today(client, edition, juror):
    one, other = speaking(edition, "Aville", "La médiation"), speaking(edition, "Bville", "Rien")
    before = told(client.get(PAGE))
    facts = {
        "number": "2030-00002",
        "by": juror.user,
        "arrived_at": timezone.now(),
        "sha256": other.filed.sha256,
    }
    anew = Snapshot.objects.create(candidacy=one, rank=2, document=other.filed.document, **facts)
    Candidacy.objects.filter(pk=one.pk).update(filed=anew)

    page = told(client.get(PAGE))

    assert (names_in(before), names_in(page)) == (["Aville"], [])


def test_an_edition_without_themes_says_so(client):
    seat = a_juror(closed_edition(2031))
    client.force_login(seat.user)

    assert "pas encore de thème de mention" in told(client.get("/jury/2031/mentions/"))


@pytest.mark.parametrize("total", [1, 3])
def test_pages_cost_the_same_queries(client, edition, juror, total, django_assert_num_queries):
    made = [speaking(edition, f"Ville {rank}", "La médiation", "Une médiatrice") for rank in range(total)]

    for query, queries in (({}, 12), ({}, 6), ({"dossier": made[0].pk}, 7)):
        with django_assert_num_queries(queries):
            client.get(PAGE, query)


def test_the_home_and_the_sitting_lead_to_it(client):
    room = Room()
    room.open()
    room.call(0)
    MentionTheme.objects.create(edition=room.edition, name="Santé", slug="sante")
    link = f'href="{PAGE}?dossier={room.dossiers[0].pk}"'

    client.force_login(room.president.user)
    pages = [told(client.get("/jury/2030/seance/")), told(client.get("/jury/2030/"))]
    client.force_login(room.members[0].user)
    pages.append(told(client.get("/jury/2030/seance/")))

    assert (link in pages[0], f'href="{PAGE}"' in pages[1], link in pages[2]) == (True, True, True)
