"""The invented jury: seated, tied, ready to sit, the same each time, and never on a real edition."""

import datetime as dt
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from atlaas.models import Job, User
from atlaas.operations import job
from atlaas.operations.job import run_pending
from atlaas.operations.referential import import_referential
from atlaas.queries.demo import demo_account
from atlaas.rules.refusal import Refused
from jury.models import Assignment, Evaluation, Juror, Recusal, Remark, Score, ScoreChange, Sitting
from jury.operations.demo import seat_jury
from jury.operations.demo_stage import rebuild
from jury.queries.demo import figures
from jury.queries.door import candidates
from jury.queries.journal import verify
from labels.models import Candidacy, Edition, Rulebook, Seal, Snapshot, Subscription
from labels.operations.demo_campaign import seed_campaign
from labels.operations.demo_corpus import seed
from tests.factories.atlaas import CommuneFactory
from tests.factories.labels import AwardFactory, EditionFactory

pytestmark = pytest.mark.django_db
REFERENTIAL = Path(__file__).resolve().parents[3] / "atlaas" / "data" / "referential_2025.csv"
REAL = 2025
YEAR = REAL + 2
TOWNS, DOSSIERS = 8, 5


@pytest.fixture
def corpus(settings):
    """Laureates of a real palmarès with their invented fiches, the accounts of the demonstration, the year before."""
    settings.DEMO = True
    import_referential(REFERENTIAL, year=REAL)
    edition = EditionFactory(year=REAL)
    EditionFactory(year=YEAR - 1, coverage="attested")
    for place in range(TOWNS):
        town = CommuneFactory(code=f"100{place:02}", population=800, lon=2.0 + place, lat=47.0)
        AwardFactory(edition=edition, collectivity=town, level=place % 5 + 1)
    seed(size=90, today=timezone.localdate())


@pytest.fixture
def judged(corpus):
    """The edition at the jury."""
    return rebuild("jury", dossiers=DOSSIERS)


def test_a_jury_of_fifteen_is_ready_to_sit(judged):
    found = figures(judged)

    assert (found["jurors"], found["ties"]) == (15, 8)
    assert (found["at the jury"], found["with the year before"]) == (DOSSIERS, DOSSIERS)
    assert found["fragile"] >= 1
    assert 0 < found["in progress"] < found["handed in"]
    assert not Juror.objects.filter(declared_at=None).exists()
    assert {one.function.endswith("(démonstration)") for one in judged.jury_members.all()} == {True}
    assert Sitting.objects.get(edition=judged).state == "preparing"


def test_the_president_and_a_juror_are_those_of_the_bar(judged):
    seats = {role: Juror.objects.get(user=demo_account(role)) for role in ("presidence", "jure")}

    assert {role: seat.is_president for role, seat in seats.items()} == {"presidence": True, "jure": False}
    assert User.objects.filter(email__in=Juror.objects.values("email"), is_demo=True).count() == 15


def test_nobody_reads_what_they_are_tied_to(judged):
    tied = set(Recusal.objects.values_list("juror", "collectivity"))
    read = set(Assignment.objects.values_list("juror", "candidacy__collectivity"))

    assert tied & read == set()
    assert len(read) == 3 * DOSSIERS


def test_what_is_handed_in_is_whole(judged):
    for one in Evaluation.objects.filter(state="submitted"):
        assert (one.level in range(1, 6), one.scores.count(), one.remarks.count() >= 2) == (True, 6, True)
        assert judged.closes_at < one.submitted_at <= timezone.now()
    assert not Remark.objects.filter(evaluation__state="draft").exists()
    assert {one.scores.count() for one in Evaluation.objects.filter(state="draft")} == {3}
    assert ScoreChange.objects.count() == 1


def test_a_jury_that_sits_is_left_alone(judged):
    before = set(Score.objects.values_list("pk", flat=True))

    assert seat_jury(judged) is False
    assert set(Score.objects.values_list("pk", flat=True)) == before


def test_no_jury_is_invented_for_a_real_edition(corpus):
    with pytest.raises(Refused, match="n’est pas une démonstration"):
        seat_jury(Edition.objects.get(year=REAL))


def test_a_jury_needs_someone_of_the_association(corpus, settings):
    settings.DEMO = False

    with pytest.raises(Refused, match="compte de l’association"):
        rebuild("jury", dossiers=1, outside_demo=True)


def test_the_jury_comes_with_the_job_of_the_campaign(corpus):
    Job.objects.all().delete()
    job.request("demo-campaign", key="3:2")

    run_pending(limit=1)

    assert Job.objects.get(kind="demo-campaign").state == "done"
    assert Juror.objects.filter(edition__year=YEAR).count() == 15
    assert candidates(Edition.objects.get(year=YEAR)).count() == 3


