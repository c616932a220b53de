import datetime as dt
import hashlib
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from atlaas.choices import SheetState
from atlaas.models import Affiliation, Enjeu, Job, PublicSheet, Revision, Service, Sheet, SheetStep, User
from atlaas.operations import job
from atlaas.operations.publication import project_all
from atlaas.operations.referential import import_referential
from atlaas.operations.sheet import save
from atlaas.queries.sheet import content_of
from atlaas.rules.refusal import Refused
from atlaas.rules.sheet import FACTS
from labels.operations import demo_corpus
from labels.operations.demo_corpus import ask, build, erase, seed
from labels.queries.demo_corpus import Progress, progress
from tests.factories.atlaas import CommuneFactory, GroupFactory, agent_of, published_sheet
from tests.factories.labels import AwardFactory, EditionFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 3, 1)
REFERENTIAL = Path(__file__).resolve().parents[3] / "atlaas" / "data" / "referential_2025.csv"


@pytest.fixture(autouse=True)
def palmares(settings):
    """Five laureates, one a level, of which one is a group with two members; the real référentiel."""
    settings.DEMO = True
    import_referential(REFERENTIAL, year=2025)
    Job.objects.all().delete()
    edition = EditionFactory(year=2025)
    group = GroupFactory(code="200000009")
    for place, code in enumerate(("10001", "10002", "10003", "10004")):
        town = CommuneFactory(code=code, lon=2.0 + place, lat=47.0)
        AwardFactory(edition=edition, collectivity=town, level=place + 1)
    for place in range(2):
        CommuneFactory(code=f"2000{place}", epci=group, lon=-61.0, lat=14.5 + place)
    AwardFactory(edition=edition, collectivity=group, level=5)


def footprint():
    """SHA-256 of everything written, but the keys that the database gives."""
    sheets = Sheet.objects.order_by("pk").values_list(
        "pk", "collectivity__code", "state", "created_at", "saved_at", *FACTS
    )
    public = PublicSheet.objects.order_by("pk").values_list(
        "pk", "updated_at", "published_at", "service_names", *FACTS
    )
    parts = (
        sheets,
        public,
        Revision.objects.order_by("sheet", "number").values_list("sheet", "number", "kind", "digest", "at"),
        SheetStep.objects.order_by("sheet", "at", "step").values_list("sheet", "step", "at"),
        Sheet.services.through.objects.order_by("sheet", "service__code").values_list(
            "sheet", "service__code"
        ),
    )
    return hashlib.sha256(repr([list(part) for part in parts]).encode()).hexdigest()


def test_seed_writes_as_many_as_asked_all_of_them_marked():
    written = seed(size=300, today=TODAY)

    assert written == 300
    assert Counter(Sheet.objects.values_list("state", flat=True)) == {
        SheetState.PUBLISHED: 293,
        SheetState.ARCHIVED: 4,
        SheetState.DRAFT: 3,
    }
    assert set(Sheet.objects.values_list("is_demo", flat=True)) == {True}
    assert list(PublicSheet.objects.order_by().values_list("is_demo").distinct()) == [(True,)]
    assert PublicSheet.objects.count() == 293


def test_seed_writes_what_the_verbs_would_have_written():
    seed(size=200, today=TODAY)

    for sheet in Sheet.objects.filter(state=SheetState.PUBLISHED)[:40]:
        last = sheet.revisions.order_by("-number")[0]
        assert content_of(sheet) == last.content
        assert sheet.version == sheet.published_version == last.number
        assert not sheet.has_unpublished_changes
    before = list(PublicSheet.objects.order_by("pk").values())
    project_all()
    assert list(PublicSheet.objects.order_by("pk").values()) == before


def test_seed_again_writes_nothing_and_changes_nothing():
    seed(size=120, today=TODAY)
    before = footprint()

    again = seed(size=120, today=TODAY + dt.timedelta(days=40))

    assert (again, footprint()) == (0, before)


def test_reset_makes_the_same_fiches():
    seed(size=120, today=TODAY)
    before = footprint()

    written = seed(size=120, today=TODAY, reset=True)

    assert (written, footprint()) == (120, before)


def test_seed_interrupted_takes_up_where_it_stopped(monkeypatch):
    monkeypatch.setattr(demo_corpus, "BATCH", 30)
    seed(size=120, today=TODAY)
    whole = footprint()
    erase()

    def die(done, _total):
        if done == 90:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        seed(size=120, today=TODAY, tell=die)
    assert Sheet.objects.count() == 60
    assert (seed(size=120, today=TODAY), footprint()) == (60, whole)


def test_seed_never_touches_what_people_wrote():
    mine = published_sheet(CommuneFactory(code="10001"))
    before = PublicSheet.objects.get()

    seed(size=60, today=TODAY)
    seed(size=60, today=TODAY, reset=True)

    assert Sheet.objects.get(is_demo=False) == mine
    assert PublicSheet.objects.get(is_demo=False).revision_id == before.revision_id


