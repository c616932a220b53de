import pytest
from django.urls import reverse

from atlaas.models import Job, User
from labels.models import Award, Edition, Mention
from tests.factories.labels import AwardFactory, EditionFactory, MentionFactory, MentionThemeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief():
    return User.objects.create_superuser("chef@exemple.test", "un mot de passe long")


@pytest.fixture
def staff(client, chief):
    client.force_login(chief)
    return client


def waiting():
    return list(Job.objects.order_by("key").values_list("key", flat=True))


def form(award, mentions=(), **changes):
    fields = {
        "edition": award.edition_id,
        "collectivity": award.collectivity_id,
        "category": award.category,
        "level": award.level,
        "level_is_certain": "on",
        "version_read": award.version,
        "mentions-TOTAL_FORMS": len(mentions),
        "mentions-INITIAL_FORMS": 0,
    }
    fields |= {f"mentions-{rank}-theme": theme.pk for rank, theme in enumerate(mentions)}
    return fields | changes


def change(client, award, **changes):
    answer = client.post(reverse("admin:labels_award_change", args=[award.pk]), form(award, **changes))
    assert answer.status_code == 302, answer.context["errors"]


def test_change_goes_to_the_history_and_asks_for_the_figures(staff, chief):
    award = AwardFactory(level=3)

    change(staff, award, level=5)

    award.refresh_from_db()
    assert (award.level, award.version, waiting()) == (5, 2, ["2025"])
    last = award.events.order_by("pgh_id").last()
    assert (last.level, last.pgh_context.metadata["user"], last.pgh_context.metadata["reason"]) == (
        5,
        chief.pk,
        "administration",
    )


def test_change_of_mentions_alone_asks_for_the_figures(staff):
    award = AwardFactory()

    change(staff, award, mentions=[MentionThemeFactory(edition=award.edition)])

    assert (Mention.objects.count(), waiting()) == (1, ["2025"])


def test_change_wakes_a_worker_once_committed(staff, django_capture_on_commit_callbacks):
    award = AwardFactory()

    with django_capture_on_commit_callbacks() as callbacks:
        change(staff, award, level=1)

    assert [callback.__name__ for callback in callbacks] == ["_send"]


def test_change_to_what_cannot_be_is_a_sentence(staff):
    award = AwardFactory(level=3)

    answer = staff.post(reverse("admin:labels_award_change", args=[award.pk]), form(award, level=7))

    assert "Un niveau va de 1 à 5 arobases." in answer.content.decode()
    assert (Award.objects.get().level, waiting()) == (3, [])


def test_change_read_before_another_is_refused_with_both_texts(staff):
    award = AwardFactory(level=3)
    change(staff, award, level=5)

    answer = staff.post(reverse("admin:labels_award_change", args=[award.pk]), form(award, level=2))

    assert answer.context["errors"] == [
        [
            (
                "Quelqu’un a changé cette récompense depuis que vous l’avez ouverte\u00a0: rien n’est écrit. "
                "Comparez, puis rouvrez-la."
            ),
            "Niveau\u00a0: enregistré «\u00a05\u00a0», votre saisie «\u00a02\u00a0».",
        ]
    ]
    assert (Award.objects.get().level, Award.objects.get().version) == (5, 2)


def test_form_carries_the_version_that_is_read(staff):
    award = AwardFactory(version=7)

    page = staff.get(reverse("admin:labels_award_change", args=[award.pk])).content.decode()

    assert '<input type="hidden" name="version_read" value="7"' in page


def test_new_award_asks_for_the_figures(staff):
    new = AwardFactory.build(
        edition=EditionFactory(), collectivity=AwardFactory(edition__year=2024).collectivity
    )

    answer = staff.post(reverse("admin:labels_award_add"), form(new))

    assert (answer.status_code, Award.objects.filter(edition__year=2025).count(), waiting()) == (
        302,
        1,
        ["2025"],
    )


def test_deleted_award_asks_for_the_figures(staff):
    award = MentionFactory().award

    staff.post(reverse("admin:labels_award_delete", args=[award.pk]), {"post": "yes"})

    assert (Award.objects.count(), waiting()) == (0, ["2025"])


def test_deleted_awards_ask_for_the_figures_of_their_editions(staff):
    awards = [AwardFactory(), AwardFactory(edition__year=2024)]

    staff.post(
        reverse("admin:labels_award_changelist"),
        {"action": "delete_selected", "_selected_action": [one.pk for one in awards], "post": "yes"},
    )

    assert (Award.objects.count(), waiting()) == (0, ["2024", "2025"])


def test_edition_changed_asks_for_its_figures(staff):
    edition = EditionFactory()

    staff.post(reverse("admin:labels_edition_change", args=[edition.pk]), {"coverage": "attested"})

    assert Edition.objects.get().coverage == "attested"
    assert waiting() == ["2025"]


def test_collectivities_are_chosen_by_folded_name(staff):
    AwardFactory(collectivity__name="Évreux")

    found = staff.get(
        reverse("admin:autocomplete"),
        {"term": "evreu", "app_label": "labels", "model_name": "award", "field_name": "collectivity"},
    )

    assert [one["text"] for one in found.json()["results"]] == ["Évreux"]


def test_deleted_mention_asks_for_the_figures(staff):
    mention = MentionFactory()

    staff.post(reverse("admin:labels_mention_delete", args=[mention.pk]), {"post": "yes"})

    assert (Mention.objects.count(), Award.objects.count(), waiting()) == (0, 1, ["2025"])
