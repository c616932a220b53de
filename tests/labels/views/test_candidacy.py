"""The screens of a candidacy: written, merged, checked; seen by others."""

import datetime as dt
import json

import pytest
from django.urls import reverse

from labels.models import Candidacy, Derogation, Edition, Question, Section
from labels.operations.candidacy import save
from labels.operations.filing import correct, file
from labels.queries.clock import now
from labels.rules.checklist import NEEDED
from tests.factories.atlaas import CommuneFactory, UserFactory, agent_of, published_sheet
from tests.factories.campaign import CandidacyFactory, SubscriptionFactory, open_edition
from tests.factories.filing import PEOPLE, a_complete_candidacy, publisher_of

pytestmark = pytest.mark.django_db
KINDS = {
    "line": [],
    "text": [],
    "number": [],
    "yes_no": [],
    "one": ["a b", "c"],
    "several": ["a b", "c", "d"],
}


@pytest.fixture
def candidacy():
    return CandidacyFactory()


@pytest.fixture
def agent(candidacy, client):
    person = agent_of(candidacy.collectivity, "contributeur")
    client.force_login(person)
    return person


def address(candidacy, name="candidacy"):
    return reverse(name, args=[candidacy.collectivity.code, candidacy.edition.year])


def questions(edition, *, part="dossier"):
    place = Section.objects.create(
        edition=edition, category="ville", part=part, title="Vos services", position=1
    )
    for rank, (kind, options) in enumerate(KINDS.items()):
        words = {"code": kind.replace("_", "-"), "text": f"Question {kind}", "kind": kind, "options": options}
        Question.objects.create(section=place, position=rank, **words)


def form_of(response, **facts):
    """What the form of the page would send."""
    form, sent = response.context["form"], {"base": response.context["base"]}
    values = {name: form[name].value() for name in form.fields}
    sent["version"] = response.context["candidacy"].version
    return {name: value for name, value in (values | sent | facts).items() if value not in (None, "")}


def test_nothing_started_tells_what_stands_in_the_way_and_starts(client):
    town, edition = CommuneFactory(population=800), open_edition()
    client.force_login(agent_of(town, "contributeur"))
    place = reverse("candidacy", args=[town.code, edition.year])

    page = client.get(place)
    assert "Aucune fiche ne compte" in page.text
    assert "Personne ne peut déposer" in page.text

    response = client.post(place, follow=True)
    assert response.context["candidacy"] == Candidacy.objects.get()


def test_latest_leads_to_the_campaign_that_is_on(client, candidacy, agent):
    response = client.get(reverse("candidacy-latest", args=[candidacy.collectivity.code]))

    assert response.url == address(candidacy)


def test_latest_says_that_there_is_none(client):
    town = CommuneFactory()
    client.force_login(agent_of(town, "contributeur"))

    response = client.get(reverse("candidacy-latest", args=[town.code]), follow=True)

    assert "Aucune édition ne reçoit de candidature" in response.text


def test_every_kind_of_answer_is_kept(client, candidacy, agent):
    questions(candidacy.edition)
    sent = {
        "q-line": "Une ligne",
        "q-text": "Un\r\ntexte",
        "q-number": "12",
        "q-yes-no": "non",
        "q-one": "a b",
        "q-several": ["a b", "d"],
    }

    response = client.post(address(candidacy), form_of(client.get(address(candidacy)), **sent))

    assert response.status_code == 302
    assert Candidacy.objects.get().answers == {
        "line": "Une ligne",
        "text": "Un\ntexte",
        "number": 12,
        "yes-no": "non",
        "one": "a b",
        "several": ["a b", "d"],
    }


def test_feedback_is_kept_apart(client, candidacy, agent):
    questions(candidacy.edition, part="feedback")

    client.post(address(candidacy), form_of(client.get(address(candidacy)), **{"r-line": "Très bien"}))

    saved = Candidacy.objects.get()
    assert (saved.answers, saved.feedback) == ({}, {"line": "Très bien"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("q-number", "douze"),
        ("q-number", "-1"),
        ("q-number", "9" * 30),
        ("q-one", "autre"),
        ("q-several", ["a b", "autre"]),
        ("q-line", "x" * 301),
        ("contact_email", "pas une adresse"),
        ("mayor_word", "x" * 2001),
        ("wanted_category", "village"),
        ("wanted_category", "royaume"),
    ],
)
def test_what_is_wrong_is_told_and_the_rest_is_kept(client, candidacy, agent, name, value):
    questions(candidacy.edition)
    sent = form_of(client.get(address(candidacy)), **{name: value}, elected_name="Une élue")

    response = client.post(address(candidacy), sent)

    assert response.status_code == 422
    assert len(response.context["form"].errors) == 1
    assert Candidacy.objects.get().elected_name == "Une élue"


