"""A jury on its closed day: who presides, who may in their place, dossiers with a light snapshot, scores handed in."""

from uuid import uuid4

from django.utils import timezone

from jury.models import Item, Presence, Score, Sitting
from jury.operations import item as verbs
from jury.operations.sitting import close_sitting, open_sitting, set_deputy
from jury.rules.item import Decision, Votes
from labels.models import Candidacy, Criterion, Snapshot
from labels.rules.snapshot import canonical, sha256
from tests.factories.atlaas import CommuneFactory, UserFactory
from tests.factories.campaign import CandidacyFactory
from tests.factories.jury import RecusalFactory, a_juror
from tests.factories.recusal import begun, closed_edition


def a_document(*, services=29, enjeux=9, texts=()):
    """What the sitting reads of a snapshot: a mosaic that covers so much, and the fiches' words."""
    tiles = [[] for _ in range(enjeux)]
    for rank in range(services):
        tiles[rank % enjeux].append({"code": f"S{rank}", "name": f"Service {rank}", "count": 1})
    rows = [{"code": f"E{at}", "name": f"Enjeu {at}", "tiles": some} for at, some in enumerate(tiles)]
    sheets = [{"content": {"title": text, "summary": "", "text": ""}} for text in texts]
    return {"mosaic": {"families": [{"name": "Famille", "enjeux": rows}]}, "sheets": sheets}


def a_dossier(edition, collectivity=None, **facts):
    """A candidacy that was filed; coverage proposes 3 @ unless told otherwise."""
    candidacy = CandidacyFactory(edition=edition, collectivity=collectivity or CommuneFactory())
    text = canonical(a_document(**facts))
    snapshot = Snapshot.objects.create(
        candidacy=candidacy,
        rank=1,
        number=uuid4().hex[:20],
        document=text,
        sha256=sha256(text),
        by=UserFactory(),
        arrived_at=timezone.now(),
    )
    Candidacy.objects.filter(pk=candidacy.pk).update(state="filed", filed=snapshot)
    candidacy.refresh_from_db()
    return candidacy


def handed_in(juror, candidacy, *values, level=3):
    """An evaluation that counts; `values` are of criteria of weight 1, 2, 3…"""
    facts = {"state": "submitted", "submitted_at": timezone.now(), "level": level}
    evaluation = begun(juror, candidacy, **facts)
    for weight, value in enumerate(values, 1):
        words = {"name": f"Critère {weight}", "anchors": list("01234"), "position": weight, "weight": weight}
        line, _ = Criterion.objects.get_or_create(
            edition=candidacy.edition, category="ville", code=f"c{weight}", defaults=words
        )
        Score.objects.create(evaluation=evaluation, criterion=line, value=value)
    return evaluation


class Room:
    """`president`, `deputy` (named unless `deputy` is false), `members` beside both, `dossiers` in the order of their making."""

    def __init__(self, *, members=1, dossiers=2, year=2030, deputy=True):
        self.edition = closed_edition(year)
        self.president = a_juror(self.edition, president=True)
        self.deputy = a_juror(self.edition)
        self.members = [a_juror(self.edition) for _ in range(members)]
        self.dossiers = [a_dossier(self.edition) for _ in range(dossiers)]
        if deputy:
            set_deputy(self.deputy, by=self.president.user)

    @property
    def everyone(self):
        return [self.president, self.deputy, *self.members]

    @property
    def sitting(self):
        return Sitting.objects.select_related("edition__rulebook").get(edition=self.edition)

    def tie(self, juror, rank):
        RecusalFactory(juror=juror, collectivity=self.dossiers[rank].collectivity)

    def open(self, present=None):
        keys = [one.pk for one in (self.everyone if present is None else present)]
        return open_sitting(self.edition, keys, by=self.president.user)

    def item(self, rank):
        return Item.objects.get(candidacy=self.dossiers[rank])

    def a_decision(self, rank, level=3, **facts):
        """Everyone who is heard votes for."""
        tied = {one.juror_id for one in self._ties(rank)}
        inside = Presence.objects.filter(sitting=self.sitting, until=None).exclude(juror__in=tied)
        return a_decision(level, **({"votes": (inside.count(), 0, 0)} | facts))

    def _ties(self, rank):
        return [
            tie
            for seat in self.everyone
            for tie in seat.recusals.filter(collectivity=self.dossiers[rank].collectivity, dismissed_at=None)
        ]

    def call(self, rank, by=None):
        return verbs.call(self.item(rank), by=(by or self.president).user)

    def decide(self, rank, level=3, *, by=None, **facts):
        item = self.item(rank)
        decision = self.a_decision(rank, level, **facts)
        return verbs.decide(item, decision, version=item.version, by=(by or self.president).user)

    def end(self, rank, by=None):
        return verbs.end(self.item(rank), by=(by or self.president).user)

    def judge(self, rank, level=3, *, by=None, **facts):
        """Called, decided, closed."""
        self.call(rank, by)
        self.decide(rank, level, by=by, **facts)
        return self.end(rank, by)

    def close(self):
        return close_sitting(self.edition, by=self.president.user)


def a_decision(level=3, *, votes=(3, 0, 0), is_ten=False, mentions=(), reason=""):
    return Decision(level, Votes(*votes), is_ten, tuple(mentions), reason)


def a_closed_room(**facts):
    """Every dossier decided at 3 @, and closed."""
    room = Room(**facts)
    room.open()
    for rank in range(len(room.dossiers)):
        room.judge(rank)
    room.close()
    return room
