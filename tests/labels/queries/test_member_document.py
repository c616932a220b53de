"""The four documents: what they hold, what they keep to themselves, what they cost."""

import datetime as dt

import pytest
from django.utils import timezone

from labels.choices import DocumentKind
from labels.models import CandidacySheet, Edition
from labels.queries.document_place import member_places, reading_of
from labels.queries.member_document import chapters_of, document_of, document_pdf, file_name, shelf_of
from labels.rules.member_document import Asked
from tests.factories.atlaas import CommuneFactory, UserFactory, agent_of, draft_sheet, published_sheet
from tests.factories.campaign import CandidacyFactory, SubscriptionFactory, open_edition
from tests.factories.document import a_member, a_rich_member, fill, services_of, stored
from tests.factories.labels import AwardFactory, EditionFactory
from tests.factories.renewal import past_sheets
from tests.pdf import accessibility_of, alternative_texts, bare_pages_of, bare_text_of
from tests.people import mandate_for

pytestmark = pytest.mark.django_db
YEARS = {"since": 2020, "until": 2026}
SECRET = 5  # the level of an award that is not public


def told(town, kind, *chapters, **facts):
    facts = YEARS | facts if kind == "bilan" else facts
    return document_of(reading_of(town), Asked(kind, chapters or tuple(chapters_of(kind)), **facts))


def chapter(document, heading):
    return next(one for one in document["chapters"] if one["heading"] == heading)["blocks"]


def block(document, kind):
    return next(one for part in document["chapters"] for one in part["blocks"] if one["kind"] == kind)


def texts(value):
    if isinstance(value, dict):
        return [text for one in value.values() for text in texts(one)]
    if isinstance(value, list | tuple):
        return [text for one in value for text in texts(one)]
    return [value] if isinstance(value, str) else []


@pytest.fixture(autouse=True)
def origin(settings):
    settings.PUBLIC_URL = "https://atlaas.test"


@pytest.mark.parametrize("kind", DocumentKind.values)
def test_document_has_the_chapters_that_were_asked_in_their_order(kind):
    open_edition()
    town = fill(a_member(), 0, each=1)
    codes = tuple(chapters_of(kind))

    assert len(told(town, kind)["chapters"]) == len(codes)
    assert len(told(town, kind, codes[1])["chapters"]) == 1


@pytest.mark.parametrize(("kind", "most"), [("note", 8), ("habitants", 3), ("bilan", 5), ("passation", 8)])
def test_document_costs_the_same_queries_whatever_the_number(kind, most, django_assert_max_num_queries):
    open_edition()
    town = a_member()
    EditionFactory(year=2025)
    for number in (1, 3):
        for _ in range(number):
            published_sheet(town, services=services_of(number, each=1))
            published_sheet(CommuneFactory(population=4780), services=services_of(0, each=1))
            agent_of(town)
        reading = reading_of(town)
        asked = Asked(kind, tuple(chapters_of(kind)))

        with django_assert_max_num_queries(most):
            document_of(reading, asked)


def test_note_tells_what_the_mosaic_counts():
    document = told(a_rich_member(), "note")

    figures = {one["name"]: one["value"] for one in block(document, "figures")["rows"]}
    assert figures == {
        "services couverts sur 144": "46",
        "enjeux touchés sur 16": "8",
        "fiches qui comptent": "46",
    }
    enjeux = [one for family in block(document, "mosaic")["families"] for one in family["enjeux"]]
    assert len(enjeux) == 16
    assert sum(tile["mark"] == "1" for one in enjeux for tile in one["tiles"]) == 46


def test_note_compares_with_similar_ones():
    town = fill(a_member(), 0, each=7)
    for covered in (1, 2, 9):
        fill(CommuneFactory(population=4800), 1, each=covered)
    open_edition()

    document = told(town, "note")

    strong, weak = block(document, "points")["columns"]
    assert [one["name"] for one in strong["items"]] == ["Services publics"]
    assert [one["name"] for one in weak["items"]] == ["Démocratie locale"]
    rows = {one["name"]: (one["words"], one["median"]) for one in block(document, "comparison")["rows"]}
    assert rows["Démocratie locale"] == ("0\u00a0sur\u00a09", "2")


def test_note_puts_forward_what_the_candidacy_does():
    town = fill(a_member(), 0, each=3)
    edition = open_edition()
    candidacy = CandidacyFactory(edition=edition, collectivity=town)
    forward = town.sheets.first()
    CandidacySheet.objects.create(candidacy=candidacy, sheet=forward, choice="flagship")

    (shown,) = chapter(told(town, "note"), "Les actions phares")

    assert [one["name"] for one in shown["columns"][0]["items"]] == [forward.title]


