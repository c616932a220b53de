"""A sealed palmarès changes by its corrections only: held by PostgreSQL, whoever writes and however."""

import pgtrigger

from labels.models.frozen import OWN, RESETS, WRITES

# The edition of a mention, in SQL: `{row}` is OLD or NEW.
OF_AWARD = "(SELECT edition_id FROM labels_award WHERE id = {row}.award_id)"

HELD = """
    IF TG_OP = 'UPDATE' AND NEW IS NOT DISTINCT FROM OLD THEN
        RETURN NEW;
    END IF;
    IF EXISTS (
        SELECT 1 FROM labels_seal AS seal JOIN labels_edition AS edition ON edition.id = seal.edition_id
        WHERE edition.id IN ({old}, {new}) AND NOT ({resets})
    ) AND NOT ({corrected}) THEN
        RAISE EXCEPTION 'pgtrigger: a sealed palmares changes by a correction only';
    END IF;
    RETURN COALESCE(NEW, OLD);
"""
# The correction of this very transaction says what the row becomes, and nothing else of it moves.
AWARD_CORRECTED = """
    TG_OP = 'UPDATE' AND to_jsonb(NEW) - ARRAY['level', 'is_ten', 'version']
        = to_jsonb(OLD) - ARRAY['level', 'is_ten', 'version']
    AND EXISTS (
        SELECT 1 FROM labels_awardcorrection AS told WHERE told.award_id = NEW.id AND told.made_in = txid_current()
        AND told.after -> 'level' = to_jsonb(NEW.level) AND told.after -> 'is_ten' = to_jsonb(NEW.is_ten)
    )
"""
MENTION_CORRECTED = """
    TG_OP <> 'UPDATE' AND EXISTS (
        SELECT 1 FROM labels_awardcorrection AS told
        JOIN labels_mentiontheme AS theme ON theme.id = COALESCE(NEW.theme_id, OLD.theme_id)
        WHERE told.award_id = COALESCE(NEW.award_id, OLD.award_id) AND told.made_in = txid_current()
        AND jsonb_exists(told.after -> 'mentions', theme.slug) = (TG_OP = 'INSERT')
    )
"""
# The transaction that inserts a correction, however deep: PostgreSQL says which, and nobody else.
MADE_IN = "NEW.made_in := txid_current(); RETURN NEW;"


def sealed_award(name: str) -> pgtrigger.Trigger:
    return _held(name, edition=OWN, corrected=AWARD_CORRECTED)


def sealed_mention(name: str) -> pgtrigger.Trigger:
    return _held(name, edition=OF_AWARD, corrected=MENTION_CORRECTED)


def made_in_its_transaction(name: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(name=name, when=pgtrigger.Before, operation=pgtrigger.Insert, func=MADE_IN)


def _held(name: str, *, edition: str, corrected: str) -> pgtrigger.Trigger:
    old, new = (edition.format(row=row) for row in ("OLD", "NEW"))
    func = HELD.format(old=old, new=new, resets=RESETS, corrected=corrected)
    return pgtrigger.Trigger(name=name, when=pgtrigger.Before, operation=WRITES, func=func)
