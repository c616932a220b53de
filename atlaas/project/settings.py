"""Settings of the whole platform; every choice of a deployment is an environment variable."""

import sys
from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from atlaas.project import environment
from atlaas.project.environment import Postgres, broker_url, flag, package_folder, required, text, words
from atlaas.project.schedule import (  # noqa: F401 (settings)
    CELERY_BEAT_SCHEDULE,
    DOCUMENT_CHAPTERS,
    JOB_HANDLERS,
)

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(text("ATLAAS_VAR") or BASE_DIR / "var").resolve()
TESTING = Path(sys.argv[0]).name in {"pytest", "py.test", "mypy", "dmypy"} or "pytest" in sys.modules
DEMO = flag("ATLAAS_DEMO")
DEBUG = flag("ATLAAS_DEBUG")
LENIENT = TESTING or DEBUG

SECRET_KEY = "for the tests only, never for people" if LENIENT else required("ATLAAS_SECRET_KEY")
ALLOWED_HOSTS = words("ATLAAS_ALLOWED_HOSTS", "localhost 127.0.0.1 [::1]")
# The origin that canonical links, sitemaps and mails name; empty: the origin of the request.
PUBLIC_URL = text("ATLAAS_PUBLIC_URL").rstrip("/")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL else []

INSTALLED_APPS = [
    "jury",
    "labels",
    "atlaas",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "pgtrigger",
    "pghistory",
    "allauth",
    *(f"allauth.{name}" for name in ("account", "mfa", "socialaccount", "usersessions")),
    "allauth.socialaccount.providers.openid_connect",
]

MIDDLEWARE = [
    "labels.middleware.KeptAnswers",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "labels.middleware.arrivals",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "atlaas.middleware.second_factor",
    "labels.middleware.one_moment",
]

ROOT_URLCONF = "atlaas.project.urls"
WSGI_APPLICATION = "atlaas.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["atlaas.templatetags.french", "atlaas.templatetags.components"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "atlaas.views.context.site",
            ],
        },
    },
]

# Data: PostgreSQL only. Redis (or Valkey) carries messages, it keeps nothing.
_postgres = Postgres.parse("postgresql:///atlaas" if "mypy" in sys.argv[0] else required("DATABASE_URL"))
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _postgres.name,
        "USER": _postgres.user,
        "PASSWORD": _postgres.password,
        "HOST": _postgres.host,
        "PORT": _postgres.port,
        "OPTIONS": {} if TESTING else {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}},
        "CONN_HEALTH_CHECKS": True,
    },
}
# Seconds for which a process keeps an answer of the palmarès for whoever carries no cookie (labels/middleware).
ANSWERS_KEPT_FOR = 0 if TESTING else 5
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
_cache = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "atlaas_cacheentry"}
CACHES = {"default": {**_cache, "OPTIONS": {"MAX_ENTRIES": 200_000}}}

REDIS_URL = text("REDIS_URL") or "redis://127.0.0.1:6379/0"
CELERY_BROKER_URL = broker_url(REDIS_URL)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# No socket_timeout: shorter than the wait for a message, it loses those that arrive meanwhile (seen on a young worker).
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 600, "socket_connect_timeout": 5}
CELERY_TASK_IGNORE_RESULT = CELERY_TASK_ACKS_LATE = CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 900
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = "Europe/Paris"

