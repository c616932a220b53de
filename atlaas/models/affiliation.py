"""Who may act for a collectivité: nothing belongs to a person, everything to the collectivité."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Lower, Now
from django.utils import timezone

from atlaas.choices import ClaimState, Role
from atlaas.models.collectivity import Collectivity


class Affiliation(models.Model):
    """A person's role in a collectivité; the row goes when the person leaves, what was done there stays."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="affiliations", verbose_name="personne"
    )
    collectivity = models.ForeignKey(
        Collectivity, models.PROTECT, related_name="affiliations", verbose_name="collectivité"
    )
    role = models.CharField("rôle", max_length=12, choices=Role.choices)
    created_at = models.DateTimeField("depuis le", db_default=Now(), editable=False)

    class Meta:
        verbose_name = "rattachement"
        ordering = ("collectivity__sort_key", "user__email")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "collectivity"),
                name="affiliation_once",
                violation_error_message="Cette personne est déjà rattachée à la collectivité.",
            ),
            models.CheckConstraint(
                condition=Q(role__in=Role.values),
                name="affiliation_role_known",
                violation_error_message="Ce rôle n’existe pas.",
            ),
        )

    def __str__(self):
        return f"{self.user}, {self.get_role_display()}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self):
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=Now())


class Invitation(models.Model):
    """A role offered to an address; the link of the mail holds a secret of which only the SHA-256 is kept."""

    collectivity = models.ForeignKey(
        Collectivity, models.PROTECT, related_name="invitations", verbose_name="collectivité"
    )
    email = models.EmailField("adresse invitée", max_length=254)
    role = models.CharField("rôle", max_length=12, choices=Role.choices)
    secret_hash = models.CharField("empreinte du secret", max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="invitée par"
    )
    created_at = models.DateTimeField("envoyée le", db_default=Now(), editable=False)
    expires_at = models.DateTimeField("expire le")
    accepted_at = models.DateTimeField("acceptée le", null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="acceptée par",
    )
    revoked_at = models.DateTimeField("retirée le", null=True, blank=True)
    replaces = models.ForeignKey(
        Affiliation,
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="prend la suite de",
        help_text="Ce rattachement prend fin quand l’invitation est acceptée.",
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "invitation"
        ordering = ("-created_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("collectivity", "email"),
                condition=Q(accepted_at=None, revoked_at=None),
                name="invitation_open_once",
                violation_error_message="Une invitation attend déjà à cette adresse.",
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="invitation_email_lower_case",
                violation_error_message="L’adresse s’écrit en minuscules.",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False, revoked_at=None),
                name="invitation_accepted_by_someone",
                violation_error_message="Une invitation acceptée l’est par une personne, et n’est pas retirée.",
            ),
        )

    def __str__(self):
        return f"{self.email} → {self.collectivity}"

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= timezone.now()


class Claim(models.Model):
    """A person asks to act for a collectivité that has nobody in charge; an organiser decides."""

    collectivity = models.ForeignKey(
        Collectivity, models.PROTECT, related_name="claims", verbose_name="collectivité"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="claims", verbose_name="personne"
    )
    function = models.CharField("fonction", max_length=120)
    message = models.TextField("message", max_length=2000, blank=True)
    state = models.CharField("état", max_length=8, choices=ClaimState.choices, default=ClaimState.PENDING)
    created_at = models.DateTimeField("demandée le", db_default=Now(), editable=False)
    decided_at = models.DateTimeField("décidée le", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="décidée par",
    )
    answer = models.TextField("réponse", max_length=2000, blank=True)

    class Meta:
        verbose_name = "demande de rattachement"
        verbose_name_plural = "demandes de rattachement"
        ordering = ("created_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("collectivity", "user"),
                condition=Q(state=ClaimState.PENDING),
                name="claim_waits_once",
                violation_error_message="Votre demande attend déjà une réponse.",
            ),
            models.CheckConstraint(
                condition=Q(state=ClaimState.PENDING, decided_at=None, decided_by=None)
                | (~Q(state=ClaimState.PENDING) & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="claim_decided_by_someone",
                violation_error_message="Une demande est décidée par une personne, à une date.",
            ),
        )

    def __str__(self):
        return f"{self.user} → {self.collectivity}"


class MandateQuerySet(models.QuerySet["Mandate"]):
    def in_force(self):
        return self.filter(revoked_at=None, starts_at__lte=Now(), until__gt=Now())

    def with_role_of(self, user):
        """Those that let the person act, each with `operator_role`: theirs at the operator, none for a named person."""
        role = Affiliation.objects.filter(collectivity=OuterRef("operator"), user=user).values("role")
        rows = self.annotate(operator_role=Subquery(role))
        theirs = Q(holder=user) | Q(holder=None, holder_email=user.email, operator=None)
        return rows.filter(theirs | Q(operator_role__isnull=False)).select_related("operator", "holder")


class Mandate(models.Model):
    """An operator (a group of communes, or a named person of another body) acts for a collectivité until a date.

    With `operator`, each person of that collectivité acts with the role they have there, at most valideur; otherwise one person
    alone acts, as a valideur, in the name of `holder_body`: `holder`, or whoever holds the account of `holder_email` once there
    is one (whether there is one is told to nobody).
    """

    collectivity = models.ForeignKey(
        Collectivity, models.PROTECT, related_name="mandates", verbose_name="collectivité représentée"
    )
    operator = models.ForeignKey(
        Collectivity,
        models.PROTECT,
        related_name="mandates_held",
        null=True,
        blank=True,
        verbose_name="collectivité mandatée",
    )
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="mandates",
        null=True,
        blank=True,
        verbose_name="personne mandatée",
    )
    holder_email = models.EmailField("adresse de la personne", blank=True)
    holder_body = models.CharField("organisme de la personne", max_length=200, blank=True)
    starts_at = models.DateTimeField("à partir du", db_default=Now())
    until = models.DateTimeField("jusqu’au")
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="donné par"
    )
    created_at = models.DateTimeField("donné le", db_default=Now(), editable=False)
    revoked_at = models.DateTimeField("retiré le", null=True, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = "mandat"
        ordering = ("-created_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(operator__isnull=False, holder=None, holder_email="", holder_body="")
                | (Q(operator=None) & (Q(holder__isnull=False) | ~Q(holder_email="")) & ~Q(holder_body="")),
                name="mandate_names_one_holder",
                violation_error_message="Un mandat nomme une collectivité, ou une personne et son organisme.",
            ),
            models.CheckConstraint(
                condition=Q(operator=None) | ~Q(operator=F("collectivity")),
                name="mandate_to_another",
                violation_error_message="Une collectivité ne se donne pas mandat à elle-même.",
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("starts_at")),
                name="mandate_ends_after_start",
                violation_error_message="Le mandat finit après avoir commencé.",
            ),
        )

    def __str__(self):
        return f"{self.operator or self.holder or self.holder_email} pour {self.collectivity}"

    @property
    def last_day(self) -> dt.date:
        """The last day of the mandate, which ends at the midnight that follows."""
        return timezone.localdate(self.until - dt.timedelta(microseconds=1))
