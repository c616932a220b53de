"""What each figure of the statistics means, in French, in one place: the pages and the API show these very words."""

from dataclasses import dataclass

from atlaas.rules.text import french


@dataclass(frozen=True, slots=True)
class Definition:
    """`key` is the name of the figure in the API and of the attribute of `queries.statistics.Figures`."""

    key: str
    label: str
    text: str


def _definition(key: str, label: str, text: str) -> Definition:
    return Definition(key, french(label), french(text))


DEFINITIONS: tuple[Definition, ...] = (
    _definition(
        "laureates",
        "Lauréats",
        "Collectivités qui ont un niveau dans le palmarès de l'édition : communes, intercommunalités et syndicats.",
    ),
    _definition(
        "levels",
        "Lauréats par niveau",
        "Chaque lauréat est dans une seule classe. « 4 ou 5 @ (à confirmer) » est une classe à part : "
        "la liste imprimée n'y distingue pas 4 de 5, et ces lauréats ne s'ajoutent ni aux 4 @ ni aux 5 @.",
    ),
    _definition(
        "ten",
        "Titres TEN",
        "Titres « Territoire d'excellence numérique » décernés dans cette édition ; ceux d'éditions passées, "
        "encore portés, n'y sont pas comptés.",
    ),
    _definition(
        "mentions", "Mentions", "Mentions décernées dans cette édition ; un lauréat peut en avoir plusieurs."
    ),
    _definition(
        "communes",
        "Communes concernées",
        "Communes lauréates et communes membres d'une intercommunalité lauréate, chacune comptée une fois, dans la "
        "géographie en vigueur (une commune disparue compte par celle qui lui succède). Le périmètre d'un syndicat "
        "n'est pas connu : il n'entre pas dans ce chiffre.",
    ),
    _definition(
        "member_communes",
        "Communes membres des territoires",
        "Communes membres d'une intercommunalité lauréate, chacune comptée une fois, qu'elles soient elles-mêmes "
        "lauréates ou non. Le périmètre d'un syndicat n'est pas connu : il n'entre pas dans ce chiffre.",
    ),
    _definition(
        "inhabitants",
        "Habitants concernés",
        "Population municipale des communes concernées, chaque habitant compté une fois même si sa commune et son "
        "intercommunalité sont lauréates. Le périmètre d'un syndicat n'est pas connu : ses habitants n'y sont pas.",
    ),
)

SCOPE = french(
    "Une ligne par région compte les lauréats de cette région et les communes qu'ils concernent. Une commune concernée "
    "par des lauréats de deux régions ou de deux catégories compte une fois dans chaque ligne et une seule fois pour la "
    "France : la somme des lignes peut dépasser le total."
)
