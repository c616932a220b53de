"""A page that asks ten questions reads one moment: while an edition turns public, no half of it shows."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from labels.middleware import one_moment
from labels.models import Edition
from tests.factories.labels import EditionFactory


def publish(edition):
    """From another connection, as beat does."""

    def write():
        Edition.objects.filter(pk=edition.pk).update(published_at=timezone.now())
        connection.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(write).result()


def counted(edition):
    """A view that counts the public editions, before and after somebody else publishes one."""

    def view(request):
        counts = [Edition.objects.visible_to(None).count()]
        publish(edition)
        return HttpResponse(str([*counts, Edition.objects.visible_to(None).count()]))

    return view


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("method", "path", "counts"),
    [
        ("get", "/palmares/2025/", "[0, 0]"),
        ("head", "/", "[0, 0]"),
        ("get", "/statistiques/2025/", "[0, 0]"),
        ("get", "/espace/", "[0, 1]"),
        ("post", "/palmares/2025/", "[0, 1]"),
    ],
)
def test_a_page_reads_one_moment(method, path, counts):
    edition = EditionFactory(published_at=None)
    middleware = one_moment(counted(edition))

    response = middleware(getattr(RequestFactory(), method)(path))

    assert response.content.decode() == counts
    assert connection.in_atomic_block is False
