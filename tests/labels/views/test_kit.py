"""The kit of a laureate: what its page says, and what its files hold."""

import io
import re
from pathlib import PurePath

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from labels.queries.kit import FILES
from labels.rules.kit import UNCONFIRMED
from tests.factories.atlaas import CommuneFactory, UserFactory, agent_of, succeed
from tests.factories.labels import (
    PUBLISHED,
    AwardFactory,
    EditionFactory,
    MentionFactory,
    MentionThemeFactory,
)

pytestmark = pytest.mark.django_db
HOSTILE = '#panic("x") *gras* $x$ `brut` [#sys] <script>alert(1)</script> // \\u{41} @renvoi & "'
LONGEST = (
    "Communauté de communes du Pays de Saint-Éloy, Combrailles, Sioule et Morge et des Ancizes-Comps" * 2
)


def address(award, name=""):
    place = award.collectivity
    middle = place.code if name else f"{place.code}-{place.slug}"
    return f"/collectivites/{middle}/kit/{award.edition.year}/{name}"


def file_of(client, award, name):
    answer = client.get(address(award, name))
    assert answer.status_code == 200
    return answer.content


def opened(content):
    return Image.open(io.BytesIO(content)).convert("RGBA")


def scanned(picture):
    return [one.text for one in zxingcpp.read_barcodes(picture.convert("RGB"))]


def first_page(content, scale):
    return pypdfium2.PdfDocument(content)[0].render(scale=scale).to_pil()


def text_of(content):
    return " ".join(pypdfium2.PdfDocument(content)[0].get_textpage().get_text_bounded().split())


def test_page_offers_every_file(client):
    award = AwardFactory()

    told = client.get(address(award)).content.decode()

    assert [name for name in FILES if address(award, name) not in told] == []
    assert "Visuels proposés par la plateforme" in told
    assert f"&lt;a href=&quot;http://testserver{award.get_absolute_url()}&quot;&gt;" in told


@pytest.mark.parametrize("name", ["panneau.png", "badge.png"])
def test_picture_is_scanned_as_the_address_of_the_proof(client, name):
    award = AwardFactory()

    picture = opened(file_of(client, award, name))

    assert scanned(picture) == [f"http://testserver{award.get_absolute_url()}"]


@pytest.mark.parametrize(("name", "scale"), [("panneau.pdf", 0.5), ("certificat.pdf", 2)])
def test_document_is_scanned_as_the_address_of_the_proof(client, name, scale):
    award = AwardFactory()

    drawn = first_page(file_of(client, award, name), scale)

    assert scanned(drawn) == [f"http://testserver{award.get_absolute_url()}"]


def test_badge_is_scanned_at_the_size_of_a_page(client):
    award = AwardFactory()
    picture = opened(file_of(client, award, "badge.png")).resize((300, 112))

    assert scanned(picture) == [f"http://testserver{award.get_absolute_url()}"]


@pytest.mark.parametrize("name", ["badge.svg", "badge.png"])
@pytest.mark.parametrize("category", ["ville", "village", "territoire"])
def test_badge_is_light(client, name, category):
    award = AwardFactory(category=category, level=5, edition=EditionFactory(year=2028, is_demo=True))

    assert len(file_of(client, award, name)) <= 20_000


def test_drawings_hold_shapes_only_and_say_what_they_show(client):
    award = AwardFactory(level=3)

    for name in ("panneau.svg", "badge.svg"):
        drawn = file_of(client, award, name).decode()
        assert re.findall(r"<(?:image|script|text|style|foreignObject)\b|\sstyle=|href=\"[^#]", drawn) == []
        assert (
            f"<title>{award.collectivity.name}, Ville Internet 2025\u00a0: 3 arobases sur 5</title>" in drawn
        )


def test_panel_is_printed_at_500_by_700_millimetres(client):
    with pikepdf.open(io.BytesIO(file_of(client, AwardFactory(), "panneau.pdf"))) as document:
        box = [float(one) for one in document.pages[0].mediabox]

    assert [round(one / 72 * 25.4) for one in box] == [0, 0, 500, 700]