# People
AUTH_USER_MODEL = "atlaas.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL, LOGIN_REDIRECT_URL, LOGOUT_REDIRECT_URL = "account_login", "space", "home"
SESSION_EXPIRE_AT_BROWSER_CLOSE, PASSWORD_RESET_TIMEOUT = True, 3600
ACCOUNT_ADAPTER = "atlaas.views.account.Adapter"
SOCIALACCOUNT_ADAPTER = "atlaas.views.proconnect.SocialAdapter"
ACCOUNT_LOGIN_METHODS, ACCOUNT_SIGNUP_FIELDS = {"email"}, ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD, ACCOUNT_EMAIL_SUBJECT_PREFIX, MFA_TOTP_ISSUER = None, "", "Atlaas"
ACCOUNT_EMAIL_VERIFICATION, ACCOUNT_LOGIN_BY_CODE_TIMEOUT, MFA_TOTP_TOLERANCE = "mandatory", 900, 1
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_CHANGE_EMAIL = ACCOUNT_EMAIL_NOTIFICATIONS = ACCOUNT_REAUTHENTICATION_REQUIRED = True
_forms = """login signup reauthenticate request_login_code confirm_login_code confirm_email_verification_code
    add_email change_password set_password reset_password reset_password_from_key"""
ACCOUNT_FORMS = {one: f"atlaas.forms.account.{one.title().replace('_', '')}Form" for one in _forms.split()}
SECOND_FACTOR_PREFIXES = ("/jury/", "/organisation/", "/admin/")
PROCONNECT = environment.ProConnect.read()
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": PROCONNECT.apps}}
ALLAUTH_TRUSTED_PROXY_COUNT = int(text("ATLAAS_PROXIES") or 0)
PASSWORD_HASHERS = [f"django.contrib.auth.hashers.{'MD5' if TESTING else 'Argon2'}PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Language, time and typography
LANGUAGE_CODE, TIME_ZONE = "fr", "Europe/Paris"
USE_I18N = USE_TZ = True

# Files; those of people are private, given out by a view that asks who reads
MEDIA_ROOT = VAR_DIR / "media"
STATIC_URL, STATIC_ROOT = "/static/", VAR_DIR / "static"
# Leaflet's files alone: the package's own application asks for GDAL.
STATICFILES_DIRS = [BASE_DIR / "static", ("leaflet", package_folder("leaflet") / "static" / "leaflet")]
WHITENOISE_USE_FINDERS = TESTING or DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["map", "png", "woff", "woff2", "gz"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if LENIENT
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}

# Mails: kept as files in the demo, sent by SMTP elsewhere
MAIL_DIR = VAR_DIR / "mails"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = text("ATLAAS_MAIL_FROM") or "Atlaas <ne-pas-repondre@localhost>"
CONTACT = text("ATLAAS_CONTACT")  # whom letters and their mails say to write to
_mailer = environment.Mailer.parse(text("ATLAAS_MAIL_URL") or "smtp://localhost:25")
EMAIL_HOST, EMAIL_PORT, EMAIL_USE_TLS = _mailer.host, _mailer.port, _mailer.use_tls
EMAIL_TIMEOUT = 20
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mailer.user, _mailer.password
if DEMO:
    EMAIL_BACKEND = "atlaas.project.mail.KeptMailBackend"

# API
REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "UNAUTHENTICATED_USER": None,
}
_kinds = ("CollectivityKind", "SheetKind")
SPECTACULAR_SETTINGS = {
    "TITLE": "API d’Atlaas",
    "DESCRIPTION": "Collectivités, palmarès, statistiques et référentiel du label « Territoires, Villes et Villages Internet ».",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SCHEMA_PATH_PREFIX": r"/api/v1/",
    "ENUM_NAME_OVERRIDES": {f"{it}Enum": f"atlaas.choices.{it}.choices" for it in _kinds},
}
FACETS_WITH_PAGE_UP_TO = 50_000  # public fiches; beyond, the counts of the filters are asked apart

# Security
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF, *PROCONNECT.origins],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}
SECURE_HTTPS = not (LENIENT or DEMO)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = SECURE_HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if flag("ATLAAS_BEHIND_PROXY") else None
SECURE_REDIRECT_EXEMPT = [r"^sante/"]
SECURE_REFERRER_POLICY, X_FRAME_OPTIONS = "same-origin", "DENY"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"atlaas": {"level": "INFO"}, "labels": {"level": "INFO"}, "jury": {"level": "INFO"}},
}
