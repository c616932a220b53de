import pytest
from django.urls import reverse
from django.utils import timezone

from atlaas.models import Job, User

pytestmark = pytest.mark.django_db


def failed():
    return Job.objects.create(
        kind="statistics", key="2025", state="failed", attempts=3, finished_at=timezone.now()
    )


def ask_again(client, job):
    return client.post(
        reverse("admin:atlaas_job_changelist"), {"action": "ask_again", "_selected_action": [str(job.pk)]}
    )


def test_failed_job_is_asked_again_by_a_superuser(client):
    client.force_login(User.objects.create_superuser("chef@exemple.test", "un mot de passe long"))

    ask_again(client, failed())

    assert list(Job.objects.order_by("pk").values_list("state", flat=True)) == ["failed", "pending"]


def test_failed_job_is_not_asked_again_by_other_staff(client):
    client.force_login(User.objects.create_user("agent@exemple.test", "un mot de passe long", is_staff=True))

    assert ask_again(client, failed()).status_code == 403
    assert Job.objects.count() == 1
