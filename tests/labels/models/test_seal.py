"""PostgreSQL refuses every change of what was sealed, but the very one that a correction of the same transaction says."""

import pytest
from django.db import DatabaseError, connection, transaction

from labels.models import Award, AwardCorrection, Edition, Mention, Seal
from tests.factories.atlaas import CommuneFactory, UserFactory
from tests.factories.labels import AwardFactory, EditionFactory, MentionFactory, MentionThemeFactory

pytestmark = pytest.mark.django_db
SEALED = "a sealed palmares changes by a correction only"
FOR_GOOD = "what was sealed is for good"


def a_seal(edition, **facts):
    words = {"sha256": "a" * 64, "bundle": "{}", "annex": "{}", "by": UserFactory()} | facts
    return Seal.objects.create(edition=edition, **words)


@pytest.fixture
def award():
    """Of a sealed palmarès, with a mention."""
    found = AwardFactory(edition=EditionFactory(year=2030, published_at=None), level=3)
    MentionFactory(award=found)
    MentionThemeFactory(edition=found.edition, name="Santé", slug="sante")
    a_seal(found.edition)
    return found


def refused(work, why):
    with pytest.raises(DatabaseError, match=why), transaction.atomic():
        work()


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def a_correction(award, *, level=4, is_ten=False, mentions=("mediation-numerique",)):
    after = {"level": level, "is_ten": is_ten, "mentions": list(mentions)}
    return AwardCorrection.objects.create(
        edition=award.edition, award=award, before={}, after=after, reason="Essai", by=UserFactory()
    )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE labels_award SET level = 4",
        "UPDATE labels_award SET is_ten = true, level = 5",
        "UPDATE labels_award SET note = 'x'",
        "DELETE FROM labels_mention",
        "DELETE FROM labels_award",
        "UPDATE labels_mention SET theme_id = (SELECT id FROM labels_mentiontheme WHERE slug = 'sante')",
        """INSERT INTO labels_mention (award_id, theme_id)
        SELECT a.id, t.id FROM labels_award a, labels_mentiontheme t WHERE t.slug = 'sante'""",
    ],
)
def test_raw_sql_is_refused(award, statement):
    refused(lambda: sql(statement), SEALED)

    assert Award.objects.get().level == 3


def test_nothing_is_added_to_a_sealed_palmares_nor_moved_into_it(award):
    other = AwardFactory(edition=EditionFactory(year=2029))

    refused(lambda: AwardFactory(edition=award.edition, collectivity=CommuneFactory()), SEALED)
    refused(lambda: Award.objects.filter(pk=other.pk).update(edition=award.edition), SEALED)
    refused(lambda: Award.objects.filter(pk=award.pk).update(edition=other.edition), SEALED)


def test_a_setting_of_the_session_opens_nothing(award):
    def forge():
        sql("SET LOCAL atlaas.resets_demo = 'on'")
        sql("UPDATE labels_award SET level = 4")

    refused(forge, SEALED)


def test_another_palmares_still_changes(award):
    other = AwardFactory(edition=EditionFactory(year=2029))

    Award.objects.filter(pk=other.pk).update(level=5)
    Award.objects.filter(pk=award.pk).update(level=3)  # what changes nothing is no change

    assert Award.objects.get(pk=other.pk).level == 5


def test_the_change_that_a_correction_says_goes_through(award):
    a_correction(award, level=4, mentions=["sante"])

    with transaction.atomic():
        Award.objects.filter(pk=award.pk).update(level=4, version=2)
        Mention.objects.filter(award=award).delete()
        MentionFactory(award=award, theme=award.edition.themes.get(slug="sante"))

    award.refresh_from_db()
    assert (award.level, award.mentions.get().theme.slug) == (4, "sante")


@pytest.mark.parametrize(
    "changes",
    [
        {"level": 5},
        {"level": 5, "is_ten": True},
        {"level": 4, "note": "x"},
        {"level": 4, "category": "village"},
    ],
)
def test_another_change_than_the_one_a_correction_says_is_refused(award, changes):
    a_correction(award, level=4)

    refused(lambda: Award.objects.filter(pk=award.pk).update(**changes), SEALED)


def test_a_mention_that_the_correction_keeps_stays_and_one_it_does_not_tell_is_not_added(award):
    a_correction(award)

    refused(lambda: Mention.objects.all().delete(), SEALED)
    refused(lambda: MentionFactory(award=award, theme=award.edition.themes.get(slug="sante")), SEALED)


def test_a_correction_of_another_award_opens_nothing(award):
    other = AwardFactory(edition=EditionFactory(year=2029))
    a_seal(other.edition)
    a_correction(other)

    refused(lambda: Award.objects.filter(pk=award.pk).update(level=4), SEALED)


def test_which_transaction_made_a_correction_is_not_for_the_writer_to_say(award):
    made = a_correction(award)

    made.refresh_from_db()
    with connection.cursor() as cursor:
        cursor.execute("SELECT txid_current()")
        assert made.made_in == cursor.fetchone()[0]


@pytest.mark.parametrize("table", ["labels_seal", "labels_awardcorrection"])
def test_what_was_sealed_and_what_was_corrected_are_for_good(award, table):
    a_correction(award)
    other = UserFactory().pk

    refused(lambda: sql(f"UPDATE {table} SET by_id = %s", other), FOR_GOOD)
    refused(lambda: sql(f"DELETE FROM {table}"), FOR_GOOD)


@pytest.mark.django_db(transaction=True)
def test_a_correction_opens_its_own_transaction_alone():
    award = AwardFactory(edition=EditionFactory(year=2030, published_at=None))
    a_seal(award.edition)
    a_correction(award)

    refused(lambda: Award.objects.filter(pk=award.pk).update(level=4), SEALED)

    assert Award.objects.get().level == 3


def test_a_demonstration_that_starts_over_lets_them_go():
    award = MentionFactory(award__edition=EditionFactory(year=2030, published_at=None, is_demo=True)).award
    a_seal(award.edition)
    a_correction(award)

    sql("SET LOCAL atlaas.resets_demo = 'on'")
    for table in ("awardcorrection", "mention", "award", "seal"):
        sql(f"DELETE FROM labels_{table}")

    assert (Seal.objects.count(), Award.objects.count()) == (0, 0)


def test_an_edition_is_sealed_once(award):
    refused(lambda: a_seal(award.edition), "labels_seal_edition_id")


def test_a_digest_is_a_sha_256():
    refused(lambda: a_seal(EditionFactory(year=2029), sha256="a"), "seal_digest_shape")


def test_a_correction_has_a_reason(award):
    def silent():
        AwardCorrection.objects.create(
            edition=award.edition, award=award, before={}, after={}, reason="", by=UserFactory()
        )

    refused(silent, "award_correction_has_reason")


def test_a_palmares_is_never_public_before_its_hour(award):
    hour = EditionFactory(year=2025).published_at
    rows = Edition.objects.filter(year=2030)

    refused(
        lambda: rows.update(publish_at=hour.replace(year=2031), published_at=hour),
        "edition_never_public_before_its_hour",
    )
    assert rows.update(publish_at=hour, published_at=hour) == 1


def test_the_words_of_what_was_sealed(award):
    assert (str(Seal.objects.get()), str(a_correction(award))) == (
        "scellé de l’édition 2030",
        f"correction de {award}",
    )
