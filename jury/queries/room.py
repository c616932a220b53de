"""The room: the agenda that a member may see, the dossier on the table, who is there, who left for it, who presides it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from atlaas.models import User
from atlaas.rules.text import fold
from jury.choices import SittingState
from jury.models import Entry, Item, Juror, Presence, Recusal, Sitting
from jury.models.item import ON_THE_TABLE
from jury.queries.door import candidates, known_to
from jury.rules.item import ASIDE, ENDED, JUDGED, presides
from labels.models import Candidacy, Edition, Extension


def president_of(edition: Edition) -> Juror | None:
    rows: QuerySet[Juror] = Juror.objects.seated().select_related("member", "edition")
    return rows.filter(edition=edition, member__is_president=True).first()


def presiding_seat(edition: Edition, user: User) -> Juror | None:
    """The seat of the president, when it is theirs and their ties are declared."""
    seat = president_of(edition)
    owns = seat is not None and seat.user_id == user.pk and user.is_active and seat.has_declared
    return seat if owns else None


def items(sitting: Sitting) -> QuerySet[Item]:
    """The whole agenda, in order, whoever asks: never shown as it is (`agenda_of` is)."""
    rows: QuerySet[Item] = Item.objects.filter(sitting=sitting)
    related = rows.select_related("candidacy__collectivity", "sitting__edition__rulebook")
    return related.order_by("position", "pk")


def agenda_of(seat: Juror) -> QuerySet[Item]:
    """The agenda as one member may know it: nothing of the dossiers that they are tied to, those withdrawn since included."""
    rows: QuerySet[Item] = Item.objects.filter(
        sitting__edition=seat.edition, candidacy__in=known_to(seat)
    ).select_related("candidacy__collectivity")
    return rows.order_by("position", "pk")


def on_the_table(sitting: Sitting) -> Item | None:
    """The dossier that is heard now, whoever asks."""
    return items(sitting).filter(state__in=ON_THE_TABLE).first()


def is_on_the_table(sitting: Sitting) -> bool:
    """Whether something is heard now, whatever it is."""
    return Item.objects.filter(sitting=sitting, state__in=ON_THE_TABLE).exists()


def tied_members(candidacy: Candidacy) -> QuerySet[Juror]:
    """The members who must leave for a dossier: a tie to the collectivité, its EPCI or one of its communes."""
    place = candidacy.collectivity_id
    met = Q(collectivity=place) | Q(collectivity__epci=place) | Q(collectivity__members=place)
    ties = Recusal.objects.filter(met, juror=OuterRef("pk"), dismissed_at=None)
    rows: QuerySet[Juror] = Juror.objects.seated().filter(Exists(ties), edition=candidacy.edition_id)
    return rows.select_related("member").order_by("member__name", "pk")


def present_in(sitting: Sitting) -> list[Juror]:
    """Who is in the room, by name, whatever is on the table; none who left the jury since."""
    inside = Presence.objects.filter(sitting=sitting, until=None).values("juror")
    rows = Juror.objects.seated().filter(pk__in=inside).select_related("member")
    return by_name(rows)


def may_preside(seat: Juror, candidacy: Candidacy, sitting: Sitting) -> bool:
    """Whether this member presides that dossier; while the sitting is open, from the room only."""
    away = {one.pk for one in tied_members(candidacy)} | _outside(sitting)
    president = president_of(sitting.edition)
    return presides(
        is_president=bool(president and president.pk == seat.pk),
        is_deputy=sitting.deputy_id == seat.pk,
        president_is_away=bool(president and president.pk in away),
        is_away=seat.pk in away,
    )


def _outside(sitting: Sitting) -> set[int]:
    """The members who are not in the room; nobody unless the sitting is open."""
    if sitting.state != SittingState.OPEN:
        return set()
    inside = Presence.objects.filter(sitting=sitting, until=None).values("juror")
    return set(
        Juror.objects.filter(edition=sitting.edition).exclude(pk__in=inside).values_list("pk", flat=True)
    )


def is_inside(seat: Juror, sitting: Sitting) -> bool:
    """Whether this member is in the room."""
    return Presence.objects.filter(sitting=sitting, juror=seat, until=None).exists()


def is_late(edition: Edition) -> bool:
    """Whether an extension still lets someone file."""
    return Extension.objects.filter(candidacy__edition=edition, ended_at=None, until__gt=Now()).exists()


def undecided(sitting: Sitting) -> QuerySet[Candidacy]:
    """The dossiers to judge whose decision is not closed, whoever asks: withdrawn ones are none, late ones are."""
    ended = Item.objects.filter(sitting=sitting, state=ENDED).values("candidacy")
    return candidates(sitting.edition).exclude(pk__in=ended).order_by("collectivity__sort_key")


def off_agenda(sitting: Sitting) -> QuerySet[Candidacy]:
    """The dossiers filed since the opening, or again after a withdrawal, whoever asks: each is to be added, then judged."""
    on = Item.objects.filter(sitting=sitting).exclude(state=ASIDE).values("candidacy")
    found = candidates(sitting.edition).exclude(pk__in=on).select_related("collectivity")
    return found.order_by("collectivity__sort_key", "pk")


def withdrawn(sitting: Sitting) -> QuerySet[Item]:
    """What stands on the agenda and is judged no more, whoever asks."""
    rows = items(sitting).exclude(candidacy__state__in=JUDGED)
    return rows.exclude(state=ASIDE)


def rank_of(sitting: Sitting) -> int:
    """The last line of the journal: it changes with everything that happens."""
    last: int | None = (
        Entry.objects.filter(sitting=sitting).order_by("-rank").values_list("rank", flat=True).first()
    )
    return last or 0


@dataclass(frozen=True, slots=True)
class Voters:
    """Who is heard on a dossier: present and not tied; and the members who are out for it."""

    voting: Collection[Juror]
    out: Collection[Juror]


def voters_on(item: Item, sitting: Sitting) -> Voters:
    """Two queries."""
    tied = list(tied_members(item.candidacy))
    keys = {one.pk for one in tied}
    return Voters([one for one in present_in(sitting) if one.pk not in keys], tied)


@dataclass(frozen=True, slots=True)
class Chair:
    """A member as the president sees them: in the room or not."""

    juror: Juror
    is_present: bool


def chairs(sitting: Sitting, present: Collection[Juror]) -> list[Chair]:
    """Everyone who sits and has declared their ties, by name; one query."""
    inside = {one.pk for one in present}
    rows = Juror.objects.seated().filter(edition=sitting.edition, declared_at__isnull=False)
    return [Chair(one, one.pk in inside) for one in by_name(rows.select_related("member"))]


def by_name(rows: Iterable[Juror]) -> list[Juror]:
    """In the order of a French list: accents do not count."""
    return sorted(rows, key=lambda one: (fold(one.member.name), one.pk))
