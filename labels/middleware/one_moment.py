"""A page of the palmarès is read from the database as it stood at one moment, though it asks it ten questions."""

import re
from collections.abc import Callable

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse

PAGES = re.compile(r"^/(?:$|palmares/|statistiques/|collectivites/|partage/|sitemap)")
SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"


def one_moment(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """While an edition turns public, no page shows half of what was secret a moment ago.

    The last middleware: the session and the account are read in the same moment, and are not written in it.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        is_read = request.method in {"GET", "HEAD"} and PAGES.match(request.path_info)
        if not is_read or connection.in_atomic_block:
            return get_response(request)
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(SNAPSHOT)
            return get_response(request)

    return middleware
