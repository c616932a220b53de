"""The signed texts of a press kit: typed, ordered, loaded from a file."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from atlaas.models import Job
from atlaas.rules.reading import Rejected
from atlaas.rules.refusal import Conflict, Refused
from labels.models import EditorialBlock
from labels.operations import editorial as verbs
from labels.operations.demo import LABEL
from labels.operations.editorial_file import import_editorial
from labels.queries.mark import mark_of
from tests.factories.atlaas import UserFactory
from tests.factories.campaign import open_edition
from tests.factories.files import written
from tests.factories.labels import EditionFactory
from tests.factories.press_kit import EditorialBlockFactory

pytestmark = pytest.mark.django_db
HEADER = "kind,title,text,signatory,function,source\n"
LINE = "quote,,Des mots.,Camille Exemple,Maire,Un document page 1\n"


@pytest.fixture
def edition():
    return EditionFactory(year=2025)


@pytest.fixture
def organiser():
    return UserFactory(is_organiser=True)


def block(edition, **facts):
    words = {"kind": "message", "title": "Un", "text": "Des mots.", "signatory": "Camille Exemple"}
    return EditorialBlock(edition=edition, **words | facts)


def titles(edition, kind="message"):
    return list(
        edition.editorial_blocks.filter(kind=kind).order_by("position").values_list("title", flat=True)
    )


def test_a_new_text_comes_last_of_its_kind_and_the_pdf_follows(edition, organiser):
    for title in ("Un", "Deux"):
        verbs.save_block(edition, block(edition, title=title), organiser)
    verbs.save_block(edition, block(edition, kind="quote"), organiser)

    assert list(edition.editorial_blocks.order_by("pk").values_list("kind", "position")) == [
        ("message", 1), ("message", 2), ("quote", 1),
    ]  # fmt: skip
    assert Job.objects.filter(kind="press-kit", key="2025", state="pending").count() == 1


def test_a_text_is_written_over_what_was_read(edition, organiser):
    made = verbs.save_block(edition, block(edition), organiser)
    read = mark_of(made)
    made.text = "D’autres mots."
    verbs.save_block(edition, made, organiser, read=read)

    made.text = "Encore d’autres."
    with pytest.raises(Conflict) as conflict:
        verbs.save_block(edition, made, organiser, read=read)

    assert conflict.value.current.text == "D’autres mots."
    assert edition.editorial_blocks.get().text == "D’autres mots."


def test_a_text_of_another_kind_comes_last_there(edition, organiser):
    EditorialBlockFactory(edition=edition, kind="preface", position=4)
    made = verbs.save_block(edition, block(edition), organiser)
    read = mark_of(made)

    made.kind = "preface"
    verbs.save_block(edition, made, organiser, read=read)

    assert edition.editorial_blocks.get(pk=made.pk).position == 5


def test_texts_change_places(edition, organiser):
    first, second, third = (
        EditorialBlockFactory(edition=edition, title=title) for title in ("Un", "Deux", "Trois")
    )

    verbs.lower_block(edition, first, organiser)
    verbs.raise_block(edition, third, organiser)
    assert titles(edition) == ["Deux", "Trois", "Un"]

    verbs.raise_block(edition, second, organiser)
    verbs.lower_block(edition, first, organiser)
    assert titles(edition) == ["Deux", "Trois", "Un"]


def test_a_text_that_was_taken_out_is_said_to_be(edition, organiser):
    made = EditorialBlockFactory(edition=edition)
    verbs.drop_block(edition, made, organiser)
    verbs.drop_block(edition, EditorialBlock(pk=made.pk), organiser)

    for verb in (verbs.save_block, verbs.raise_block):
        with pytest.raises(Refused, match="retiré ce texte"):
            verb(edition, EditorialBlock(pk=made.pk, edition=edition), organiser)


def test_only_organisers_write_and_only_until_publication(edition, organiser):
    with pytest.raises(Refused):
        verbs.save_block(edition, block(edition), UserFactory())

    campaign = open_edition()
    verbs.save_block(campaign, block(campaign), organiser)
    type(campaign).objects.filter(pk=campaign.pk).update(published_at=timezone.now())
    with pytest.raises(Refused, match="publiée"):
        verbs.save_block(campaign, block(campaign), organiser)


def load(folder, lines=LINE, **options):
    return import_editorial(written(folder, "editorial.csv", HEADER + lines), year=2025, **options)


def test_import_adds_and_rewrites_and_leaves_what_was_typed(tmp_path, edition):
    EditorialBlockFactory(edition=edition, kind="quote", position=1, signatory="Sacha Exemple")

    assert load(tmp_path).created == 1
    assert load(tmp_path).unchanged == 1
    assert load(tmp_path, LINE.replace("mots", "phrases")).updated == 1
    assert list(
        edition.editorial_blocks.order_by("position").values_list("signatory", "text", "position")
    ) == [
        ("Sacha Exemple", "Des mots.", 1),
        ("Camille Exemple", "Des phrases.", 2),
    ]


def test_dry_run_writes_nothing(tmp_path, edition):
    load(tmp_path, dry_run=True)

    assert not edition.editorial_blocks.exists()


@pytest.mark.parametrize(
    ("lines", "problem"), [(LINE * 2, "stands already"), (LINE.replace("quote", "autre"), "kind")]
)
def test_a_wrong_file_is_refused_whole(tmp_path, edition, lines, problem):
    with pytest.raises(Rejected, match=problem):
        load(tmp_path, lines)

    assert not edition.editorial_blocks.exists()


def test_an_edition_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Rejected, match="not known"):
        load(tmp_path)


def test_the_committed_texts_are_quoted_and_attributed(edition):
    call_command("import_editorial", LABEL / "editorial_2025.csv", "--year", "2025")

    assert edition.editorial_blocks.count() == 6
    assert all(one.function and "page" in one.source for one in edition.editorial_blocks.all())
    assert max(len(one.text) for one in edition.editorial_blocks.all()) < 700