@pytest.mark.parametrize("name", ["panneau.pdf", "certificat.pdf"])
def test_document_is_tagged_titled_in_french_with_its_pictures_in_words(client, name):
    award = AwardFactory(level=4)

    content = file_of(client, award, name)

    with pikepdf.open(io.BytesIO(content)) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "fr"
        assert str(document.docinfo["/Title"]) == f"Ville Internet 2025 – {award.collectivity.name}"
        assert document.Root.ViewerPreferences.DisplayDocTitle
        tags = [
            one
            for one in document.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"
        ]
        assert {str(one.Alt) for one in tags} == {
            "4 arobases sur 5",
            f"Code QR\u00a0: http://testserver{award.get_absolute_url()}",
        }
        with document.open_metadata() as told:
            assert told["pdfuaid:part"] == "1"


def test_certificate_tells_what_was_won(client):
    edition = EditionFactory(ceremony_on=PUBLISHED.date())
    award = AwardFactory(edition=edition, level=5, is_ten=True, category="village")
    MentionFactory(award=award)

    told = text_of(file_of(client, award, "certificat.pdf"))

    wanted = (
        award.collectivity.name,
        "Village Internet 2025",
        "5 arobases sur 5",
        "2025, 2026 et 2027",
        "Médiation numérique",
        "Palmarès proclamé le 6 février 2025",
        "Visuel proposé par la plateforme",
    )
    assert [one for one in wanted if one not in told] == []


def test_files_are_the_same_each_time(client):
    award = AwardFactory()

    first = {name: file_of(client, award, name) for name in FILES}
    for one in FILES.values():
        getattr(one, "cache_clear", bool)()

    assert {name: file_of(client, award, name) for name in FILES} == first


def test_file_follows_a_corrected_level(client):
    award = AwardFactory(level=3)
    before = client.get(address(award, "badge.svg"))
    type(award).objects.filter(pk=award.pk).update(level=2)

    after = client.get(address(award, "badge.svg"), headers={"if-none-match": before["ETag"]})

    assert (after.status_code, after.content == before.content) == (200, False)
    assert (
        client.get(address(award, "badge.svg"), headers={"if-none-match": after["ETag"]}).status_code == 304
    )


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith((".svg", ".png"))])
def test_file_shows_a_hostile_name_as_text(client, name):
    award = AwardFactory(collectivity=CommuneFactory(name=HOSTILE, slug="x"))

    assert "<script>" not in file_of(client, award, name).decode(errors="ignore")


@pytest.mark.parametrize("place", [HOSTILE, LONGEST[:200], "L’Haÿ-les-Roses", "Y"])
def test_documents_hold_any_name(client, place):
    award = AwardFactory(
        collectivity=CommuneFactory(name=place, slug="x"), edition=EditionFactory(is_demo=True)
    )

    for name in ("panneau.pdf", "certificat.pdf"):
        content = file_of(client, award, name)
        assert len(pypdfium2.PdfDocument(content)) == 1
        assert scanned(first_page(content, 0.5 if name == "panneau.pdf" else 2)) != []
    assert "<script>alert" not in client.get(address(award)).content.decode()


@pytest.mark.parametrize("name", ["panneau.pdf", "certificat.pdf", "bulletin.txt"])
def test_invented_edition_says_so_on_its_documents(client, name):
    award = AwardFactory(edition=EditionFactory(year=2028, is_demo=True))

    content = file_of(client, award, name)

    told = text_of(content) if name.endswith("pdf") else content.decode()
    assert "édition inventée" in told


@pytest.mark.parametrize("name", ["", *FILES])
@pytest.mark.parametrize("role", ["visitor", "own people", "organiser"])
def test_kit_of_a_palmares_that_is_not_public_is_not_there(client, name, role):
    award = AwardFactory(edition=EditionFactory(year=2030, published_at=None))
    if role != "visitor":
        client.force_login(
            agent_of(award.collectivity) if role == "own people" else UserFactory(is_organiser=True)
        )

    assert client.get(address(award, name)).status_code == 404


