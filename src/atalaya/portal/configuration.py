"""Django's settings, built from the settings of Atalaya: `DJANGO_SETTINGS_MODULE` names this module."""

import os

from csp.constants import NONE, SELF

from atalaya.portal.accounts import signing_in
from atalaya.portal.database import connection_settings
from atalaya.portal.mail import mail_settings
from atalaya.portal.secret_key import secret_key
from atalaya.settings import read_portal_settings

_own = read_portal_settings(os.environ)

SECRET_KEY = secret_key(_own.home, _own.secret)
DEBUG = False
ALLOWED_HOSTS = list(_own.hosts)
ROOT_URLCONF = "atalaya.portal.urls"
WSGI_APPLICATION = "atalaya.portal.wsgi.application"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "pghistory",
    "pgtrigger",
    "procrastinate.contrib.django",
    "rules",
    "atalaya.portal.accounts",
    "atalaya.portal.api",
    "atalaya.portal.commitments",
    "atalaya.portal.core",
    "atalaya.portal.files",
    "atalaya.portal.jobs",
    "atalaya.portal.meetings",
    "atalaya.portal.news",
    "atalaya.portal.observatory",
    "atalaya.portal.post",
    "atalaya.portal.publishing",
    "atalaya.portal.reports",
    "atalaya.portal.reviews",
    "atalaya.portal.rounds",
]
MIDDLEWARE = [
    "atalaya.portal.core.metering.metered",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.common.CommonMiddleware",
    "atalaya.portal.core.middleware.language",
    "atalaya.portal.core.limits.limits",
    "atalaya.portal.core.middleware.kept_by_nobody",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "atalaya.portal.files.uploading.Room",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "atalaya.portal.accounts.middleware.sent",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": False,
        "DIRS": [],
        "OPTIONS": {"environment": "atalaya.portal.core.templating.environment"},
    }
]
DATABASES = {"default": connection_settings(_own.database)} if _own.database else {}
KEPT_ANSWERS = _own.home / "answers"
"""Answers that were made once: see `core.kept`."""
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_cache",
        "KEY_FUNCTION": "atalaya.portal.core.clients.hidden_key",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
"""Counters and used codes of signing in, which all processes must know; pages are kept elsewhere."""

ATALAYA_HOME = _own.home
"""The folder of dumps and of the archive, for downloads alone: pages are made of the read model."""

PORTAL_ADDRESS = _own.address
"""What letters link to: who writes them is not asked at an address."""
ROUNDS_BY_SCHEDULE = _own.rounds
"""Whether the daily sweep begins the rounds that the country's pack declares."""

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "es"
LANGUAGES = [("es", "Español"), ("en", "English")]
"""Our texts come from the gettext catalogues of the engine, numbers and dates from the country's locale: see `core.pages`.
Django's own translations are for what its forms say of a wrong input."""

APPEND_SLASH = True
STATIC_URL = "/estatico/"
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 31_536_000

# No page runs a script; what asks for robots.txt in the name of a page, as auditors do, may ask this site.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "connect-src": [SELF],
        "img-src": [SELF, "data:"],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
PROXIES = _own.proxies
CLIENT_RATE = _own.client_rate
globals().update({name: value for name, value in vars(signing_in).items() if name.isupper()})
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 1_209_600
_PREFIX = "__Host-" if _own.proxies else ""
"""Browsers take a cookie of this name only over HTTPS, for one host and the whole site."""
SESSION_COOKIE_NAME = f"{_PREFIX}atalaya"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = bool(_own.proxies)
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = f"{_PREFIX}atalaya-form"
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "atalaya.portal.core.views.not_from_here"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3_000
"""A commitment of 200 milestones has some 2,000 fields."""
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_HANDLERS = ["atalaya.portal.files.uploading.Streamed"]

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _own.proxies else None
SECURE_HSTS_SECONDS = 31_536_000 if _own.proxies else 0
DEFAULT_FROM_EMAIL = SERVER_EMAIL = _own.mail_from
globals().update(mail_settings(_own.mail, _own.home))
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = None
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
METRICS = _own.metrics
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": {"()": "atalaya.portal.core.logs.TextLines"},
        "json": {"()": "atalaya.portal.core.logs.JsonLines"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": _own.log}},
    "loggers": {
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "django.security": {"handlers": ["console"], "level": "ERROR", "propagate": False},
    },
}
