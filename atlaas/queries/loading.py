from django.db.models import QuerySet

from atlaas.models import Loading


def latest_loadings() -> QuerySet[Loading]:
    """The last run of each import on each file, by command."""
    return Loading.objects.order_by("command", "file_name", "-at", "-pk").distinct("command", "file_name")
