"""What the letters of an edition are made of, who may read them before they leave, and what still holds them back."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from atlaas.models import User
from jury.choices import EvaluationState, RemarkKind
from jury.models import Evaluation, Juror, Letter, LetterCopy, Recusal, Remark, RemarkSettlement
from jury.queries.door import candidates, tied_to
from jury.queries.juror import closed_sitting, is_closed
from jury.queries.recusal import counted_evaluations
from jury.rules.item import JUDGED
from jury.rules.letter import Contradiction, Facts, Said, contradictions, letter_of, points
from labels.models import Award, Candidacy, Edition
from labels.rules.snapshot import canonical, sha256

PLACE = ("collectivity__region", "collectivity__departement", "edition")


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter as it would be made now."""

    document: str
    sha256: str
    level: int | None


def seats_in(edition: Edition, user: User) -> list[Juror]:
    """The seats a person has or had in that jury, the one they are invited to included: ties follow the person (one query).

    Each with `is_closed`, whether the sitting is, and `is_tied`, whether a tie is in force.
    """
    theirs = Q(user=user) | Q(user=None, email=user.email.lower())
    ties = Recusal.objects.filter(juror=OuterRef("pk"), dismissed_at=None)
    rows = Juror.objects.filter(theirs, edition=edition).select_related("edition", "member")
    return list(rows.annotate(is_closed=closed_sitting(), is_tied=Exists(ties)))


def _has_handed_in(seat: Juror) -> QuerySet[Evaluation]:
    found: QuerySet[Evaluation] = Evaluation.objects.filter(juror=seat, state=EvaluationState.SUBMITTED)
    return found


def readable_by(user: User, edition: Edition) -> QuerySet[Candidacy]:
    """Door of the letters before they leave, for the association's team; see `readable_from`."""
    return readable_from(seats_in(edition, user), edition)


def readable_from(seats: Iterable[Juror], edition: Edition) -> QuerySet[Candidacy]:
    """The dossiers whose letter a person with these seats in the jury (`seats_in`) may read; all for who has none.

    Who sits finds no trace of the dossiers they are tied to, nothing before they declared their ties and, until the sitting
    is closed, only those that they have handed in: the remarks of others come after one's own.
    """
    found = candidates(edition)
    for seat in seats:
        found = found.exclude(collectivity__in=tied_to(seat))
        if seat.left_at is None and not seat.has_declared:
            return found.none()
        if seat.left_at is None and not _flag(seat, "is_closed"):
            found = found.filter(pk__in=_has_handed_in(seat).values("candidacy"))
    return found


def is_kept_from_some(seats: Iterable[Juror]) -> bool:
    """Whether a letter may be hidden from who has these seats: a tie in force, undeclared ties, a sitting not closed."""
    return any(
        _flag(seat, "is_tied")
        or (seat.left_at is None and not (seat.has_declared and _flag(seat, "is_closed")))
        for seat in seats
    )


def _flag(seat: Juror, name: str) -> bool:
    return bool(vars(seat)[name])


def _remarks(edition: Edition, keys: Collection[UUID] | None = None) -> QuerySet[Remark]:
    """The remarks that count: of evaluations handed in, by who sits and is not tied to the dossier (one query beforehand).

    The evaluations are read first: as a subquery, a plan without statistics looks for ties once a remark.
    """
    counted = counted_evaluations(edition).filter(state=EvaluationState.SUBMITTED)
    if keys is not None:
        counted = counted.filter(candidacy__in=keys)
    found: QuerySet[Remark] = Remark.objects.filter(evaluation__in=list(counted.values_list("pk", flat=True)))
    return found.order_by()


def remarks_of(edition: Edition, keys: Collection[UUID]) -> dict[UUID, list[Said]]:
    """The remarks of these dossiers, without anything of who made them (two queries)."""
    told = ("family__position", "position", "code", "pk", "name")
    names = [f"enjeu__{one}" for one in told]
    rows = _remarks(edition, keys)
    found: dict[UUID, list[Said]] = defaultdict(list)
    for candidacy, family, position, code, enjeu, name, kind, place, criterion in rows.values_list(
        "evaluation__candidacy", *names, "kind", "criterion__position", "criterion__name"
    ):
        found[candidacy].append(Said((family, position, code), enjeu, name, kind, place, criterion))
    return found


def settled_of(keys: Collection[UUID]) -> dict[UUID, dict[int, str]]:
    """What was kept of each enjeu, by dossier (one query)."""
    rows = RemarkSettlement.objects.filter(candidacy__in=keys).order_by()
    found: dict[UUID, dict[int, str]] = defaultdict(dict)
    for candidacy, enjeu, kind in rows.values_list("candidacy", "enjeu", "kind"):
        found[candidacy][enjeu] = kind
    return found


