"""The one door to the dossiers of a jury: what a juror may know of exists in no list, count, average or search otherwise."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from atlaas.models import Collectivity, User
from jury.models import Juror, Recusal
from jury.rules.item import JUDGED
from labels.models import Candidacy, Edition


def seats_of(user: User | AnonymousUser) -> QuerySet[Juror]:
    """The seats of a person, the latest edition first."""
    if not user.is_authenticated:
        return Juror.objects.none()
    found: QuerySet[Juror] = Juror.objects.of(user).select_related("edition__sitting", "member")
    return found.order_by("-edition__year")


def candidates(edition: Edition) -> QuerySet[Candidacy]:
    """Every dossier that the jury of an edition judges: filed, not withdrawn, once the edition has closed."""
    return Candidacy.objects.filter(edition=edition, edition__closes_at__lte=Now(), state__in=JUDGED)


def judged_by(juror: Juror) -> QuerySet[Candidacy]:
    """The dossiers that a juror may know of: none before they declared their ties, then all but those they are tied to."""
    if not juror.has_declared or juror.left_at is not None:
        return Candidacy.objects.none()
    return candidates(juror.edition).filter(~Exists(ties_met(juror)))


def known_to(juror: Juror) -> QuerySet[Candidacy]:
    """The same whatever became of them since: one that was withdrawn while it stood on the agenda is told to who knew of it."""
    if not juror.has_declared or juror.left_at is not None:
        return Candidacy.objects.none()
    return Candidacy.objects.filter(~Exists(ties_met(juror)), edition=juror.edition)


def ties_met(juror: Juror) -> QuerySet[Recusal]:
    """The juror's ties that reach the collectivité of the outer row: `tied_to` asked of one row, without reading the map."""
    place, group = OuterRef("collectivity"), OuterRef("collectivity__epci")
    reached = Q(collectivity=place) | Q(collectivity__epci=place) | Q(collectivity=group)
    found: QuerySet[Recusal] = Recusal.objects.filter(reached, juror=juror, dismissed_at=None)
    return found


def tied_to(juror: Juror) -> QuerySet[Collectivity]:
    """The collectivités of a juror's recusals in force, with the EPCI of each commune and the communes of each EPCI."""
    declared = Recusal.objects.filter(juror=juror, dismissed_at=None).values("collectivity")
    tied: QuerySet[Collectivity] = Collectivity.objects.filter(
        Q(pk__in=declared) | Q(epci__in=declared) | Q(members__in=declared)
    )
    return tied


def ties_by_juror(edition: Edition) -> set[tuple[int, int]]:
    """`tied_to` for everyone seated in an edition at once: (juror, collectivité), in one query."""
    rows = Recusal.objects.filter(juror__in=Juror.objects.seated().filter(edition=edition), dismissed_at=None)
    reached = ("collectivity", "collectivity__epci", "collectivity__members")
    found = rows.order_by().values_list("juror", *reached)
    return {(juror, one) for juror, *tied in found for one in tied if one is not None}
