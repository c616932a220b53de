"""What a published edition is made of is for good: held by PostgreSQL, whoever writes and however.

Awards and mentions are held once their edition is sealed (`models/sealed.py`): an organiser still confirms the levels that a
printed list leaves open.
"""

import pgtrigger

# How a row names its edition, in SQL: `{row}` is OLD or NEW.
OWN = "{row}.edition_id"
OF_SECTION = "(SELECT edition_id FROM labels_section WHERE id = {row}.section_id)"
OF_CANDIDACY = "(SELECT edition_id FROM labels_candidacy WHERE id = {row}.candidacy_id)"

# A person who leaves is forgotten even there: that alone may change.
PEOPLE = "ARRAY['by_id', 'created_by_id', 'saved_by_id', 'asked_by_id', 'answered_by_id']"

# The demonstration alone may start over: its reset says so, for the length of its transaction.
# A session that never said it has no such setting: NULL would make the whole condition NULL, hence COALESCE.
ASKED = "COALESCE(current_setting('atlaas.resets_demo', true), '') = 'on'"
RESETS = f"edition.is_demo AND {ASKED}"

ROWS = """
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - {people} = to_jsonb(OLD) - {people} AND NOT EXISTS (
        SELECT 1 FROM unnest({people}) AS name
        WHERE to_jsonb(NEW) ->> name IS NOT NULL AND to_jsonb(NEW) -> name <> to_jsonb(OLD) -> name
    ) THEN
        RETURN NEW;
    END IF;
    IF EXISTS (
        SELECT 1 FROM labels_edition AS edition
        WHERE edition.id IN ({old}, {new}) AND edition.published_at <= now() AND {held} AND NOT ({resets})
    ) THEN
        RAISE EXCEPTION 'pgtrigger: a published edition is read-only';
    END IF;
    RETURN COALESCE(NEW, OLD);
"""
HAD_CAMPAIGN = "edition.opens_at IS NOT NULL"
# A palmarès that a file brought is public at once: what it is made of arrives then, and never changes afterwards.
ARRIVES_LATE = f"(TG_OP <> 'INSERT' OR {HAD_CAMPAIGN})"

# Of an edition that a file brought, how much is known and the day of its ceremony may still be told.
STILL_TOLD = "ARRAY['coverage', 'ceremony_on']"
EDITION = """
    IF TG_OP = 'UPDATE' AND NEW IS NOT DISTINCT FROM OLD THEN
        RETURN NEW;
    END IF;
    IF OLD.is_demo AND {asked} THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    IF TG_OP = 'DELETE' OR OLD.opens_at IS NOT NULL
        OR to_jsonb(NEW) - {told} IS DISTINCT FROM to_jsonb(OLD) - {told} THEN
        RAISE EXCEPTION 'pgtrigger: a published edition is read-only';
    END IF;
    RETURN NEW;
"""
ERASED = """
    IF EXISTS (
        SELECT 1 FROM labels_edition AS edition WHERE edition.id = {of} AND {resets}
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'pgtrigger: what was filed is for good';
"""


WRITES = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete


def frozen(
    name: str, *, edition: str = OWN, held: str = HAD_CAMPAIGN, operation: pgtrigger.Operation = WRITES
) -> pgtrigger.Trigger:
    """Rows of an edition stand once its palmarès is public; none moves into it or out of it."""
    old, new = (edition.format(row=row) for row in ("OLD", "NEW"))
    func = ROWS.format(people=PEOPLE, old=old, new=new, held=held, resets=RESETS)
    return pgtrigger.Trigger(name=name, when=pgtrigger.Before, operation=operation, func=func)


def frozen_edition(name: str) -> pgtrigger.Trigger:
    """The edition itself: its campaign stands, and no palmarès is made secret again."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        condition=pgtrigger.Condition("OLD.published_at <= now()"),
        func=EDITION.format(asked=ASKED, told=STILL_TOLD),
    )


FOR_GOOD = """
    IF TG_OP = 'DELETE' AND EXISTS (
        SELECT 1 FROM labels_edition AS edition WHERE edition.id = {edition} AND {resets}
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'pgtrigger: what was sealed is for good';
"""


def for_good(name: str) -> pgtrigger.Trigger:
    """A row that never changes, and is erased only when a demonstration starts over."""
    func = FOR_GOOD.format(edition=OWN.format(row="OLD"), resets=RESETS)
    return pgtrigger.Trigger(
        name=name, when=pgtrigger.Before, operation=pgtrigger.Update | pgtrigger.Delete, func=func
    )


def kept(name: str) -> pgtrigger.Trigger:
    """A row of a candidacy is never erased, but when a demonstration starts over."""
    func = ERASED.format(of=OF_CANDIDACY.format(row="OLD"), resets=RESETS)
    return pgtrigger.Trigger(name=name, when=pgtrigger.Before, operation=pgtrigger.Delete, func=func)
