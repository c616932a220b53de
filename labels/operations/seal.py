"""Seal the palmarès of an edition: its inputs, what they give and the evidence of its jury, under one digest, for good."""

import secrets
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from atlaas.models import User
from atlaas.permissions import require_organiser
from atlaas.queries.source import source_digest
from atlaas.rules.refusal import Refused
from labels.models import Edition, Seal
from labels.operations import statistics
from labels.queries.figures import Dossiers
from labels.queries.seal import inputs_of, seal_of
from labels.rules.bundle import closed, digest
from labels.rules.palmares import outputs_of
from labels.rules.snapshot import canonical, plain, sha256

CODE = ("atlaas.rules", "labels.rules")
SALT_BYTES = 32  # 256 bits: nobody confirms a guess by its digest


def new_salt() -> str:
    return secrets.token_hex(SALT_BYTES)


@transaction.atomic
def seal(
    edition: Edition,
    *,
    evidence: Mapping[str, Any],
    awards: Mapping[str, Any],
    by: User,
    read: Dossiers | None = None,
) -> Seal:
    """Twice, or by two people at once, is once: the first seal stands.

    `evidence` is the jury's annex, plain JSON with a salt of its own; `awards`, by code, the lines that its decisions give. The
    statistics are computed here, so that nothing is missing at the hour; `read` are the dossiers read ahead for them. `Refused`
    when the stored awards are not those lines.
    """
    require_organiser(by)
    held = (
        Edition.objects.select_for_update(no_key=True, of=("self",))
        .select_related("rulebook")
        .get(pk=edition.pk)
    )
    if known := seal_of(held):
        return known
    if held.published_at is not None:
        raise Refused("Le palmarès est public : il ne se scelle plus.")
    annex, dossiers = canonical(evidence), read or statistics.read_ahead(held)
    inputs = inputs_of(held, dossiers, jury=sha256(annex))
    if not inputs["awards"]:
        raise Refused("Aucune récompense n’est écrite : il n’y a rien à sceller.")
    if plain(inputs["awards"]) != plain(awards):
        raise Refused(
            "Les récompenses écrites ne sont pas celles des décisions : prévenez l’équipe technique."
        )
    statistics.settle(held, dossiers)
    document = closed(inputs, salt=new_salt(), code=source_digest(*CODE), rule=outputs_of)
    return Seal.objects.create(
        edition=held, sha256=digest(document), bundle=canonical(document), annex=annex, by=by
    )


def require_unsealed(edition: Edition) -> None:
    """A line of a sealed palmarès changes by a correction alone; the caller holds the edition."""
    if Seal.objects.filter(edition=edition).exists():
        raise Refused(
            "Le palmarès est scellé : une récompense ne change plus que par une correction publiée."
        )