@pytest.mark.parametrize("missing", ["version", "base"])
def test_a_form_that_lost_its_version_writes_nothing(client, candidacy, agent, missing):
    sent = form_of(client.get(address(candidacy)), elected_name="Une élue") | {"version": "x"}
    sent.pop(missing)

    assert client.post(address(candidacy), sent).status_code == 422
    assert Candidacy.objects.get().version == 1


def test_two_texts_are_shown_side_by_side_then_merged(client, candidacy, agent):
    questions(candidacy.edition)
    sent = form_of(client.get(address(candidacy)), elected_name="La mienne", **{"q-several": ["c", "d"]})
    save(candidacy, by=publisher_of(candidacy.collectivity), version=1, facts={"elected_name": "La leur"})

    page = client.post(address(candidacy), sent)
    assert page.status_code == 409
    shown = {line.field: (line.mine_shown, line.theirs_shown, line.choice) for line in page.context["lines"]}
    assert shown == {"elected_name": ("La mienne", "La leur", "mine"), "q-several": ("c · d", "", "mine")}

    choices = {"version": 2, "base": page.context["base"]}
    for line in page.context["lines"]:
        choices |= {f"mien-{line.field}": line.mine, f"leur-{line.field}": line.theirs}
    choices |= {f"mien-{name}": value for name, value in page.context["agreed"]}
    choices |= {"choix-elected_name": "theirs", "choix-q-several": "mine"}
    assert client.post(address(candidacy, "candidacy-merge"), choices).status_code == 302

    saved = Candidacy.objects.get()
    assert (saved.elected_name, saved.answers) == ("La leur", {"several": ["c", "d"]})


def test_autosave_speaks_to_the_script(client, candidacy, agent):
    page = client.get(address(candidacy))
    sent = form_of(page, elected_name="Une élue", contact_email="non", account=page.context["account"]())

    told = json.loads(client.post(address(candidacy, "candidacy-autosave"), sent).content)

    assert (told["version"], list(told["unkept"])) == (2, ["contact_email"])
    assert Candidacy.objects.get().elected_name == "Une élue"


@pytest.mark.parametrize(
    ("facts", "status"), [({"account": "autre"}, 401), ({"version": "x"}, 400), ({"version": 9}, 409)]
)
def test_autosave_says_why_nothing_is_written(client, candidacy, agent, facts, status):
    page = client.get(address(candidacy))
    sent = form_of(page, elected_name="Une élue", account=page.context["account"]())

    response = client.post(address(candidacy, "candidacy-autosave"), sent | facts)

    assert response.status_code == status
    assert json.loads(response.content)["sentence"]
    assert Candidacy.objects.get().version == 1


def test_autosave_of_another_s_candidacy_is_404(client, candidacy, agent):
    other = CandidacyFactory(edition=candidacy.edition)
    sent = {"account": client.get(address(candidacy)).context["account"](), "version": 1}

    assert client.post(address(other, "candidacy-autosave"), sent).status_code == 404


def test_checklist_links_to_each_missing_field(client, candidacy, agent):
    SubscriptionFactory(collectivity=candidacy.collectivity, year=candidacy.edition.year)
    publisher_of(candidacy.collectivity)

    page = client.get(address(candidacy, "candidacy-check"))

    assert [line.code for line in page.context["checklist"].missing] == ["sheets", *NEEDED]
    for name in NEEDED:
        assert f'href="{address(candidacy)}#id_{name}"' in page.text
    assert 'id="id_elected_name"' in client.get(address(candidacy)).text


def test_a_contributor_prepares_and_a_publisher_files(client):
    candidacy = a_complete_candidacy()
    client.force_login(agent_of(candidacy.collectivity, "contributeur"))
    assert (
        "Seul un valideur ou un responsable dépose" in client.get(address(candidacy, "candidacy-check")).text
    )

    client.force_login(publisher_of(candidacy.collectivity))
    assert "Déposer la candidature" in client.get(address(candidacy, "candidacy-check")).text
    response = client.post(address(candidacy, "candidacy-file"), {"rank": 1})
    assert response.url == reverse("receipt", args=[candidacy.collectivity.code, candidacy.edition.year, 1])


def test_fiches_are_taken_out_and_put_forward(client, candidacy, agent):
    by = publisher_of(candidacy.collectivity)
    one, two = (
        published_sheet(candidacy.collectivity, by=by, title=f"Fiche {n}", is_running=True) for n in range(2)
    )
    place = address(candidacy, "candidacy-sheets")

    response = client.post(
        place, {"version": 1, "out": [str(one.pk)], "flagship": [str(two.pk)]}, follow=True
    )

    shown = [(sheet.title, sheet.is_flagship, sheet.is_out) for sheet in response.context["sheets"]]
    assert shown == [("Fiche 1", True, False), ("Fiche 0", False, True)]
    assert response.context["kept"] == 1


@pytest.mark.parametrize("sent", [{}, {"version": 1, "out": "pas une clé"}, {"version": "x"}])
def test_a_choice_that_cannot_be_read_writes_nothing(client, candidacy, agent, sent):
    published_sheet(candidacy.collectivity, by=publisher_of(candidacy.collectivity), is_running=True)

    response = client.post(address(candidacy, "candidacy-sheets"), sent)

    assert response.status_code == 422
    assert candidacy.choices.count() == 0


