"""The closed day, below `/jury/<year>/seance/`."""

from django.urls import path

from jury.views import agenda, item, minutes, sitting, whole

PLACE = "jury/<int:year>/seance/"
MINUTES = "jury/<int:year>/pv/"
ONE = f"{PLACE}points/<int:pk>/"

urlpatterns = [
    path(PLACE, sitting.detail, name="jury-sitting"),
    path(f"{PLACE}etat/", sitting.state, name="jury-sitting-state"),
    path(f"{PLACE}ouvrir/", sitting.opening, name="jury-sitting-open"),
    path(f"{PLACE}clore/", sitting.closing, name="jury-sitting-close"),
    path(f"{PLACE}suppleance/", sitting.deputy, name="jury-sitting-deputy"),
    path(f"{PLACE}ensemble/", whole.detail, name="jury-whole"),
    path(f"{PLACE}membres/<int:pk>/", sitting.presence, name="jury-presence"),
    path(f"{ONE}appeler/", item.calling, name="jury-item-call"),
    path(f"{ONE}decider/", item.deciding, name="jury-item-decide"),
    path(f"{ONE}annuler/", item.undoing, name="jury-item-undo"),
    path(f"{ONE}reporter/", item.postponing, name="jury-item-postpone"),
    path(f"{ONE}clore/", item.ending, name="jury-item-end"),
    path(f"{ONE}ecarter/", agenda.setting_aside, name="jury-item-aside"),
    path(f"{PLACE}ajouter/<uuid:pk>/", agenda.adding, name="jury-agenda-add"),
    path(MINUTES, minutes.detail, name="jury-minutes"),
    path(f"{MINUTES}pv.json", minutes.plain, name="jury-minutes-json"),
    path(f"{MINUTES}pv.pdf", minutes.document, name="jury-minutes-pdf"),
    path(f"{MINUTES}signer/", minutes.signing, name="jury-minutes-sign"),
    path(f"{MINUTES}points/<int:pk>/corriger/", minutes.correction, name="jury-item-correct"),
    path("organisation/<int:year>/jury/pv/", minutes.for_organisers, name="organisers-minutes"),
]
