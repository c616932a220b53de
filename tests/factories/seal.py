"""A closed sitting whose minutes are signed, ready to be sealed; and a sealed one."""

from jury.operations.minutes import sign
from jury.operations.seal import seal
from jury.queries.minutes import read_minutes
from labels.models import Edition
from tests.factories.atlaas import UserFactory
from tests.factories.sitting import Room, a_dossier, handed_in


class SignedRoom(Room):
    """Every dossier scored by two members and decided at `levels` (the first is of `town`, or is the dossier `filed`), the minutes signed by the president; `team` is an organiser."""

    def __init__(self, *, levels=(3, 3), themes=(), town=None, filed=None, **facts):
        super().__init__(dossiers=0, **facts)
        places = [town, *[None] * (len(levels) - 1)]
        self.dossiers = [a_dossier(self.edition, place) for place in places[bool(filed) :]]
        self.dossiers[:0] = [filed] if filed else []
        for slug in themes:
            self.edition.themes.create(name=slug.capitalize(), slug=slug)
        self.team = UserFactory(is_organiser=True)
        for dossier in self.dossiers:
            handed_in(self.president, dossier, 3, 2)
            handed_in(self.deputy, dossier, 2, 2)
        self.open()
        for rank, level in enumerate(levels):
            mentions = themes if rank == 0 else ()
            self.judge(rank, level, reason="Essai", mentions=mentions)
        self.close()
        self.sign()

    def sign(self):
        president = self.president.user
        sign(self.edition, read=read_minutes(self.sitting, president).sha256, by=president)

    def seal(self):
        made = seal(self.edition, by=self.team)
        self.edition = Edition.objects.get(pk=self.edition.pk)
        return made

    def award(self, rank):
        return self.edition.awards.get(collectivity=self.dossiers[rank].collectivity)


def a_sealed_room(**facts):
    room = SignedRoom(**facts)
    room.seal()
    return room