def test_too_many_flagships_are_shown_again_as_ticked(client, candidacy, agent):
    by = publisher_of(candidacy.collectivity)
    keys = [str(published_sheet(candidacy.collectivity, by=by, is_running=True).pk) for _ in range(6)]

    response = client.post(address(candidacy, "candidacy-sheets"), {"version": 1, "flagship": keys})

    assert response.status_code == 422
    assert sum(sheet.is_flagship for sheet in response.context["sheets"]) == 6


def test_a_derogation_is_asked_from_the_page(client, candidacy, agent):
    place = address(candidacy, "derogation")

    assert client.post(place, {"reason": " "}).status_code == 422
    response = client.post(place, {"reason": "Le paiement part lundi."}, follow=True)

    assert "attend sa réponse" in response.text
    assert Derogation.objects.get().reason == "Le paiement part lundi."


@pytest.mark.parametrize(
    "name", ["candidacy", "candidacy-sheets", "candidacy-check", "derogation", "candidacy-clock"]
)
@pytest.mark.parametrize("role", ["nobody", "elsewhere", "organiser"])
def test_another_s_candidacy_is_404(client, candidacy, name, role):
    people = {
        "nobody": UserFactory,
        "elsewhere": lambda: agent_of(CommuneFactory(), "responsable"),
        "organiser": lambda: UserFactory(is_organiser=True),
    }
    client.force_login(people[role]())

    assert client.get(address(candidacy, name)).status_code == 404


@pytest.mark.parametrize("name", ["candidacy", "candidacy-sheets", "candidacy-check"])
@pytest.mark.parametrize("sheets", [1, 3])
def test_pages_take_few_queries(client, django_assert_num_queries, name, sheets):
    candidacy = a_complete_candidacy(sheets=sheets)
    questions(candidacy.edition)
    client.force_login(publisher_of(candidacy.collectivity))
    client.get(address(candidacy, name))

    with django_assert_num_queries({"candidacy": 9, "candidacy-sheets": 9, "candidacy-check": 11}[name]):
        client.get(address(candidacy, name))


def test_people_of_the_factory_fill_what_is_needed():
    assert set(NEEDED) <= set(PEOPLE)


def test_two_colleagues_who_choose_fiches_get_both_choices(client, candidacy, agent):
    one, other = (published_sheet(candidacy.collectivity, title=f"Fiche {n}") for n in range(2))
    place = address(candidacy, "candidacy-sheets")
    version = client.get(place).context["candidacy"].version
    client.post(place, {"version": version, "flagship": [one.pk]})

    answer = client.post(place, {"version": version, "out": [other.pk]})

    assert answer.status_code == 409
    told = {sheet.title: (sheet.choice, sheet.stored) for sheet in answer.context["sheets"]}
    assert told == {"Fiche 0": ("", "action phare"), "Fiche 1": ("out", "au dossier")}
    assert "enregistré entre-temps" in answer.text
    sent = {"version": answer.context["candidacy"].version, "out": [other.pk], "flagship": [one.pk]}
    assert client.post(place, sent).status_code == 302
    assert dict(candidacy.choices.values_list("sheet__title", "choice")) == {
        "Fiche 0": "flagship",
        "Fiche 1": "out",
    }


def test_what_was_filed_can_be_kept_after_the_closing(client):
    candidacy = a_complete_candidacy()
    by = publisher_of(candidacy.collectivity)
    file(candidacy, by=by, arrived_at=now())
    correct(candidacy, by=by, arrived_at=now())
    past = now() - dt.timedelta(hours=2)
    Edition.objects.update(opens_at=past - dt.timedelta(days=9), closes_at=past)
    client.force_login(by)

    page = client.get(address(candidacy, "candidacy-check")).text

    assert "Garder le dépôt précédent" in page
    assert "reste valable" in page


WHEN = {
    "to come": ({"opens_at": 5, "closes_at": 9}, "Les candidatures ouvrent le", False),
    "open": ({"opens_at": -5, "closes_at": 9}, "Pour le déposer, il faudra encore", True),
    "closed": ({"opens_at": -9, "closes_at": -5}, "Le dépôt est clos", True),
    "published": ({"opens_at": -9, "closes_at": -5, "published_at": -1}, "est public", False),
}


@pytest.mark.parametrize("moment", WHEN)
def test_the_start_says_where_the_edition_stands(client, moment):
    days, words, may_start = WHEN[moment]
    at = now()
    edition = open_edition(**{name: at + dt.timedelta(days=number) for name, number in days.items()})
    town = CommuneFactory()
    client.force_login(agent_of(town))

    page = client.get(reverse("candidacy", args=[town.code, edition.year])).text

    assert (words in page, "Commencer le dossier" in page) == (True, may_start)