def test_seed_leaves_an_invented_fiche_as_someone_changed_it():
    seed(size=60, today=TODAY)
    sheet = Sheet.objects.filter(state=SheetState.PUBLISHED).first()
    save(sheet, by=agent_of(sheet.collectivity), version=sheet.version, facts={"title": "Le mien"})

    seed(size=60, today=TODAY)

    sheet.refresh_from_db()
    assert sheet.title == "Le mien"


def test_erase_takes_what_people_tried_out_in_the_demo_too():
    seed(size=60, today=TODAY)
    town = CommuneFactory(code="10001")
    published_sheet(town, by=agent_of(town, is_demo=True))

    assert erase() == 61
    assert (Sheet.objects.count(), Revision.objects.count()) == (0, 0)


def test_people_are_invented_and_may_publish_for_their_collectivity():
    seed(size=30, today=TODAY)
    seed(size=30, today=TODAY)

    agents = User.objects.filter(email__startswith="agent-")
    assert Counter(agents.values_list("is_demo", "is_organiser", "is_staff")) == {(True, False, False): 5}
    assert [user.has_usable_password() for user in agents] == [False] * 5
    assert {user.name.split()[-1] for user in agents} == {"Exemple"}
    assert Counter(Affiliation.objects.values_list("role", flat=True)) == {"valideur": 5}


def test_fiches_of_a_group_stand_in_its_members():
    seed(size=200, today=TODAY)

    lats = Sheet.objects.filter(collectivity__code="200000009").values_list("lat", "lon")
    assert {(round(lat, 1), round(lon, 1)) for lat, lon in lats} == {(14.5, -61.0), (15.5, -61.0)}


def test_fiches_are_tied_to_services_that_are_in_force():
    Service.objects.filter(enjeu=Enjeu.objects.get(code="MED")).update(last_year=2025)

    seed(size=200, today=TODAY)

    used = Service.objects.filter(sheets__is_demo=True)
    assert used.filter(enjeu__code="MED").count() == 0
    assert used.values("enjeu").distinct().count() == 15


def test_seed_outside_of_the_demonstration_is_refused_unless_meant(settings):
    settings.DEMO = False

    with pytest.raises(Refused, match="que dans la démonstration"):
        seed(size=10, today=TODAY)
    with pytest.raises(Refused, match="que dans la démonstration"):
        ask(10)

    assert (Sheet.objects.count(), Job.objects.count()) == (0, 0)
    assert seed(size=10, today=TODAY, outside_demo=True) == 10


def test_seed_without_a_palmares_is_refused():
    EditionFactory._meta.model.objects.update(coverage="attested")

    with pytest.raises(Refused, match="Chargez d’abord un palmarès"):
        seed(size=10, today=TODAY)


def test_seed_of_another_size_is_refused():
    seed(size=40, today=TODAY)

    with pytest.raises(Refused, match="effacez-le d’abord"):
        seed(size=41, today=TODAY)

    assert Sheet.objects.count() == 40


def test_job_writes_the_corpus_and_shows_how_far_it_is(monkeypatch):
    monkeypatch.setattr(demo_corpus, "BATCH", 20)
    assert progress() is None
    assert ask(50) is True
    assert progress() == Progress(0, 50)
    seen = []
    monkeypatch.setattr(demo_corpus.job, "report", told(seen))

    job.run_pending()

    assert seen == [Progress(20, 50), Progress(40, 50), Progress(50, 50)]
    assert progress() is None
    assert ask(50) is False


def told(seen):
    report = job.report

    def tell(done, total):
        report(done, total)
        seen.append(progress())

    return tell


def test_job_done_twice_writes_once():
    assert (build("40"), build("40")) == (40, 0)


def test_project_costs_three_queries_whatever_the_number():
    seed(size=40, today=TODAY)

    with CaptureQueriesContext(connection) as captured, transaction.atomic():
        project_all()

    assert len([one for one in captured if "SAVEPOINT" not in one["sql"]]) == 4


@pytest.mark.parametrize("size", ["0", "-3"])
def test_command_refuses_a_size_that_is_none(size):
    with pytest.raises(CommandError, match="from 1 up"):
        call_command("seed_demo", f"--size={size}")


def test_command_writes_or_asks(capsys):
    call_command("seed_demo", size=20)
    call_command("seed_demo", size=20)
    call_command("seed_demo", size=20, later=True)
    told = [line.split("\r")[-1] for line in capsys.readouterr().out.rstrip().split("\n")]
    assert [line for line in told if not line.startswith("edition ")] == [
        "fiches: 20 written, 0 there already",
        "candidacies: 10 made",
        "fiches: 0 written, 20 there already",
        "candidacies: 0 made",
    ]

    call_command("seed_demo", size=21, reset=True)
    with pytest.raises(CommandError, match="effacez-le"):
        call_command("seed_demo", size=20, later=True)


def test_command_asks_the_worker(capsys):
    call_command("seed_demo", size=20, later=True)

    assert capsys.readouterr().out == "fiches: 20 asked of the worker\n"
    assert Job.objects.values_list("kind", "key").get() == ("demo-corpus", "20")
