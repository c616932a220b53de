"""The rulebook, the grid, the questionnaire, the themes and the mails of an edition, each until its limit."""

import datetime as dt

import pytest
from django.utils import timezone

from atlaas.rules.refusal import Conflict, Refused
from labels.management.commands.import_edition_kit import KIT
from labels.models import Criterion, EditionMailText, JuryMember, MentionTheme, Question, Section
from labels.operations import edition_parts as verbs
from labels.operations.edition_kit import import_edition_kit
from labels.queries.mark import mark_of
from tests.factories.atlaas import UserFactory
from tests.factories.campaign import open_edition
from tests.factories.labels import AwardFactory, MentionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def organiser():
    return UserFactory(is_organiser=True)


def to_come(year=2030):
    later = timezone.now() + dt.timedelta(days=5)
    edition = open_edition(year, opens_at=later, closes_at=later + dt.timedelta(days=50))
    import_edition_kit(KIT, year=year)
    return edition


def a_theme(edition):
    return MentionTheme(edition=edition, name="Éducation")


def a_criterion(edition):
    return Criterion(edition=edition, category="ville", name="Sobriété", weight=2, anchors=list("abcde"))


def a_question(edition):
    return Question(section=edition.sections.first(), text="Combien d’agents ?", kind="number")


def a_section(edition):
    first = edition.sections.first()
    return Section(edition=edition, category=first.category, part=first.part, title="Encore")


def a_member(edition):
    return JuryMember(edition=edition, name="Camille Exemple")


PARTS = [a_criterion, a_section, a_question, a_theme]
EVERY = [*PARTS, a_member]


@pytest.mark.parametrize("make", EVERY)
def test_a_part_is_added_changed_and_taken_out(organiser, make):
    edition = to_come()
    made = verbs.save_part(edition, make(edition), organiser)
    before = type(made).objects.count()

    verbs.save_part(edition, made, organiser, read=mark_of(made))
    assert type(made).objects.count() == before
    verbs.drop_part(edition, made, organiser)
    assert type(made).objects.count() == before - 1


@pytest.mark.parametrize("make", PARTS)
def test_two_of_the_same_words_have_two_codes(organiser, make):
    edition = to_come()
    one, other = (verbs.save_part(edition, make(edition), organiser) for _ in range(2))

    def told(row):
        return getattr(row, "code", "") or getattr(row, "slug", "") or row.position

    assert told(one) != told(other)


@pytest.mark.parametrize("make", PARTS[:3])
def test_a_part_moves_up_and_the_first_stays(organiser, make):
    edition = to_come()
    made = verbs.save_part(edition, make(edition), organiser)
    rows = verbs._siblings(made)
    for _ in range(rows.count() + 1):
        made.refresh_from_db()
        verbs.raise_part(edition, made, organiser)

    assert rows.order_by("position").first() == made
    assert rows.values("position").distinct().count() == rows.count()


def test_themes_have_no_rank(organiser):
    edition = to_come()
    theme = verbs.save_part(edition, a_theme(edition), organiser)
    with pytest.raises(Refused, match="alphabétique"):
        verbs.raise_part(edition, theme, organiser)


def test_a_theme_that_was_given_stays(organiser):
    edition = to_come()
    theme = verbs.save_part(edition, a_theme(edition), organiser)
    MentionFactory(theme=theme, award=AwardFactory(edition=edition))

    with pytest.raises(Refused, match="déjà distingué"):
        verbs.drop_part(edition, theme, organiser)


def every_verb(edition, by):
    made = [make(edition) for make in PARTS]
    for row in made:
        yield lambda row=row: verbs.save_part(edition, row, by)
    for row in (edition.criteria.first(), edition.sections.first()):
        yield lambda row=row: verbs.drop_part(edition, row, by)
        yield lambda row=row: verbs.raise_part(edition, row, by)
    yield lambda: verbs.set_rulebook(edition, {"most_flagships": 3}, by, read=mark_of(edition.rulebook))
    yield lambda: verbs.set_mail(edition, "receipt", "Reçu", "Bien reçu.", by, read="")
    yield lambda: verbs.forget_mail(edition, "receipt", by)


def test_only_the_association_changes_an_edition():
    edition = to_come()
    for act in every_verb(edition, UserFactory()):
        with pytest.raises(Refused, match="équipe de l’association"):
            act()


def test_nothing_changes_once_the_palmares_is_public(organiser):
    edition = to_come()
    type(edition).objects.filter(pk=edition.pk).update(published_at=timezone.now())
    for act in every_verb(edition, organiser):
        with pytest.raises(Refused, match="publiée"):
            act()


