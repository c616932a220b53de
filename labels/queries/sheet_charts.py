"""The charts of what the judged dossiers hold: fiches, enjeux and services; « non connu ici » where there are none."""

from collections.abc import Sequence

from atlaas.rules.text import french, plural
from labels.choices import Category
from labels.queries.chart_source import Source
from labels.queries.coverage import Covered, extremes
from labels.rules.chart import Chart
from labels.rules.definitions import COVERAGE, TEXT

FEW = 10
ENJEUX = 16
NO_DOSSIER = french(
    "Non connu ici : aucun dossier de cette édition n'a été déposé sur la plateforme, et rien n'est inventé à sa place."
)


def sheets(source: Source) -> Chart:
    found = [("Toutes", source.france)]
    found += [(one.label.capitalize(), source.statistics.figures(category=one)) for one in Category]
    france, before = source.france, source.statistics.compared_with
    rows = [
        (name, one.sheets_new, one.sheets_modified, one.sheets_renewed, one.sheets, one.dossiers)
        for name, one in found
    ]
    is_known = france.sheets is not None
    return Chart(
        "fiches",
        "Fiches action : nouvelles, modifiées, reconduites",
        _sheets_words(source, before) if is_known else "",
        " ".join(TEXT[key] for key in ("sheets", "sheets_new", "sheets_modified", "sheets_renewed")),
        ("Catégorie", "Nouvelles", "Modifiées", "Reconduites", "Fiches", "Dossiers"),
        rows if is_known else (),
        drawn=(1, 2, 3) if before else (4,),
        missing="" if is_known else NO_DOSSIER,
    )


def _sheets_words(source: Source, before: int | None) -> str:
    france = source.france
    told = f"{plural(france.sheets or 0, 'fiche')} dans {plural(france.dossiers, 'dossier')}"
    told += f" de {plural(france.laureates, 'lauréat')}"
    compared = (
        f", comparées aux dossiers de {before}."
        if before
        else french(" ; les dossiers de l'édition d'avant ne sont pas connus ici.")
    )
    return told + compared + source.note


def _covered(source: Source, key: str, title: str, rows: Sequence[Covered], told: str) -> Chart:
    before = source.statistics.compared_with
    past = f"Dossiers {before}" if before else "Dossiers d’avant"
    return Chart(
        key,
        title,
        (told + source.note) if rows else "",
        COVERAGE,
        ("Enjeu" if key == "enjeux" else "Service", "Dossiers", "Fiches", past, "Évolution"),
        [(one.name, one.dossiers, one.sheets, one.dossiers_before, one.change) for one in rows],
        change=4,
        most=ENJEUX if key == "enjeux" else FEW,
        missing="" if rows else NO_DOSSIER,
    )


def enjeux(source: Source) -> Chart:
    rows = source.enjeux
    told = f"Le plus couvert est « {rows[0].name} », le moins couvert « {rows[-1].name} »." if rows else ""
    return _covered(source, "enjeux", "Enjeux, du plus au moins couvert", rows, french(told))


def services(source: Source) -> Chart:
    rows = source.services
    told = f"Les {min(FEW, len(rows))} services que le plus de dossiers couvrent ; le tableau les a tous."
    return _covered(source, "services", "Services les plus couverts", rows, french(told))


def bare_services(source: Source) -> Chart:
    _most, least = extremes(source.services, FEW)
    told = f"Les {len(least)} services que le moins de dossiers couvrent."
    return _covered(source, "services-peu-couverts", "Services les moins couverts", least, french(told))
