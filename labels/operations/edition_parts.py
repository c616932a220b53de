"""What an edition asks, how it counts and what its mails say: changed by organisers, each until its own limit."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max, Model, ProtectedError, QuerySet
from django.utils.text import slugify

from atlaas.models import User
from atlaas.permissions import require_organiser
from atlaas.rules.refusal import Conflict, Refused
from labels.choices import EditionMail
from labels.models import (
    Criterion,
    Edition,
    EditionMailText,
    JuryMember,
    MentionTheme,
    Question,
    Rulebook,
    Seal,
    Section,
)
from labels.queries.clock import now
from labels.queries.mark import mark_of
from labels.rules.freeze import why_frozen
from labels.rules.mail_words import check

Part = Criterion | Section | Question | MentionTheme | JuryMember

ASIDE = 32767  # a place nobody has, while two neighbours change theirs
LONGEST_CODE = 40
CHANGED = "Quelqu’un a changé ceci depuis que vous l’avez ouvert : voici les deux textes, rien n’est écrasé."


@transaction.atomic
def set_rulebook(edition: Edition, facts: Mapping[str, Any], by: User, *, read: str) -> None:
    """Write the limits of an edition; the table refuses those that contradict one another.

    `read` is the mark of what the page showed (`queries.mark`), here and below: another one is a `Conflict`.
    """
    _opened_for(edition, "rulebook", by)
    book = Rulebook.objects.select_for_update().get(edition=edition)
    _require_read(book, read, facts)
    for name, value in facts.items():
        setattr(book, name, value)
    book.save(update_fields=list(facts))


@transaction.atomic
def save_part(edition: Edition, row: Part, by: User, *, read: str = "") -> Part:
    """Write a criterion, a section, a question or a theme; a new one comes last, with a code of its own."""
    _opened_for(edition, _kind(row), by)
    if row.pk is None:
        _place(row)
    else:
        stored = type(row).objects.filter(pk=row.pk).first()
        if stored is None:
            raise Refused("Quelqu’un l’a retiré entre-temps : ajoutez-le de nouveau s’il doit rester.")
        _require_read(stored, read, row)
        if not isinstance(row, MentionTheme) and not isinstance(stored, MentionTheme):
            row.position = stored.position  # a neighbour may have moved meanwhile
    row.save()
    return row


@transaction.atomic
def drop_part(edition: Edition, row: Part, by: User) -> None:
    """Take it out of this edition; the others keep theirs."""
    _opened_for(edition, _kind(row), by)
    if isinstance(row, MentionTheme) and row.mentions.exists():
        raise Refused("Ce thème a déjà distingué un lauréat : il reste.")
    try:
        row.delete()
    except ProtectedError:
        raise Refused(
            "Quelque chose en dépend déjà (un siège du jury, une note) : retirez cela d’abord."
        ) from None


@transaction.atomic
def raise_part(edition: Edition, row: Part, by: User) -> None:
    """Move it one place up among its own; the first stays where it is."""
    _opened_for(edition, _kind(row), by)
    if isinstance(row, MentionTheme):
        raise Refused("Les thèmes sont rangés par ordre alphabétique.")
    above = _siblings(row).filter(position__lt=row.position).order_by("-position").first()
    if above is None:
        return
    place = row.position
    for one, position in ((row, ASIDE), (above, place), (row, above.position)):
        type(one).objects.filter(pk=one.pk).update(position=position)


@transaction.atomic
def set_mail(edition: Edition, kind: str, subject: str, body: str, by: User, *, read: str) -> None:
    """Write the words of one mail; `Refused` when they name what this mail cannot tell."""
    _opened_for(edition, "editionmailtext", by)
    if kind not in EditionMail.values:
        raise Refused("Ce courriel n’existe pas.")
    if not subject.strip() or not body.strip():
        raise Refused("Un courriel a un objet et un texte.")
    words = {"subject": check(kind, subject.strip()), "body": check(kind, body.strip())}
    _require_read(EditionMailText.objects.filter(edition=edition, kind=kind).first(), read, words)
    EditionMailText.objects.update_or_create(edition=edition, kind=kind, defaults=words)


@transaction.atomic
def forget_mail(edition: Edition, kind: str, by: User) -> None:
    """Back to the words that the platform proposes."""
    _opened_for(edition, "editionmailtext", by)
    EditionMailText.objects.filter(edition=edition, kind=kind).delete()


def _opened_for(edition: Edition, part: str, by: User) -> None:
    """Hold the edition while one of its parts changes: `Refused` past the limit of that part."""
    require_organiser(by)
    locked = Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    why = why_frozen(part, opens_at=locked.opens_at, published_at=locked.published_at, at=now())
    if why:
        raise Refused(why)
    if part == "mentiontheme" and Seal.objects.filter(edition=locked).exists():
        raise Refused("Le palmarès est scellé : les thèmes des mentions ne changent plus.")


def _require_read(stored: Model | None, read: str, proposed: object) -> None:
    if mark_of(stored) != read:
        raise Conflict(CHANGED, current=stored, proposed=proposed)


def _kind(row: Part) -> str:
    return str(row._meta.model_name)  # noqa: SLF001 (documented by Django)


def _siblings(row: Criterion | Section | Question | JuryMember) -> "QuerySet[Any]":
    """Those among which it has its place."""
    if isinstance(row, Question):
        return Question.objects.filter(section=row.section)
    if isinstance(row, Section):
        return Section.objects.filter(edition=row.edition, category=row.category, part=row.part)
    if isinstance(row, JuryMember):
        return JuryMember.objects.filter(edition=row.edition)
    return Criterion.objects.filter(edition=row.edition, category=row.category)


def _place(row: Part) -> None:
    if isinstance(row, MentionTheme):
        taken = MentionTheme.objects.filter(edition=row.edition).values_list("slug", flat=True)
        row.slug = _fresh(row.name, set(taken))
        return
    row.position = (_siblings(row).aggregate(last=Max("position"))["last"] or 0) + 1
    if isinstance(row, Criterion):
        row.code = _fresh(row.name, set(_siblings(row).values_list("code", flat=True)))
    if isinstance(row, Question):
        asked = Question.objects.filter(section__edition=row.section.edition)
        row.code = _fresh(row.text, set(asked.values_list("code", flat=True)))


def _fresh(words: str, taken: set[str]) -> str:
    """A code from the words that no other has."""
    stem = slugify(words)[: LONGEST_CODE - 4].strip("-") or "sans-nom"
    codes = (stem, *(f"{stem}-{number}" for number in range(2, 1000)))
    return next(code for code in codes if code not in taken)
