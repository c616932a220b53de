"""Messages to people: written in the transaction of the fact they tell, mailed afterwards."""

from collections.abc import Iterable

from atlaas.choices import NoticeKind
from atlaas.models import Collectivity, Notice, User
from atlaas.operations import job

LONGEST_TITLE = 200  # characters of the column


def tell(
    users: Iterable[User],
    kind: NoticeKind,
    *,
    key: str,
    title: str,
    body: str = "",
    url: str = "",
    collectivity: Collectivity | None = None,
) -> None:
    """Write one message to each person, once for one `key`; « vous devez agir » also asks for its mail at once.

    A title too long for its column, as two long names make, is cut.
    """
    title = title[:LONGEST_TITLE]
    people = {user.pk: user for user in users if user.is_active}
    notices = [
        Notice(user=user, kind=kind, key=key, title=title, body=body, url=url, collectivity=collectivity)
        for user in people.values()
    ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    if kind == NoticeKind.ACTION and notices:
        job.request("urgent-mails", key="all")
