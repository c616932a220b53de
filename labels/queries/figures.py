"""Everything that the statistics of an edition are computed from, gathered for `rules.statistics.compute`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from atlaas.models import Service
from labels.models import Edition
from labels.queries.judged import edition_before, judged_before, judged_of, read_dossiers
from labels.queries.laureates import laureates_of
from labels.queries.ten import holders_of, unknown_editions
from labels.rules.judged import Judged
from labels.rules.statistics import Inputs

Dossiers = Mapping[UUID, Judged]


@dataclass(frozen=True)
class Filed:
    """Which snapshots an edition is computed from: its own, and those of the last edition whose dossiers are known here."""

    edition: Edition

    @cached_property
    def own(self) -> dict[str, UUID]:
        return judged_of(self.edition)

    @cached_property
    def before(self) -> Edition | None:
        return edition_before(self.edition) if self.own else None

    @cached_property
    def past(self) -> dict[str, UUID]:
        return judged_before(self.before) if self.before else {}

    @property
    def keys(self) -> set[UUID]:
        return {*self.own.values(), *self.past.values()}


def inputs_of(filed: Filed, read: Dossiers) -> Inputs:
    """The inputs as they stand now; `read` are the dossiers read ahead, those that it lacks are read here."""
    dossiers = dict(read)
    for some in read_dossiers(filed.keys - dossiers.keys()):
        dossiers |= some
    edition = filed.edition
    laureates, inhabitants = laureates_of(edition)
    unknown = unknown_editions(edition)
    return Inputs(
        laureates=laureates,
        inhabitants=inhabitants,
        judged={code: dossiers[key] for code, key in filed.own.items()},
        before=[dossiers[key] for key in filed.past.values()] if filed.before else None,
        holders=None if unknown else holders_of(edition),
        titles_unknown=unknown,
        services=_services(edition) if filed.own else {},
        heirs=_heirs() if filed.own else {},
    )


def _services(edition: Edition) -> dict[str, str]:
    """By code of a service of its référentiel, the code of the enjeu."""
    rows = Service.objects.of_year(edition.referential_year or edition.year).order_by("code")
    return dict(rows.values_list("code", "enjeu__code"))


def _heirs() -> dict[str, list[str]]:
    """By code of a service, the codes of those that replace it."""
    found: dict[str, list[str]] = {}
    pairs = Service.objects.filter(replaced_by__isnull=False).order_by("code", "replaced_by__code")
    for code, heir in pairs.values_list("code", "replaced_by__code"):
        found.setdefault(code, []).append(heir)
    return found
