"""What a dossier needs to be filed, line by line: the same list for everyone, each with where it is mended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from labels.choices import AnswerKind
from labels.rules.eligibility import Reason

# Fields of the candidacy that the dossier cannot do without, with the words of the list.
NEEDED = {
    "elected_name": "Le nom de l’élu référent",
    "elected_function": "La fonction de l’élu référent",
    "agent_name": "Le nom de l’agent référent",
    "agent_function": "La fonction de l’agent référent",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the dossier as the checklist reads it."""

    code: str
    text: str
    kind: str
    is_required: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One thing the dossier needs; `place` names a page, `anchor` the field on it."""

    code: str
    sentence: str
    is_done: bool
    place: str = "candidacy"
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Checklist:
    lines: Sequence[Line]

    @property
    def missing(self) -> list[Line]:
        return [line for line in self.lines if not line.is_done]

    @property
    def done(self) -> int:
        return sum(line.is_done for line in self.lines)

    @property
    def is_complete(self) -> bool:
        return not self.missing


def is_answered(kind: str, value: object) -> bool:
    """Whether an answer says something: a choice at least, a number (zero is one), a text that is not blank."""
    if kind == AnswerKind.SEVERAL:
        return isinstance(value, list) and bool(value)
    if kind == AnswerKind.NUMBER:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, str) and bool(value.strip())


def checklist(
    people: Mapping[str, str],
    answers: Mapping[str, object],
    questions: Sequence[Asked],
    reasons: Sequence[Reason],
) -> Checklist:
    """Every line, done or not; a reason that stands in the way of filing is a line that is not done."""
    barriers = [Line(one.code, one.sentence, is_done=False, place=one.place) for one in reasons]
    fields = [
        Line(name, words, bool(people.get(name, "").strip()), anchor=f"id_{name}")
        for name, words in NEEDED.items()
    ]
    asked = [
        Line(one.code, one.text, is_answered(one.kind, answers.get(one.code)), anchor=f"id_q-{one.code}")
        for one in questions
        if one.is_required
    ]
    return Checklist([*barriers, *fields, *asked])
