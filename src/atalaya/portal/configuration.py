"""Django's settings, built from the settings of Atalaya: `DJANGO_SETTINGS_MODULE` names this module."""

import os
import secrets

from csp.constants import NONE, SELF

from atalaya.portal.database import connection_settings
from atalaya.settings import read_portal_settings

_own = read_portal_settings(os.environ)

SECRET_KEY = _own.secret or secrets.token_urlsafe(48)
DEBUG = False
ALLOWED_HOSTS = list(_own.hosts)
ROOT_URLCONF = "atalaya.portal.urls"
WSGI_APPLICATION = "atalaya.portal.wsgi.application"
INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "csp",
    "atalaya.portal.api",
    "atalaya.portal.core",
    "atalaya.portal.observatory",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.common.CommonMiddleware",
    "atalaya.portal.core.middleware.language",
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

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = False
"""Texts come from the gettext catalogues of the engine, numbers and dates from the country's locale: see `core.pages`."""

APPEND_SLASH = True
STATIC_URL = "/estatico/"
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 31_536_000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _own.behind_proxy else None
SECURE_HSTS_SECONDS = 31_536_000 if _own.behind_proxy else 0
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {"django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False}},
}