def test_rules_stand_once_the_window_is_open_and_words_may_change(organiser):
    edition = to_come()
    type(edition).objects.filter(pk=edition.pk).update(opens_at=timezone.now() - dt.timedelta(days=1))
    verbs_of_rules, verbs_of_words = [], []
    for rank, act in enumerate(every_verb(edition, organiser)):
        (verbs_of_words if rank in {3, 9, 10} else verbs_of_rules).append(act)

    for act in verbs_of_rules:
        with pytest.raises(Refused, match="Le dépôt est ouvert"):
            act()
    for act in verbs_of_words:
        act()
    assert edition.themes.get().name == "Éducation"
    assert not edition.mails.exists()  # written, then forgotten: both were allowed


def test_the_rulebook_is_written(organiser):
    edition = to_come()
    facts = {"most_flagships": 3, "grace_seconds": 60}
    verbs.set_rulebook(edition, facts, organiser, read=mark_of(edition.rulebook))

    edition.rulebook.refresh_from_db()
    assert (edition.rulebook.most_flagships, edition.rulebook.grace_seconds) == (3, 60)


@pytest.mark.parametrize(
    ("kind", "subject", "body", "words"),
    [
        ("poem", "a", "b", "n’existe pas"),
        ("receipt", "", "b", "un objet et un texte"),
        ("receipt", "a", "  ", "un objet et un texte"),
        ("receipt", "{secret}", "b", "Il peut nommer"),
        ("receipt", "a", "{numero", "Il peut nommer"),
        ("withdrawn", "a", "{numero}", "Il peut nommer"),
    ],
)
def test_a_mail_that_cannot_be_told_is_refused(organiser, kind, subject, body, words):
    edition = to_come()
    with pytest.raises(Refused, match=words):
        verbs.set_mail(edition, kind, subject, body, organiser, read="")
    assert not EditionMailText.objects.exists()


def test_a_mail_has_one_text(organiser):
    edition = to_come()
    for body in ("Un.", "Deux, n° {numero}."):
        verbs.set_mail(edition, "receipt", "Reçu", body, organiser, read=mark_of(edition.mails.first()))

    assert edition.mails.get().body == "Deux, n° {numero}."


@pytest.mark.parametrize("make", EVERY)
def test_what_somebody_changed_meanwhile_is_not_overwritten(organiser, make):
    edition = to_come()
    made = verbs.save_part(edition, make(edition), organiser)
    read, column = mark_of(made), next(one for one in ("name", "title", "text") if hasattr(made, one))
    type(made).objects.filter(pk=made.pk).update(**{column: "Autre"})

    with pytest.raises(Conflict, match="Quelqu’un a changé") as caught:
        verbs.save_part(edition, made, organiser, read=read)

    assert getattr(caught.value.current, column) == "Autre"
    assert getattr(type(made).objects.get(pk=made.pk), column) == "Autre"


def test_a_neighbour_that_moved_is_no_conflict(organiser):
    edition = to_come()
    one, other = (verbs.save_part(edition, a_criterion(edition), organiser) for _ in range(2))
    read = mark_of(one)
    verbs.raise_part(edition, other, organiser)
    place = type(one).objects.get(pk=one.pk).position

    saved = verbs.save_part(edition, one, organiser, read=read)

    assert saved.position == place


def test_what_somebody_took_out_meanwhile_is_said(organiser):
    edition = to_come()
    made = verbs.save_part(edition, a_criterion(edition), organiser)
    read = mark_of(made)
    type(made).objects.filter(pk=made.pk).delete()

    with pytest.raises(Refused, match="l’a retiré"):
        verbs.save_part(edition, made, organiser, read=read)


def test_a_rulebook_and_a_mail_changed_meanwhile_are_not_overwritten(organiser):
    edition = to_come()
    verbs.set_mail(edition, "receipt", "Un", "Un", organiser, read="")

    with pytest.raises(Conflict):
        verbs.set_mail(edition, "receipt", "Deux", "Deux", organiser, read="")
    with pytest.raises(Conflict):
        verbs.set_rulebook(edition, {"most_flagships": 3}, organiser, read="x")


def test_a_member_of_the_jury_comes_last_and_moves_up(organiser):
    edition = to_come()
    first = verbs.save_part(edition, a_member(edition), organiser)
    second = verbs.save_part(edition, JuryMember(edition=edition, name="Sacha Exemple"), organiser)
    assert (first.position, second.position) == (1, 2)

    verbs.raise_part(edition, second, organiser)

    assert list(edition.jury_members.values_list("name", flat=True)) == ["Sacha Exemple", "Camille Exemple"]