def test_note_without_a_candidacy_tells_the_latest():
    town = fill(a_member(), 0, each=5)
    open_edition()

    (shown,) = chapter(told(town, "note"), "Les dernières actions publiées")

    assert len(shown["columns"][0]["items"]) == 3


def test_note_before_any_edition_says_so():
    assert "Aucune édition" in block(told(a_member(), "note"), "prose")["text"]


def test_documents_tell_nothing_of_an_edition_that_is_not_public():
    town = a_rich_member()
    secret = Edition.objects.get(published_at=None)
    before = [told(town, kind) for kind in DocumentKind]
    AwardFactory(edition=secret, collectivity=town, level=SECRET, is_ten=True)

    assert [told(town, kind) for kind in DocumentKind] == before


def test_citizens_read_each_action_once():
    town = a_member()
    services = services_of(0, 4, each=1)
    published_sheet(town, services=services, title="Un guichet pour tous")
    past_sheets(1, town, is_running=False, ended_on=dt.date(2025, 1, 1), title="Une action finie")

    document = told(town, "habitants")

    assert texts(document).count("Un guichet pour tous") == 1
    assert "Une action finie" not in texts(document)
    assert block(document, "qr")["address"] == f"https://atlaas.test{town.get_absolute_url()}"


def test_citizens_are_told_how_to_ask_without_a_public_address(settings):
    settings.PUBLIC_URL = ""

    document = told(a_member(), "habitants", "suite")

    assert "Demandez-en l’adresse" in block(document, "prose")["text"]


def test_report_tells_each_year():
    town = a_member()
    for year, level in ((2021, 2), (2025, 4)):
        EditionFactory(year=year, published_at=dt.datetime(year, 2, 6, tzinfo=dt.UTC))
        AwardFactory(edition=Edition.objects.get(year=year), collectivity=town, level=level)
    past_sheets(1, town, at=dt.datetime(2022, 5, 1, tzinfo=dt.UTC), title="Née en 2022")

    document = told(town, "bilan", since=2021, until=2025)

    assert [(one["year"], one["level"]) for one in block(document, "years")["rows"]] == [
        ("2021", 2),
        ("2022", 0),
        ("2023", 0),
        ("2024", 0),
        ("2025", 4),
    ]
    assert chapter(document, "Ce qui a été nouveau")[1]["groups"] == [
        {"heading": "2022", "told": "1\u00a0fiche", "items": [{"name": "Née en 2022", "more": ""}]}
    ]


def test_handover_counts_rights_and_names_nobody():
    town = a_member()
    people = [agent_of(town, role, name="Dominique Secret") for role in ("responsable", "contributeur")]
    mandate_for(town, granted_by=people[0], holder=UserFactory(name="Dominique Secret"))

    document = told(town, "passation")

    rows = [[cell["text"] for cell in row][:3] for row in block(document, "table")["rows"]]
    assert rows == [
        ["responsable", "gère l’équipe et les mandats, publie, dépose", "2\u00a0personnes"],
        ["contributeur", "écrit les fiches et la candidature", "1\u00a0personne"],
        [
            "mandat",
            "écrit, publie et dépose pour la collectivité",
            "1\u00a0personne d’un autre organisme",
        ],
    ]
    whole = " ".join(texts(document))
    assert [word for word in ("Dominique", "Secret", "@exemple", "Syndicat") if word in whole] == []


def test_handover_tells_closed_accounts_apart():
    town = a_member()
    agent_of(town, "valideur", is_active=False)

    (row,) = block(told(town, "passation"), "table")["rows"]

    assert row[2]["text"] == "1\u00a0personne, dont 1\u00a0compte fermé"


def test_handover_says_when_nobody_holds_a_right():
    assert "Personne n’a de droit" in block(told(a_member(), "passation"), "prose")["text"]


def test_handover_tells_the_state_of_each_fiche():
    town = a_member()
    by = agent_of(town)
    service = services_of(0, each=1)
    draft_sheet(town, by=by, title="En cours", services=service)
    published_sheet(town, by=by, title="Toute fraîche", services=service)
    past_sheets(1, town, at=timezone.now() - dt.timedelta(days=900), title="Vieille", service=service[0])

    document = told(town, "passation")

    (group,) = block(document, "groups")["groups"]
    assert group["heading"] == "Services publics"
    assert [one["name"] for one in group["items"]] == ["En cours", "Toute fraîche", "Vieille"]
    assert [one["more"].partition(",")[0] for one in group["items"]] == ["brouillon", "publiée", "publiée"]
    assert "à relire" in group["items"][2]["more"]


