"""The letters to the candidates: the association's screens, the president's, and the letter in the space of its collectivité."""

from django.urls import path

from jury.views import contradiction, letter, letter_received

PLACE = "organisation/<int:year>/jury/lettres/"
ONE = f"{PLACE}<uuid:pk>/"
SETTLED = "jury/<int:year>/contradictions/"
RECEIVED = "espace/<slug:code>/candidature/<int:year>/lettre"

urlpatterns = [
    path(PLACE, letter.board, name="letter-board"),
    path(f"{PLACE}preparation/", letter.preparation, name="letter-prepare"),
    path(f"{PLACE}envoi/", letter.sending, name="letter-send"),
    path(f"{PLACE}courriels/", letter.mailing, name="letter-mail-again"),
    path(ONE, letter.detail, name="letter-preview"),
    path(f"{ONE}lettre.pdf", letter.document, name="letter-preview-pdf"),
    path(f"{ONE}trancher/", letter.settling, name="letter-settle"),
    path(SETTLED, contradiction.shelf, name="jury-contradictions"),
    path(f"{SETTLED}<uuid:pk>/", contradiction.detail, name="jury-contradiction"),
    path(f"{SETTLED}<uuid:pk>/trancher/", contradiction.settling, name="jury-contradiction-settle"),
    path(f"{RECEIVED}/", letter_received.detail, name="letter"),
    path(f"{RECEIVED}.pdf", letter_received.document, name="letter-pdf"),
]
