"""The mosaic and what a collectivité reads in it."""

from django.urls import path, re_path

from labels.views import assessment, mosaic

CODE = r"(?P<code>[0-9][0-9ABab][0-9]{3}|[0-9]{9})"

urlpatterns = [
    re_path(rf"^collectivites/{CODE}/mosaique/?$", mosaic.detail, name="mosaic-code"),
    re_path(rf"^collectivites/{CODE}/mosaique\.svg$", mosaic.picture, name="mosaic-picture"),
    re_path(rf"^collectivites/{CODE}-(?P<slug>[^/]*)/mosaique/$", mosaic.detail, name="mosaic"),
    path("espace/<slug:code>/mosaique/", mosaic.space, name="space-mosaic"),
    path("espace/<slug:code>/auto-evaluation/", assessment.assessment, name="assessment"),
    path("espace/<slug:code>/prochain-arobase/", assessment.next_level, name="next-level"),
]
