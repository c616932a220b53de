"""Mails about one candidacy that leave at once: the receipt, a withdrawal, more time. Asked as jobs, in the transaction of the fact."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ObjectDoesNotExist
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from atlaas.choices import Role
from atlaas.models import Collectivity, User
from atlaas.operations.mail_text import absolute
from atlaas.queries.audience import people_of
from labels.choices import EditionMail
from labels.models import Candidacy, CandidacyStep, Derogation, Edition, Extension, Snapshot
from labels.queries.clock import deadline_of, zone_for
from labels.queries.edition_mail import words_of
from labels.queries.receipt import receipt, receipt_pdf
from labels.rules.clock_words import told

PLACE = ("candidacy__edition", "candidacy__collectivity__departement")


@dataclass(frozen=True)
class Letter:
    """What one mail says: which text of the edition, with which facts, and what goes with it."""

    kind: EditionMail
    edition: Edition
    collectivity: Collectivity
    people: Iterable[User | None]
    facts: Mapping[str, str]
    files: list[tuple[str, bytes, str]] = field(default_factory=list)
    box: str = ""


def _about(
    candidacy: Candidacy, kind: EditionMail, people: Iterable[User | None], facts: Mapping[str, str]
) -> Letter:
    """A letter about a candidacy: its service's own address gets it too."""
    return Letter(kind, candidacy.edition, candidacy.collectivity, people, facts, box=candidacy.contact_email)


def send(key: str) -> None:
    """Send the mail of `receipt:<snapshot>`, `withdrawn:<step>`, `extension:<extension>` `derogation:<derogation>` or `relaunch:<step>`."""
    kind, _, pk = key.partition(":")
    try:
        letter = LETTERS[kind](pk)
    except ObjectDoesNotExist:
        return  # erased meanwhile, by a demonstration that started over
    _send(letter)


def _receipt(pk: str) -> Letter:
    snapshot = Snapshot.objects.select_related("by", *PLACE).get(pk=pk)
    facts = receipt(snapshot)
    place = [facts.code, facts.year, facts.rank]
    words = {
        "numero": facts.number,
        "empreinte": facts.sha256,
        "depot": str(facts.arrived),
        "lien": absolute(reverse("receipt", args=place)),
    }
    letter = _about(snapshot.candidacy, EditionMail.RECEIPT, [snapshot.by], words)
    letter.files.append((f"accuse-de-depot-{facts.number}.pdf", receipt_pdf(snapshot), "application/pdf"))
    return letter


def _withdrawn(pk: str) -> Letter:
    step = CandidacyStep.objects.select_related("by", *PLACE).get(pk=pk)
    people = [step.by, *_team(step.candidacy.collectivity)]
    facts = {"lien": _page(step.candidacy), "personne": str(step.by or "")}
    return _about(step.candidacy, EditionMail.WITHDRAWN, people, facts)


def _extension(pk: str) -> Letter:
    extension = Extension.objects.select_related(*PLACE).get(pk=pk)
    candidacy = extension.candidacy
    until = str(told(extension.until, zone_for(candidacy.collectivity)))
    facts = {"echeance": until, "motif": extension.reason, "lien": _page(candidacy)}
    return _about(candidacy, EditionMail.EXTENSION, _team(candidacy.collectivity), facts)


def _derogation(pk: str) -> Letter:
    one = Derogation.objects.select_related("edition", "collectivity", "asked_by").get(pk=pk)
    place = [one.collectivity.code, one.edition.year]
    facts = {
        "decision": one.get_state_display(),
        "reponse": one.answer,
        "lien": absolute(reverse("derogation", args=place)),
    }
    people = [one.asked_by, *_team(one.collectivity)]
    return Letter(EditionMail.DEROGATION, one.edition, one.collectivity, people, facts)


def _relaunch(pk: str) -> Letter:
    step = CandidacyStep.objects.select_related("by", *PLACE).get(pk=pk)
    candidacy = step.candidacy
    end = deadline_of(candidacy.edition, candidacy.collectivity).end_told
    facts = {"lien": _page(candidacy), "echeance": str(end), "message": step.detail["message"]}
    return _about(candidacy, EditionMail.RELAUNCH, _team(candidacy.collectivity), facts)


LETTERS: Mapping[str, Callable[[str], Letter]] = {
    "receipt": _receipt,
    "withdrawn": _withdrawn,
    "extension": _extension,
    "derogation": _derogation,
    "relaunch": _relaunch,
}


def _team(collectivity: Collectivity) -> list[User]:
    """Those who may file for it."""
    return list(people_of(collectivity, MAY_FILE).order_by("pk"))


MAY_FILE = (Role.PUBLISHER, Role.MANAGER)


def _page(candidacy: Candidacy) -> str:
    return absolute(reverse("candidacy", args=[candidacy.collectivity.code, candidacy.edition.year]))


def _send(letter: Letter) -> None:
    people = [user.email for user in letter.people if user is not None and user.is_active]
    to = list(dict.fromkeys(filter(None, [*people, letter.box])))
    if not to:
        return
    subject, text = words_of(letter.edition, letter.collectivity, letter.kind, letter.facts)
    mail = EmailMultiAlternatives(subject, text, to=to)
    lines = [line for line in text.split("\n\n") if line.strip()]
    words = {"subject": subject, "paragraphs": lines, "origin": absolute("")}
    mail.attach_alternative(render_to_string("labels/receipt/mail.html", words), "text/html")
    for name, content, nature in letter.files:
        mail.attach(name, content, nature)
    mail.send()
