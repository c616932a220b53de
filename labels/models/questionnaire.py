from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from labels.choices import AnswerKind, Category, QuestionnairePart
from labels.models.edition import Edition
from labels.models.frozen import ARRIVES_LATE, OF_SECTION, frozen

CHOICES = (AnswerKind.ONE, AnswerKind.SEVERAL)


class Section(models.Model):
    """A part of the questionnaire of a category."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="sections", verbose_name="édition")
    part = models.CharField(
        "partie", max_length=8, choices=QuestionnairePart.choices, default=QuestionnairePart.DOSSIER
    )
    category = models.CharField("catégorie", max_length=10, choices=Category.choices)
    title = models.CharField("titre", max_length=160)
    help = models.TextField("aide", blank=True)
    position = models.PositiveSmallIntegerField("rang")

    class Meta:
        verbose_name = "section du questionnaire"
        triggers = (frozen("section_is_for_good", held=ARRIVES_LATE),)
        verbose_name_plural = "sections du questionnaire"
        ordering = ("edition", "category", "part", "position")
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "category", "part", "position"),
                name="section_place_once",
                violation_error_message="Une autre section a déjà ce rang.",
            ),
        )

    def __str__(self):
        return self.title


class Question(models.Model):
    """One question; its code is the key of the answer, the same from one edition to the next."""

    section = models.ForeignKey(Section, models.CASCADE, related_name="questions", verbose_name="section")
    code = models.SlugField("code", max_length=40)
    text = models.CharField("question", max_length=300)
    help = models.CharField("aide", max_length=500, blank=True)
    kind = models.CharField("réponse", max_length=8, choices=AnswerKind.choices)
    options = ArrayField(models.CharField(max_length=160), default=list, blank=True, verbose_name="choix")
    is_required = models.BooleanField("obligatoire", default=True)
    is_proposal = models.BooleanField("proposition de travail", default=True)
    position = models.PositiveSmallIntegerField("rang")

    class Meta:
        verbose_name = "question"
        triggers = (frozen("question_is_for_good", edition=OF_SECTION, held=ARRIVES_LATE),)
        ordering = ("section", "position")
        constraints = (
            models.UniqueConstraint(
                fields=("section", "code"),
                name="question_once",
                violation_error_message="Cette question est déjà dans la section.",
            ),
            models.CheckConstraint(
                condition=(Q(kind__in=CHOICES) & Q(options__len__gte=2))
                | (~Q(kind__in=CHOICES) & Q(options=[])),
                name="question_has_its_options",
                violation_error_message="Une question à choix a au moins deux choix, les autres aucun.",
            ),
        )

    def __str__(self):
        return self.text
