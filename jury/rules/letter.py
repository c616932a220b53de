"""The letter to a candidate: what the jurors picked, without who picked it, in the same form from 1 @ to 5 @."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from atlaas.rules.text import WIDE, french, plural
from jury.choices import RemarkKind, SettledAs

MOST_NAMED = 12  # collectivités that a refusal lists
FORMAT = 1  # of the document; a reader meets old ones for ever
LABEL = "label « Territoires, Villes et Villages Internet »"
READ_WITH = (
    "Le niveau est celui de cette édition. Il se lit avec ce qui suit : ce que le jury a trouvé de solide, et ce qu’il "
    "vous propose pour la suite."
)
NOT_PUBLIC = "Les lettres partent une fois le palmarès public : il ne l’est pas encore."
NO_STRENGTH = "Le jury n’a pas détaché de point fort : sa lecture porte sur l’ensemble du dossier."
NO_STEP = "Le jury n’a pas détaché de prochaine étape : sa lecture porte sur l’ensemble du dossier."


@dataclass(frozen=True, slots=True)
class Said:
    """A remark of a submitted evaluation; whose it is never comes this far. `rank` is the place in the référentiel."""

    rank: tuple[int, int, str]
    enjeu: int
    name: str
    kind: str
    position: int
    criterion: str


@dataclass(frozen=True, slots=True)
class Point:
    """An enjeu that the letter names, with the criteria of the grid that were picked for it."""

    name: str
    criteria: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """An enjeu that is a strength for one juror and a next step for another; `settled` is a `SettledAs`, or nothing yet."""

    enjeu: int
    name: str
    strengths: tuple[str, ...]
    next_steps: tuple[str, ...]
    settled: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What a letter tells: of this candidate alone."""

    year: int
    is_demo: bool
    code: str
    collectivity: str
    category: str
    level: int | None
    is_ten: bool
    mentions: Sequence[str]
    strengths: Sequence[Point]
    next_steps: Sequence[Point]
    contact: str


def contradictions(remarks: Iterable[Said], settled: Mapping[int, str]) -> list[Contradiction]:
    """Those of one dossier in the order of the référentiel; `settled` gives what was kept, by enjeu."""
    return [
        Contradiction(
            first.enjeu,
            first.name,
            _criteria(rows, RemarkKind.STRENGTH),
            _criteria(rows, RemarkKind.NEXT_STEP),
            settled.get(first.enjeu, ""),
        )
        for first, rows in _by_enjeu(remarks)
        if len({one.kind for one in rows}) > 1
    ]


def points(
    remarks: Iterable[Said], settled: Mapping[int, str], kind: RemarkKind | SettledAs
) -> tuple[Point, ...]:
    """The strengths or the next steps of one dossier; a contradiction that nobody settled is in neither."""
    return tuple(
        Point(first.name, _criteria(rows, kind))
        for first, rows in _by_enjeu(remarks)
        if _kept(first.enjeu, rows, settled) == kind
    )


def _kept(enjeu: int, rows: Sequence[Said], settled: Mapping[int, str]) -> str:
    kinds = {one.kind for one in rows}
    return kinds.pop() if len(kinds) == 1 else settled.get(enjeu, "")


def _by_enjeu(remarks: Iterable[Said]) -> list[tuple[Said, list[Said]]]:
    groups: dict[int, list[Said]] = {}
    for one in sorted(remarks, key=lambda one: (one.rank, one.position, one.criterion)):
        groups.setdefault(one.enjeu, []).append(one)
    return [(rows[0], rows) for rows in groups.values()]


def _criteria(rows: Iterable[Said], kind: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.criterion for one in rows if one.kind == kind))


def letter_of(facts: Facts) -> dict[str, object]:
    """The document of a letter, its words included: what was sent is never worded anew."""
    return {
        "format": FORMAT,
        "year": facts.year,
        "is_demo": facts.is_demo,
        "code": facts.code,
        "collectivity": facts.collectivity,
        "level": facts.level,
        "is_ten": facts.is_ten,
        "mentions": list(facts.mentions),
        "words": _words(facts),
    }


def _words(facts: Facts) -> dict[str, object]:
    return {
        "eyebrow": french(f"{LABEL[0].upper()}{LABEL[1:]} · édition {facts.year}"),
        "heading": "Lettre du jury",
        "lead": f"{facts.collectivity} ({facts.category})",
        "opening": [
            "Madame, Monsieur,",
            french(
                f"Le jury {facts.year} du {LABEL} a lu le dossier de votre collectivité, {facts.collectivity}."
            ),
            french(READ_WITH),
        ],
        "rows": _rows(facts),
        "parts": [
            _part("Vos points forts", facts.strengths, NO_STRENGTH),
            _part("Vos prochaines étapes", facts.next_steps, NO_STEP),
        ],
        "closing": [_contact(facts.contact), "Nous vous remercions du travail que ce dossier représente."],
        "signature": "Pour le jury, l’équipe du label",
    }


def _rows(facts: Facts) -> list[dict[str, str]]:
    level = f"{plural(facts.level, 'arobase')} sur{WIDE}5" if facts.level else "Pas encore proclamé"
    title = "Territoire d’excellence numérique (TEN)" if facts.is_ten else "Aucun cette année"
    mentions = ", ".join(facts.mentions) or "Aucune cette année"
    named = {"Niveau": level, "Titre": title, "Mention": mentions}
    return [{"name": name, "value": value} for name, value in named.items()]


def _part(heading: str, found: Sequence[Point], nothing: str) -> dict[str, object]:
    lines = [{"name": one.name, "more": " · ".join(one.criteria)} for one in found]
    return {"heading": heading, "lines": lines, "nothing": "" if lines else french(nothing)}


def _contact(address: str) -> str:
    asked = "Pour parler de cette lettre,"
    return f"{asked} écrivez à {address}." if address else f"{asked} écrivez à l’équipe du label."


def reason_to_wait(
    *,
    number: int,
    to_settle: Sequence[str] = (),
    to_prepare: int = 0,
    without_level: Sequence[str] = (),
) -> str:
    """Why `number` letters of a public palmarès cannot leave yet, the first thing to mend; nothing when they can. Names are of collectivités."""
    if not number:
        return "Aucune lettre n’attend : elles sont parties, ou personne n’a déposé."
    if to_settle:
        return f"Des remarques se contredisent, tranchez-les d’abord : {_named(to_settle)}."
    if to_prepare:
        return f"Préparez d’abord les lettres : il en manque {to_prepare}."
    if without_level:
        return (
            "Il manque un niveau ; vérifiez le palmarès, puis préparez de nouveau les lettres : "
            f"{_named(without_level)}."
        )
    return ""


def _named(names: Sequence[str]) -> str:
    rest = len(names) - MOST_NAMED
    told = ", ".join(names[:MOST_NAMED])
    return f"{told} et {plural(rest, 'autre')}" if rest > 0 else told
