"""A closed edition whose jury can sit: a president, members, dossiers with a real snapshot, evaluations handed in."""

from jury.models import Sitting
from jury.operations.item import call, decide
from jury.operations.sitting import open_sitting
from jury.rules.item import Decision, Votes
from tests.factories.campaign import open_edition
from tests.factories.jury import a_filed_candidacy, a_juror, close


class Chamber:
    """`president`, `members` (president excluded), `dossiers` in the order of their making."""

    def __init__(self, *, members=2, dossiers=2, year=2030):
        self.edition = open_edition(year)
        self.dossiers = [a_filed_candidacy(self.edition) for _ in range(dossiers)]
        close(self.edition)
        self.president = a_juror(self.edition, president=True)
        self.members = [a_juror(self.edition) for _ in range(members)]

    @property
    def everyone(self):
        return [self.president, *self.members]

    def open(self):
        """The sitting, everyone in the room."""
        keys = [one.pk for one in self.everyone]
        return open_sitting(self.edition, keys, by=self.president.user)

    def item(self, dossier):
        return Sitting.objects.get(edition=self.edition).items.get(candidacy=dossier)

    def call(self, dossier, by=None):
        return call(self.item(dossier), by=(by or self.president).user)

    def decide(self, dossier, *, level=1, votes=None, by=None, **facts):
        """Everyone present votes for, unless `votes` (for, against, abstentions) are given."""
        item = self.item(dossier)
        told = Votes(*(votes or (len(self.everyone), 0, 0)))
        decision = Decision(level, told, **({"reason": "Essai"} | facts))
        return decide(item, decision, version=item.version, by=(by or self.president).user)
