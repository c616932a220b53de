"""The screens of the documents: who opens them, what is previewed, made, taken and erased."""

import datetime as dt
import html
import re

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from atlaas.models import Job
from atlaas.operations.job import run_pending
from labels.choices import DocumentKind
from labels.forms.member_document import NO_CHAPTER
from labels.models import MemberDocument, Subscription
from tests.factories.atlaas import agent_of, published_sheet
from tests.factories.campaign import open_edition
from tests.factories.document import a_member, a_rich_member, stored
from tests.factories.labels import AwardFactory, EditionFactory, MentionFactory
from tests.pdf import bare_text_of
from tests.people import EVERYONE, ROLE_OF, WHO

pytestmark = pytest.mark.django_db
FOR_MEMBERS = "sont un service aux collectivités adhérentes"


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.PUBLIC_URL = "https://atlaas.test"


@pytest.fixture
def town():
    open_edition()
    return a_member()


@pytest.fixture
def agent(town, client):
    person = agent_of(town, "contributeur")
    client.force_login(person)
    return person


def address(town, name="documents", *more):
    return reverse(name, args=[town.code, *more])


def ask(client, town, kind="note", **choices):
    sent = {"geste": "preparer", "chapitres": ["mosaique"]} | choices
    return client.post(address(town, "document", kind), sent)


def made(client, town, kind="note", **choices):
    ask(client, town, kind, **choices)
    run_pending()
    return MemberDocument.objects.get(kind=kind)


def words(text):
    """The text of a page or of a PDF, its spaces apart."""
    return "".join(html.unescape(strip_tags(text)).split())


def article(answer):
    return re.search(r"<article.*?</article>", answer.text, re.DOTALL)[0]


@pytest.mark.parametrize("who", EVERYONE)
def test_documents_are_for_those_who_act_for_the_collectivite(client, town, who):
    document = stored(town)
    client.force_login(WHO[who](town))
    pages = [
        address(town),
        address(town, "documents-progress"),
        *(address(town, "document", kind) for kind in DocumentKind.values),
    ]
    sent = [address(town, "document-again", document.pk), address(town, "document-delete", document.pk)]

    seen = [client.get(one).status_code for one in pages] + [client.post(one).status_code for one in sent]

    assert set(seen) == ({200, 302} if who in ROLE_OF else {404})


def test_document_of_another_collectivite_is_not_there(client, town, agent):
    other = stored(a_member(name="Ailleurs", code="99001"))

    for name in ("document-pdf", "document-again", "document-delete"):
        send = client.get if name == "document-pdf" else client.post
        assert send(address(town, name, other.pk)).status_code == 404


def test_document_that_does_not_exist_is_not_there(client, town, agent):
    assert client.get(address(town, "document", "roman")).status_code == 404
    assert client.get(address(town, "document-pdf", stored(town).pk)).status_code == 404


def test_preview_says_what_the_pdf_says(client):
    town = a_rich_member()
    client.force_login(agent_of(town, "valideur"))
    for kind in DocumentKind.values:
        page = client.get(address(town, "document", kind))
        client.post(address(town, "document", kind), chosen(page, geste="preparer"))
        run_pending()
        document = MemberDocument.objects.get(kind=kind)
        with default_storage.open(document.file.name) as file:
            printed = words(bare_text_of(file.read()))

        figures = re.findall(
            r"<(?:dd|td|th|h4|h5|strong)[^>]*>(.*?)</(?:dd|td|th|h4|h5|strong)>", article(page), re.DOTALL
        )

        assert figures
        assert [one for one in figures if words(one) not in printed] == []


def chosen(page, **more):
    """What a browser sends of the form as it was shown."""
    asked = page.context["form"]
    sent = {name: value for name, value in asked.initial.items() if name in asked.fields and value}
    return sent | more


@pytest.mark.parametrize(("kind", "most"), [("note", 12), ("habitants", 7), ("bilan", 10), ("passation", 12)])
def test_page_of_a_document_costs_the_same_whatever_the_number(
    client, town, agent, kind, most, django_assert_max_num_queries
):
    for number in (1, 3):
        for rank in range(number):
            published_sheet(town, by=agent_of(town))
            year = 2000 + 10 * number + rank
            published = dt.datetime(year, 2, 6, tzinfo=dt.UTC)
            won = AwardFactory(edition=EditionFactory(year=year, published_at=published), collectivity=town)
            MentionFactory(award=won)
        client.get(address(town, "document", kind))

        with django_assert_max_num_queries(most):
            client.get(address(town, "document", kind))


