"""The association's screens of the letters, and the letter in the space of its collectivité."""

import io

import pikepdf
import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from atlaas.operations.job import run_pending
from jury.choices import SettledAs
from jury.models import Letter, RemarkSettlement
from jury.operations.letter import send, settle
from tests.factories.atlaas import CommuneFactory, UserFactory, agent_of
from tests.factories.jury import RecusalFactory, a_juror
from tests.factories.letter import Case, enjeux, handed_in, words_of_pdf
from tests.factories.recusal import judged

pytestmark = pytest.mark.django_db
BOARD = "/organisation/2030/jury/lettres/"


@pytest.fixture
def case(settings):
    settings.PUBLIC_URL = "https://atlaas.exemple.test"
    return Case()


@pytest.fixture
def organiser(client, case):
    client.force_login(case.organiser)
    return case.organiser


def told(answer):
    return answer.content.decode()


def preview(candidacy, end=""):
    return f"{BOARD}{candidacy.pk}/{end}"


def received(candidacy, end="/"):
    return f"/espace/{candidacy.collectivity.code}/candidature/2030/lettre{end}"


def names_of(case):
    return [str(one.member) for one in case.jurors] + [one.user.email for one in case.jurors]


def test_from_a_contradiction_to_the_letter_in_the_space(client, case, organiser):
    enjeu = case.contradict()
    case.award(level=4)
    case.publish()

    page = told(client.get(BOARD))
    assert ["tranchez-les d’abord" in page, "Oui, envoyer" in page] == [True, False]
    answer = client.post(
        preview(case.candidacy, "trancher/"), {"enjeu": enjeu.pk, "kind": "strength"}, follow=True
    )
    assert ["c’est tranché" in told(answer), "La lettre retient le point fort" in told(answer)] == [
        True,
        True,
    ]
    client.post(f"{BOARD}preparation/")
    run_pending()
    assert "Oui, envoyer" in told(client.get(BOARD))
    page = told(client.post(f"{BOARD}envoi/", follow=True))
    assert ["chaque collectivité lit la sienne" in page, "Oui, envoyer" in page] == [True, False]
    run_pending()

    client.force_login(case.agent)
    page = told(client.get(received(case.candidacy)))
    assert [one in page for one in ("4\u00a0arobases sur\u00a05", "Éducation", "Madame, Monsieur")] == [
        True
    ] * 3
    assert [name for name in names_of(case) if name in page] == []
    assert len(mail.outbox) == 1


def test_no_juror_is_named_anywhere(client, case, organiser):
    enjeu = case.contradict()
    case.award()
    case.publish()
    case.prepare()
    seen = [told(client.get(address)) for address in (BOARD, preview(case.candidacy))]
    settle(case.candidacy, enjeu, SettledAs.STRENGTH, by=organiser)
    send(case.edition, by=organiser)
    run_pending()
    client.force_login(case.agent)
    seen.append(told(client.get(received(case.candidacy))))
    content = client.get(received(case.candidacy, ".pdf")).content
    seen.append(words_of_pdf(io.BytesIO(content)))
    message = mail.outbox[0]
    seen += [message.subject, message.body, message.alternatives[0].content]
    seen.append(words_of_pdf(io.BytesIO(message.attachments[0].content)))
    seen.append(Letter.objects.get().document)

    assert enjeu.name in seen[3]
    assert [(name, rank) for name in names_of(case) for rank, text in enumerate(seen) if name in text] == []


def test_a_letter_tells_nothing_of_another_collectivite(client, case, organiser):
    other = judged(case.edition)
    (health,) = enjeux("Santé")
    handed_in(case.jurors[0], other, strengths=[health])
    case.award(other, level=5)
    case.award(level=1)
    case.publish()
    case.prepare()

    page = told(client.get(preview(case.candidacy))).partition("<article")[2].partition("</article>")[0]
    text = words_of_pdf(io.BytesIO(client.get(preview(case.candidacy, "lettre.pdf")).content))

    for one in (page, text):
        found = [
            word in one for word in (other.collectivity.name, "Santé", "5\u00a0arobases", "1\u00a0arobase")
        ]
        assert found == [False, False, False, True]