def contradictions_of(candidacy: Candidacy) -> list[Contradiction]:
    """Those of one dossier, settled or not (three queries)."""
    key = candidacy.pk
    return contradictions(remarks_of(candidacy.edition, [key])[key], settled_of([key])[key])


def unsettled(edition: Edition) -> dict[UUID, int]:
    """How many contradictions wait to be settled, by dossier that the jury judges (two queries)."""
    done = RemarkSettlement.objects.filter(
        candidacy=OuterRef("evaluation__candidacy"), enjeu=OuterRef("enjeu")
    )
    rows = _remarks(edition).filter(~Exists(done), evaluation__candidacy__in=candidates(edition))
    pairs = rows.values("evaluation__candidacy", "enjeu").annotate(kinds=Count("kind", distinct=True))
    found: dict[UUID, int] = defaultdict(int)
    for candidacy in pairs.filter(kinds__gt=1).values_list("evaluation__candidacy", flat=True):
        found[candidacy] += 1
    return dict(found)


def tells_levels(edition: Edition) -> bool:
    """Whether letters may hold a level: the sitting is closed, or the palmarès public."""
    return is_closed(edition) or is_public(edition)


def is_public(edition: Edition) -> bool:
    """By the clock of the database, as everything that closes or opens."""
    return (
        edition.published_at is not None
        and Edition.objects.filter(pk=edition.pk, published_at__lte=Now()).exists()
    )


def drafts(edition: Edition, rows: Iterable[Candidacy]) -> dict[UUID, Draft]:
    """The letters of these dossiers as they would be made now: eight queries at most, whatever their number."""
    places = list(rows)
    keys = [one.pk for one in places]
    remarks, settled = remarks_of(edition, keys), settled_of(keys)
    awards = _awards(edition, places) if tells_levels(edition) else {}
    return {
        one.pk: _draft(edition, one, remarks[one.pk], settled[one.pk], awards.get(one.collectivity_id))
        for one in places
    }


def _awards(edition: Edition, places: Iterable[Candidacy]) -> dict[int, Award]:
    towns = [one.collectivity_id for one in places]
    found = Award.objects.filter(edition=edition, collectivity__in=towns, level__isnull=False)
    return {one.collectivity_id: one for one in found.prefetch_related("mentions__theme")}


def _draft(
    edition: Edition, place: Candidacy, remarks: list[Said], settled: dict[int, str], award: Award | None
) -> Draft:
    level = award.level if award else None
    facts = Facts(
        year=edition.year,
        is_demo=edition.is_demo,
        code=place.collectivity.code,
        collectivity=place.collectivity.name,
        category=place.get_category_display(),
        level=level,
        is_ten=bool(award and award.is_ten),
        mentions=sorted(one.theme.name for one in award.mentions.all()) if award else (),
        strengths=points(remarks, settled, RemarkKind.STRENGTH),
        next_steps=points(remarks, settled, RemarkKind.NEXT_STEP),
        contact=settings.CONTACT,
    )
    text = canonical(letter_of(facts))
    return Draft(text, sha256(text), level)


def to_send(edition: Edition) -> list[Candidacy]:
    """The dossiers whose letter has not left, in the order of their names, each with its `letter` when it is prepared."""
    rows = candidates(edition).exclude(letter__sent_at__isnull=False).select_related("letter", *PLACE)
    return list(rows.order_by("collectivity__sort_key", "collectivity__code"))


def copies_waiting(edition: Edition) -> QuerySet[LetterCopy]:
    """The addresses that no worker has taken yet."""
    found: QuerySet[LetterCopy] = LetterCopy.objects.filter(letter__candidacy__edition=edition, taken_at=None)
    return found.order_by("letter", "pk")


def received_by(user: User | AnonymousUser) -> QuerySet[Letter]:
    """Door of the letters that left, for the people of each collectivité, once the palmarès is public."""
    found: QuerySet[Letter] = Letter.objects.filter(sent_at__isnull=False, candidacy__in=answered_to(user))
    return found.select_related("candidacy__collectivity", "candidacy__edition")


def answered_to(user: User | AnonymousUser) -> QuerySet[Candidacy]:
    """The dossiers of a person's collectivités that the jury judged, once the palmarès is public."""
    theirs: QuerySet[Candidacy] = Candidacy.objects.served_by(user)
    return theirs.filter(edition__published_at__lte=Now(), state__in=JUDGED).select_related("letter", *PLACE)
