"""What a juror's page of a dossier of two hundred fiches costs, beside the one that was filed a year before."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from atlaas.models import Collectivity, User
from bench.measure import cost
from bench.workspace import with_many_fiches
from jury.models import Juror
from labels.choices import CandidacyState, Category, Coverage
from labels.models import Candidacy, Edition, JuryMember, Rulebook, Snapshot
from labels.queries.clock import now
from labels.queries.dossier import dossier_of
from labels.rules.demo_past import past_document
from labels.rules.snapshot import canonical, sha256

YEAR = 2198
FICHES = 200
PAGE = 80  # milliseconds
NEW_WORD = 40  # in a fiche that changed, one word in so many is another


def jury_lines(town: Collectivity, *, rounds: int) -> list[str]:
    """A line for what changed, one for the whole; every row made for it is rolled back."""
    with with_many_fiches(town) as (client, user):
        candidacy = _two_years(town, user)
        seat = _seat(candidacy.edition, user)
        address = reverse("jury-dossier", args=[YEAR, candidacy.pk])
        shelf = reverse("jury-dossiers", args=[YEAR])
        lines = [
            _line(client, address, f"jury: what changed, {FICHES} fiches", rounds),
            _line(client, f"{address}?vue=tout", f"jury: the whole, {FICHES} fiches", rounds),
            _line(client, shelf, "jury: the list", rounds),
        ]
        seat.delete()  # it would hold the account, which goes first
        return lines


def _line(client: Client, address: str, name: str, rounds: int) -> str:
    return cost(client, address, rounds=rounds).line(name, PAGE)


def _two_years(town: Collectivity, user: User) -> Candidacy:
    then, at = _candidacy(town, YEAR - 1), _candidacy(town, YEAR)
    document = json.loads(canonical(dossier_of(at) | {"number": f"{YEAR}-00001"}))
    document["sheets"] = document["sheets"][:FICHES]
    past = past_document(document, YEAR - 1)
    for one, other in zip(document["sheets"], past["sheets"], strict=False):
        if one["digest"] != other["digest"]:
            one["content"]["text"] = _rewritten(one["content"]["text"])
    _file(then, past, user)
    _file(at, document, user)
    return at


def _candidacy(town: Collectivity, year: int) -> Candidacy:
    at, day = now(), timedelta(days=1)
    edition = Edition.objects.create(
        year=year,
        coverage=Coverage.COMPLETE,
        is_demo=True,
        opens_at=at - 2 * day,
        closes_at=at - day,
        referential_year=2025,
    )
    Rulebook.objects.create(edition=edition)
    return Candidacy.objects.create(edition=edition, collectivity=town, category=Category.VILLE)


def _file(candidacy: Candidacy, document: Mapping[str, Any], user: User) -> None:
    text = canonical(document)
    candidacy.filed = Snapshot.objects.create(
        candidacy=candidacy,
        rank=1,
        number=f"{candidacy.edition.year}-00001",
        document=text,
        sha256=sha256(text),
        by=user,
        arrived_at=now(),
    )
    candidacy.state = CandidacyState.FILED
    candidacy.save()


def _seat(edition: Edition, user: User) -> Juror:
    at = now()
    member = JuryMember.objects.create(edition=edition, name="Mesure Exemple", function="Invention")
    return Juror.objects.create(
        edition=edition, member=member, email=user.email, user=user, joined_at=at, declared_at=at
    )


def _rewritten(text: str) -> str:
    """Other words here and there, the paragraphs kept."""
    lines = [line.split(" ") for line in text.split("\n")]
    rank = 0
    for line in lines:
        for at in range(len(line)):
            rank += 1
            if rank % NEW_WORD == 0:
                line[at] = "autrement"
    return "\n".join(" ".join(line) for line in lines)
