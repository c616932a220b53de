"""How a search is made, by what PostgreSQL expects of it: enough to choose a way, never a figure that people read."""

import json
from datetime import timedelta

from django.db.models import DurationField, F, QuerySet, Value

from atlaas.models import PublicSheet

# Beyond that many fiches, to gather and sort them takes longer than to walk by date.
COMMON = 60_000


def expected(found: QuerySet[PublicSheet]) -> int:
    """How many fiches its statistics expect to be found; one query, which reads no fiche."""
    plan = json.loads(found.values("pk").explain(format="json"))[0]["Plan"]
    return int(plan["Plan Rows"])


def latest_first(found: QuerySet[PublicSheet]) -> QuerySet[PublicSheet]:
    """The fiches of a text, the latest first; one query to choose the way.

    PostgreSQL may walk the fiches by date and ask of each whether the text stands in it, or gather those of the index of
    words and sort them: the first is quick for a word of most fiches only, and is taken too often. The sum with nothing,
    which no index holds, leaves the second alone.
    """
    if expected(found) > COMMON:
        return found.order_by("-updated_at", "pk")
    moment = F("updated_at") + Value(timedelta(0), DurationField())
    return found.order_by(moment.desc(), "pk")
