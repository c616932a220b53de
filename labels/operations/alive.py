"""What a published palmarès closes for good."""

from atlaas.rules.refusal import Refused
from labels.models import Edition


def require_alive(edition: Edition) -> None:
    """`Refused` once the palmarès is public; triggers hold it too, without a sentence."""
    if edition.published_at is not None:
        raise Refused("Le palmarès de cette édition est public : ses dossiers ne changent plus.")
