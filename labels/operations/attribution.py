"""What the imports of awards share: find those of an edition, write only what changed, never undo a person's word."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pghistory
from django.apps import apps

from atlaas.models import Collectivity
from atlaas.operations.loading import Counts
from atlaas.rules.reading import Problem, Rejected
from labels.models import Award, Edition
from labels.operations.award import request_statistics

JUDGED = ("level", "level_is_certain", "category", "category_reason")
Values = Mapping[str, object]


def awards_of(edition: Edition) -> dict[str, Award]:
    """The awards of an edition by code, locked until the import ends."""
    awards = edition.awards.select_for_update(of=("self",)).select_related("collectivity", "edition")
    return {award.collectivity.code: award for award in awards}


def settled_by_people(awards: Iterable[Award]) -> frozenset[int]:
    """Those that a person changed, as the history tells: an import keeps their level and their category."""
    history: Any = apps.get_model("labels", "AwardEvent")  # made by pghistory: no class to import by name
    events = history.objects.filter(pgh_obj_id__in=[award.pk for award in awards])
    return frozenset(
        events.filter(pgh_context__metadata__has_key="user").values_list("pgh_obj_id", flat=True)
    )


class Attribution:
    """The awards of one edition while an import writes them; `finish` asks for the statistics once, if any changed."""

    def __init__(self, edition: Edition, *, edition_changed: bool) -> None:
        self.edition = edition
        self.counts = Counts()
        self.existing = awards_of(edition)
        self._by_people = settled_by_people(self.existing.values())
        self._changed = edition_changed

    def write(self, collectivity: Collectivity, values: Values) -> Award:
        """Make the award of a collectivité, or change what differs; a person's level and category stay."""
        award = self.existing.get(collectivity.code)
        if award is None:
            award = Award.objects.create(edition=self.edition, collectivity=collectivity, **values)
            self.existing[collectivity.code] = award
            self.tally(created=True)
        else:
            self.tally(updated=self._change(award, values))
        return award

    def _change(self, award: Award, values: Values) -> bool:
        kept = JUDGED if award.pk in self._by_people else ()
        changes = {
            name: value
            for name, value in values.items()
            if name not in kept and getattr(award, name) != value
        }
        if not changes:
            return False
        _save(award, changes)
        return True

    def give_ten(self, award: Award, *, level: int) -> None:
        """Give the title, with the sure level that it asks for: the one thing that outweighs a person's level."""
        changed = not award.is_ten
        if changed:
            _save(award, {"is_ten": True, "level": level, "level_is_certain": True})
        self.tally(updated=changed)

    def tally(self, *, created: bool = False, updated: bool = False) -> None:
        self.counts.tally(created=created, updated=updated)
        self._changed |= created or updated

    def finish(self) -> Counts:
        if self._changed:
            request_statistics([self.edition])
        return self.counts


def _save(award: Award, changes: Values) -> None:
    for name, value in changes.items():
        setattr(award, name, value)
    award.version += 1
    award.save(update_fields=[*changes, "version"])


def traced(command: str, path: Path) -> pghistory.context:
    """Say in the history which import wrote."""
    return pghistory.context(source=f"{command} {path.name}")


def refuse_if(problems: Iterable[Problem]) -> None:
    """Stop an import with all that is wrong, file by file and line by line."""
    found = sorted(problems, key=lambda problem: (problem.file, problem.line))
    if found:
        raise Rejected(found)
