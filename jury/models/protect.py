"""Rows of a jury that are for good, held by PostgreSQL; the demonstration alone may start over."""

import pgtrigger

from labels.models.frozen import RESETS

FUNC = """
    IF TG_OP = 'DELETE' AND EXISTS (
        SELECT 1 FROM labels_edition AS edition WHERE edition.id = {edition} AND {resets}
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'pgtrigger: what a jury wrote is for good';
"""


def for_good(name: str, *, edition: str) -> pgtrigger.Trigger:
    """No update, and no deletion but when a demonstration starts over; `edition` is SQL that names it from OLD."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func=FUNC.format(edition=edition, resets=RESETS),
    )
