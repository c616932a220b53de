from django.contrib import admin
from django.urls import include, path

from atlaas.views import demo, health, referential, site

urlpatterns = [
    path("", include("atlaas.api.urls")),
    path("", include("atlaas.urls.account")),
    path("", include("atlaas.urls.team")),
    path("", include("atlaas.urls.sheet")),
    path("", include("atlaas.urls.transfer")),
    path("", include("atlaas.urls.moderation")),
    path("admin/", admin.site.urls),
    path("sante/vif", health.live, name="health-live"),
    path("sante/pret", health.ready, name="health-ready"),
    path("referentiel/", referential.detail, name="referential"),
    path("accessibilite/", site.accessibility, name="accessibility"),
    path("mentions-legales/", site.legal, name="legal"),
    path("robots.txt", site.robots, name="robots"),
    path("favicon.ico", site.favicon, name="favicon"),
    path("demo/connexion/<slug:role>/", demo.sign_in, name="demo-sign-in"),
    path("demo/courriels/", demo.mails, name="demo-mails"),
    path("demo/courriels/<slug:name>/", demo.mail, name="demo-mail"),
]
