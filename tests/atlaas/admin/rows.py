"""One row of every model that the admin lists, made at once."""

import datetime as dt

from django.utils import timezone

from atlaas.models import (
    Attachment,
    Claim,
    Enjeu,
    Family,
    Heartbeat,
    ImportedSheet,
    Invitation,
    Job,
    Loading,
    Notice,
    Report,
    SavedSearch,
    Service,
    SheetImport,
    Silence,
    Succession,
    Withdrawal,
)
from jury.models import Sitting
from labels.models import (
    Arrival,
    AwardCorrection,
    CandidacySheet,
    CoverageFigure,
    Criterion,
    Derogation,
    EditionMailText,
    Extension,
    NotConcerned,
    PrintedFigure,
    Probe,
    Question,
    Seal,
    Section,
    SeenAs,
    Snapshot,
    Statistic,
    StatisticsRun,
)
from tests.factories.atlaas import (
    AffiliationFactory,
    CommuneFactory,
    DepartementFactory,
    RegionFactory,
    ServiceFactory,
    UserFactory,
    draft_sheet,
    published_sheet,
)
from tests.factories.campaign import CandidacyFactory, SubscriptionFactory, open_edition
from tests.factories.jury import RecusalFactory, a_juror
from tests.factories.labels import AwardFactory, EditionFactory, MentionFactory, MentionThemeFactory
from tests.people import mandate_for

NOW = dt.datetime(2025, 2, 6, tzinfo=dt.UTC)
LEVELS = {f"level_{number}": 0 for number in range(1, 6)}
FIGURES = dict.fromkeys(
    ("laureates", "level_unconfirmed", "ten", "mentions", "communes", "member_communes", "inhabitants"), 0
)


def edition(number):
    return EditionFactory(year=2020 + number)


def family(number):
    return Family.objects.create(name=f"Famille {number}", slug=f"f{number}", position=number)


def enjeu(number):
    words = {"code": f"E{number}", "name": "Enjeu", "slug": f"e{number}", "position": number}
    return Enjeu.objects.create(**words, family=family(number))


def service(number):
    words = {"code": f"S{number}", "name": "Service", "position": number, "first_year": 2025}
    return Service.objects.create(**words, enjeu=enjeu(number))


def succession(number):
    facts = {"old_code": f"0100{number}", "date": NOW, "source": "Arrêté"}
    return Succession.objects.create(successor=CommuneFactory(), **facts)


def printed_figure(number):
    facts = {"key": "ten", "value": 1, "place": "p. 9"}
    return PrintedFigure.objects.create(edition=edition(number), region=RegionFactory(), **facts)


def invitation(number):
    facts = {"email": f"p{number}@exemple.test", "role": "valideur", "secret_hash": f"{number:064}"}
    return Invitation.objects.create(
        collectivity=CommuneFactory(), invited_by=UserFactory(), expires_at=NOW, **facts
    )


def sheet_import(number):
    facts = {"file_name": f"f{number}.csv", "sha256": "0" * 64}
    return SheetImport.objects.create(collectivity=CommuneFactory(), **facts)


def imported_sheet(number):
    facts = {"line": number, "is_new": True, "version_after": 1}
    return ImportedSheet.objects.create(run=sheet_import(number), sheet=draft_sheet(), **facts)


def award(number):
    return AwardFactory(edition=edition(number))


def seal(number):
    facts = {"sha256": "0" * 64, "bundle": "{}", "annex": "{}", "by": UserFactory()}
    return Seal.objects.create(edition=edition(number), **facts)


def correction(number):
    facts = {"before": {}, "after": {}, "reason": "Une erreur", "by": UserFactory()}
    found = award(number)
    return AwardCorrection.objects.create(award=found, edition=found.edition, **facts)


def mention(number):
    return MentionFactory(award=award(number))


def criterion(number):
    facts = {"code": "un", "name": "Un", "anchors": list("01234"), "position": 1}
    return Criterion.objects.create(edition=edition(number), category="ville", **facts)


def mail_text(number):
    return EditionMailText.objects.create(edition=edition(number), kind="receipt", subject="Un", body="Un")


def section(number):
    return Section.objects.create(edition=edition(number), category="ville", title="Une", position=1)


def question(number):
    return Question.objects.create(section=section(number), code="une", text="Une", kind="line", position=1)


def candidacy(number):
    return CandidacyFactory(edition=open_edition(2030 + number))


def chosen(number):
    return CandidacySheet.objects.create(candidacy=candidacy(number), sheet=draft_sheet(), choice="out")


def snapshot(number):
    facts = {"rank": 1, "number": f"n-{number}", "document": "{}", "sha256": "0" * 64, "arrived_at": NOW}
    return Snapshot.objects.create(candidacy=candidacy(number), by=UserFactory(), **facts)


def extension(number):
    until = timezone.now() + dt.timedelta(days=1)
    return Extension.objects.create(
        candidacy=candidacy(number), until=until, reason="Panne", by=UserFactory()
    )