def test_handover_keeps_the_words_of_a_draft_change_to_itself():
    town = a_member()
    by = agent_of(town)
    sheet = published_sheet(town, by=by, title="Ce que le public lit")
    type(sheet).objects.filter(pk=sheet.pk).update(title="Ce qui s’écrit encore")

    assert "Ce que le public lit" in texts(told(town, "passation"))
    assert "Ce qui s’écrit encore" not in texts(told(town, "passation"))


def test_pdf_is_accessible_and_says_every_text_of_its_document():
    town = a_rich_member()
    for kind in DocumentKind.values:
        document = told(town, kind)

        made = document_pdf(document, made_at=timezone.now())

        assert accessibility_of(made) == (True, document["title"], True, "fr", "1")
        found = without_spaces(bare_text_of(made))
        assert [one for one in readable(document) if without_spaces(one) not in found] == []
        codes = [one["alt"] for part in document["chapters"] for one in part["blocks"] if one["kind"] == "qr"]
        assert alternative_texts(made) == codes


UNREAD = {"path", "alt", "kind", "tone", "align", "shade", "mark", "title", "day"}  # drawn, or told otherwise


def readable(value):
    if isinstance(value, dict):
        return [text for name, one in value.items() if name not in UNREAD for text in readable(one)]
    if isinstance(value, list | tuple):
        return [text for one in value for text in readable(one)]
    return [value] if isinstance(value, str) else []


def without_spaces(text):
    return "".join(text.split())


def test_note_holds_in_two_pages_whatever_is_written():
    town = a_rich_member()
    title = "Une action au titre aussi long que la fiche le permet, cent vingt signes, pour voir jusqu’où elle va, encore, et la voilà"
    for _ in range(3):
        summary = ("Une phrase qui va jusqu’au bout. " * 10)[:300]
        published_sheet(town, title=title[:120], summary=summary, services=services_of(0, each=1))

    pages = bare_pages_of(document_pdf(told(town, "note"), made_at=timezone.now()))

    assert len(pages) == 2
    assert pages[1].startswith("Où nous en sommes")


@pytest.mark.parametrize(
    "title",
    [
        "#eval(1+1) *gras* _x_ $y$ \\ [a]",
        "</script><b>gras</b>",
        "W" * 120,
    ],
)
def test_pdf_takes_hostile_words_as_text(title):
    town = a_member()
    published_sheet(town, title=title)

    made = bare_text_of(document_pdf(told(town, "passation"), made_at=timezone.now()))

    assert without_spaces(title) in without_spaces(made).replace("\u200b", "")


@pytest.mark.parametrize("title", ["fête \u202eà l’envers", "שלום לכולם"])
def test_pdf_draws_what_is_read_the_other_way(title):
    town = a_member()
    published_sheet(town, title=f"{title} 🎉")

    made = bare_text_of(document_pdf(told(town, "passation"), made_at=timezone.now()))

    assert set(without_spaces(title)) - {"\u202e"} <= set(made)


def test_pdf_takes_a_very_long_word():
    document = told(a_member(), "passation", "droits")
    document["chapters"][0]["blocks"].append({"kind": "prose", "text": "a\x00" * 100_000})

    assert len(bare_pages_of(document_pdf(document, made_at=timezone.now()))) > 10


@pytest.mark.parametrize(
    ("status", "year", "is_member"),
    [
        ("active", timezone.localdate().year, True),
        ("active", 2030, True),  # of the campaign that is open
        ("active", 2020, False),
        ("pending", timezone.localdate().year, False),
        ("ended", timezone.localdate().year, False),
    ],
)
def test_member_is_who_has_paid_for_the_year(status, year, is_member):
    open_edition(2030)
    town = CommuneFactory()
    SubscriptionFactory(collectivity=town, year=year, status=status)

    assert member_places(agent_of(town)).get().is_member is is_member


@pytest.mark.parametrize(
    ("asked", "options"),
    [
        ({"chapters": ["mosaique", "situation", "comparaison", "phares"], "year": 2025}, "édition 2025"),
        ({"chapters": ["mosaique"]}, "la mosaïque"),
    ],
)
def test_shelf_says_what_was_chosen(asked, options):
    document = stored(a_member(), asked=asked)

    (one,) = shelf_of(document.collectivity)

    assert (one.options, one.job, one.is_waited_for) == (options, None, False)


def test_shelf_says_the_years_of_a_report():
    document = stored(
        a_member(), kind="bilan", asked={"chapters": ["niveaux", "nouveautes", "enjeux"], **YEARS}
    )

    assert shelf_of(document.collectivity)[0].options == "2020–2026"


def test_file_is_named_after_the_document():
    document = stored(CommuneFactory(code="14271"), asked_at=dt.datetime(2026, 3, 1, tzinfo=dt.UTC))

    assert file_name(document) == "note-14271-2026-03-01.pdf"
