from django.db import models
from django.db.models.functions import Now


class Loading(models.Model):
    """One run of an import: which file, when, with what effect."""

    command = models.CharField("import", max_length=40)
    file_name = models.CharField("fichier", max_length=200)
    sha256 = models.CharField("empreinte SHA-256", max_length=64)
    created = models.PositiveIntegerField("créés", default=0)
    updated = models.PositiveIntegerField("modifiés", default=0)
    unchanged = models.PositiveIntegerField("inchangés", default=0)
    refused = models.PositiveIntegerField("refusés", default=0)
    at = models.DateTimeField("le", db_default=Now(), editable=False)

    class Meta:
        verbose_name = "import"
        ordering = ("-at", "-pk")

    def __str__(self):
        return f"{self.command} : {self.file_name}"
