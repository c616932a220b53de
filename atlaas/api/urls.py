"""Routes of the API that read the foundation only, its description and its documentation."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from atlaas.api.referential import ReferentialView

# The split view and our own template hold no inline script or style: the strict CSP stays as it is.
docs = SpectacularSwaggerSplitView.as_view(
    url_name="api-schema", template_name="atlaas/api/docs.html", title="API d’Atlaas – documentation"
)

urlpatterns = [
    path("api/schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("api/docs/", docs, name="api-docs"),
    path("api/v1/referentiel/", ReferentialView.as_view(), name="api-referential"),
]
