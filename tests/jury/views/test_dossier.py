"""A juror reads what was filed, beginning by what changed; nobody else finds a trace of it."""

import pytest
from django.utils import timezone

from jury.models import Juror
from tests.factories.atlaas import CommuneFactory, UserFactory, agent_of
from tests.factories.campaign import open_edition
from tests.factories.dossier import a_document, a_filed, a_sheet, sheet_key
from tests.factories.jury import RecusalFactory, a_filed_candidacy, a_juror, close
from tests.factories.labels import AwardFactory, EditionFactory
from tests.factories.recusal import a_group, begun, closed_edition, entrusted, judged

pytestmark = pytest.mark.django_db
SHELF = "/jury/2030/dossiers/"


@pytest.fixture
def edition():
    return closed_edition()


@pytest.fixture
def juror(client, edition):
    one = a_juror(edition)
    client.force_login(one.user)
    return one


def told(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def page_of(candidacy, query=""):
    return f"{SHELF}{candidacy.pk}/{query}"


def pages_of(candidacy, name="a"):
    """The dossier, the whole of it, one of its fiches."""
    return [
        page_of(candidacy),
        page_of(candidacy, "?vue=tout"),
        f"{page_of(candidacy)}fiches/{sheet_key(name)}/",
    ]


def a_pair(edition, place=None):
    """What the same place filed for two editions; the later candidacy."""
    place = place or CommuneFactory(name="Trifouillis")
    past = [a_sheet("a"), a_sheet("b", summary="La commune dessert deux hameaux."), a_sheet("d")]
    now = [a_sheet("a"), a_sheet("b", summary="La commune dessert huit hameaux."), a_sheet("e")]
    a_filed(closed_edition(2029), a_document(2029, past, {"un": "Non."}), collectivity=place)
    return a_filed(edition, a_document(2030, now, {"un": "Oui.", "deux": "Rien."}), collectivity=place)


def test_the_list_tells_states_and_progress(client, edition, juror):
    first, second = (
        judged(edition, CommuneFactory(name="Aville")),
        judged(edition, CommuneFactory(name="Bville")),
    )
    entrusted(juror, first)
    entrusted(juror, second)
    begun(juror, first, state="submitted", level=2, submitted_at=timezone.now())
    judged(edition, CommuneFactory(name="Cville"))

    page = told(client.get(SHELF))

    assert '<label for="avancee">1\u00a0évaluation remise sur 2</label>' in page
    assert [page.count(word) for word in ("confié</span>", "remise</span>", "non commencée</span>")] == [
        2,
        1,
        2,
    ]


def test_the_list_is_filtered_and_its_links_keep_the_filter(client, edition, juror):
    kept = judged(edition, CommuneFactory(name="Étretat"))
    judged(edition, CommuneFactory(name="Yville"))

    page = told(client.get(SHELF, {"q": "etretat"}))

    assert (f'href="{page_of(kept)}?q=etretat"' in page, "Yville" in page) == (True, False)


@pytest.mark.parametrize("query", ["qui=x", "categorie=x", "q=%00", "page=zz", "page=99", "q=" + "x" * 500])
def test_an_odd_filter_asks_nothing(client, edition, juror, query):
    judged(edition)

    assert client.get(f"{SHELF}?{query}").status_code == 200


def test_an_empty_list_says_what_comes_next(client, juror):
    assert "ils paraissent ici dès que l’édition est close" in told(client.get(SHELF))
    assert "Aucun dossier ne répond à ces filtres" in told(client.get(SHELF, {"q": "zzz"}))


def test_before_the_ties_the_list_leads_to_them(client, edition):
    candidacy = judged(edition)
    client.force_login(a_juror(edition, declared_at=None).user)

    page = told(client.get(SHELF))

    assert ('href="/jury/2030/liens/"' in page, candidacy.collectivity.name in page) == (True, False)
    assert client.get(page_of(candidacy)).status_code == 404


def test_the_home_leads_to_the_list(client, juror):
    assert told(client.get("/jury/2030/")).count(f'href="{SHELF}"') == 2


def test_a_dossier_opens_on_what_changed(client, edition, juror):
    candidacy = a_pair(edition)

    page = told(client.get(page_of(candidacy)))

    assert "Ce qui a changé depuis 2029" in page
    assert '<del><span class="hidden">supprimé\u00a0: </span>deux</del>' in page
    assert '<ins><span class="hidden">ajouté\u00a0: </span>huit</ins>' in page
    assert "1\u00a0fiche reconduite sans changement" in page
    assert [word in page for word in ("Fiche d", "Fiche e", "Question un", "Question deux")] == [True] * 4
    assert "La mosaïque au dépôt" not in page


def test_everything_is_beside_it(client, edition, juror):
    place = CommuneFactory(name="Trifouillis")
    AwardFactory(collectivity=place, edition=EditionFactory(year=2025))

    page = told(client.get(page_of(a_pair(edition, place), "?vue=tout")))

    assert "Ce qui a changé depuis 2029</a>" in page
    assert [
        word in page
        for word in (
            "La mosaïque au dépôt",
            "Le niveau vers lequel pointe la couverture",
            "Dominique Exemple (Maire)",
            "Question deux",
            "Enjeu d’essai",
            '<span class="who">2025</span>',
        )
    ] == [True] * 6


def test_a_first_dossier_says_so(client, edition, juror):
    page = told(client.get(page_of(a_filed(edition, a_document(2030, [a_sheet("a")])))))

    assert "C’est son premier dossier ici" in page
    assert "Fiche a" in page


def test_a_document_without_a_part_is_read(client, edition, juror):
    candidacy = judged(edition)

    assert {client.get(page).status_code for page in pages_of(candidacy)[:2]} == {200}


def test_a_filed_candidacy_is_read_as_it_was_filed(client):
    edition = open_edition()
    candidacy = a_filed_candidacy(edition)
    close(edition)
    client.force_login(a_juror(edition).user)
    sheet = candidacy.collectivity.sheets.get()
    type(sheet).objects.update(title="Un autre titre")

    page = told(client.get(f"/jury/{edition.year}/dossiers/{candidacy.pk}/"))

    assert ("Une action n° 0" in page, "Un autre titre" in page) == (True, False)


def test_a_fiche_is_read_whole(client, edition, juror):
    candidacy = a_pair(edition)

    page = told(client.get(pages_of(candidacy, "b")[2]))

    assert [word in page for word in ("<h3>Le besoin</h3>", "modifiée</span>", ">deux</del>")] == [True] * 3


@pytest.mark.parametrize("name", ["d", "zzz"])
def test_a_fiche_that_is_not_in_the_document_is_not_there(client, edition, juror, name):
    assert client.get(pages_of(a_pair(edition), name)[2]).status_code == 404


def test_text_of_a_candidate_is_escaped(client, edition, juror):
    bad = "<script>alert(1)</script>"
    past = a_document(2029, [a_sheet("a", title="x")], {"un": "x"}, mayor_word="x")
    now = a_document(2030, [a_sheet("a", title=bad, summary=bad, text=bad)], {"un": bad}, mayor_word=bad)
    place = CommuneFactory()
    a_filed(closed_edition(2029), past, collectivity=place)
    candidacy = a_filed(edition, now, collectivity=place)

    found = [told(client.get(page)) for page in pages_of(candidacy)]

    assert [bad in page for page in found] == [False] * 3


def test_neighbours_are_linked_with_the_filters(client, edition, juror):
    one, two = (judged(edition, CommuneFactory(name=name)) for name in ("Aville", "Bville"))

    page = told(client.get(page_of(one, "?q=ville&vue=tout")))

    assert f'href="{page_of(two)}?q=ville"' in page
    assert 'rel="prev"' not in page


def nobody(candidacy):
    return UserFactory()


def an_agent_of_it(candidacy):
    return agent_of(candidacy.collectivity)


def an_organiser(candidacy):
    return UserFactory(is_organiser=True)


def a_juror_of_another_edition(candidacy):
    return a_juror(closed_edition(2031)).user


def an_undeclared_juror(candidacy):
    return a_juror(candidacy.edition, declared_at=None).user


def a_recused_juror(candidacy):
    return RecusalFactory(juror=a_juror(candidacy.edition), collectivity=candidacy.collectivity).juror.user


def a_juror_tied_to_its_group(candidacy):
    group = a_group(candidacy.collectivity)
    return RecusalFactory(juror=a_juror(candidacy.edition), collectivity=group).juror.user


def a_juror_who_left(candidacy):
    gone = a_juror(candidacy.edition)
    Juror.objects.filter(pk=gone.pk).update(left_at=timezone.now())
    return gone.user


@pytest.mark.parametrize(
    "visitor",
    [
        nobody,
        an_agent_of_it,
        an_organiser,
        a_juror_of_another_edition,
        an_undeclared_juror,
        a_recused_juror,
        a_juror_tied_to_its_group,
        a_juror_who_left,
    ],
)
def test_a_dossier_is_not_there_for(client, edition, visitor):
    candidacy = a_filed(edition, a_document(2030, [a_sheet("a")]))
    client.force_login(visitor(candidacy))

    assert [client.get(page).status_code for page in pages_of(candidacy)] == [404] * 3


def test_a_dossier_asks_for_an_account(client, edition):
    candidacy = a_filed(edition)

    assert client.get(page_of(candidacy)).status_code == 302


def test_a_recused_juror_finds_no_trace_in_the_list(client, edition, juror):
    hidden, other = (
        judged(edition, CommuneFactory(name="Cachée")),
        judged(edition, CommuneFactory(name="Vue")),
    )
    entrusted(juror, hidden)
    RecusalFactory(juror=juror, collectivity=hidden.collectivity)

    page, beside = told(client.get(SHELF)), told(client.get(page_of(other)))

    assert [word in page + beside for word in ("Cachée", str(hidden.pk), 'id="avancee"')] == [False] * 3
    assert "1\u00a0dossier</h2>" in page


def test_the_dossier_of_an_edition_still_open_is_not_there(client):
    edition = open_edition(2031)
    candidacy = a_filed(edition)
    client.force_login(a_juror(edition).user)

    assert client.get(f"/jury/2031/dossiers/{candidacy.pk}/").status_code == 404


def test_another_year_in_the_address_is_not_there(client, edition, juror):
    candidacy = a_filed(closed_edition(2031))

    assert client.get(page_of(candidacy)).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_dossier_is_only_read(client, edition, juror, method):
    candidacy = a_filed(edition)

    assert getattr(client, method)(page_of(candidacy)).status_code == 405


@pytest.mark.parametrize("total", [1, 3])
def test_the_list_costs_the_same_queries(client, edition, juror, total, django_assert_num_queries):
    for _ in range(total):
        entrusted(juror, judged(edition))

    with django_assert_num_queries(7):
        assert client.get(SHELF).status_code == 200


@pytest.mark.parametrize("total", [1, 200])
def test_a_dossier_costs_the_same_queries(client, edition, juror, total, django_assert_num_queries):
    place = CommuneFactory()
    past, now = ([a_sheet(n, summary=word) for n in range(total)] for word in ("Avant.", "Après."))
    a_filed(closed_edition(2029), a_document(2029, past), collectivity=place)
    candidacy = a_filed(edition, a_document(2030, now), collectivity=place)
    AwardFactory(collectivity=place, edition=EditionFactory(year=2025))
    first, whole, sheet = pages_of(candidacy, 0)

    for page, queries in ((first, 11), (whole, 11), (sheet, 7)):
        with django_assert_num_queries(queries):
            assert client.get(page).status_code == 200