def arrival(number):
    facts = {"method": "GET", "path": f"/{number}", "status": 200, "size": 0, "milliseconds": 1, "at": NOW}
    return Arrival.objects.create(user=UserFactory(), **facts)


ROWS = {
    "jury.juror": lambda number: a_juror(open_edition(2030 + number)),
    "jury.recusal": lambda number: RecusalFactory(juror=a_juror(open_edition(2030 + number))),
    "jury.sitting": lambda number: Sitting.objects.create(edition=open_edition(2030 + number)),
    "labels.criterion": criterion,
    "labels.editionmailtext": mail_text,
    "labels.section": section,
    "labels.question": question,
    "labels.subscription": lambda _: SubscriptionFactory(),
    "labels.notconcerned": lambda number: NotConcerned.objects.create(
        collectivity=CommuneFactory(), service=service(number), by=UserFactory()
    ),
    "labels.candidacy": candidacy,
    "labels.candidacysheet": chosen,
    "labels.candidacystep": lambda number: candidacy(number).steps.create(step="start", by=UserFactory()),
    "labels.snapshot": snapshot,
    "labels.derogation": lambda number: Derogation.objects.create(
        edition=edition(number), collectivity=CommuneFactory(), reason="Motif"
    ),
    "labels.extension": extension,
    "labels.probe": lambda number: Probe.objects.create(minute=NOW + dt.timedelta(minutes=number)),
    "labels.arrival": arrival,
    "labels.seenas": lambda _: SeenAs.objects.create(
        organiser=UserFactory(), collectivity=CommuneFactory(), path="/"
    ),
    "atlaas.attachment": lambda _: Attachment.objects.create(
        sheet=draft_sheet(), kind="pdf", name="Convention", size=1, sha256="0" * 64
    ),
    "atlaas.publicsheet": lambda _: published_sheet().public,
    "atlaas.report": lambda number: Report.objects.create(sheet=draft_sheet(), message=f"m{number}"),
    "atlaas.revision": lambda _: published_sheet().revisions.get(),
    "atlaas.sheet": lambda _: draft_sheet(),
    "atlaas.sheetstep": lambda _: draft_sheet().steps.get(),
    "atlaas.withdrawal": lambda _: Withdrawal.objects.create(
        sheet=draft_sheet(), reason="Motif", by=UserFactory()
    ),
    "atlaas.silence": lambda _: Silence.objects.create(user=UserFactory(), kind="fiche"),
    "atlaas.notice": lambda number: Notice.objects.create(
        user=UserFactory(), kind="fiche", key=str(number), title="Une nouvelle"
    ),
    "atlaas.mandate": lambda _: mandate_for(CommuneFactory()),
    "atlaas.invitation": invitation,
    "atlaas.importedsheet": imported_sheet,
    "atlaas.savedsearch": lambda number: SavedSearch.objects.create(user=UserFactory(), name=f"s{number}"),
    "atlaas.sheetimport": sheet_import,
    "atlaas.claim": lambda _: Claim.objects.create(
        collectivity=CommuneFactory(), user=UserFactory(), function="Maire"
    ),
    "atlaas.affiliation": lambda _: AffiliationFactory(),
    "atlaas.collectivity": lambda _: CommuneFactory(),
    "atlaas.departement": lambda _: DepartementFactory(),
    "atlaas.enjeu": enjeu,
    "atlaas.family": family,
    "atlaas.heartbeat": lambda number: Heartbeat.objects.create(name=f"b{number}", at=NOW),
    "atlaas.job": lambda number: Job.objects.create(kind="statistics", key=str(number)),
    "atlaas.loading": lambda _: Loading.objects.create(command="import", file_name="f.csv", sha256="0" * 64),
    "atlaas.region": lambda _: RegionFactory(),
    "atlaas.service": service,
    "atlaas.succession": succession,
    "atlaas.user": lambda _: UserFactory(),
    "labels.award": award,
    "labels.awardcorrection": correction,
    "labels.awardevent": award,
    "labels.edition": edition,
    "labels.editionevent": edition,
    "labels.mention": mention,
    "labels.jurymember": lambda number: edition(number).jury_members.create(name=f"Membre {number}"),
    "labels.mentiontheme": lambda number: MentionThemeFactory(edition=edition(number)),
    "labels.printedfigure": printed_figure,
    "labels.seal": seal,
    "labels.rulebook": edition,
    "labels.rulebookevent": edition,
    "labels.coveragefigure": lambda number: CoverageFigure.objects.create(
        edition=edition(number), enjeu=ServiceFactory().enjeu, dossiers=1, sheets=1
    ),
    "labels.statistic": lambda number: Statistic.objects.create(
        edition=edition(number), region=RegionFactory(), **LEVELS, **FIGURES
    ),
    "labels.statisticsrun": lambda number: StatisticsRun.objects.create(
        edition=edition(number), computed_at=NOW, digest="0" * 64
    ),
}
