"""The letter to each candidate: what was settled for it, what was sent for good, to which address."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now

from atlaas.models import Enjeu
from jury.choices import SettledAs
from labels.models import Candidacy
from labels.models.frozen import kept

PERSON = settings.AUTH_USER_MODEL
WAITS = """
    IF NEW.sent_at IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM labels_candidacy AS candidacy
        JOIN labels_edition AS edition ON edition.id = candidacy.edition_id
        WHERE candidacy.id = NEW.candidacy_id AND edition.published_at <= statement_timestamp()
    ) THEN
        RAISE EXCEPTION 'pgtrigger: a letter waits for the publication of the palmarès';
    END IF;
    RETURN NEW;
"""


class RemarkSettlement(models.Model):
    """Two jurors contradicted each other on an enjeu of a dossier: what the letter keeps of it."""

    candidacy = models.ForeignKey(
        Candidacy, models.PROTECT, related_name="settlements", verbose_name="candidature"
    )
    enjeu = models.ForeignKey(Enjeu, models.PROTECT, related_name="+", verbose_name="enjeu")
    kind = models.CharField("retenu comme", max_length=9, choices=SettledAs.choices)
    reason = models.CharField("raison", max_length=300, blank=True)
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="par")
    at = models.DateTimeField("le", db_default=Now())

    class Meta:
        verbose_name = "remarque tranchée"
        verbose_name_plural = "remarques tranchées"
        ordering = ("candidacy", "enjeu__position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("candidacy", "enjeu"),
                name="remark_settled_once",
                violation_error_message="Cet enjeu est déjà tranché pour ce dossier.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=SettledAs.values),
                name="remark_settled_as_known",
                violation_error_message="On retient un point fort, une prochaine étape, ou ni l’un ni l’autre.",
            ),
        )

    def __str__(self):
        return f"{self.enjeu} : {self.get_kind_display()}"


class Letter(models.Model):
    """The letter of one candidate: remade until it is sent, then for good, words included."""

    candidacy = models.OneToOneField(
        Candidacy, models.PROTECT, related_name="letter", verbose_name="candidature"
    )
    document = models.TextField("lettre (JSON canonique)")
    sha256 = models.CharField("empreinte SHA-256", max_length=64)
    level = models.PositiveSmallIntegerField("niveau annoncé", null=True, blank=True)
    made_at = models.DateTimeField("préparée le", db_default=Now())
    sent_at = models.DateTimeField("envoyée le", null=True, blank=True)
    sent_by = models.ForeignKey(
        PERSON, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="envoyée par"
    )

    class Meta:
        verbose_name = "lettre du jury"
        verbose_name_plural = "lettres du jury"
        ordering = ("candidacy",)
        triggers = (
            pgtrigger.Protect(
                name="sent_letter_is_for_good",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.sent_at IS NOT NULL"),
            ),
            kept("letter_is_not_erased"),
            pgtrigger.Trigger(
                name="letter_waits_for_the_palmares",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=WAITS,
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="letter_digest_shape",
                violation_error_message="L’empreinte est un SHA-256.",
            ),
            models.CheckConstraint(
                condition=Q(level=None) | Q(level__range=(1, 5)),
                name="letter_level_1_to_5",
                violation_error_message="Un niveau va de 1 à 5 arobases.",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None, sent_by=None)
                | Q(sent_at__isnull=False, sent_by__isnull=False, level__isnull=False),
                name="letter_sent_by_someone_with_its_level",
                violation_error_message="Une lettre envoyée annonce un niveau, et quelqu’un l’a envoyée.",
            ),
        )

    def __str__(self):
        return f"lettre de la {self.candidacy}"


class LetterCopy(models.Model):
    """One address that gets a letter, and gets it once: taken by one worker, then handed to the mail server.

    `handed_at` stays empty when that worker died in between: nobody can tell whether that mail left, and the screen says so.
    """

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="copies", verbose_name="lettre")
    email = models.EmailField("adresse", max_length=254)
    taken_at = models.DateTimeField("prise le", null=True, blank=True)
    handed_at = models.DateTimeField("remise au serveur le", null=True, blank=True)

    class Meta:
        verbose_name = "exemplaire d’une lettre"
        verbose_name_plural = "exemplaires des lettres"
        ordering = ("letter", "email")
        constraints = (
            models.UniqueConstraint(
                fields=("letter", "email"),
                name="letter_once_an_address",
                violation_error_message="Cette lettre est déjà partie à cette adresse.",
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="letter_address_lower_case",
                violation_error_message="L’adresse s’écrit en minuscules.",
            ),
            models.CheckConstraint(
                condition=Q(handed_at=None) | Q(taken_at__isnull=False),
                name="letter_taken_before_handed",
                violation_error_message="Un exemplaire est pris, puis remis au serveur de courriel.",
            ),
        )

    def __str__(self):
        return self.email
