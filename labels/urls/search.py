"""Finding fiches: list, facets, feed, saved searches."""

from django.urls import path

from labels.views import feed, saved_search, search

urlpatterns = [
    path("fiches/", search.sheet_list, name="sheet-list"),
    path("fiches/facettes/", search.sheet_facets, name="sheet-facets"),
    path("fiches/flux.atom", feed.sheet_feed, name="sheet-feed"),
    path("espace/recherches/", saved_search.index, name="saved-searches"),
    path("espace/recherches/<int:pk>/", saved_search.detail, name="saved-search"),
    path("espace/recherches/<int:pk>/modifier/", saved_search.change, name="saved-search-change"),
    path("espace/recherches/<int:pk>/oublier/", saved_search.forget, name="saved-search-forget"),
]
