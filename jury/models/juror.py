from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Now

from jury.choices import Tie
from labels.models import Edition, JuryMember


class JurorQuerySet(models.QuerySet["Juror"]):
    def seated(self):
        """Those who sit: invited or not yet, none who left."""
        return self.filter(left_at=None)

    def of(self, user):
        """The seats of a person whose account is active."""
        return self.seated().filter(user=user.pk, user__is_active=True)


class Juror(models.Model):
    """A seat in the jury of one edition: the public roster names the member, this row gives an account its rights."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="jurors", verbose_name="édition")
    member = models.OneToOneField(JuryMember, models.PROTECT, related_name="+", verbose_name="membre du jury")
    email = models.EmailField("adresse invitée", max_length=254)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="compte",
    )
    secret_hash = models.CharField("empreinte du secret", max_length=64, blank=True, editable=False)
    invited_at = models.DateTimeField("invité le", null=True, blank=True)
    joined_at = models.DateTimeField("arrivé le", null=True, blank=True)
    declared_at = models.DateTimeField("liens déclarés le", null=True, blank=True)
    left_at = models.DateTimeField("parti le", null=True, blank=True)
    created_at = models.DateTimeField("créé le", db_default=Now(), editable=False)

    objects = JurorQuerySet.as_manager()

    class Meta:
        verbose_name = "juré"
        ordering = ("-edition__year", "-member__is_president", "member__position", "member__name")
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "email"),
                name="juror_email_once",
                violation_error_message="Cette adresse a déjà un siège dans le jury de cette édition.",
            ),
            models.UniqueConstraint(
                fields=("edition", "user"),
                name="juror_user_once",
                violation_error_message="Cette personne siège déjà dans le jury de cette édition.",
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="juror_email_lower_case",
                violation_error_message="L’adresse s’écrit en minuscules.",
            ),
            models.CheckConstraint(
                condition=Q(user=None, joined_at=None, declared_at=None)
                | Q(user__isnull=False, joined_at__isnull=False),
                name="juror_joined_by_someone",
                violation_error_message="Un juré arrive, puis déclare ses liens, avec un compte.",
            ),
        )

    def __str__(self):
        return str(self.member)

    @property
    def is_president(self) -> bool:
        return self.member.is_president

    @property
    def has_declared(self) -> bool:
        return self.declared_at is not None


class Recusal(models.Model):
    """A juror's tie to a collectivité: they neither read, nor score, nor hear, nor count what touches its dossier.

    A commune brings its EPCI, an EPCI its communes: that is read (`queries.recusal`), never stored, so that it follows the map.
    """

    juror = models.ForeignKey(Juror, models.PROTECT, related_name="recusals", verbose_name="juré")
    collectivity = models.ForeignKey(
        "atlaas.Collectivity", models.PROTECT, related_name="+", verbose_name="collectivité"
    )
    tie = models.CharField("lien", max_length=8, choices=Tie.choices)
    since = models.PositiveSmallIntegerField("depuis (année)", null=True, blank=True)
    comment = models.CharField("précision", max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="déclaré par"
    )
    at = models.DateTimeField("déclaré le", db_default=Now(), editable=False)
    dismissed_at = models.DateTimeField("écarté le", null=True, blank=True)
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="écarté par",
    )
    dismissal = models.CharField("pourquoi il est écarté", max_length=500, blank=True)

    class Meta:
        verbose_name = "déport"
        ordering = ("juror", "collectivity__sort_key", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("juror", "collectivity", "tie"),
                condition=Q(dismissed_at=None),
                name="recusal_once_a_tie",
                violation_error_message="Ce lien est déjà déclaré.",
            ),
            models.CheckConstraint(
                condition=Q(dismissed_at=None, dismissed_by=None, dismissal="")
                | (
                    Q(dismissed_at__isnull=False, dismissed_at__gte=F("at"), dismissed_by__isnull=False)
                    & ~Q(dismissal="")
                ),
                name="recusal_dismissed_with_reason",
                violation_error_message="Un déport n’est écarté que par quelqu’un, et avec une raison.",
            ),
            models.CheckConstraint(
                condition=Q(tie__in=Tie.values),
                name="recusal_tie_known",
                violation_error_message="Ce lien n’existe pas dans la liste.",
            ),
            models.CheckConstraint(
                condition=Q(since=None) | Q(since__range=(1940, 2199)),
                name="recusal_since_plausible",
                violation_error_message="Donnez l’année sur quatre chiffres, comme 2020.",
            ),
        )

    def __str__(self):
        return f"{self.juror} : {self.collectivity}"
