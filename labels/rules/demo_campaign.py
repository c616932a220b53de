"""What the invented candidacies of the demonstration say; the same from one run to the next."""

from collections.abc import Sequence
from zlib import crc32

from labels.choices import AnswerKind

# The states of the open edition, in turn; « unsubscribed » asks a derogation, « contested » another category.
OPEN_STATES = (
    "started",
    "ready",
    "filed",
    "correcting",
    "filed",
    "withdrawn",
    "contested",
    "unsubscribed",
    "filed",
)
FIRST = ("Dominique", "Camille", "Claude", "Sacha", "Maxence", "Alix")
FUNCTIONS = ("Maire", "Adjointe au numérique", "Conseiller délégué au numérique")
AGENTS = ("Secrétaire générale", "Chargé de mission numérique", "Directrice des services")


def people_of(code: str) -> dict[str, object]:
    """An invented élu and agent; every name is « Exemple »."""
    seed = crc32(code.encode())
    return {
        "elected_name": f"{FIRST[seed % len(FIRST)]} Exemple",
        "elected_function": FUNCTIONS[seed // 7 % len(FUNCTIONS)],
        "agent_name": f"{FIRST[seed // 11 % len(FIRST)]} Exemple",
        "agent_function": AGENTS[seed // 13 % len(AGENTS)],
        "mayor_word": "Démonstration : le numérique rapproche nos services de chacun, et personne n’est laissé de côté.",
    }


def answer_to(code: str, kind: AnswerKind, options: Sequence[str]) -> object:
    """An answer of the right kind, which says that it is invented where it is words."""
    seed = crc32(code.encode())
    match kind:
        case AnswerKind.NUMBER:
            return 1 + seed % 12
        case AnswerKind.YES_NO:
            return "oui" if seed % 2 else "non"
        case AnswerKind.ONE:
            return options[seed % len(options)]
        case AnswerKind.SEVERAL:
            return list(options[: 1 + seed % len(options)])
    return "Démonstration : réponse inventée."
