"""Filing a candidacy, and the receipts of what was filed."""

from django.urls import path

from labels.views import filing, receipt

PLACE = "espace/<slug:code>/candidature/<int:year>/"

urlpatterns = [
    path(f"{PLACE}depot/", filing.file, name="candidacy-file"),
    path(f"{PLACE}correction/", filing.correct, name="candidacy-correct"),
    path(f"{PLACE}garder/", filing.keep, name="candidacy-keep"),
    path(f"{PLACE}retrait/", filing.withdraw, name="candidacy-withdraw"),
    path(f"{PLACE}reprise/", filing.resume, name="candidacy-resume"),
    path(f"{PLACE}heure/", filing.clock, name="candidacy-clock"),
    path(f"{PLACE}recu/<int:rank>/", receipt.detail, name="receipt"),
    path(f"{PLACE}recu/<int:rank>.json", receipt.canonical, name="receipt-json"),
    path(f"{PLACE}recu/<int:rank>.pdf", receipt.document, name="receipt-pdf"),
]
