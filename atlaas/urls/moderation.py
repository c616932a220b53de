"""Files of fiches; reports, withdrawals, answers."""

from django.urls import path

from atlaas.views import attachment, moderation, report

SHEET = "fiches/<uuid:pk>/"
OWN = "espace/<slug:code>/fiches/<uuid:pk>/"
DESK = "organisation/moderation/"

urlpatterns = [
    path(f"{SHEET}pieces/<uuid:attachment>/", attachment.read, name="sheet-attachment"),
    path(f"{SHEET}signaler/", report.report, name="sheet-report"),
    path(f"{OWN}pieces/", attachment.add, name="attachment-add"),
    path(f"{OWN}pieces/<uuid:attachment>/", attachment.change, name="attachment-change"),
    path(f"{OWN}pieces/<uuid:attachment>/oter/", attachment.remove, name="attachment-remove"),
    path(f"{OWN}retrait/", moderation.withdrawal, name="sheet-withdrawal"),
    path(DESK, moderation.desk, name="moderation"),
    path(f"{DESK}signalements/<int:pk>/", moderation.answer, name="report-answer"),
    path(f"{DESK}fiches/<uuid:pk>/", moderation.withdraw, name="sheet-withdraw"),
    path(f"{DESK}retraits/<int:pk>/", moderation.settle, name="withdrawal-settle"),
]
