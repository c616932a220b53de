"""The table of `make bench` on the database at hand."""

from atlaas.project import wsgi  # noqa: F401 (sets Django up as the web server does)

# isort: split
from django.test import Client

from atlaas.models import Collectivity, PublicSheet, Revision, Service
from bench.campaign import campaign_lines
from bench.document import document_lines
from bench.jury import jury_lines
from bench.letter import letter_lines
from bench.measure import HEAD, cost
from bench.pages import Page, busiest_town, fiche_pages, label_pages
from bench.suggestion import FIRST, suggestion_share
from bench.workspace import autosave_cost, workspace_costs
from labels.models import Award, Edition

AUTOSAVE, SPACE = 80, 120  # milliseconds


def report(rounds: int) -> None:
    edition = Edition.objects.filter(coverage="complete", published_at__isnull=False).latest("year")
    number = PublicSheet.objects.count()
    print(
        f"{Collectivity.objects.count()} collectivités, {Award.objects.count()} awards, {Service.objects.count()} services, "
        f"{number} fiches, {Revision.objects.count()} revisions"
    )
    print(HEAD)
    client = Client(headers={"host": "localhost"})
    _lines(client, label_pages(edition), rounds)
    if number:
        _lines(client, fiche_pages(number), rounds)
        _space(rounds)
    for line in [*document_lines(), *letter_lines()]:
        print(line)
    share = suggestion_share()
    print(
        f"part des phrases dont le bon service est dans les {FIRST} premiers : {share.among_first} sur {share.sentences} "
        f"({share.among_first / share.sentences:.0%}), le tout premier {share.first / share.sentences:.0%}, "
        f"{share.p50:.1f} ms"
    )


def _lines(client: Client, pages: list[Page], rounds: int) -> None:
    for page in pages:
        print(cost(client, page.address, rounds=rounds).line(page.name, page.budget), flush=True)


def _space(rounds: int) -> None:
    town = busiest_town()
    print(autosave_cost(town, rounds=rounds).line("autosave (POST)", AUTOSAVE))
    for name, found in workspace_costs(town, rounds=rounds).items():
        print(found.line(name, SPACE))
    for line in [*campaign_lines(town, rounds=rounds), *jury_lines(town, rounds=rounds)]:
        print(line)