def test_unconfirmed_level_has_no_kit_and_the_page_says_what_to_do(client):
    award = AwardFactory(level=4, level_is_certain=False)

    told = client.get(address(award)).content.decode()

    assert UNCONFIRMED in told
    assert {client.get(address(award, name)).status_code for name in FILES} == {404}


@pytest.mark.parametrize(
    "name",
    ["autre.svg", "panneau.exe", "badge.svg.svg", "..%2Fsecret.txt", "PANNEAU.svg", "a" * 300 + ".svg"],
)
def test_file_of_no_kit_is_not_found(client, name):
    assert client.get(address(AwardFactory(), name)).status_code == 404


def test_badge_is_shown_and_the_others_are_downloaded_under_their_name(client):
    award = AwardFactory(collectivity=CommuneFactory(name="L’Haÿ « & »", slug="x"))

    told = {name: client.get(address(award, name))["Content-Disposition"] for name in FILES}

    assert told == {
        name: f"{'inline' if 'badge' in name else 'attachment'}; "
        f'filename="{PurePath(name).stem}-ville-internet-2025-l-hay{PurePath(name).suffix}"'
        for name in FILES
    }


@pytest.mark.parametrize("slug", ["autre", "", "a" * 300])
def test_wrong_name_leads_to_the_right_address(client, slug):
    award = AwardFactory()

    answer = client.get(f"/collectivites/{award.collectivity.code}-{slug}/kit/2025/")

    assert (answer.status_code, answer["Location"]) == (301, address(award))


def test_kit_of_a_former_commune_stays_under_its_name(client):
    former = CommuneFactory(name="Ancienne", slug="ancienne", is_current=False)
    succeed(former, CommuneFactory(name="Nouvelle"))
    award = AwardFactory(collectivity=former)

    told = client.get(address(award)).content.decode()

    assert "Cette collectivité est devenue" in told
    assert "Ancienne est «\u00a0Ville Internet\u00a0» 2025" in file_of(client, award, "bulletin.txt").decode()


@pytest.mark.parametrize("many", [1, 3])
def test_page_asks_eight_queries(client, many):
    former = CommuneFactory(is_current=False)
    succeed(former, CommuneFactory())
    award = AwardFactory(collectivity=former)
    for rank in range(many):
        MentionFactory(award=award, theme=MentionThemeFactory(slug=f"theme-{rank}"))

    with CaptureQueriesContext(connection) as captured:
        client.get(address(award))

    assert len(captured) == 8


def test_space_lists_the_kits_of_the_collectivite_and_of_those_it_took_over(client):
    town, former = CommuneFactory(), CommuneFactory(name="Ancienne", is_current=False)
    succeed(former, town)
    awards = [
        AwardFactory(collectivity=town),
        AwardFactory(collectivity=former, edition=EditionFactory(year=2024)),
    ]
    AwardFactory(collectivity=town, edition=EditionFactory(year=2030, published_at=None))
    client.force_login(agent_of(town))

    told = client.get(f"/espace/{town.code}/kit/").content.decode()

    assert re.findall(r'href="(/collectivites/[^"]+/kit/[^"]+)"', told) == [address(one) for one in awards]
    assert f'href="/espace/{town.code}/kit/"' in client.get(f"/espace/{town.code}/").content.decode()


def test_space_of_who_won_nothing_says_when(client):
    town = CommuneFactory()
    client.force_login(agent_of(town))

    assert "le jour de la cérémonie" in client.get(f"/espace/{town.code}/kit/").content.decode()


def test_page_of_the_collectivite_leads_to_kit_proof_and_frames(client):
    award = AwardFactory()

    told = client.get(award.collectivity.get_absolute_url()).content.decode()

    wanted = (address(award), award.get_absolute_url(), f"{award.collectivity.get_absolute_url()}integrer/")
    assert [one for one in wanted if f'href="{one}"' not in told] == []
