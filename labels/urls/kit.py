"""What a laureate shows: kit, proof of a level, pieces for other sites."""

from django.urls import path, re_path

from labels.views import certificate, embed, kit, oembed

CODE = r"(?P<code>[0-9][0-9ABab][0-9]{3}|[0-9]{9})"
YEAR = r"(?P<year>[0-9]{4})"

urlpatterns = [
    path("verifier/<uuid:pk>/", certificate.detail, name="certificate"),
    path("verifier/<uuid:pk>.json", certificate.facts, name="certificate-json"),
    re_path(rf"^collectivites/{CODE}-(?P<slug>[^/]*)/kit/{YEAR}/$", kit.detail, name="kit"),
    re_path(rf"^collectivites/{CODE}/kit/{YEAR}/?$", kit.detail, name="kit-code"),
    re_path(rf"^collectivites/{CODE}/kit/{YEAR}/(?P<name>[a-z]+\.[a-z]+)$", kit.document, name="kit-file"),
    re_path(rf"^collectivites/{CODE}-(?P<slug>[^/]*)/integrer/$", embed.detail, name="embed"),
    re_path(rf"^integrer/{CODE}/niveau/$", embed.level, name="embed-level"),
    re_path(rf"^integrer/{CODE}/fiches/$", embed.sheets, name="embed-sheets"),
    path("oembed/", oembed.answer, name="oembed"),
    path("espace/<slug:code>/kit/", kit.space, name="space-kit"),
]