def test_pdf_is_tagged_titled_dated_and_the_same_each_time(client, case, organiser):
    case.ready()

    first, second = (client.get(preview(case.candidacy, "lettre.pdf")) for _ in range(2))

    assert first.content == second.content
    assert first["Content-Disposition"] == f'attachment; filename="lettre-du-jury-2030-{case.town.code}.pdf"'
    with pikepdf.open(io.BytesIO(first.content)) as document:
        assert (bool(document.Root.MarkInfo.Marked), str(document.Root.Lang)) == (True, "fr")
        with document.open_metadata() as facts:
            assert facts["pdfuaid:part"] == "1"
            assert facts["dc:title"] == f"Lettre du jury 2030 – {case.town.name}"
    assert "Projet\u00a0: cette lettre n’est pas envoyée" in words_of_pdf(io.BytesIO(first.content))


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
def test_the_form_is_the_same_at_each_level(client, case, organiser, level):
    case.award(level=level)
    case.publish()
    case.prepare()

    page = told(client.get(preview(case.candidacy))).partition("<article")[2].partition("</article>")[0]

    blank = page.replace(f"{level}\u00a0arobases", "N").replace(f"{level}\u00a0arobase", "N")
    headings = [line.strip() for line in blank.splitlines() if "<h3>" in line or "<dt>" in line]
    assert headings == [
        "<dt>Niveau</dt>",
        "<dt>Titre</dt>",
        "<dt>Mention</dt>",
        "<h3>Vos points forts</h3>",
        "<h3>Vos prochaines étapes</h3>",
    ]


def test_before_the_sitting_closes_no_level_shows(client, case, organiser):
    case.award(level=4)
    case.prepare()

    pages = [told(client.get(address)) for address in (BOARD, preview(case.candidacy))]

    mains = [page.partition("<main")[2].partition("</main>")[0] for page in pages]
    assert ["4\u00a0@" in mains[0], "4\u00a0arobases" in mains[1]] == [False, False]
    assert "Pas encore proclamé" in mains[1]


@pytest.mark.parametrize("end", ["", "lettre.pdf"])
def test_who_is_tied_finds_no_trace_of_the_letter(client, case, end):
    other = judged(case.edition)
    person = case.jurors[0].user
    type(person).objects.filter(pk=person.pk).update(is_organiser=True)
    handed_in(case.jurors[0], other)
    RecusalFactory(juror=case.jurors[0], collectivity=case.town)
    case.prepare()
    client.force_login(person)

    page = told(client.get(BOARD))

    assert [case.town.name in page, other.collectivity.name in page] == [False, True]
    assert "1\u00a0lettre" in page
    assert client.get(preview(case.candidacy, end)).status_code == 404
    assert client.get(preview(other, end)).status_code == 200
    assert client.post(preview(case.candidacy, "trancher/"), {}).status_code == 404


def test_an_organiser_who_sits_reads_the_remarks_of_others_after_their_own(client, case):
    person = case.jurors[0].user
    type(person).objects.filter(pk=person.pk).update(is_organiser=True)
    client.force_login(person)
    before = client.get(preview(case.candidacy)).status_code

    handed_in(case.jurors[0], case.candidacy)

    assert (before, client.get(preview(case.candidacy)).status_code) == (404, 200)


@pytest.mark.parametrize("end", ["/", ".pdf"])
def test_the_letter_is_there_for_those_who_serve_the_collectivite_alone(client, case, end):
    case.ready()
    send(case.edition, by=case.organiser)
    statuses = {}
    for name, person in {
        "agent": case.agent,
        "contributor": agent_of(case.town, "contributeur"),
        "nobody": UserFactory(),
        "another": agent_of(CommuneFactory()),
        "juror": case.jurors[0].user,
        "organiser": case.organiser,
    }.items():
        client.force_login(person)
        statuses[name] = client.get(received(case.candidacy, end)).status_code

    assert statuses == {
        "agent": 200,
        "contributor": 200,
        "nobody": 404,
        "another": 404,
        "juror": 404,
        "organiser": 404,
    }


