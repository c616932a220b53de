"""What a jury gives to be sealed: its evidence as plain tables, jurors as keys drawn for it; and what keeps it from being sealed."""

import json
from collections import defaultdict
from collections.abc import Mapping
from secrets import token_hex
from typing import Any

from django.db.models import QuerySet

from jury.choices import EntryKind, ItemState, SittingState
from jury.models import Item, Score, Signature, Sitting
from jury.queries.door import JUDGED
from jury.queries.evidence import limits_of
from jury.queries.handed_in import handed_in
from jury.queries.journal import lines_of, minutes_of, verify
from jury.queries.opinions import COMMON
from jury.queries.room import president_of
from labels.models import Criterion, Edition, Snapshot

NOT_CLOSED = "La séance du jury n’est pas close : le palmarès se scelle après."
NOT_SIGNED = "Le procès-verbal n’est pas signé par la personne qui préside : demandez-lui de le relire et de le signer."
BROKEN = "Le journal de la séance ne tient pas ({why}, ligne {rank}) : prévenez l’équipe technique, rien n’est scellé."


class Keys(dict[int, str]):
    """By seat, a key drawn for one document: stable in it, and nobody's outside of it."""

    def __missing__(self, juror: int) -> str:
        self[juror] = token_hex(6)
        return self[juror]


def is_signed(sitting: Sitting) -> bool:
    """Whether the president signed the minutes as they are now (three queries)."""
    president = president_of(sitting.edition)
    rows = Signature.objects.filter(sitting=sitting, sha256=minutes_of(sitting).sha256)
    return president is not None and rows.filter(by=president.user_id).exists()


def why_not_ready(sitting: Sitting | None) -> str:
    """Which step before the seal is missing, as a sentence that says how to mend it; empty when none is (three queries)."""
    if sitting is None or sitting.state != SittingState.CLOSED:
        return NOT_CLOSED
    return "" if is_signed(sitting) else NOT_SIGNED


def why_unsealed(sitting: Sitting) -> str:
    """The same, and whether journal and tables still hold: asked before sealing, not for each look at a page."""
    if why := why_not_ready(sitting):
        return why
    broken = verify(sitting.edition)
    return BROKEN.format(why=broken.why, rank=broken.rank) if broken else ""


def evidence_to_seal(sitting: Sitting) -> dict[str, Any]:
    """Tables for `jury.rules.seal`; no name, no free text: minutes and journal hold those, and their digests are here. Ten queries."""
    keys, edition = Keys(), sitting.edition
    limits, minutes = limits_of(edition), minutes_of(sitting)
    return {
        "minutes": {"sha256": minutes.sha256, "journal": minutes.document["journal"]},
        "sitting": {"opened_at": sitting.opened_at, "closed_at": sitting.closed_at},
        "limits": {"coverage": limits.coverage, "scores": limits.scores},
        "grid": _grid(edition),
        "habits": {
            one if one == COMMON else keys[int(one)]: habit for one, habit in sorted(sitting.habits.items())
        },
        "dossiers": _dossiers(sitting),
        "evaluations": _evaluations(edition, keys),
        "decisions": _decisions(sitting, keys),
    }


def _judged(sitting: Sitting) -> QuerySet[Item]:
    """As `jury.queries.awards`: decided, and still there."""
    rows: QuerySet[Item] = Item.objects.filter(
        sitting=sitting, state=ItemState.ENDED, candidacy__state__in=JUDGED
    )
    return rows.order_by("position")


def _grid(edition: Edition) -> dict[str, int]:
    rows = Criterion.objects.filter(edition=edition).order_by("category", "code")
    return {
        f"{category}/{code}": weight
        for category, code, weight in rows.values_list("category", "code", "weight")
    }


def _dossiers(sitting: Sitting) -> dict[str, dict[str, Any]]:
    """What was filed, by its number and its digest, and the tiles of its mosaic that have a fiche."""
    rows = (
        _judged(sitting)
        .select_related("candidacy__collectivity", "candidacy__filed")
        .defer("candidacy__filed__document")
    )
    found = {}
    for one in rows:
        filed, candidacy = one.candidacy.filed, one.candidacy
        found[str(candidacy.pk)] = {
            "code": candidacy.collectivity.code,
            "category": candidacy.category,
            "snapshot": {"number": filed.number, "rank": filed.rank, "sha256": filed.sha256}
            if filed
            else None,
            "tiles": {},
            "ten": one.known["ten"],
            "mentions": one.known["mentions"],
        }
    filed_ones = _judged(sitting).values("candidacy__filed")
    documents = Snapshot.objects.filter(pk__in=filed_ones).order_by("pk").values_list("candidacy", "document")
    for key, text in documents.iterator(chunk_size=50):
        found[str(key)]["tiles"] = _tiles(json.loads(text)["mosaic"])
    return found


def _tiles(mosaic: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    """By enjeu, how many fiches each service has; none that has none."""
    enjeux = [one for family in mosaic["families"] for one in family["enjeux"]]
    told = {
        one["code"]: {tile["code"]: tile["count"] for tile in one["tiles"] if tile["count"]} for one in enjeux
    }
    return {code: tiles for code, tiles in told.items() if tiles}


def _evaluations(edition: Edition, keys: Keys) -> dict[str, dict[str, Any]]:
    """The scores that count, as they were given: by dossier and juror."""
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    rows = handed_in(edition).order_by("candidacy", "juror")
    by_key = {}
    for key, candidacy, juror, level in rows.values_list("pk", "candidacy", "juror", "level"):
        by_key[key] = found[str(candidacy)][keys[juror]] = {"level": level, "scores": {}}
    scores = Score.objects.filter(evaluation__in=by_key).order_by("evaluation", "criterion")
    told = ("evaluation", "criterion__category", "criterion__code", "value")
    for key, category, code, value in scores.values_list(*told):
        by_key[key]["scores"][f"{category}/{code}"] = value
    return dict(found)


def _decisions(sitting: Sitting, keys: Keys) -> dict[str, dict[str, Any]]:
    """What stands, with the evidence that the journal says the sitting was told."""
    told = _evidence_told(sitting, keys)
    found = {}
    for one in _judged(sitting).prefetch_related("mentions"):
        key = str(one.candidacy_id)
        found[key] = {
            "level": one.level,
            "is_ten": one.is_ten,
            "mentions": sorted(theme.slug for theme in one.mentions.all()),
            "votes": {"for": one.votes_for, "against": one.votes_against, "abstentions": one.abstentions},
            "proposed": one.proposed,
            "is_fragile": one.is_fragile,
            "evidence": told[key],
        }
    return found


def _evidence_told(sitting: Sitting, keys: Keys) -> dict[str, dict[str, Any]]:
    """By dossier, of its last decision at the sitting."""
    found = {}
    for line in lines_of(sitting):
        if line.kind == EntryKind.DECIDED:
            facts = json.loads(line.document)["facts"]
            evidence = facts["evidence"]
            opinions = [one | {"juror": keys[one["juror"]]} for one in evidence["opinions"]]
            kept = {name: evidence[name] for name in ("limits", "services", "enjeux")}
            found[facts["dossier"]] = kept | {"opinions": opinions}
    return found
