"""What turns when the public may read something else of a palmarès."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from labels.models import Award, AwardCorrection, Edition, Seal
from labels.rules.snapshot import canonical, sha256

LENGTH = 16


def version(edition: Edition) -> str:
    """An opaque word, another one as soon as the public may read something else of the palmarès (one query).

    Of an edition that is not public, it depends on the digest that was told and on nothing else: no award, no figure, no hour.
    A mention that an import brings alone turns it with the figures, which follow within the minute.
    """
    return _word(_facts(Edition.objects.filter(pk=edition.pk)))


def turn() -> str:
    """The same for all palmarès together: what every public page of them is kept under (one query)."""
    return _word(_facts(Edition.objects.order_by("year")))


def _facts(editions: QuerySet[Edition]) -> list[dict[str, Any]]:
    public: QuerySet[Edition] = Edition.objects.visible_to(None).filter(pk=OuterRef("pk"))
    told: QuerySet[Any] = editions.annotate(
        sealed=Subquery(_own(Seal).values("sha256")),
        opened=Subquery(public.values("published_at")),
        figures=Subquery(public.values("statistics_run__computed_at")),
        award=Subquery(_own(_events()).order_by("-pgh_id").values("pgh_id")[:1]),
        correction=Subquery(_own(AwardCorrection).order_by("-pk").values("pk")[:1]),
    )
    rows = told.values("year", "sealed", "opened", "figures", "award", "correction")
    return [one if one["opened"] else {name: one[name] for name in ("year", "sealed")} for one in rows]


def _word(facts: list[dict[str, Any]]) -> str:
    return sha256(canonical({"editions": facts}))[:LENGTH]


def _own(model: Any) -> QuerySet[Any]:
    found: QuerySet[Any] = model.objects.filter(edition=OuterRef("pk"))
    return found


def _events() -> Any:
    """The history of the awards, written by triggers whoever changed them."""
    return Award.pgh_event_model  # type: ignore[attr-defined]  # set by pghistory
