"""Awards change through the operations, as on every other screen: history, then figures, follow."""

from django import forms
from django.contrib import admin

from atlaas import tasks
from atlaas.admin.read_only import ReadOnlyAdmin
from atlaas.rules.text import french
from labels.models import Award, Mention, MentionTheme
from labels.operations import award as operations

REASON = "administration"
CHANGED = french(
    "Quelqu'un a changé cette récompense depuis que vous l'avez ouverte : rien n'est écrit. Comparez, puis rouvrez-la."
)


class AwardForm(forms.ModelForm):
    """Carries the version that was read: what someone else changed meanwhile is never overwritten in silence."""

    version_read = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version_read"].initial = self.instance.version

    def clean(self):
        """The row stays locked until it is written: the admin saves in one transaction."""
        super().clean()
        asked = self.cleaned_data
        stored = Award.objects.select_for_update().filter(pk=self.instance.pk).first()
        if stored and stored.version != asked.get("version_read"):
            raise forms.ValidationError([CHANGED, *self._differences(stored, asked)])
        return asked

    def _differences(self, stored, asked):
        for name in asked.keys() - {"version_read"}:
            now, mine = getattr(stored, name), asked[name]
            if now != mine:
                yield french(f"{self.fields[name].label} : enregistré « {now} », votre saisie « {mine} ».")


class MentionInline(admin.TabularInline):
    model = Mention
    autocomplete_fields = ("theme",)
    extra = 0


@admin.register(Award)
class AwardAdmin(admin.ModelAdmin):
    form = AwardForm
    list_display = (
        "collectivity",
        "edition",
        "category",
        "level",
        "level_is_certain",
        "level_as_printed",
        "is_ten",
        "name_as_printed",
    )
    list_filter = ("edition", "category", "level", "level_is_certain", "is_ten", "collectivity__region")
    list_select_related = ("collectivity", "edition")
    search_fields = ("collectivity__sort_key", "collectivity__code", "name_as_printed")
    autocomplete_fields = ("collectivity", "edition")
    readonly_fields = ("version",)
    inlines = (MentionInline,)

    def save_model(self, request, obj, form, change):
        operations.save(obj, by=request.user, reason=REASON)

    def save_related(self, request, form, formsets, change):
        """Mentions are counted too; the worker is woken once all is committed."""
        super().save_related(request, form, formsets, change)
        operations.request_statistics({form.instance.edition})
        tasks.wake()

    def delete_model(self, request, obj):
        self.delete_queryset(request, [obj])

    def delete_queryset(self, request, queryset):
        operations.delete(queryset, by=request.user, reason=REASON)
        tasks.wake()


@admin.register(MentionTheme)
class MentionThemeAdmin(ReadOnlyAdmin):
    """Chosen on the screen of the edition, until its palmarès is public."""

    list_display = ("name", "edition", "slug")
    list_filter = ("edition",)
    list_select_related = ("edition",)
    search_fields = ("name",)


@admin.register(Mention)
class MentionAdmin(ReadOnlyAdmin):
    """Given on the page of the award; taken away there or here. Figures follow."""

    list_display = ("award", "theme")
    list_filter = ("theme__edition", "theme")
    list_select_related = ("award__collectivity", "award__edition", "theme")
    search_fields = ("award__collectivity__sort_key", "theme__name")

    def has_delete_permission(self, request, obj=None):
        return admin.ModelAdmin.has_delete_permission(self, request, obj)

    def delete_model(self, request, obj):
        self.delete_queryset(request, Mention.objects.filter(pk=obj.pk))

    def delete_queryset(self, request, queryset):
        operations.delete_mentions(queryset)
        tasks.wake()


@admin.register(Award.pgh_event_model)  # type: ignore[attr-defined]  # set by pghistory
class AwardEventAdmin(ReadOnlyAdmin):
    """Written by triggers of the database, whoever changed the row and however."""

    list_display = (
        "pgh_created_at",
        "pgh_label",
        "collectivity",
        "edition",
        "level",
        "level_is_certain",
        "is_ten",
        "why",
    )
    list_filter = ("pgh_label", "edition")
    list_select_related = ("collectivity", "edition", "pgh_context")
    search_fields = ("collectivity__sort_key", "collectivity__code")
    ordering = ("-pgh_id",)

    @admin.display(description="raison")
    def why(self, event):
        return (event.pgh_context.metadata if event.pgh_context else {}).get("reason", "")
