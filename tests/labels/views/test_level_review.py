import pytest

from atlaas.models import Job
from labels.models import Award
from labels.operations.award import confirm_level
from tests.factories.atlaas import CommuneFactory, UserFactory
from tests.factories.labels import AwardFactory, EditionFactory

pytestmark = pytest.mark.django_db
PATH = "/organisation/2025/niveaux/"


@pytest.fixture
def organiser():
    return UserFactory(is_organiser=True, name="Odile Organise")


@pytest.fixture
def signed_in(client, organiser):
    client.force_login(organiser)
    return client


def doubtful(name="Bel-Air"):
    return AwardFactory(collectivity=CommuneFactory(name=name), level=4, level_is_certain=False)


def send(client, levels, *, versions=None, reason="affiche du congrès", follow=False):
    """Choose a level for each award, at the version given or the stored one."""
    read = " ".join(f"{award.pk}:{(versions or {}).get(award.pk, award.version)}" for award in levels)
    chosen = {f"niveau-{award.pk}": str(level) for award, level in levels.items()}
    return client.post(
        PATH, {"raison": reason, "versions": read, "liste": "attente", **chosen}, follow=follow
    )


def stored(award):
    found = Award.objects.get(pk=award.pk)
    return found.level, found.level_is_certain, found.version


def text_of(answer):
    return " ".join(answer.content.decode().replace("\u00a0", " ").replace("&nbsp;", " ").split())


@pytest.mark.parametrize("path", [PATH, "/organisation/niveaux/"])
def test_others_do_not_see_the_screen(client, path):
    EditionFactory()
    client.force_login(UserFactory())

    assert (client.get(path).status_code, client.post(path).status_code) in {(404, 404), (404, 405)}


def test_others_change_nothing(client):
    award = doubtful()
    client.force_login(UserFactory())

    assert send(client, {award: 5}).status_code == 404
    assert stored(award) == (4, False, 1)


def test_secret_or_unknown_edition_is_404(signed_in):
    EditionFactory(year=2025, published_at=None)

    assert (signed_in.get(PATH).status_code, signed_in.get("/organisation/2024/niveaux/").status_code) == (
        404,
        404,
    )


def test_latest_leads_to_the_latest_complete_edition(signed_in):
    EditionFactory(year=2025)

    assert signed_in.get("/organisation/niveaux/")["Location"] == PATH


def test_latest_without_edition_is_404(signed_in):
    assert signed_in.get("/organisation/niveaux/").status_code == 404


def test_screen_lists_what_is_to_be_confirmed_by_region(signed_in):
    award = doubtful()
    AwardFactory(collectivity__name="Certaine", level=4)

    text = text_of(signed_in.get(PATH))

    assert "1 niveau à confirmer" in text
    assert f'{award.collectivity.region.name} <span class="soft small">1</span>' in text
    assert "ville, imprimé 4 @" in text
    assert "Certaine" not in text


def test_one_level_is_confirmed_and_the_figures_follow(signed_in):
    award = doubtful()

    answer = send(signed_in, {award: 5}, follow=True)

    assert answer.redirect_chain == [(PATH, 302)]
    assert "1 niveau enregistré." in text_of(answer)
    assert "Tous les niveaux sont confirmés" in text_of(answer)
    assert stored(award) == (5, True, 2)
    assert Job.objects.filter(kind="statistics", key="2025", state="pending").count() == 1


def test_several_levels_are_saved_at_once(signed_in):
    one, other, later = doubtful(), doubtful(), doubtful()

    send(signed_in, {one: 5, other: 3, later: ""})

    assert [stored(award) for award in (one, other, later)] == [(5, True, 2), (3, True, 2), (4, False, 1)]


def test_who_decided_when_and_why_is_told(signed_in):
    send(signed_in, {doubtful(): 5})

    text = text_of(signed_in.get(PATH))

    assert "au lieu de 4 ou 5 @, par Odile Organise le" in text
    assert ": affiche du congrès" in text


def test_decided_level_is_corrected_again(signed_in):
    award = doubtful()
    send(signed_in, {award: 5})

    answer = send(signed_in, {award: 4}, versions={award.pk: 2}, reason="relu", follow=True)

    assert stored(award) == (4, True, 3)
    assert "au lieu de 5 @, par Odile Organise" in text_of(answer)


def test_stale_version_shows_both_and_writes_nothing(signed_in):
    award, fine = doubtful(), doubtful("Fine")
    confirm_level(
        award,
        level=5,
        version=1,
        reason="appel à la mairie",
        by=UserFactory(is_organiser=True, name="Paul Passé"),
    )

    answer = send(signed_in, {award: 3, fine: 5}, versions={award.pk: 1})
    text = text_of(answer)

    assert answer.status_code == 409
    assert "<td>5 @</td> <td>3 @</td>" in text
    assert "par Paul Passé" in text
    assert ": appel à la mairie" in text
    assert f'name="versions" value="{award.pk}:2"' in text
    assert (stored(award), stored(fine)) == ((5, True, 2), (5, True, 2))
    assert "1 niveau enregistré." in text


def test_level_that_a_title_forbids_is_refused_in_a_sentence(signed_in):
    award = AwardFactory(level=5, is_ten=True)

    answer = send(signed_in, {award: 4}, follow=True)

    assert "Ce lauréat a le titre TEN" in text_of(answer)
    assert stored(award) == (5, True, 1)


@pytest.mark.parametrize(
    ("level", "reason", "words"),
    [(5, " ", "Dites d’où viennent ces niveaux"), ("", "x", "Aucun niveau n’est choisi")],
)
def test_what_is_missing_is_said_and_choices_are_kept(signed_in, level, reason, words):
    award = doubtful()

    answer = send(signed_in, {award: level}, reason=reason)

    assert answer.status_code == 422
    assert words in text_of(answer)
    assert ('value="5" checked' in text_of(answer)) is (level == 5)
    assert stored(award) == (4, False, 1)


def test_award_of_another_edition_is_left_alone(signed_in):
    EditionFactory()
    other = AwardFactory(edition=EditionFactory(year=2024), level=4, level_is_certain=False)

    assert send(signed_in, {other: 5}).status_code == 302
    assert stored(other) == (4, False, 1)


@pytest.mark.parametrize("lines", [1, 3])
def test_screen_takes_the_same_queries_whatever_it_lists(signed_in, lines, django_assert_num_queries):
    for _ in range(lines):
        doubtful()
        send(signed_in, {doubtful(): 5})

    with django_assert_num_queries(9):
        assert signed_in.get(PATH).status_code == 200
