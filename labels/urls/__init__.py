from django.urls import include, path, re_path

from labels.views import (
    collectivity,
    data,
    home,
    jury_member,
    level_review,
    palmares,
    region,
    share,
    sitemap,
    statistics,
)

CODE = r"(?P<code>[0-9][0-9ABab][0-9]{3}|[0-9]{9})"

urlpatterns = [
    path("", include("labels.api.urls")),
    path("", include("labels.urls.sheet")),
    path("", include("labels.urls.search")),
    path("", include("labels.urls.place")),
    path("", include("labels.urls.renewal")),
    path("", include("labels.urls.board")),
    path("", include("labels.urls.mosaic")),
    path("", include("labels.urls.candidacy")),
    path("", include("labels.urls.filing")),
    path("", include("labels.urls.press_kit")),
    path("", home.detail, name="home"),
    path("demo/avancement/", home.corpus_progress, name="demo-corpus"),
    path("palmares/", palmares.index, name="palmares-list"),
    path("palmares/<int:year>/", palmares.detail, name="palmares"),
    path("palmares/<int:year>/palmares.csv", palmares.table, name="palmares-csv"),
    path("palmares/<int:year>/regions/<slug:slug>/", region.detail, name="palmares-region"),
    path("palmares/<int:year>/jury/", jury_member.roster, name="jury-roster"),
    path("partage/<slug:kind>/<slug:key>.png", share.image, name="share-image"),
    path("collectivites/", collectivity.directory_list, name="collectivity-list"),
    re_path(rf"^collectivites/{CODE}/?$", collectivity.detail, name="collectivity-code"),
    re_path(rf"^collectivites/{CODE}-(?P<slug>[^/]*)/$", collectivity.detail, name="collectivity"),
    path("donnees/", data.detail, name="data"),
    path("statistiques/", statistics.latest, name="statistics-latest"),
    path("statistiques/<int:year>/", statistics.detail, name="statistics"),
    path("organisation/niveaux/", level_review.latest, name="level-review-latest"),
    path("organisation/<int:year>/niveaux/", level_review.detail, name="level-review"),
    path("sitemap.xml", sitemap.index, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemap.section, name="sitemap-section"),
]
