"""The form of a fiche: every field is judged by itself, so that what is right is kept while the rest is being typed."""

from collections.abc import Mapping

from django import forms
from django.utils.functional import cached_property

from atlaas.choices import OperatorKind, SheetKind
from atlaas.forms.sheet_field import Codes, Day, Degrees, Links, Text
from atlaas.models import Collectivity, Sheet
from atlaas.queries.sheet import plain
from atlaas.rules.location import precision_of
from atlaas.rules.sheet import FACTS

FIELDS = (*(name for name in FACTS if name != "precision"), "services")
CHOOSE = {"required": "Choisissez une des réponses.", "invalid_choice": "Choisissez une des réponses."}


class TicketForm(forms.Form):
    """What a page carries along with the fiche: which draft, which version was read, what each field said then."""

    draft_key = forms.UUIDField()
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    base = forms.CharField(required=False, max_length=2000)


class SheetForm(forms.Form):
    """All that people fill in. Nothing is required here: a draft may lack anything, publishing asks for more."""

    title = Text(
        label="Titre",
        limit=120,
        too_long="Le titre tient en 120 signes : raccourcissez-le.",
        help_text="Dites ce qui est fait, pour qui. 120 signes au plus.",
    )
    summary = Text(
        label="En une phrase",
        limit=300,
        rows=3,
        too_long="La phrase tient en 300 signes : raccourcissez-la, le récit peut en dire plus.",
        help_text="Ce que lira une personne pressée. 300 signes au plus.",
    )
    text = Text(
        label="Le récit",
        limit=20_000,
        rows=14,
        too_long="Le récit tient en 20 000 signes : raccourcissez-le, ou joignez un PDF.",
        help_text="Le besoin, ce qui a été fait, ce que cela a changé. Un titre commence par « ## », une liste par un tiret.",
    )
    kind = forms.ChoiceField(label="Nature", choices=SheetKind.choices, error_messages=CHOOSE)
    operator = forms.ChoiceField(label="Qui la conduit", choices=OperatorKind.choices, error_messages=CHOOSE)
    operator_name = Text(
        label="Nom de l’association ou du délégataire",
        limit=200,
        too_long="Ce nom tient en 200 signes : raccourcissez-le.",
        help_text="À remplir quand ce n’est pas la collectivité elle-même.",
    )
    started_on = Day("Début")
    is_running = forms.BooleanField(label="L’action est toujours en cours", required=False)
    ended_on = Day("Fin")
    audience = Text(
        label="Publics",
        limit=200,
        too_long="Les publics tiennent en 200 signes : raccourcissez.",
        help_text="Qui en profite : « les plus de 65 ans », « tous les habitants »…",
    )
    partners = Text(
        label="Avec qui",
        limit=500,
        rows=2,
        too_long="Les partenaires tiennent en 500 signes : raccourcissez.",
        help_text="Les partenaires de l’action.",
    )
    address = Text(
        label="Adresse du lieu",
        limit=300,
        too_long="L’adresse tient en 300 signes : raccourcissez-la.",
        help_text="Laissez vide si l’action a lieu dans toute la collectivité.",
    )
    lat = Degrees("Latitude", 90)
    lon = Degrees("Longitude", 180)
    links = Links(
        label="Liens",
        limit=6000,
        rows=3,
        too_long="Gardez 10 liens au plus.",
        help_text="Une adresse par ligne, 10 au plus.",
    )
    contact_function = Text(
        label="Fonction à contacter",
        limit=120,
        too_long="La fonction tient en 120 signes : raccourcissez-la.",
        help_text="« La médiatrice numérique », « le service des aînés » : pas de nom de personne, elle peut changer de poste.",
    )
    contact_email = forms.EmailField(
        label="Boîte générique",
        required=False,
        max_length=254,
        help_text="Une adresse partagée, comme mediation@ ou mairie@ : elle est publiée.",
        error_messages={
            "invalid": "Corrigez cette adresse : elle s’écrit comme mairie@exemple.fr.",
            "max_length": "Cette adresse est trop longue : vérifiez-la.",
        },
    )
    services = Codes(label="Services concernés", required=False)

    def __init__(self, *args, centre: tuple[float, float] | None = None, **options):
        super().__init__(*args, **options)
        self.centre = centre
        self.fields["contact_email"].widget.attrs = {"autocomplete": "off"}

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        for name, other in (("lat", "lon"), ("lon", "lat")):
            is_alone = name not in self.errors and other not in self.errors and cleaned.get(other) is not None
            if is_alone and cleaned.get(name) is None:
                self.add_error(name, "Donnez les deux coordonnées, ou aucune.")
        return cleaned

    @cached_property
    def kept(self) -> dict[str, object]:
        """The facts that may be written as they are; a point is kept whole or not at all."""
        self.full_clean()
        kept = {name: self.cleaned_data[name] for name in FACTS if name in self.cleaned_data}
        if not {"lon", "lat", "address"} <= kept.keys():
            return {name: value for name, value in kept.items() if name not in {"lon", "lat"}}
        point = None if kept["lon"] is None else (kept["lon"], kept["lat"])
        return kept | {"precision": str(precision_of(point, self.centre, kept["address"]))}

    @cached_property
    def chosen(self) -> list[str] | None:
        """The codes of the services, or None when they cannot be read."""
        self.full_clean()
        return self.cleaned_data.get("services")

    @property
    def unkept(self) -> dict[str, str]:
        """By field that is not kept, the sentence that says how to mend it."""
        return {name: str(errors[0]) for name, errors in self.errors.items() if errors}

    def content(self) -> dict[str, object]:
        """What was sent and is kept, as `content_of_form` says what is stored."""
        both = self.kept | ({} if self.chosen is None else {"services": self.chosen})
        return {name: plain(both[name]) for name in FIELDS if name in both}


def content_of_form(sheet: Sheet, services: list[str]) -> dict[str, object]:
    """What is stored of a fiche, field by field of the form, as JSON."""
    return {name: plain(getattr(sheet, name)) for name in FIELDS if name != "services"} | {
        "services": sorted(services)
    }


def initial_of(content: Mapping[str, object]) -> dict[str, object]:
    """What the controls show of a content."""
    links = content["links"]
    return dict(content) | {
        "links": "\n".join(links) if isinstance(links, list) else "",
        "lat": degrees(content["lat"]),
        "lon": degrees(content["lon"]),
    }


def degrees(value: object) -> str:
    """A coordinate as people write it, whole: reading it back gives the same number."""
    return "" if value is None else repr(value).replace(".", ",")


def centre_of(collectivity: Collectivity) -> tuple[float, float] | None:
    if collectivity.lon is None or collectivity.lat is None:
        return None
    return collectivity.lon, collectivity.lat
