"""Services that are not a collectivité's business: said, or taken back."""

from collections.abc import Mapping

from django.db import transaction

from atlaas.choices import Role
from atlaas.models import Collectivity, Service, User
from atlaas.permissions import require
from atlaas.rules.refusal import Refused
from labels.models import Edition, NotConcerned


@transaction.atomic
def answer_not_concerned(
    edition: Edition, collectivity: Collectivity, answers: Mapping[str, str | None], *, by: User
) -> None:
    """By code of service: the reason why it is not concerned ("" : none is given), or None to take that back.

    What is not named stays as a colleague may have answered it, and twice is once; `Refused`, and nothing is written,
    when the référentiel of the edition does not know a service.
    """
    require(by, collectivity, Role.CONTRIBUTOR)
    keys = _keys(edition, answers)
    back = [keys[code] for code, reason in answers.items() if reason is None]
    NotConcerned.objects.filter(collectivity=collectivity, service__in=back).delete()
    NotConcerned.objects.bulk_create(
        [
            NotConcerned(collectivity=collectivity, service_id=keys[code], reason=reason.strip(), by=by)
            for code, reason in sorted(answers.items())
            if reason is not None
        ],
        update_conflicts=True,
        unique_fields=("collectivity", "service"),
        update_fields=("reason", "by"),
    )


def _keys(edition: Edition, answers: Mapping[str, str | None]) -> dict[str, int]:
    known = dict(Service.objects.of_year(edition.referential_year or edition.year).values_list("code", "pk"))
    if not answers.keys() <= known.keys():
        raise Refused(
            "Un de ces services n’est pas du référentiel de l’édition : rechargez la page. Rien n’a été enregistré."
        )
    return known
