"""Every mail that allauth may send: in French, typeset, as text and as HTML, without a word of who asked."""

import re
from pathlib import Path

import pytest
from allauth.account.adapter import get_adapter
from allauth.core.context import request_context
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.utils import timezone

from tests.atlaas.people import EMAIL

pytestmark = pytest.mark.django_db
TEMPLATES = Path(__file__).resolve().parents[3] / "templates"
PREFIXES = sorted(
    str(path.relative_to(TEMPLATES)).removesuffix("_message.txt")
    for path in TEMPLATES.glob("*/email/*_message.txt")
    if not path.name.startswith("base_")
)
WORDS = {
    "code": "ABCD-EFGH",
    "signup_url": "http://testserver/inscription/",
    "password_reset_url": "http://testserver/mot-de-passe/1-abc/",
    "from_email": EMAIL,
    "to_email": "neuve@exemple.test",
    "deleted_email": EMAIL,
    "ip": "192.0.2.1",
    "user_agent": "<script>Navigateur</script>",
}
ENGLISH = re.compile(
    r"\b(the|your|you|account|password|email|code below|site|from|has been)\b", re.IGNORECASE
)
# Sent by a way in that is not open here: telephone, passkey, several addresses, code in place of a link.
NEVER_SENT = {"password_reset_code", "webauthn_added", "webauthn_removed"}


@pytest.fixture
def send(rf):
    def send(prefix):
        request = rf.get("/", REMOTE_ADDR="192.0.2.1")
        request.user = AnonymousUser()
        with request_context(request):
            get_adapter(request).send_mail(prefix, EMAIL, WORDS | {"timestamp": timezone.now()})
        return mail.outbox[-1]

    return send


def test_every_mail_of_allauth_is_ours():
    stock = Path(get_adapter.__code__.co_filename).parents[1] / "templates"
    names = {
        str(path.relative_to(stock)).removesuffix("_message.txt")
        for path in stock.glob("*/email/*_message.txt")
    }

    assert {name for name in names if "/base" not in name and Path(name).name not in NEVER_SENT} == set(
        PREFIXES
    )


@pytest.mark.parametrize("prefix", PREFIXES)
def test_mail_is_in_french_as_text_and_as_html(send, prefix):
    sent = send(prefix)
    html, kind = sent.alternatives[0]
    text = sent.body

    bare = re.sub(
        r"\S*(?:://|@)\S*|<style>.*?</style>|<[^>]+>", "", sent.subject + text + html, flags=re.DOTALL
    )
    assert kind == "text/html"
    assert ENGLISH.findall(bare) == []
    assert (
        re.findall(r"[^\u202f] ?[;!?](?=\s)|[^\u00a0]:(?=\s)|'", re.sub(r"<style>.*?</style>", "", text))
        == []
    )
    assert (sent.to, "\n" in sent.subject, text.startswith("Bonjour,\n")) == ([EMAIL], False, True)


@pytest.mark.parametrize("prefix", PREFIXES)
def test_html_of_a_mail_says_what_its_text_says(send, prefix):
    sent = send(prefix)
    html = sent.alternatives[0][0].partition("<body>")[2]

    spoken = (
        re.sub(r"<[^>]+>", " ", html).replace("Ouvrir la page", "").replace("&lt;", "<").replace("&gt;", ">")
    )
    plain = re.sub(r"^- ", "", sent.body, flags=re.MULTILINE)
    assert spoken.split() == plain.split()
    assert "<script>" not in html


@pytest.mark.parametrize(
    ("prefix", "found"),
    [
        ("account/email/login_code", '<p class="code">ABCD-EFGH</p>'),
        ("account/email/email_confirmation_signup", '<p class="code">ABCD-EFGH</p>'),
        ("account/email/password_reset_key", 'href="http://testserver/mot-de-passe/1-abc/"'),
        ("account/email/unknown_account", 'href="http://testserver/inscription/"'),
        ("account/email/password_changed", "<li>adresse IP\u00a0: 192.0.2.1</li>"),
    ],
)
def test_mail_shows_what_to_do(send, prefix, found):
    html = send(prefix).alternatives[0][0]

    assert found in html
