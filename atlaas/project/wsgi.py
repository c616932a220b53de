"""The door of gunicorn."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "atlaas.project.settings")
application = get_wsgi_application()

# Workers are forked from here: they share the routes, read once, and what is loaded by now for good is not searched
# for garbage again and again in the middle of a request.
_ = get_resolver().reverse_dict
gc.collect()
gc.freeze()
gc.set_threshold(25_000, 20, 50)
