from django.core.mail import EmailMultiAlternatives

from atlaas.project.mail import KeptMailBackend
from atlaas.queries.kept_mail import kept_mail, kept_mails


def keep(settings, tmp_path, **facts):
    settings.MAIL_DIR = tmp_path / "mails"
    message = EmailMultiAlternatives(
        **{
            "subject": "Rappel à tous",
            "body": "Bonjour,\nà demain.",
            "from_email": "a@exemple.test",
            "to": ["b@exemple.test"],
            **facts,
        }
    )
    message.attach_alternative("<p>Bonjour <b>tous</b></p><script>alert(1)</script>", "text/html")
    message.attach("plan.txt", "ici")
    KeptMailBackend().send_messages([message])


def test_kept_mail_is_read_without_any_markup(settings, tmp_path):
    keep(settings, tmp_path)

    (mail,) = kept_mails()

    assert (mail.subject, mail.sender, mail.recipients) == (
        "Rappel à tous",
        "a@exemple.test",
        "b@exemple.test",
    )
    assert (mail.text.strip(), mail.html_text, mail.attachments) == (
        "Bonjour,\nà demain.",
        "Bonjour tousalert(1)",
        ("plan.txt",),
    )
    assert kept_mail(mail.name) == mail


def test_mail_that_is_not_there_is_none(settings, tmp_path):
    settings.MAIL_DIR = tmp_path

    assert (kept_mail("1-ab"), kept_mails()) == (None, [])


def test_broken_mail_is_still_listed(settings, tmp_path):
    settings.MAIL_DIR = tmp_path
    (tmp_path / "1-ab.eml").write_bytes(b"\xff\xfe no header at all")

    (mail,) = kept_mails()

    assert (mail.name, mail.subject) == ("1-ab", "(sans objet)")
