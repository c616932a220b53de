"""What both pages of ties share, the juror's and the association's: a search, a collectivité chosen, a form."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from atlaas.models import Collectivity
from atlaas.views.attempt import attempt, person
from jury.choices import Tie
from jury.forms.recusal import TieForm
from jury.models import Juror
from jury.operations.recusal import declare
from jury.queries.juror import is_closed
from jury.queries.recusal import Candidate, dismissed_of, ties_of, to_tie, with_brought


@dataclass(frozen=True)
class Search:
    """What the address asks: words to look for, and the collectivité that was chosen among what they found."""

    words: str
    found: list[Candidate]
    chosen: Candidate | None


def searched(request: HttpRequest) -> Search:
    words, code = request.GET.get("q", ""), request.GET.get("collectivite", "")
    if code:
        place = get_object_or_404(Collectivity.objects.current().with_place(), code=code.replace("\x00", ""))
        return Search(words, [], with_brought([place])[0])
    return Search(words, to_tie(words) if words else [], None)


def asks_fragment(request: HttpRequest) -> bool:
    """What htmx swaps while one types; the whole page when it restores its history."""
    return request.headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in request.headers


def words_of(request: HttpRequest, juror: Juror, form: TieForm) -> dict[str, object]:
    return {
        "seat": juror,
        "edition": juror.edition,
        "search": searched(request),
        "form": form,
        "ties": ties_of(juror),
        "dismissed": dismissed_of(juror),
        "is_closed": is_closed(juror.edition),
    }


def declared(request: HttpRequest, juror: Juror, form: TieForm) -> bool:
    """Write the tie that the form and the address tell; the page says why when it is refused."""
    chosen = searched(request).chosen
    if chosen is None or not form.is_valid():
        return False
    read = form.cleaned_data
    return attempt(
        request,
        lambda: declare(
            juror,
            chosen.collectivity,
            Tie(read["tie"]),
            by=person(request),
            since=read["since"],
            comment=read["comment"],
        ),
        f"Le lien avec {chosen.collectivity} est déclaré : rien de son dossier ne se montre plus.",
    )