def readings():
    return set(Evaluation.objects.values_list("juror__email", "candidacy", "state", "level"))


def test_a_stage_twice_gives_the_same(judged):
    before, told = readings(), figures(judged)

    again = rebuild("jury", dossiers=DOSSIERS)

    assert (readings(), figures(again)) == (before, told)
    assert again.pk != judged.pk
    assert Edition.objects.filter(is_demo=True).count() == Rulebook.objects.filter(edition=again).count() == 1
    assert Snapshot.objects.count() == 2 * DOSSIERS


def test_back_to_the_campaign_nobody_judges(judged):
    edition = rebuild("campaign")

    assert edition.closes_at > timezone.now()
    assert set(edition.candidacies.values_list("state", flat=True)) == {
        "draft",
        "filed",
        "correcting",
        "withdrawn",
    }
    assert (Juror.objects.count(), Evaluation.objects.count(), Score.objects.count()) == (0, 0, 0)
    assert Subscription.objects.filter(year=YEAR).count() == TOWNS - 1


def test_a_campaign_started_over_stays_open(corpus):
    edition = rebuild("campaign")
    stood = edition.candidacies.count()

    seed_campaign(closed=DOSSIERS, opened=0)

    edition.refresh_from_db()
    assert (edition.closes_at > timezone.now(), edition.candidacies.count()) == (True, stood)
    assert seat_jury(edition) is False


def test_a_published_demonstration_starts_over(judged):
    AwardFactory(edition=judged, collectivity=judged.candidacies.first().collectivity, level=3)
    Edition.objects.filter(pk=judged.pk).update(published_at=timezone.now() - dt.timedelta(minutes=1))

    edition = rebuild("jury", dossiers=DOSSIERS)

    assert (edition.published_at, edition.awards.count()) == (None, 0)
    assert candidates(edition).count() == DOSSIERS


@pytest.mark.parametrize("year", [REAL, YEAR - 1, YEAR + 1])
def test_another_edition_is_refused_and_nothing_goes(corpus, year):
    seed_campaign(closed=1, opened=2)
    before = set(Candidacy.objects.values_list("pk", flat=True))

    with pytest.raises(CommandError, match=f"{year} n’est pas celle de la démonstration"):
        call_command("seed_demo", stage="campaign", year=year)
    assert set(Candidacy.objects.values_list("pk", flat=True)) == before


def test_a_real_edition_in_its_place_is_refused(corpus):
    seed_campaign(closed=1, opened=0)
    Edition.objects.filter(year=YEAR).update(is_demo=False)

    with pytest.raises(CommandError, match="rien n’a été effacé"):
        call_command("seed_demo", stage="campaign")
    assert Candidacy.objects.filter(edition__year=YEAR).count() == 1


@pytest.mark.parametrize("stage", ["sealed", "published"])
def test_a_sitting_is_held_by_its_own_verbs(corpus, stage):
    edition = rebuild(stage, dossiers=DOSSIERS)

    assert verify(edition) is None
    assert (edition.sitting.state, edition.sitting.signatures.count()) == ("closed", 2)
    assert edition.awards.count() == candidates(edition).count() == DOSSIERS
    assert edition.seal.sha256 == Seal.objects.get().sha256
    assert (edition.published_at is not None) == (stage == "published")


def test_a_stage_needs_the_fiches(settings):
    settings.DEMO = True
    EditionFactory(year=REAL)

    with pytest.raises(CommandError, match="fiches inventées ne sont pas encore là"):
        call_command("seed_demo", stage="jury")
    assert not Edition.objects.filter(is_demo=True).exists()


def test_a_stage_exists_in_the_demonstration_only(settings):
    settings.DEMO = False
    EditionFactory(year=REAL)

    with pytest.raises(CommandError, match="démonstration"):
        call_command("seed_demo", stage="jury")


def test_the_command_tells_what_it_made(corpus, capsys):
    call_command("seed_demo", stage="campaign", year=YEAR)

    assert capsys.readouterr().out == (
        "stage campaign: the edition is erased and made again…\n"
        f"edition {YEAR}: candidacies {TOWNS}, at the jury 0, with the year before 0, jurors 0, ties 0, "
        "handed in 0, in progress 0, fragile 0\n"
    )


def test_a_year_goes_with_a_stage():
    with pytest.raises(CommandError, match="--year goes with --stage"):
        call_command("seed_demo", year=YEAR)
