"""What the letters of an edition cost: prepared, set as PDF, sent; three jurors and eight remarks a dossier."""

import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import cycle, islice
from uuid import uuid4

from django.core import mail
from django.db import transaction
from django.test.utils import override_settings
from django.utils import timezone

from atlaas.models import Collectivity, Enjeu, User
from jury.models import Evaluation, Juror, Letter, LetterCopy, Remark
from jury.operations.letter import make, send
from jury.operations.letter_mail import send as send_mails
from jury.queries.letter_document import letter_pdf
from labels.choices import CandidacyState, Category, Coverage
from labels.management.commands.import_edition_kit import KIT
from labels.models import Award, Candidacy, Edition, JuryMember, Rulebook, Snapshot
from labels.operations.edition_kit import import_edition_kit

YEAR = 2198
LETTERS, JURORS, REMARKS = 226, 3, 8
BUDGET = 60  # seconds, for the letters and their PDFs


def letter_lines() -> list[str]:
    """A line each; every row made for it is rolled back, and no mail leaves."""
    with transaction.atomic():
        organiser = _stage()
        prepared = _seconds(lambda: make(str(YEAR)))
        letters = list(Letter.objects.filter(candidacy__edition__year=YEAR))
        drawn = _seconds(lambda: _draw(letters))
        told = f"{len(letters)} letters prepared, their PDFs: {prepared:.1f} s + {drawn:.1f} s, budget {BUDGET} s"
        lines = [f"{told}{' !' if prepared + drawn > BUDGET else ''}", _sending(organiser)]
        transaction.set_rollback(True)
    return lines


def _draw(letters: Sequence[Letter]) -> None:
    for one in letters:
        letter_pdf(one.document, made_at=one.made_at, sent_at=one.sent_at)


def _sending(organiser: User) -> str:
    edition = Edition.objects.get(year=YEAR)
    sent = _seconds(lambda: send(edition, by=organiser))
    kept = {
        "EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend",
        "PUBLIC_URL": "https://mesure.example",
    }
    mail.outbox = []
    with override_settings(**kept):
        mailed = _seconds(lambda: send_mails(str(YEAR)))
    number = LetterCopy.objects.filter(handed_at__isnull=False, letter__candidacy__edition=edition).count()
    return f"the same sent, {number} mails with the PDF written: {sent:.1f} s + {mailed:.1f} s"


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _stage() -> User:
    """A public edition whose jury has picked its remarks; answers an organiser."""
    at = timezone.now()
    edition = Edition.objects.create(
        year=YEAR,
        coverage=Coverage.COMPLETE,
        is_demo=True,
        opens_at=at - timedelta(days=9),
        closes_at=at - timedelta(days=1),
        referential_year=2025,
    )
    Rulebook.objects.create(edition=edition)
    import_edition_kit(KIT, year=YEAR)
    places = Collectivity.objects.filter(kind="commune", awards__isnull=False).distinct().order_by("pk")
    for place in places[:LETTERS]:
        _file(edition, place)
    _judge(edition)
    Edition.objects.filter(pk=edition.pk).update(published_at=at - timedelta(seconds=1))
    return _person(is_organiser=True)


def _file(edition: Edition, place: Collectivity) -> None:
    facts = {"contact_email": f"mesure-{place.code}@demo.example"}
    candidacy = Candidacy.objects.create(
        edition=edition, collectivity=place, category=Category.VILLE, **facts
    )
    filed = Snapshot.objects.create(
        candidacy=candidacy,
        rank=1,
        number=uuid4().hex[:20],
        document="{}",
        sha256="0" * 64,
        arrived_at=timezone.now(),
    )
    Candidacy.objects.filter(pk=candidacy.pk).update(state=CandidacyState.FILED, filed=filed)
    Award.objects.create(edition=edition, collectivity=place, category=Category.VILLE, level=3)


def _judge(edition: Edition) -> None:
    """Each juror picks eight enjeux, in turn: strengths first, the same for all, so that nobody contradicts anybody."""
    enjeux = list(Enjeu.objects.all())
    grid = list(edition.criteria.filter(category=Category.VILLE))
    for rank in range(JURORS):
        juror = _juror(edition, rank)
        for place, candidacy in enumerate(edition.candidacies.all()):
            evaluation = _evaluation(juror, candidacy)
            picked = islice(cycle(enjeux), place % len(enjeux), place % len(enjeux) + REMARKS)
            Remark.objects.bulk_create(
                Remark(
                    evaluation=evaluation,
                    enjeu=enjeu,
                    criterion=grid[(rank + step) % len(grid)],
                    kind="strength" if step < REMARKS / 2 else "next_step",
                )
                for step, enjeu in enumerate(picked)
            )


def _evaluation(juror: Juror, candidacy: Candidacy) -> Evaluation:
    facts = {"state": "submitted", "level": 3, "submitted_at": timezone.now()}
    return Evaluation.objects.create(
        juror=juror, candidacy=candidacy, snapshot_id=candidacy.filed_id, **facts
    )


def _juror(edition: Edition, rank: int) -> Juror:
    member = JuryMember.objects.create(edition=edition, name=f"Mesure {rank}")
    user, at = _person(), timezone.now()
    return Juror.objects.create(
        edition=edition, member=member, email=user.email, user=user, joined_at=at, declared_at=at
    )


def _person(**facts: bool) -> User:
    email = f"mesure-{uuid4().hex[:8]}@demo.example"
    return User.objects.create_user(email, None, name="Mesure", is_demo=True, **facts)
