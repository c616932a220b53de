"""A mail server that refuses one address, as servers do."""

from smtplib import SMTPRecipientsRefused

from django.core.mail.backends import locmem


class Fussy(locmem.EmailBackend):
    def send_messages(self, messages):
        if any("refusee@exemple.test" in message.to for message in messages):
            raise SMTPRecipientsRefused({})
        return super().send_messages(messages)
