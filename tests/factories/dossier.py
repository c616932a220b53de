"""Filed documents as a juror reads them, made at once; every word is invented."""

import json
from uuid import NAMESPACE_URL, uuid4, uuid5

from django.utils import timezone

from atlaas.rules.sheet import digest
from labels.models import Candidacy, Snapshot
from labels.rules.snapshot import canonical, sha256
from tests.factories.atlaas import CommuneFactory, UserFactory
from tests.factories.campaign import CandidacyFactory

SERVICE = "ESS-01"
CONTENT = {
    "title": "Un bus numérique",
    "summary": "La commune dessert deux hameaux.",
    "text": "## Le besoin\n\nLe dernier guichet a fermé.",
    "kind": "initiative",
    "operator": "regie",
    "operator_name": "",
    "started_on": "2024-03-01",
    "ended_on": None,
    "is_running": True,
    "audience": "",
    "partners": "",
    "address": "",
    "lon": "2.5",
    "lat": "47.0",
    "precision": "centre",
    "links": [],
    "contact_function": "",
    "contact_email": "",
    "services": [SERVICE],
    "attachments": [],
    "inspired_by": None,
}


def sheet_key(name):
    """The identifier of an invented fiche, the same from one document to the next."""
    return str(uuid5(NAMESPACE_URL, str(name)))


def a_sheet(name, **facts):
    """A fiche of a document."""
    content = CONTENT | {"title": f"Fiche {name}"} | facts
    return {"id": sheet_key(name), "revision": 1, "digest": digest(content), "content": content}


def a_mosaic(count):
    """One enjeu with two services, of which the first has that many fiches."""
    services = ((SERVICE, "Le premier service", count), ("ESS-02", "Le second service", 0))
    shared = {"before": None, "is_concerned": True, "is_attested": False}
    tiles = [{"code": code, "name": name, "count": number} | shared for code, name, number in services]
    enjeu = {"code": "ESS", "name": "Enjeu d’essai", "tiles": tiles}
    return {"families": [{"name": "Famille d’essai", "enjeux": [enjeu]}]}


def a_document(year, sheets=(), answers=(), **facts):
    """A document as `labels.queries.dossier` writes it; `answers`: code to what was answered."""
    told = dict(answers)
    questions = [
        {"section": "Une section", "code": code, "text": f"Question {code}", "kind": "text", "options": []}
        for code in told
    ]
    document = {
        "format": 1,
        "number": f"{year}-00001",
        "edition": {"year": year},
        "collectivity": {"name": "Exempleville", "population": 1840},
        "people": {"elected_name": "Dominique Exemple", "elected_function": "Maire", "agent_name": ""},
        "mayor_word": "",
        "answers": {code: answer for code, answer in told.items() if answer is not None},
        "questions": questions,
        "counted_on": f"{year - 1}-11-15",
        "sheets": list(sheets),
        "flagships": [],
        "taken_out": [],
        "mosaic": a_mosaic(len(sheets)),
        "rulebook": {"service_steps": [1, 16, 29, 45, 65], "enjeu_steps": [1, 6, 9, 12, 14]},
    }
    return json.loads(canonical(document | facts))


def a_filed(edition, document=None, *, collectivity=None):
    """A candidacy whose filed snapshot is that very document."""
    place = collectivity or CommuneFactory()
    candidacy = CandidacyFactory(edition=edition, collectivity=place)
    text = canonical(document if document is not None else a_document(edition.year))
    candidacy.filed = Snapshot.objects.create(
        candidacy=candidacy,
        rank=1,
        number=uuid4().hex[:20],
        document=text,
        sha256=sha256(text),
        by=UserFactory(),
        arrived_at=timezone.now(),
    )
    Candidacy.objects.filter(pk=candidacy.pk).update(state="filed", filed=candidacy.filed)
    candidacy.refresh_from_db()
    return candidacy
