"""The pages where organisers write an edition."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from labels.management.commands.import_edition_kit import KIT
from labels.operations.edition_kit import import_edition_kit
from labels.queries.mark import mark_of
from tests.factories.atlaas import CommuneFactory, UserFactory, agent_of
from tests.factories.campaign import open_edition

pytestmark = pytest.mark.django_db
YEAR = 2030
SETUP = reverse("edition-setup", args=[YEAR])
ANCHORS = {f"value_{value}": f"Vaut {value}" for value in range(5)}


@pytest.fixture
def edition():
    later = timezone.now() + dt.timedelta(days=5)
    made = open_edition(YEAR, opens_at=later, closes_at=later + dt.timedelta(days=50))
    import_edition_kit(KIT, year=YEAR)
    return made


@pytest.fixture
def organiser(client):
    person = UserFactory(is_organiser=True)
    client.force_login(person)
    return person


def at(name, *rest):
    return reverse(f"edition-{name}", args=[YEAR, *rest])


def rules(edition, **facts):
    book = edition.rulebook
    stored = {
        one.name: getattr(book, one.name)
        for one in book._meta.concrete_fields
        if one.name not in {"id", "edition"}
    }
    words = {name: ",".join(map(str, value)) for name, value in stored.items() if isinstance(value, list)}
    return stored | words | {"read": mark_of(book)} | facts


def test_the_page_of_an_edition_leads_to_every_part(client, edition, organiser):
    edition.themes.create(name="Éducation", slug="education")
    page = client.get(SETUP).text

    criterion, section = edition.criteria.first(), edition.sections.first()
    question = section.questions.first()
    for address in (
        at("rulebook"),
        at("mail", "receipt"),
        at("criteres-new"),
        at("criteres", criterion.pk),
        at("sections", section.pk),
        at("questions", question.pk),
        at("themes", edition.themes.get().pk),
    ):
        assert f'href="{address}"' in page
        assert client.get(address).status_code == 200


def test_an_open_edition_says_what_no_longer_changes(client, edition, organiser):
    type(edition).objects.filter(pk=edition.pk).update(opens_at=timezone.now())
    page = client.get(SETUP).text

    assert "Le dépôt est ouvert" in page
    assert at("rulebook") not in page
    assert at("mail", "receipt") in page
    assert client.post(at("rulebook"), rules(edition, most_flagships=2)).status_code == 422
    frozen = client.get(at("criteres", edition.criteria.first().pk)).text
    assert "Le dépôt est ouvert" in frozen
    assert "Enregistrer" not in frozen


def test_the_rulebook_is_written(client, edition, organiser):
    sent = rules(edition, most_flagships=3, service_steps="1, 10, 20, 30, 40")

    assert client.post(at("rulebook"), sent).status_code == 302
    edition.rulebook.refresh_from_db()
    assert edition.rulebook.service_steps == [1, 10, 20, 30, 40]


@pytest.mark.parametrize(
    "facts",
    [
        {"service_steps": "1,2,3"},
        {"service_steps": "5,4,3,2,1"},
        {"enjeu_steps": "un,deux"},
        {"score_steps": "400,0,0,0,0"},
        {"coverage_weight": "5"},
        {"ten_held_for": "0"},
        {"grace_seconds": "-1"},
        {"village_below": ""},
    ],
)
def test_a_rulebook_that_cannot_be_is_said(client, edition, organiser, facts):
    answer = client.post(at("rulebook"), rules(edition, **facts))

    assert answer.status_code == 422
    assert "error" in answer.text or "notice warm" in answer.text


def test_a_criterion_is_added_changed_moved_and_taken_out(client, edition, organiser):
    sent = {"category": "village", "name": "Sobriété", "weight": 2, "is_proposal": "on"} | ANCHORS
    client.post(at("criteres-new"), sent)
    made = edition.criteria.get(name="Sobriété")
    assert (made.code, made.anchors[4]) == ("sobriete", "Vaut 4")

    again = {"name": "Sobriété numérique", "weight": 5, "read": mark_of(made)}
    client.post(at("criteres", made.pk), sent | again)
    before = made.position
    client.post(at("criteres", made.pk), {"action": "monter"})
    made.refresh_from_db()
    assert (made.name, made.weight, made.code, made.position) == (
        "Sobriété numérique",
        5,
        "sobriete",
        before - 1,
    )

    client.post(at("criteres", made.pk), {"action": "retirer"})
    assert not edition.criteria.filter(pk=made.pk).exists()


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("criteres-new", {"category": "ville", "name": "", "weight": 1} | ANCHORS),
        ("criteres-new", {"category": "hameau", "name": "a", "weight": 1} | ANCHORS),
        ("criteres-new", {"category": "ville", "name": "a", "weight": 0} | ANCHORS),
        ("criteres-new", {"category": "ville", "name": "a", "weight": 1}),
        ("criteres-new", {"category": "ville", "name": "a" * 161, "weight": 1} | ANCHORS),
        ("sections-new", {"category": "ville", "part": "dossier", "title": ""}),
        ("questions-new", {"section": "0", "text": "a", "kind": "line"}),
        ("themes-new", {"name": ""}),
        ("themes-new", {"name": "a" * 121}),
    ],
)
def test_what_cannot_be_is_said(client, edition, organiser, name, sent):
    assert client.post(at(name), sent).status_code == 422


@pytest.mark.parametrize(
    ("kind", "choices", "status"),
    [
        ("one", "oui\nnon\nnon", 302),
        ("one", "oui", 422),
        ("several", "", 422),
        ("line", "oui\nnon", 422),
        ("number", "", 302),
        ("one", "\n".join(map(str, range(31))), 422),
        ("one", "a\n" + "b" * 161, 422),
    ],
)
def test_a_question_has_the_choices_of_its_kind(client, edition, organiser, kind, choices, status):
    section = edition.sections.first()
    sent = {"section": section.pk, "text": "Combien ?", "kind": kind, "choices": choices}

    assert client.post(at("questions-new"), sent).status_code == status
    made = section.questions.filter(code="combien").first()
    if status == 302:
        assert made.options == ([] if kind == "number" else ["oui", "non"])
        assert client.get(at("questions", made.pk)).status_code == 200
    else:
        assert made is None


def test_a_question_goes_to_a_section_of_this_edition(client, edition, organiser):
    other = open_edition(YEAR + 1)
    import_edition_kit(KIT, year=other.year)
    sent = {"section": other.sections.first().pk, "text": "Combien ?", "kind": "number"}

    assert client.post(at("questions-new"), sent).status_code == 422
    assert client.get(at("criteres", other.criteria.first().pk)).status_code == 404


def test_a_mail_is_written_and_put_back(client, edition, organiser):
    address = at("mail", "receipt")
    assert "{numero}" in client.get(address).text

    client.post(address, {"subject": "Reçu {numero}", "body": "Merci."})
    assert edition.mails.get().subject == "Reçu {numero}"
    assert client.post(address, {"subject": "Non", "body": "Merci."}).status_code == 409
    assert client.post(address, {"subject": "{secret}", "body": "Merci."}).status_code == 422
    assert "Revenir au texte d’origine" in client.get(address).text
    client.post(address, {"action": "origine"})
    assert not edition.mails.exists()
    assert client.get(at("mail", "poem")).status_code == 404


def test_a_theme_is_written(client, edition, organiser):
    client.post(at("themes-new"), {"name": "Éducation"})
    client.post(at("themes-new"), {"name": "Éducation"})

    assert set(edition.themes.values_list("slug", flat=True)) == {"education", "education-2"}


def test_pages_are_the_association_s(client, edition):
    client.force_login(agent_of(CommuneFactory(), "responsable"))
    row = edition.criteria.first()

    for address in (at("rulebook"), at("mail", "receipt"), at("criteres-new"), at("criteres", row.pk)):
        assert client.get(address).status_code == 404
        assert client.post(address, {"action": "retirer"}).status_code == 404
    assert edition.criteria.filter(pk=row.pk).exists()


def test_two_organisers_at_once_get_both_texts(client, edition, organiser):
    row = edition.criteria.filter(category="ville").first()
    sent = {"name": "Le mien", "weight": 2, "is_proposal": "on", "read": mark_of(row)} | ANCHORS
    type(row).objects.filter(pk=row.pk).update(name="Le sien")

    answer = client.post(at("criteres", row.pk), sent)

    assert answer.status_code == 409
    told = {one.label: (one.stored, one.mine) for one in answer.context["differing"]}
    assert told["Critère"] == ("Le sien", "Le mien")
    assert told["Poids"] == (str(row.weight), "2")
    row.refresh_from_db()
    assert row.name == "Le sien"
    again = client.post(at("criteres", row.pk), sent | {"read": answer.context["form"]["read"].value()})
    row.refresh_from_db()
    assert (again.status_code, row.name) == (302, "Le mien")


def test_two_organisers_on_one_rulebook_get_both_texts(client, edition, organiser):
    sent = rules(edition, most_flagships=3, ten_counts_current="")
    type(edition.rulebook).objects.update(most_flagships=4)

    answer = client.post(at("rulebook"), sent)

    assert answer.status_code == 409
    told = {one.label: (one.stored, one.mine) for one in answer.context["differing"]}
    assert told["Actions phares au plus"] == ("4", "3")
    assert told["L’édition jugée compte dans la suite"] == ("oui", "non")
    assert len(told) == 2
