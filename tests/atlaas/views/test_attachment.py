import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from atlaas.models import Attachment, Sheet
from atlaas.operations.attachment import add, remove
from atlaas.operations.moderation import withdraw
from atlaas.operations.sheet import publish
from tests.factories.atlaas import CommuneFactory, UserFactory, agent_of, draft_sheet
from tests.factories.attachments import archive, document, huge_header, picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def sheet():
    return draft_sheet()


@pytest.fixture
def by(sheet):
    return agent_of(sheet.collectivity)


def fetched(client, kept):
    """The answer with its file read to the end, which closes it."""
    answer = client.get(kept.get_absolute_url())
    answer.body = b"".join(answer) if answer.streaming else answer.content
    return answer


def version_of(sheet):
    return Sheet.objects.get(pk=sheet.pk).version


def put(sheet, by, **changes):
    words = {
        "version": version_of(sheet),
        "data": picture(),
        "name": "Place.jpg",
        "alt": "La place",
    } | changes
    return add(sheet, by=by, **words)


def path(sheet, kept=None, verb=""):
    base = f"/espace/{sheet.collectivity.code}/fiches/{sheet.pk}/pieces/"
    return f"{base}{kept.pk}/{verb}" if kept else base


def send(client, sheet, data=None, name="Place.jpg", **words):
    file = SimpleUploadedFile(name, picture() if data is None else data, content_type="image/jpeg")
    return client.post(
        path(sheet), {"version": version_of(sheet), "alt": "La place", "fichier": file} | words
    )


def test_file_is_added_and_shown(client, sheet, by):
    client.force_login(by)

    answer = send(client, sheet)

    kept = Attachment.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, path(sheet))
    text = client.get(path(sheet)).content.decode()
    assert f'src="{kept.get_absolute_url()}"' in text
    assert f'name="version"\n         value="{version_of(sheet)}"'.replace("\n         ", " ") in " ".join(
        text.split()
    )


@pytest.mark.parametrize(
    ("data", "name", "alt", "words"),
    [
        (b"<svg onload=alert(1)>", "photo.jpg", "x", "On ne garde ici que des images"),
        (b"<html><script>alert(1)</script>", "photo.png", "x", "On ne garde ici que des images"),
        (archive(), "photo.webp", "x", "On ne garde ici que des images"),
        (huge_header(), "photo.png", "x", "trop de points"),
        (picture()[:300], "photo.jpg", "x", "abîmée ou incomplète"),
        (b"\xff\xd8\xff" + b"0" * 10_485_760, "photo.jpg", "x", "plus de 10"),
        (b"", "photo.jpg", "x", "vide"),
        (picture(), "photo.jpg", " ", "ce que montre l’image"),
        (picture(), f"{'x' * 300}.jpg", "x", "nom du fichier est trop long"),
    ],
)
def test_refused_file_is_said_in_words(client, sheet, by, data, name, alt, words):
    client.force_login(by)

    answer = send(client, sheet, data, name, alt=alt)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Attachment.objects.count() == 0


def test_missing_file_is_said_in_words(client, sheet, by):
    client.force_login(by)

    answer = client.post(path(sheet), {"version": 1})

    assert (answer.status_code, "Choisissez un fichier" in answer.content.decode()) == (422, True)


def test_stale_version_is_a_conflict_and_gives_the_new_one(client, sheet, by):
    client.force_login(by)

    answer = send(client, sheet, version=1)

    assert answer.status_code == 409
    assert f'value="{version_of(sheet)}"' in answer.content.decode()


def test_files_are_described_moved_and_taken_off(client, sheet, by):
    client.force_login(by)
    one, two = put(sheet, by), put(sheet, by, data=document(), name="b.pdf")
    steps = [
        ({"name": "Bus", "alt": "Le bus"}, one, ""),
        ({"sens": "bas"}, one, ""),
        ({"sens": "haut"}, one, ""),
        ({"sens": "bas"}, one, ""),
        ({}, two, "oter/"),
    ]

    for words, kept, verb in steps:
        answer = client.post(path(sheet, kept, verb), {"version": version_of(sheet)} | words)
        assert answer.status_code == 302

    one.refresh_from_db()
    assert (one.name, one.alt, one.position) == ("Bus", "Le bus", 1)
    assert list(sheet.attachments.filter(removed_at=None)) == [one]


