"""Messages to people: a row first, a mail later (one digest by default, at once only for « vous devez agir »)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from atlaas.choices import NoticeKind
from atlaas.models.collectivity import Collectivity


class Notice(models.Model):
    """One message to one person; the workspace shows it at once, the mail follows."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name="personne"
    )
    kind = models.CharField("type", max_length=11, choices=NoticeKind.choices)
    key = models.CharField(
        "clé",
        max_length=120,
        help_text="Le même fait dit deux fois à la même personne ne fait qu’un message.",
    )
    title = models.CharField("objet", max_length=200)
    body = models.TextField("texte", blank=True)
    url = models.CharField("où aller", max_length=300, blank=True)
    collectivity = models.ForeignKey(
        Collectivity,
        models.CASCADE,
        related_name="notices",
        null=True,
        blank=True,
        verbose_name="collectivité",
    )
    created_at = models.DateTimeField("le", db_default=Now(), editable=False)
    read_at = models.DateTimeField("lu le", null=True, blank=True)
    mailed_at = models.DateTimeField("envoyé le", null=True, blank=True)
    skipped_at = models.DateTimeField("non envoyé, à la demande de la personne, le", null=True, blank=True)

    class Meta:
        verbose_name = "message"
        ordering = ("-created_at", "-pk")
        indexes = (
            models.Index(
                fields=("user", "created_at"),
                condition=Q(mailed_at=None, skipped_at=None),
                name="notice_to_mail",
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("user", "key"),
                name="notice_once",
                violation_error_message="Ce message est déjà écrit.",
            ),
            models.CheckConstraint(
                condition=Q(mailed_at=None) | Q(skipped_at=None),
                name="notice_mailed_or_skipped",
                violation_error_message="Un message est envoyé ou ne l’est pas.",
            ),
        )

    def __str__(self):
        return self.title


class Silence(models.Model):
    """A type of messages that a person no longer wants by mail."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="silences", verbose_name="personne"
    )
    kind = models.CharField("type", max_length=11, choices=NoticeKind.choices)
    created_at = models.DateTimeField("depuis le", db_default=Now(), editable=False)

    class Meta:
        verbose_name = "désabonnement"
        ordering = ("user", "kind")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "kind"),
                name="silence_once",
                violation_error_message="Ce type de message est déjà arrêté.",
            ),
        )

    def __str__(self):
        return f"{self.user} : {self.get_kind_display()}"


class SavedSearch(models.Model):
    """A search of the fiches that a person keeps, and may be told of."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="searches", verbose_name="personne"
    )
    name = models.CharField("nom", max_length=120)
    query = models.CharField(
        "recherche", max_length=1000, blank=True, help_text="Ce qui suit « ? » dans l’adresse."
    )
    is_alert = models.BooleanField("prévenir par courriel", default=True)
    created_at = models.DateTimeField("gardée le", db_default=Now(), editable=False)
    seen_until = models.DateTimeField("prévenu jusqu’au", db_default=Now())

    class Meta:
        verbose_name = "recherche gardée"
        verbose_name_plural = "recherches gardées"
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "query"),
                name="saved_search_once",
                violation_error_message="Vous gardez déjà cette recherche.",
            ),
        )

    def __str__(self):
        return self.name
