"""What search engines read on a page, in the words of schema.org."""

from atlaas.models import Collectivity
from atlaas.rules.text import french
from labels.models import Award
from labels.queries.history import History


def collectivity_words(collectivity: Collectivity, history: History, url: str) -> dict[str, object]:
    """Its name, codes, place and sure levels; an unconfirmed level is left out."""
    words: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "City" if collectivity.is_commune else "AdministrativeArea",
        "name": collectivity.name,
        "identifier": collectivity.code,
        "url": url,
        "containedInPlace": _contained_in(collectivity),
    }
    if collectivity.lat is not None:
        words["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": collectivity.lat,
            "longitude": collectivity.lon,
        }
    if awards := _awards(collectivity, history):
        words["award"] = awards
    return words


def _contained_in(collectivity: Collectivity) -> list[dict[str, str]]:
    places = [collectivity.departement, collectivity.region]
    return [{"@type": "AdministrativeArea", "name": place.name} for place in places if place]


def _awards(collectivity: Collectivity, history: History) -> list[str]:
    own = [award for award in history.awards if award.collectivity_id == collectivity.pk]
    sure = [award for award in own if award.level and award.level_is_certain]
    return [_award(award) for award in sure]


def _award(award: Award) -> str:
    told = f"{award.get_category_display().capitalize()} Internet {award.edition.year} : {award.level} @"
    return french(f"{told} (démonstration)" if award.edition.is_demo else told)
