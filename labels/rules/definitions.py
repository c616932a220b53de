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
        "ten_in_force",
        "TEN en vigueur",
        "Collectivités qui portent le titre dans cette édition, qu'elles l'aient remporté cette année-là ou dans l'une "
        "des deux éditions d'avant (le titre vaut pour trois éditions), chacune comptée une fois. Le chiffre n'est donné que si "
        "les trois palmarès sont connus en entier.",
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
    _definition(
        "dossiers",
        "Dossiers connus ici",
        "Lauréats dont le dossier jugé est sur la plateforme : les fiches et la couverture sont comptées dans ces dossiers, "
        "tels qu'ils ont été déposés.",
    ),
    _definition(
        "sheets",
        "Fiches action",
        "Fiches des dossiers jugés des lauréats, telles qu'au dépôt : publiées, rattachées à un service, de moins de deux ans "
        "ou toujours en cours, et non retirées du dossier.",
    ),
    _definition(
        "sheets_new",
        "Fiches nouvelles",
        "Fiches qui n'étaient dans aucun dossier jugé de la dernière édition dont les dossiers sont connus ici.",
    ),
    _definition(
        "sheets_modified",
        "Fiches modifiées",
        "Fiches d'un dossier jugé de cette dernière édition, dont ce qu'elles disent a changé depuis.",
    ),
    _definition(
        "sheets_renewed",
        "Fiches reconduites",
        "Fiches d'un dossier jugé de cette dernière édition qui disent la même chose : une fin annoncée n'y change rien.",
    ),
)

COVERAGE = french(
    "Un dossier couvre un service quand une de ses fiches au moins y est rattachée, un enjeu quand il couvre un de ses services. "
    "Un service remplacé depuis compte sous celui qui le remplace."
)

TEXT = {one.key: one.text for one in DEFINITIONS}

SCOPE = french(
    "Une ligne par région compte les lauréats de cette région et les communes qu'ils concernent. Une commune concernée "
    "par des lauréats de deux régions ou de deux catégories compte une fois dans chaque ligne et une seule fois pour la "
    "France : la somme des lignes peut dépasser le total."
)
