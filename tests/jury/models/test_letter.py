"""What PostgreSQL refuses of a letter, of what was settled for it and of its copies."""

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from jury.models import Letter, LetterCopy, RemarkSettlement
from tests.factories.atlaas import UserFactory, an_enjeu
from tests.factories.letter import Case
from tests.factories.recusal import closed_edition, judged
from tests.refusals import refused_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def candidacy():
    return judged(closed_edition())


def a_letter(candidacy, **facts):
    return Letter.objects.create(candidacy=candidacy, **({"document": "{}", "sha256": "0" * 64} | facts))


def a_settlement(candidacy, kind="neither"):
    return RemarkSettlement.objects.create(candidacy=candidacy, enjeu=an_enjeu(), kind=kind, by=UserFactory())


def test_an_enjeu_is_settled_once(candidacy):
    a_settlement(candidacy)

    with refused_by("remark_settled_once"):
        a_settlement(candidacy)


def test_an_enjeu_is_settled_as_one_of_three(candidacy):
    with refused_by("remark_settled_as_known"):
        a_settlement(candidacy, kind="both")


def test_a_digest_is_a_sha256(candidacy):
    with refused_by("letter_digest_shape"):
        a_letter(candidacy, sha256="0" * 63 + "G")


@pytest.mark.parametrize("level", [0, 6])
def test_a_level_is_from_1_to_5(candidacy, level):
    with refused_by("letter_level_1_to_5"):
        a_letter(candidacy, level=level)


@pytest.mark.parametrize(
    "facts", [{"sent_by": True}, {"sent_at": True, "level": 3}, {"sent_at": True, "sent_by": True}]
)
def test_a_letter_is_sent_by_someone_with_its_level(facts):
    case = Case()
    case.publish()
    told = {"sent_at": timezone.now(), "sent_by": case.organiser}

    with refused_by("letter_sent_by_someone_with_its_level"):
        a_letter(case.candidacy, **{name: told.get(name, value) for name, value in facts.items()})


def test_a_letter_waits_for_the_publication(candidacy):
    sent = {"sent_at": timezone.now(), "sent_by": UserFactory(), "level": 3}

    with pytest.raises(DatabaseError, match="waits for the publication"), transaction.atomic():
        a_letter(candidacy, **sent)
    letter = a_letter(candidacy)
    with pytest.raises(DatabaseError, match="waits for the publication"), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(**sent)


def test_a_letter_that_waits_is_remade_and_never_erased(candidacy):
    letter = a_letter(candidacy)

    Letter.objects.update(document='{"a":1}')

    with pytest.raises(DatabaseError, match="for good"), transaction.atomic():
        letter.delete()


def test_an_address_gets_a_letter_once(candidacy):
    letter = a_letter(candidacy)
    LetterCopy.objects.create(letter=letter, email="a@exemple.test")

    with refused_by("letter_once_an_address"):
        LetterCopy.objects.create(letter=letter, email="a@exemple.test")


def test_an_address_is_in_lower_case(candidacy):
    with refused_by("letter_address_lower_case"):
        LetterCopy.objects.create(letter=a_letter(candidacy), email="A@exemple.test")


def test_a_copy_is_taken_before_it_is_handed_over(candidacy):
    with refused_by("letter_taken_before_handed"):
        LetterCopy.objects.create(
            letter=a_letter(candidacy), email="a@exemple.test", handed_at=timezone.now()
        )
