"""Verbs of the letters of an edition: settle a contradiction, prepare, send. Sent is for good."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from atlaas.models import Enjeu, User
from atlaas.operations import job
from atlaas.permissions import is_organiser, require_organiser
from atlaas.queries.audience import people_of
from atlaas.rules.refusal import Refused
from atlaas.rules.text import french
from jury.choices import SettledAs
from jury.models import Juror, Letter, LetterCopy, RemarkSettlement
from jury.operations.hold import hold_sitting
from jury.queries import letter as stored
from jury.queries.letter_board import changed, held_back
from labels.models import Candidacy, Edition
from labels.operations.candidacy_mail import MAY_FILE

PREPARE, MAILS = "letters", "letter-mails"
BATCH = 50  # letters that one transaction of the preparation holds


@transaction.atomic
def settle(
    candidacy: Candidacy, enjeu: Enjeu, kind: SettledAs, *, by: User, reason: str = ""
) -> RemarkSettlement:
    """Say what the letter keeps of an enjeu on which two jurors contradict each other; it may change until it is sent."""
    hold_sitting(candidacy.edition)
    _require_reader(candidacy, by)
    if Letter.objects.filter(candidacy=candidacy, sent_at__isnull=False).exists():
        raise Refused("Cette lettre est partie : elle ne change plus.")
    if enjeu.pk not in {one.enjeu for one in stored.contradictions_of(candidacy)}:
        raise Refused("Les jurés ne se contredisent pas sur cet enjeu : rechargez la page.")
    facts = {"kind": SettledAs(kind), "reason": french(reason), "by": by, "at": timezone.now()}
    made, _ = RemarkSettlement.objects.update_or_create(candidacy=candidacy, enjeu=enjeu, defaults=facts)
    if Letter.objects.filter(candidacy=candidacy).exists():
        _make(candidacy.edition, [candidacy])
    return made


def _require_reader(candidacy: Candidacy, by: User) -> None:
    """An organiser, or the president of that jury, who may read this letter; a dossier one is tied to does not exist."""
    edition = candidacy.edition
    presides = Juror.objects.of(by).filter(edition=edition, member__is_president=True).exists()
    found = stored.readable_by(by, edition)
    if not (presides or is_organiser(by)) or not found.filter(pk=candidacy.pk).exists():
        raise Refused("Seule l’équipe de l’association, ou qui préside le jury, peut le faire.")


@transaction.atomic
def prepare(edition: Edition, *, by: User) -> None:
    """Ask for the letters that have not left to be made, or made again; twice asks once."""
    require_organiser(by)
    job.request(PREPARE, key=str(edition.year))


@job.commits_as_it_goes
def make(key: str) -> None:
    """Make the letters of the edition of the year `key`; killed on the way, it starts over and writes only what changed."""
    edition = Edition.objects.get(year=int(key))
    rows = stored.to_send(edition)
    for start in range(0, len(rows), BATCH):
        with transaction.atomic():
            hold_sitting(edition)
            _make(edition, rows[start : start + BATCH])
            job.report(min(start + BATCH, len(rows)), len(rows))


def _make(edition: Edition, rows: Sequence[Candidacy]) -> None:
    """Write the letters of these dossiers that have not left and that are not already so; the sitting is held."""
    known = {one.candidacy_id: one for one in Letter.objects.filter(candidacy__in=rows)}
    found = stored.drafts(edition, [one for one in rows if one.pk not in known or not known[one.pk].sent_at])
    new = [
        Letter(candidacy_id=key, document=one.document, sha256=one.sha256, level=one.level)
        for key, one in found.items()
        if key not in known
    ]
    Letter.objects.bulk_create(new)
    for key, one in found.items():
        if key in known and known[key].sha256 != one.sha256:
            facts = {"document": one.document, "sha256": one.sha256, "level": one.level, "made_at": Now()}
            Letter.objects.filter(pk=known[key].pk).update(**facts)


@transaction.atomic
def send(edition: Edition, *, by: User) -> int:
    """Send every letter that has not left, all or none: answers how many leave. Twice does no more than once."""
    require_organiser(by)
    hold_sitting(edition)
    if stored.is_kept_from_some(stored.seats_in(edition, by)):
        raise Refused(
            "Vous siégez dans ce jury et toutes ses lettres ne vous sont pas ouvertes : une autre personne de l’équipe "
            "les envoie."
        )
    if why := held_back(edition, stored.unsettled(edition)):
        raise Refused(why)
    rows = stored.to_send(edition)
    if number := changed(edition, rows):
        raise Refused(f"Préparez de nouveau les lettres : {number} ne diraient plus la même chose.")
    letters = [one.letter for one in rows]
    keys = [one.pk for one in letters]
    Letter.objects.filter(pk__in=keys).update(sent_at=Now(), sent_by=by)
    LetterCopy.objects.bulk_create(
        LetterCopy(letter=one.letter, email=address) for one in rows for address in _addresses(one)
    )
    if stored.copies_waiting(edition).exists():
        job.request(MAILS, key=str(edition.year))
    return len(letters)


@transaction.atomic
def mail_again(edition: Edition, *, by: User) -> None:
    """Ask again for the mails that no worker could hand over; an address that was taken is not mailed a second time."""
    require_organiser(by)
    if not stored.copies_waiting(edition).exists():
        raise Refused("Aucun courriel n’attend : il n’y a rien à renvoyer.")
    job.request(MAILS, key=str(edition.year))


def _addresses(candidacy: Candidacy) -> list[str]:
    """Those who may file for the collectivité, and its service's own address; each once."""
    people = people_of(candidacy.collectivity, MAY_FILE).filter(is_active=True).order_by("pk")
    told = [*people.values_list("email", flat=True), candidacy.contact_email]
    return list(dict.fromkeys(one.lower() for one in told if one))
