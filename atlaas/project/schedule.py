"""What beat asks and when, what a job of each kind calls, what upper apps add to documents; read by the settings."""

from celery.schedules import crontab

CELERY_BEAT_SCHEDULE = {
    "sweep-jobs": {"task": "atlaas.tasks.run_jobs", "schedule": 60.0, "options": {"expires": 60}},
    "digests": {"task": "atlaas.tasks.ask_for_digests", "schedule": crontab(hour=7, minute=0)},
    "search-alerts": {"task": "labels.tasks.ask_for_search_alerts", "schedule": crontab(hour=6, minute=30)},
    "probe": {"task": "labels.tasks.probe", "schedule": 60.0, "options": {"expires": 60}},
    "publication": {"task": "labels.tasks.publish", "schedule": 15.0, "options": {"expires": 15}},
    "forget-arrivals": {"task": "labels.tasks.forget_arrivals", "schedule": crontab(hour=4, minute=10)},
    "campaign-reminders": {"task": "labels.tasks.remind", "schedule": crontab(hour=6, minute=45)},
    "press-kits": {"task": "labels.tasks.ask_for_press_kits", "schedule": crontab(minute="*/10")},
    "old-documents": {"task": "labels.tasks.erase_old_documents", "schedule": crontab(hour=4, minute=20)},
    "old-files": {"task": "atlaas.tasks.erase_old_files", "schedule": crontab(hour=4, minute=30)},
    "heartbeat": {"task": "atlaas.tasks.beat", "schedule": 20.0, "options": {"expires": 20}},
}
# What a job of each kind calls; strings, so that the foundation never imports an upper app.
JOB_HANDLERS = {
    "statistics": "labels.operations.statistics.recompute",
    "press-kit": "labels.operations.press_kit.make",
    "geography": "labels.operations.statistics.request_all",  # populations and members have changed
    "urgent-mails": "atlaas.operations.mailing.send_urgent",
    "digests": "atlaas.operations.mailing.send_digests",
    "invitation-mail": "atlaas.operations.mailing.send_invitation",
    "juror-invitation-mail": "jury.operations.invitation.send",
    "letters": "jury.operations.letter.make",
    "seal": "jury.operations.seal.seal_asked",
    "publication": "jury.operations.letter.make",  # what follows a publication: the letters are ready to be read again
    "letter-mails": "jury.operations.letter_mail.send",
    "search-alerts": "labels.operations.saved_search.alert",
    "report-answer": "atlaas.operations.moderation.send_answer",
    "project-sheets": "atlaas.operations.publication.project_all",
    "member-document": "labels.operations.member_document.make",
    "candidacy-mail": "labels.operations.candidacy_mail.send",
    "demo-corpus": "labels.operations.demo_corpus.build",
    "demo-campaign": "jury.operations.demo.build",  # the campaign is a lower app's, its jury comes with it
}
# Chapters that upper apps add to the documents of `labels`: by document, by code, what people tick and what is called.
DOCUMENT_CHAPTERS = {
    "passation": {"lettres": ("Les lettres du jury", "jury.queries.handover.letters_chapter")},
}
