"""A line of a sealed palmarès is corrected with its reason; both texts are kept, and the figures follow."""

import pytest

from atlaas.models import Job
from atlaas.rules.reading import Rejected
from atlaas.rules.refusal import Conflict, Refused
from labels.models import Award, AwardCorrection
from labels.operations.award import confirm_level
from labels.operations.correction import correct
from labels.operations.edition import ensure_edition
from labels.operations.edition_parts import save_part
from labels.queries.mark import mark_of
from labels.queries.seal import awards_differ, corrections_of
from labels.rules.correction import Told, worded
from tests.factories.atlaas import UserFactory
from tests.factories.seal import SignedRoom, a_sealed_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return a_sealed_room(levels=(5, 2), themes=("art", "sante"))


def corrected(room, rank=1, told=None, *, version=None, reason="Une erreur de saisie", by=None):
    award = room.award(rank)
    return correct(
        award,
        told or Told(3, is_ten=False, mentions=("art",)),
        version=award.version if version is None else version,
        reason=reason,
        by=by or room.team,
    )


def test_a_correction_keeps_both_texts_and_the_reason(room):
    Job.objects.all().delete()

    made = corrected(room, reason="Une erreur !")

    award = room.award(1)
    assert (award.level, award.version, [one.theme.slug for one in award.mentions.all()]) == (3, 2, ["art"])
    assert (made.before, made.after, made.reason) == (
        {"level": 2, "is_ten": False, "mentions": []},
        {"level": 3, "is_ten": False, "mentions": ["art"]},
        "Une erreur\u202f!",
    )
    assert award.events.order_by("-pgh_id").first().pgh_context.metadata["user"] == room.team.pk
    assert list(Job.objects.values_list("kind", "key")) == [("statistics", "2030")]
    assert awards_differ(room.edition) == ""


def test_corrections_follow_one_another(room):
    corrected(room)
    corrected(room, told=Told(5, is_ten=True))

    told = corrections_of(room.edition)

    assert [one.told for one in told] == [
        "Niveau : 3 @, au lieu de 2 @. Mention donnée : Art.",
        "Niveau : 5 @, au lieu de 3 @. Titre TEN donné. Mention retirée : Art.",
    ]
    assert (room.award(1).is_ten, awards_differ(room.edition)) == (True, "")


def test_a_title_is_taken_back(room):
    corrected(room, told=Told(5, is_ten=True))

    corrected(room, told=Told(5, is_ten=False))

    assert corrections_of(room.edition)[1].told == "Titre TEN retiré."


@pytest.mark.parametrize(
    ("told", "reason", "why"),
    [
        (Told(6, is_ten=False), "x", "Un niveau va de 1 à 5"),
        (Told(0, is_ten=False), "x", "Un niveau va de 1 à 5"),
        (Told(4, is_ten=True), "x", "Le titre TEN demande 5 arobases"),
        (Told(2, is_ten=False, mentions=("inconnu",)), "x", "n’est pas de cette édition : inconnu"),
        (Told(2, is_ten=False), "x", "Rien ne change"),
        (Told(3, is_ten=False), " ", "Une correction dit pourquoi"),
        (Told(3, is_ten=False), "x" * 501, "Cette raison est trop longue"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(room, told, reason, why):
    with pytest.raises(Refused, match=why):
        corrected(room, told=told, reason=reason)

    assert (AwardCorrection.objects.count(), room.award(1).level) == (0, 2)


def test_a_stale_version_is_a_conflict(room):
    corrected(room)

    with pytest.raises(Conflict) as conflict:
        corrected(room, told=Told(4, is_ten=False), version=1)

    assert (conflict.value.current.level, conflict.value.proposed.level) == (3, 4)
    assert AwardCorrection.objects.count() == 1


def test_organisers_alone_correct(room):
    for by in (room.president.user, UserFactory()):
        with pytest.raises(Refused, match="Seule l’équipe"):
            corrected(room, by=by)


def test_what_is_not_sealed_is_not_corrected_here():
    with pytest.raises(Refused, match="n’est pas scellé"):
        corrected(SignedRoom(levels=(5, 2), themes=("art",)))


def test_a_level_of_a_sealed_palmares_is_not_confirmed_elsewhere(room):
    award = room.award(0)

    with pytest.raises(Refused, match="Le palmarès est scellé"):
        confirm_level(award, level=4, version=award.version, reason="Essai", by=room.team)

    assert Award.objects.get(pk=award.pk).level == 5


def test_a_theme_that_is_no_more_is_told_by_its_slug():
    facts = {"level": 3, "is_ten": False}

    assert worded(facts | {"mentions": []}, facts | {"mentions": ["vieux"]}, {}) == "Mention donnée : vieux."


def test_no_file_changes_a_sealed_palmares(room):
    with pytest.raises(Rejected, match="was sealed here"):
        ensure_edition(room.edition.year, coverage="complete")

    room.edition.refresh_from_db()
    assert room.edition.published_at is None


def test_the_themes_of_a_sealed_palmares_stand(room):
    theme = room.edition.themes.get(slug="sante")
    theme.name = "Autre"

    with pytest.raises(Refused, match="les thèmes des mentions ne changent plus"):
        save_part(room.edition, theme, room.team, read=mark_of(room.edition.themes.get(slug="sante")))

    assert room.edition.themes.get(slug="sante").name == "Sante"
