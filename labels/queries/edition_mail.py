"""The words of an edition's mails, filled with the facts of one."""

from collections.abc import Mapping

from atlaas.models import Collectivity
from atlaas.rules.mailing import typeset
from atlaas.rules.text import french
from labels.choices import EditionMail
from labels.models import Edition, EditionMailText
from labels.rules.mail_words import DEFAULTS, fill

DEMO = "Démonstration"


def words_of(
    edition: Edition, collectivity: Collectivity, kind: EditionMail, facts: Mapping[str, str]
) -> tuple[str, str]:
    """Subject and text, in the words of the edition or in those that the platform proposes; one query."""
    own = EditionMailText.objects.filter(edition=edition, kind=kind).first()
    subject, body = (own.subject, own.body) if own else DEFAULTS[kind]
    known = {"collectivite": collectivity.name, "annee": str(edition.year), **facts}
    head, told = french(fill(subject, known)), typeset(fill(body, known))
    return (french(f"{DEMO} : {head}"), f"{DEMO}\n\n{told}") if edition.is_demo else (head, told)
