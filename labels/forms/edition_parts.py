"""What organisers write of an edition: its rulebook, the grid, the questionnaire, the themes and the mails."""

from typing import cast

from django import forms
from django.core.exceptions import ValidationError

from atlaas.forms.sheet_field import Text
from atlaas.rules.refusal import Refused
from atlaas.rules.text import french
from labels.choices import AnswerKind
from labels.forms.marked import MarkedForm
from labels.models import Criterion, Edition, JuryMember, MentionTheme, Question, Rulebook, Section
from labels.queries.mark import mark_of
from labels.rules.mail_words import PLACEHOLDERS, check

LONGEST_BODY = 5000
LONGEST_OPTION = 160
MOST_OPTIONS = 30
NUMBER = {"min_value": "Écrivez un nombre plus grand.", "invalid": "Écrivez un nombre entier."}


def words(label: str, limit: int, *, rows: int = 0, required: bool = True, help_text: str = "") -> Text:
    """A text that may be required, said to be too long in the same words everywhere."""
    made = Text(
        label=label,
        limit=limit,
        rows=rows,
        too_long=f"Tenez en {limit} signes.",
        help_text=help_text,
    )
    made.required = required
    made.error_messages["required"] = "Écrivez ce texte."
    return made


class PartForm(MarkedForm, forms.ModelForm):
    """A row of an edition: its constraints speak French, and the edition is the one of the page."""

    def __init__(self, *args, edition: Edition, **options):
        super().__init__(*args, **options)
        self.initial["read"] = mark_of(self.instance)
        if self.instance.pk is None and hasattr(self.instance, "edition_id"):
            self.instance.edition = edition


STEPS = ("service_steps", "enjeu_steps", "score_steps")


class RulebookForm(MarkedForm, forms.ModelForm):
    class Meta:
        model = Rulebook
        fields = (
            "village_below",
            "ten_held_for",
            "ten_run_over",
            "ten_counts_current",
            "fresh_years",
            "grace_seconds",
            "most_flagships",
            "service_steps",
            "enjeu_steps",
            "score_steps",
            "coverage_weight",
            "freshness_weight",
            "volume_weight",
            "volume_full_at",
        )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.initial["read"] = mark_of(self.instance)
        for field in self.fields.values():
            field.error_messages |= {"invalid": "Écrivez un nombre entier.", "required": "Donnez ce nombre."}
        for name in STEPS:
            self.fields[name].help_text = "Cinq nombres entiers séparés par des virgules."
            self.fields[name].error_messages |= {"item_invalid": "Le repère n° %(nth)s n’est pas lisible :"}

    def clean(self):
        read = super().clean() or self.cleaned_data
        for name in STEPS:
            steps = read.get(name)
            if steps is not None and (len(steps) != 5 or sorted(steps) != steps):
                self.add_error(name, "Donnez cinq repères, de 1 à 5 @, du plus petit au plus grand.")
        return read


class CriterionForm(PartForm):
    name = words("Critère", 160)
    help = words("Ce que le jury regarde", 2000, rows=3, required=False)
    weight = forms.IntegerField(label="Poids", min_value=1, max_value=100, error_messages=NUMBER)

    class Meta:
        model = Criterion
        fields = ("category", "name", "help", "weight", "is_proposal")

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        stored = self.instance.anchors or [""] * 5
        for value in range(5):
            self.fields[f"value_{value}"] = words(f"Ce que vaut {value}", 300, rows=2)
            self.initial[f"value_{value}"] = stored[value]
        if self.instance.pk:
            del self.fields["category"]

    def clean(self):
        read = super().clean() or self.cleaned_data
        self.instance.anchors = [read.get(f"value_{value}", "") for value in range(5)]
        return read


class SectionForm(PartForm):
    title = words("Titre", 160)
    help = words("Aide", 2000, rows=2, required=False)

    class Meta:
        model = Section
        fields = ("category", "part", "title", "help")

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if self.instance.pk:
            del self.fields["category"], self.fields["part"]


class Place(forms.ModelChoiceField):
    """The section of a question, told with its category."""

    def label_from_instance(self, obj):
        return french(f"{obj.get_category_display().capitalize()} : {obj.title}")


class QuestionForm(PartForm):
    section = Place(Section.objects.none(), label="Section")
    text = words("Question", 300, rows=2)
    help = words("Aide", 500, rows=2, required=False)
    choices = words(
        "Choix proposés", 4000, rows=5, required=False, help_text="Un par ligne, pour une question à choix."
    )

    class Meta:
        model = Question
        fields = ("section", "text", "help", "kind", "choices", "is_required", "is_proposal")

    def __init__(self, *args, edition: Edition, **options):
        super().__init__(*args, edition=edition, **options)
        self.initial["choices"] = "\n".join(self.instance.options)
        if self.instance.pk:
            del self.fields["section"]
        else:
            cast("Place", self.fields["section"]).queryset = edition.sections.all()

    def clean_choices(self):
        told = [line.strip() for line in self.cleaned_data["choices"].split("\n")]
        options = list(dict.fromkeys(filter(None, told)))
        if len(options) > MOST_OPTIONS or any(len(one) > LONGEST_OPTION for one in options):
            raise ValidationError("Trente choix au plus, de 160 signes au plus chacun.")
        return options

    def clean(self):
        read = super().clean() or self.cleaned_data
        is_choice = read.get("kind") in {AnswerKind.ONE, AnswerKind.SEVERAL}
        options = read.get("choices", [])
        if "choices" in read and (is_choice != bool(options) or len(options) == 1):
            self.add_error(
                "choices", "Une question à choix en propose au moins deux ; les autres n’en ont pas."
            )
        self.instance.options = options
        return read


class ThemeForm(PartForm):
    name = words("Thème", 120)

    class Meta:
        model = MentionTheme
        fields = ("name",)


class JuryMemberForm(PartForm):
    name = words("Nom", 120)
    function = words("Fonction", 300, rows=2, required=False)
    biography = words("Biographie", 3000, rows=6, required=False)

    class Meta:
        model = JuryMember
        fields = ("name", "function", "biography", "is_president")


class MailForm(MarkedForm):
    """The words of one mail, that name nothing but what it can tell."""

    subject = words("Objet", 160)
    body = words("Texte", LONGEST_BODY, rows=12)

    def __init__(self, *args, kind: str, **options):
        super().__init__(*args, **options)
        self.kind = kind
        named = " ; ".join(f"{{{name}}} ({told})" for name, told in PLACEHOLDERS[kind].items())
        self.fields["body"].help_text = french(f"Une ligne vide sépare deux paragraphes. À nommer : {named}.")

    def clean_subject(self):
        return self._checked("subject")

    def clean_body(self):
        return self._checked("body")

    def _checked(self, name):
        try:
            return check(self.kind, self.cleaned_data[name])
        except Refused as refused:
            raise ValidationError(str(refused)) from refused
