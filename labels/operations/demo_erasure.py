"""Erase an invented edition whole, whatever apps hold rows of it; a real one is refused here, and by the database."""

from collections.abc import Iterator, Mapping
from graphlib import TopologicalSorter
from typing import Any

from django.db import connection, transaction
from django.db.models import Field, ForeignKey, Model, QuerySet
from psycopg import sql

from atlaas.rules.refusal import Refused
from atlaas.rules.text import french
from labels.models import Edition, Subscription

SUBSCRIBED = "démonstration"  # what an invented adhésion says
Rows = Mapping[type[Model], set[Any]]


@transaction.atomic
def erase(edition: Edition) -> int:
    """Delete the edition and every row that cannot stand without it; answers how many rows went.

    What it was invented from stays: fiches, people, and the dossiers of the year before.
    """
    locked = Edition.objects.select_for_update().get(pk=edition.pk)
    if not locked.is_demo:
        raise Refused(french(f"L’édition {locked.year} n’est pas une démonstration : elle ne s’efface pas."))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL atlaas.resets_demo = 'on'")
    Edition.objects.filter(made_from=locked).update(made_from=None)
    rows = _rows_of(locked)
    for model in _from_the_leaves(rows):
        _delete(model, rows[model])
    Subscription.objects.filter(year=locked.year, comment=SUBSCRIBED).delete()
    return sum(map(len, rows.values()))


def _rows_of(edition: Edition) -> Rows:
    """The keys of the edition and of what hangs on it, by model: read down its foreign keys, no app named."""
    found: dict[type[Model], set[Any]] = {Edition: {edition.pk}}
    waiting: list[type[Model]] = [Edition]
    while waiting:
        above = waiting.pop()
        for field in _hanging_on(above):
            below = field.model
            keys = set(
                QuerySet(below).filter(**{f"{field.name}__in": found[above]}).values_list("pk", flat=True)
            )
            if keys - found.get(below, set()):
                found.setdefault(below, set()).update(keys)
                waiting.append(below)
    return found


def _hanging_on(model: type[Model]) -> Iterator["Field[Any, Any]"]:
    """The foreign keys to a model that the database holds and that are never empty; a history keeps its rows."""
    for relation in model._meta.get_fields(include_hidden=True):  # noqa: SLF001 (Django documents _meta)
        field = getattr(relation, "field", None)
        if isinstance(field, ForeignKey) and not field.null and vars(field)["db_constraint"]:
            yield field


def _from_the_leaves(rows: Rows) -> Iterator[type[Model]]:
    """Each model after all that hang on it: triggers find the edition of a row through what it hangs on."""
    graph = {above: {field.model for field in _hanging_on(above)} & rows.keys() for above in rows}
    return iter(TopologicalSorter(graph).static_order())


def _delete(model: type[Model], keys: set[Any]) -> None:
    meta = model._meta  # noqa: SLF001 (Django documents _meta)
    table, key = (sql.Identifier(name) for name in (meta.db_table, meta.pk.attname))
    statement = sql.SQL("DELETE FROM {} WHERE {} = ANY(%s)").format(table, key)
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(keys)])