@pytest.mark.parametrize("verb", ["", "oter/"])
def test_change_without_a_version_is_refused(client, sheet, by, verb):
    kept = put(sheet, by)
    client.force_login(by)

    assert client.post(path(sheet, kept, verb), {"version": "x"}).status_code == 422


def test_others_find_nothing(client, sheet, by):
    kept = put(sheet, by)
    client.force_login(agent_of(CommuneFactory()))

    found = [
        client.get(path(sheet)),
        send(client, sheet),
        client.post(path(sheet, kept), {"version": 1}),
        client.post(path(sheet, kept, "oter/"), {"version": 1}),
        client.get(kept.get_absolute_url()),
    ]

    assert [answer.status_code for answer in found] == [404] * 5


def test_fiche_of_another_collectivity_of_mine_is_404_under_the_wrong_code(client, sheet, by):
    client.force_login(by)

    assert client.get(f"/espace/{CommuneFactory().code}/fiches/{sheet.pk}/pieces/").status_code == 404


def test_pictures_of_a_draft_are_for_its_people(client, sheet, by):
    kept = put(sheet, by)
    organiser = UserFactory(is_organiser=True)

    seen = []
    for user in (None, organiser, agent_of(sheet.collectivity, "contributeur")):
        client.logout()
        if user:
            client.force_login(user)
        answer = fetched(client, kept)
        seen.append((answer.status_code, answer.get("Cache-Control")))

    assert seen == [(404, None), (404, None), (200, "private, no-store")]


def test_published_picture_is_for_everybody_and_runs_nothing(client, sheet, by):
    kept = put(sheet, by, name="Été à la plage.jpg")
    publish(sheet, by=by, version=version_of(sheet))

    answer = fetched(client, kept)

    assert answer.body[:3] == b"\xff\xd8\xff"
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "public, max-age=300"
    assert answer["Content-Disposition"] == "inline; filename*=utf-8''%C3%89t%C3%A9%20%C3%A0%20la%20plage.jpg"


def test_document_is_downloaded(client, sheet, by):
    kept = put(sheet, by, data=document(), name='a";x\r\n.pdf')
    publish(sheet, by=by, version=version_of(sheet))

    answer = fetched(client, kept)

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="a\\";x.pdf"'


def test_picture_taken_off_stays_public_until_the_next_publication(client, sheet, by):
    kept = put(sheet, by)
    publish(sheet, by=by, version=version_of(sheet))
    remove(kept, by=by, version=version_of(sheet))

    before = fetched(client, kept)
    publish(sheet, by=by, version=version_of(sheet))

    assert (before.status_code, client.get(kept.get_absolute_url()).status_code) == (200, 404)


def test_picture_of_a_withdrawn_fiche_is_no_longer_public(client, sheet, by):
    kept = put(sheet, by)
    publish(sheet, by=by, version=version_of(sheet))
    withdraw(sheet, by=UserFactory(is_organiser=True), reason="x")

    assert client.get(kept.get_absolute_url()).status_code == 404


def test_picture_under_another_fiche_or_without_its_file_is_404(client, sheet, by):
    kept = put(sheet, by)
    publish(sheet, by=by, version=version_of(sheet))
    other = draft_sheet()

    wrong = client.get(f"/fiches/{other.pk}/pieces/{kept.pk}/").status_code
    kept.file.storage.delete(kept.file.name)

    assert (wrong, client.get(kept.get_absolute_url()).status_code) == (404, 404)


@pytest.mark.parametrize("number", [1, 3])
def test_page_takes_the_same_queries_whatever_it_lists(client, sheet, by, number, django_assert_num_queries):
    for _ in range(number):
        put(sheet, by)
    client.force_login(by)

    with django_assert_num_queries(4):
        assert client.get(path(sheet)).status_code == 200
