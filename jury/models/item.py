from django.db import models
from django.db.models import Q

from jury.choices import ItemState
from jury.models.sitting import Sitting
from jury.rules.item import JUDGED
from labels.models import Candidacy, MentionTheme

ON_THE_TABLE = (ItemState.CALLED, ItemState.DECIDED)


class Item(models.Model):
    """A dossier on the agenda of a sitting, with the decision that stands; how it came about is in the journal."""

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="items", verbose_name="séance")
    candidacy = models.OneToOneField(
        Candidacy, models.PROTECT, related_name="item", verbose_name="candidature"
    )
    position = models.PositiveSmallIntegerField("rang")
    state = models.CharField("état", max_length=8, choices=ItemState.choices, default=ItemState.WAITING)
    version = models.PositiveIntegerField("version", default=1)
    called_at = models.DateTimeField("appelé à", null=True, blank=True)
    known = models.JSONField("ce qui est su en entrant à l’ordre du jour", default=dict)
    proposed = models.PositiveSmallIntegerField("niveau proposé", null=True, blank=True)
    is_fragile = models.BooleanField("niveau fragile", default=False)
    level = models.PositiveSmallIntegerField("niveau décidé", null=True, blank=True)
    is_ten = models.BooleanField("titre TEN", default=False)
    mentions = models.ManyToManyField(MentionTheme, related_name="+", blank=True, verbose_name="mentions")
    votes_for = models.PositiveSmallIntegerField("pour", null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField("contre", null=True, blank=True)
    abstentions = models.PositiveSmallIntegerField("s’abstiennent", null=True, blank=True)
    reason = models.CharField("motif", max_length=500, blank=True)

    class Meta:
        verbose_name = "point de l’ordre du jour"
        verbose_name_plural = "points de l’ordre du jour"
        ordering = ("sitting", "position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("sitting",),
                condition=Q(state__in=ON_THE_TABLE),
                name="item_one_on_the_table",
                violation_error_message="Un autre dossier est sur la table.",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=(ItemState.WAITING, ItemState.CALLED, ItemState.ASIDE),
                    level=None,
                    votes_for=None,
                    votes_against=None,
                    abstentions=None,
                )
                | Q(
                    state__in=(ItemState.DECIDED, ItemState.ENDED),
                    level__isnull=False,
                    level__range=(1, 5),
                    votes_for__isnull=False,
                    votes_against__isnull=False,
                    abstentions__isnull=False,
                ),
                name="item_decided_has_level_and_votes",
                violation_error_message="Un point décidé a son niveau et ses voix.",
            ),
            models.CheckConstraint(
                condition=Q(is_ten=False) | Q(level=5),
                name="item_ten_is_5",
                violation_error_message="Le titre TEN demande 5 arobases.",
            ),
        )

    def __str__(self):
        return str(self.candidacy)

    @property
    def is_withdrawn(self) -> bool:
        """Whether the candidacy is judged no more, set aside already or not."""
        return self.candidacy.state not in JUDGED

    @property
    def is_filed_again(self) -> bool:
        """Whether another filing came since: what is judged is the one that the agenda took."""
        taken = self.known.get("filing")
        return bool(taken) and not self.is_withdrawn and taken["key"] != str(self.candidacy.filed_id)