def test_list_costs_the_same_whatever_the_number(client, town, agent, django_assert_num_queries):
    for number in (1, 3):
        for rank in range(number):
            stored(town, asked={"chapters": [f"{number}-{rank}"]})
        client.get(address(town))

        with django_assert_num_queries(5):
            client.get(address(town))


def test_choices_are_kept_in_the_address(client, town, agent):
    answer = ask(client, town, "bilan", geste="apercu", chapitres=["enjeux", "niveaux"], de="2021", a="2026")

    assert (
        answer.url
        == f"{address(town, 'document', 'bilan')}?de=2021&a=2026&chapitres=niveaux&chapitres=enjeux#apercu"
    )
    page = client.get(answer.url.partition("#")[0])
    assert [one["heading"] for one in page.context["document"]["chapters"]] == [
        "Les niveaux, édition par édition",
        "Les fiches par enjeu",
    ]
    assert MemberDocument.objects.count() == 0


@pytest.mark.parametrize(
    ("kind", "choices", "sentence"),
    [
        ("note", {"chapitres": []}, NO_CHAPTER),
        ("note", {"chapitres": ["roman"]}, "n’en fait pas partie"),
        ("note", {"edition": "1987"}, "n’en fait pas partie"),
        ("bilan", {"chapitres": ["niveaux"], "de": "2026", "a": "2021"}, "inversez-les"),
    ],
)
def test_choice_that_makes_no_document_says_how_to_mend(client, town, agent, kind, choices, sentence):
    answer = ask(client, town, kind, **choices)

    assert answer.status_code == 422
    assert sentence in html.unescape(answer.text).replace("\u202f", " ").replace("\u00a0", " ")
    assert MemberDocument.objects.count() == 0


def test_document_is_asked_shown_in_progress_then_taken(client, town, agent):
    answer = ask(client, town)

    assert answer.url == f"{address(town)}#prepares"
    waiting = client.get(address(town))
    assert "Un document se prépare." in waiting.text
    assert "htmx" in waiting.text
    run_pending()
    document = MemberDocument.objects.get()
    page = client.get(address(town))
    assert "Un document se prépare." not in page.text
    assert "htmx" not in page.text
    assert "Conservé jusqu’au" in page.text
    taken = client.get(address(town, "document-pdf", document.pk))
    assert taken["Content-Type"] == "application/pdf"
    assert taken["Content-Disposition"] == (
        f'attachment; filename="note-{town.code}-{timezone.localdate():%Y-%m-%d}.pdf"'
    )
    assert b"".join(taken.streaming_content)[:4] == b"%PDF"


def test_progress_is_what_a_reload_shows(client, town, agent):
    ask(client, town)
    Job.objects.update(state="running", progress=1, total=3, lease_until=timezone.now())

    fragment = client.get(address(town, "documents-progress")).text.strip()

    assert "étape 1 sur 3" in fragment
    assert without_tokens(fragment) in without_tokens(client.get(address(town)).text)


def without_tokens(text):
    plain = re.sub(r'value="[A-Za-z0-9]{64}"', "", text)
    return " ".join(plain.split())


def test_document_that_could_not_be_made_says_so(client, town, agent):
    ask(client, town)
    Job.objects.update(state="failed", finished_at=timezone.now())

    page = client.get(address(town))

    assert "Il n’a pas pu être préparé" in page.text
    assert "Refaire" in page.text


def test_document_is_made_again_and_erased(client, town, agent):
    document = made(client, town)

    client.post(address(town, "document-again", document.pk))

    document.refresh_from_db()
    assert document.made_at is None
    client.post(address(town, "document-delete", document.pk))
    assert MemberDocument.objects.count() == 0


@pytest.mark.parametrize("kind", DocumentKind.values)
def test_collectivite_that_is_not_a_member_reads_the_preview(client, town, agent, kind, settings):
    settings.CONTACT = "label@exemple.test"
    Subscription.objects.all().delete()

    page = client.get(address(town, "document", kind))
    answer = client.post(address(town, "document", kind), chosen(page, geste="preparer"), follow=True)

    assert FOR_MEMBERS in page.text
    assert "label@exemple.test" in page.text
    assert "Préparer le PDF</button>" not in page.text
    assert page.context["document"]["chapters"]
    assert FOR_MEMBERS in answer.text
    assert MemberDocument.objects.count() == 0


def test_words_of_people_stay_words_in_the_preview(client, town, agent):
    published_sheet(town, by=agent_of(town), title="<script>alert(1)</script>{{ 7 }}")

    page = client.get(address(town, "document", "passation"))

    assert "<script>alert(1)" not in page.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7 }}" in page.text


def test_space_leads_to_the_documents(client, town, agent):
    assert address(town) in client.get(reverse("space-collectivity", args=[town.code])).text
