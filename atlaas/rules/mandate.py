"""How long one may act for another collectivité."""

import calendar
import datetime as dt

from atlaas.rules.refusal import Refused

MOST_MONTHS = 24


def check_term(starts_on: dt.date, ends_on: dt.date, *, today: dt.date) -> None:
    """Both days belong to the term; a mandate begins today at the earliest and lasts 24 months at most."""
    if starts_on < today:
        raise Refused("Un mandat ne commence pas dans le passé : choisissez aujourd’hui ou un jour à venir.")
    if ends_on < starts_on:
        raise Refused("Le mandat finit avant de commencer : corrigez l’une des deux dates.")
    if ends_on >= months_after(starts_on, MOST_MONTHS):
        raise Refused("Un mandat dure 24 mois au plus : choisissez une date de fin plus proche.")


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day of a later month (an earlier one when negative), or its last day when it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
