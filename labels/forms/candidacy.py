"""The dossier of a candidacy: every field is judged by itself, so that what is right is kept while the rest is being typed."""

from collections.abc import Sequence
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import cached_property

from atlaas.forms.sheet_field import Text
from labels.choices import AnswerKind, Category, QuestionnairePart, SheetChoice
from labels.models import Candidacy, Question, Section

CHOOSE = {"required": "Choisissez une des réponses.", "invalid_choice": "Choisissez une des réponses."}
NUMBER = dict.fromkeys(("invalid", "min_value", "max_value"), "Écrivez un nombre entier, comme 12.")
PREFIXES = {QuestionnairePart.DOSSIER: "q-", QuestionnairePart.FEEDBACK: "r-"}
COLUMNS = {"q-": "answers", "r-": "feedback"}
CATEGORY = ("wanted_category", "category_reason")
LONG = frozenset({"mayor_word", "category_reason"})
SEPARATOR = "\n"  # between the values of one field, where a form carries it in one control


class Keys(forms.Field):
    """Keys of fiches, from any number of ticked boxes, in the order of the page."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: list[str] | None) -> list[UUID]:
        try:
            return [UUID(one) for one in value or []]
        except ValueError:
            raise ValidationError("Ces fiches ne se lisent pas : rechargez la page.") from None


class TicketForm(forms.Form):
    """What a page carries along with the dossier: which version was read, what each field said then."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    base = forms.CharField(required=False, max_length=20_000)


class ChoicesForm(TicketForm):
    """The fiches taken out and put forward: keys of fiches, those put forward in their order."""

    out = Keys()
    flagship = Keys()

    def choice_of(self, key: str) -> str:
        """What was ticked for a fiche, whatever was refused."""
        ticked = {name: self[name].value() or [] for name in ("out", "flagship")}
        if key in ticked["flagship"]:
            return str(SheetChoice.FLAGSHIP)
        return str(SheetChoice.OUT) if key in ticked["out"] else ""


def line(label: str, limit: int, help_text: str = "", rows: int = 0) -> Text:
    return Text(
        label=label,
        limit=limit,
        rows=rows,
        too_long=f"Ce texte tient en {limit} signes : raccourcissez-le.",
        help_text=help_text,
    )


class CandidacyForm(forms.Form):
    """All that people fill in. Nothing is required here: a draft may lack anything, filing asks for more."""

    elected_name = line("Nom de l’élu référent", 120)
    elected_function = line("Fonction de l’élu", 120, "Comme « maire » ou « adjointe au numérique ».")
    agent_name = line("Nom de l’agent référent", 120)
    agent_function = line("Fonction de l’agent", 120, "Comme « secrétaire de mairie ».")
    contact_email = forms.EmailField(
        label="Courriel du service",
        required=False,
        max_length=254,
        help_text="Facultatif : une boîte partagée, comme mairie@, qui reçoit aussi l’accusé de dépôt.",
        error_messages={
            "invalid": "Corrigez cette adresse : elle s’écrit comme mairie@exemple.fr.",
            "max_length": "Cette adresse est trop longue : vérifiez-la.",
        },
    )
    mayor_word = line("Le mot du maire", 2000, "Facultatif, 2 000 signes au plus.", rows=6)
    wanted_category = forms.ChoiceField(
        label="Catégorie",
        required=False,
        choices=[("", "Celle du règlement"), *Category.choices],
        error_messages=CHOOSE,
    )
    category_reason = line(
        "Pourquoi une autre catégorie",
        500,
        "À remplir si vous en demandez une autre : l’association répond.",
        rows=3,
    )

    def __init__(self, *args, questions: Sequence[Question], is_answered: bool = False, **options):
        super().__init__(*args, **options)
        if is_answered:
            for name in CATEGORY:
                del self.fields[name]
        self.long = set(LONG)
        self.sections: dict[str, Section] = {}
        for question in questions:
            name = name_of(question)
            self.fields[name] = _field(question)
            self.sections[name] = question.section
            if question.kind == AnswerKind.TEXT:
                self.long.add(name)

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("wanted_category") and not cleaned.get("category_reason", "").strip():
            self.add_error("category_reason", "Dites pourquoi une autre catégorie conviendrait mieux.")
        return cleaned

    @cached_property
    def facts(self) -> dict[str, object]:
        """What may be written as it is, as `operations.candidacy.save` takes it; a category and its reason go together."""
        self.full_clean()
        kept = dict(self.cleaned_data)
        answers = {
            column: {name[2:]: kept.pop(name) for name in list(kept) if name.startswith(prefix)}
            for prefix, column in COLUMNS.items()
        }
        if not kept.keys() >= set(CATEGORY):
            kept = {name: value for name, value in kept.items() if name not in CATEGORY}
        return kept | answers

    @property
    def unkept(self) -> dict[str, str]:
        """By field that is not kept, the sentence that says how to mend it."""
        return {name: str(errors[0]) for name, errors in self.errors.items() if errors}

    def content(self) -> dict[str, object]:
        """What was sent, as `content_of` says what is stored; a field that cannot be kept says so."""
        self.full_clean()
        return {
            name: blank(self.cleaned_data[name])
            if name in self.cleaned_data
            else {"unread": self[name].value()}
            for name in self.fields
        }

    def parts(self) -> list[tuple[str, str, list[forms.BoundField]]]:
        """The questionnaire in its sections: (title, help, fields)."""
        found: dict[tuple[str, str], list[forms.BoundField]] = {}
        for name, section in self.sections.items():
            found.setdefault((section.title, section.help), []).append(self[name])
        return [(title, words, fields) for (title, words), fields in found.items()]


