from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from atlaas.choices import ImportState
from atlaas.models.collectivity import Collectivity
from atlaas.models.sheet import Sheet


class SheetImport(models.Model):
    """A file of fiches: checked first (nothing is written), then imported whole, then undone while untouched."""

    collectivity = models.ForeignKey(
        Collectivity, models.PROTECT, related_name="sheet_imports", verbose_name="collectivité"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="par"
    )
    file_name = models.CharField("fichier", max_length=200)
    sha256 = models.CharField("empreinte SHA-256", max_length=64)
    state = models.CharField("état", max_length=7, choices=ImportState.choices, default=ImportState.CHECKED)
    columns = models.JSONField(
        "en-têtes", default=list, help_text="La première ligne du fichier, telle quelle."
    )
    remarks = models.JSONField("remarques sur le fichier", default=list, help_text="Des phrases.")
    lines = models.JSONField(
        "lignes lues", default=list, help_text="Une par ligne du fichier (voir atlaas.rules.sheet_import)."
    )
    created_at = models.DateTimeField("déposé le", db_default=Now(), editable=False)
    done_at = models.DateTimeField("importé le", null=True, blank=True)
    undone_at = models.DateTimeField("annulé le", null=True, blank=True)

    class Meta:
        verbose_name = "import de fiches"
        verbose_name_plural = "imports de fiches"
        ordering = ("-created_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(state=ImportState.CHECKED, done_at=None, undone_at=None)
                | Q(state=ImportState.DONE, done_at__isnull=False, undone_at=None)
                | Q(state=ImportState.UNDONE, done_at__isnull=False, undone_at__isnull=False),
                name="sheet_import_state_has_dates",
                violation_error_message="Un import porte les dates de son état.",
            ),
        )

    def __str__(self):
        return self.file_name


class ImportedSheet(models.Model):
    """What an import did to one fiche, and what it was before: enough to undo it while nobody touched it since."""

    run = models.ForeignKey(SheetImport, models.CASCADE, related_name="sheets", verbose_name="import")
    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="+", verbose_name="fiche")
    line = models.PositiveIntegerField("ligne")
    is_new = models.BooleanField("créée par l’import")
    before = models.JSONField("contenu d’avant", null=True, blank=True)
    version_after = models.PositiveIntegerField("version après l’import")

    class Meta:
        verbose_name = "fiche importée"
        verbose_name_plural = "fiches importées"
        ordering = ("run", "line")
        constraints = (
            models.UniqueConstraint(
                fields=("run", "sheet"),
                name="imported_sheet_once",
                violation_error_message="Un fichier ne touche une fiche qu’une fois.",
            ),
            models.CheckConstraint(
                condition=Q(is_new=True, before=None) | Q(is_new=False, before__isnull=False),
                name="imported_sheet_keeps_before",
                violation_error_message="Une fiche modifiée par un import garde son contenu d’avant.",
            ),
        )

    def __str__(self):
        return f"ligne {self.line}"