@pytest.mark.parametrize("end", ["/", ".pdf"])
def test_the_letter_is_not_there_before_the_publication(client, case, end):
    case.award()
    case.close()
    case.prepare()
    client.force_login(case.agent)

    assert client.get(received(case.candidacy, end)).status_code == 404


def test_between_publication_and_sending_the_page_says_so(client, case):
    case.award(level=4)
    case.publish()
    case.prepare()
    client.force_login(case.agent)

    page = told(client.get(received(case.candidacy))).partition("<main")[2].partition("</main>")[0]

    assert ["pas encore partie" in page, "arobase" in page] == [True, False]
    assert client.get(received(case.candidacy, ".pdf")).status_code == 404


def test_filters_keep_what_they_name(client, case, organiser):
    case.contradict()
    other = judged(case.edition)

    to_settle = told(client.get(f"{BOARD}?etape=to_settle"))
    named = told(client.get(f"{BOARD}?q={other.collectivity.name}"))
    none = told(client.get(f"{BOARD}?q=zzz"))

    assert [case.town.name in to_settle, other.collectivity.name in to_settle] == [True, False]
    assert [case.town.name in named, other.collectivity.name in named] == [False, True]
    assert "Aucune lettre ne répond à ces filtres" in none


@pytest.mark.parametrize(
    "facts",
    [{"kind": ""}, {"kind": "x"}, {"enjeu": "", "kind": "strength"}, {"enjeu": "0", "kind": "strength"}],
)
def test_what_cannot_be_read_settles_nothing(client, case, organiser, facts):
    enjeu = case.contradict()

    answer = client.post(preview(case.candidacy, "trancher/"), {"enjeu": enjeu.pk} | facts)

    assert (answer.status_code, RemarkSettlement.objects.count()) == (302, 0)


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("dossiers", [1, 3])
@pytest.mark.parametrize(("state", "number"), [("preparing", 10), ("published", 12)])
def test_the_list_asks_a_fixed_number_of_queries(client, case, organiser, dossiers, state, number):
    rows = [case.candidacy, *(judged(case.edition) for _ in range(dossiers - 1))]
    for one in rows:
        case.contradict(one)
        case.award(one)
    if state == "published":
        case.publish()
    case.prepare()

    assert queries(client, BOARD) == number


@pytest.mark.parametrize("number", [1, 3])
def test_a_letter_asks_a_fixed_number_of_queries(client, case, organiser, number):
    picked = enjeux("Éducation", "Santé", "Mobilité")[:number]
    handed_in(case.jurors[0], case.candidacy, strengths=picked)
    handed_in(case.jurors[1], case.candidacy, next_steps=picked)
    case.prepare()

    assert queries(client, preview(case.candidacy)) == 11


def test_a_received_letter_asks_a_fixed_number_of_queries(client, case):
    case.ready()
    send(case.edition, by=case.organiser)
    client.force_login(case.agent)

    assert queries(client, received(case.candidacy)) == 4


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", ["nobody", "agent", "juror", "president"])
def test_screens_of_the_letters_are_the_association_s_alone(client, case, role, method):
    people = {
        "nobody": UserFactory,
        "agent": lambda: case.agent,
        "juror": lambda: case.jurors[0].user,
        "president": lambda: a_juror(case.edition, president=True).user,
    }
    case.prepare()
    client.force_login(people[role]())
    ends = ("", "lettre.pdf", "trancher/")
    pages = [BOARD, *(f"{BOARD}{verb}/" for verb in ("preparation", "envoi", "courriels"))]

    statuses = {getattr(client, method)(one).status_code for one in [*pages, *map(preview_of(case), ends)]}

    assert statuses <= {404, 405}
    assert 404 in statuses


def preview_of(case):
    return lambda end: preview(case.candidacy, end)