def name_of(question: Question) -> str:
    return f"{PREFIXES[QuestionnairePart(question.section.part)]}{question.code}"


def _field(question: Question) -> forms.Field:
    label, words = question.text, question.help
    choices = [(one, one) for one in question.options]
    match question.kind:
        case AnswerKind.LINE:
            field: forms.Field = line(label, 300, words)
        case AnswerKind.TEXT:
            field = line(label, 5000, words, rows=6)
        case AnswerKind.NUMBER:
            field = forms.IntegerField(
                min_value=0,
                max_value=2**31 - 1,
                required=False,
                error_messages=NUMBER,
                widget=forms.TextInput(attrs={"inputmode": "numeric"}),
            )
        case AnswerKind.SEVERAL:
            field = forms.MultipleChoiceField(
                choices=choices, required=False, widget=forms.CheckboxSelectMultiple, error_messages=CHOOSE
            )
        case _:
            told = choices or [("oui", "oui"), ("non", "non")]
            field = forms.ChoiceField(
                choices=told, required=False, widget=forms.RadioSelect, error_messages=CHOOSE
            )
    field.label, field.help_text = label, words
    return field


def blank(value: object) -> object:
    return "" if value is None or value == [] else value


def content_of(candidacy: Candidacy, questions: Sequence[Question]) -> dict[str, object]:
    """What is stored, field by field of the form."""
    own = {name: getattr(candidacy, name) for name in CandidacyForm.base_fields}
    stored = {prefix: getattr(candidacy, column) for prefix, column in COLUMNS.items()}
    names = [name_of(question) for question in questions]
    return own | {name: blank(stored[name[:2]].get(name[2:])) for name in names}


def sent(value: object) -> str:
    """A value as one control carries it."""
    if isinstance(value, list | tuple):
        return SEPARATOR.join(map(str, value))
    return "" if value is None else str(value)


def merged(data: QueryDict, form: CandidacyForm) -> QueryDict:
    """What was chosen between two texts, as the form reads it (see `atlaas.forms.sheet_merge`)."""
    full = QueryDict(mutable=True)
    for name in ("version", "base"):
        full[name] = data.get(name, "")
    for name, field in form.fields.items():
        prefix = {"theirs": "leur", "edited": "texte"}.get(data.get(f"choix-{name}", ""), "mien")
        value = data.get(f"{prefix}-{name}", "")
        if isinstance(field, forms.MultipleChoiceField):
            full.setlist(name, [one.strip() for one in value.split(SEPARATOR) if one.strip()])
        else:
            full[name] = value
    return full
