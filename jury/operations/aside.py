"""Set aside a dossier that was withdrawn; called by the verbs that hold the sitting."""

from atlaas.models import User
from atlaas.rules.text import french
from jury.choices import EntryKind
from jury.models import Item, Sitting
from jury.operations.journal import append
from jury.rules.item import WITHDRAWN, check_set_aside, next_state
from labels.models import Candidacy

UNDONE = ("level", "votes_for", "votes_against", "abstentions", "is_ten", "reason")


def named(item: Item) -> dict[str, object]:
    place = item.candidacy.collectivity
    return {"dossier": str(item.candidacy_id), "name": place.name, "code": place.code}


def point(candidacy: Candidacy) -> dict[str, object]:
    """A dossier of the agenda as the journal names it."""
    place = candidacy.collectivity
    return {
        "dossier": str(candidacy.pk),
        "name": place.name,
        "code": place.code,
        "category": candidacy.category,
    }


def write(item: Item, *fields: str) -> None:
    item.version += 1
    item.save(update_fields=[*fields, "version"])


def take_back(item: Item, *, reason: str = "") -> None:
    """No decision stands any more; what was decided stays in the journal."""
    item.level = item.votes_for = item.votes_against = item.abstentions = None
    item.is_ten, item.reason = False, reason
    write(item, "state", *UNDONE)
    item.mentions.clear()


def put_aside(item: Item, sitting: Sitting, *, by: User) -> Item:
    """Refused for a candidacy that is judged still: its row is locked, so that none is filed again meanwhile."""
    check_set_aside(held_candidacy(item.candidacy).state)
    item.state = next_state(item.state, "set_aside")
    take_back(item, reason=french(WITHDRAWN))
    append(sitting, EntryKind.SET_ASIDE, named(item) | {"reason": item.reason}, by=by)
    return item


def held_candidacy(candidacy: Candidacy) -> Candidacy:
    """Lock the candidacy, after the sitting, and read it anew: its verbs lock it alone, so that none waits for the other."""
    rows = Candidacy.objects.select_for_update(no_key=True, of=("self",)).select_related("collectivity")
    return rows.get(pk=candidacy.pk)
