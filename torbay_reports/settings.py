"""Settings, read from the environment and from `.env` at the checkout's root; README.md has the table."""

import datetime
import shutil
import warnings
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.core.exceptions import ImproperlyConfigured

from torbay_reports.core import embedded_postgres

BASE_DIR = Path(__file__).resolve().parent.parent
BUILD_DIR = BASE_DIR / "build"

env = environ.Env()
try:
    environ.Env.read_env(BASE_DIR / ".env")
except UnicodeDecodeError:
    raise ImproperlyConfigured("The file .env is not text in UTF-8: save it as such, or write it anew.") from None


def _switch(name: str) -> bool:
    """A yes-or-no setting, off when absent."""
    text = env.str(name, default="").strip().lower()
    if text in {"on", "true", "yes", "1"}:
        return True
    if text in {"", "off", "false", "no", "0"}:
        return False
    raise ImproperlyConfigured(f"The setting {name} is “{text}”: write on or off.")


def _secret_key() -> str:
    """The signing key; there is no default, so that no two sites share one."""
    key: str = env.str("SECRET_KEY", default="")
    if not key:
        raise ImproperlyConfigured(
            "The setting SECRET_KEY is missing: run `manage.py demo`, which writes one to .env, or set it yourself to "
            "50 random characters."
        )
    return key


def _day(name: str) -> datetime.date | None:
    """A setting that is an ISO date, or None when it is absent or empty."""
    text = env.str(name, default="").strip()
    if not text:
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise ImproperlyConfigured(f"The setting {name} is “{text}”: write a date such as 2017-09-05.") from None


def _database(url: str) -> dict[str, Any]:
    """The connection that DATABASE_URL names, or the checkout's own embedded PostgreSQL when it is empty."""
    if not url:
        return embedded_postgres.for_checkout(BASE_DIR).connection()
    try:
        # Neither the cause nor a warning is shown, since both may quote the password.
        with warnings.catch_warnings(action="ignore"):
            connection = dict(environ.Env.db_url_config(url))
    except Exception:
        raise ImproperlyConfigured(
            "The setting DATABASE_URL cannot be read: write postgres://USER:PASSWORD@HOST:PORT/NAME."
        ) from None
    if connection.get("ENGINE") != "django.db.backends.postgresql":
        raise ImproperlyConfigured("The setting DATABASE_URL names no PostgreSQL server: write postgres://….")
    return connection


# Mode and place
SECRET_KEY = _secret_key()
DEBUG = _switch("DEBUG")
DEMO = _switch("DEMO")
TODAY = _day("TODAY")
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])
ROOT_URLCONF = "torbay_reports.urls"
WSGI_APPLICATION = "torbay_reports.wsgi.application"

# The council
COUNCIL_NAME = env.str("COUNCIL_NAME", default="Torbay Council")
COUNCIL_COLOUR = env.str("COUNCIL_COLOUR", default="#0b3c6f")
DEMO_NOTICE = "Demonstration. Figures and dates as published by Torbay Council in 2017; sentences rewritten."

# Tools and files
CHROMIUM = env.str("CHROMIUM", default=shutil.which("chromium") or "")
FIXTURES_DIR = BASE_DIR / "fixtures"
FONTS_DIR = BUILD_DIR / "static" / "fonts"

INSTALLED_APPS = [
    "torbay_reports.core.apps.CoreConfig",
    "torbay_reports.access.apps.AccessConfig",
    "torbay_reports.documents.apps.DocumentsConfig",
    "torbay_reports.publishing.apps.PublishingConfig",
    "torbay_reports.agenda.apps.AgendaConfig",
    "budget.apps.BudgetConfig",
    "improvement.apps.ImprovementConfig",
    "ofsted.apps.OfstedConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "django_tables2",
    "tree_queries",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "torbay_reports.access.reach.ReachMiddleware",
    "torbay_reports.publishing.middleware.DamagedPublicationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "torbay_reports.core.context.site",
                "torbay_reports.access.context.rights",
            ],
        },
    },
]
# Form fields come from templates/django/forms, which only this renderer searches.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Rows
EMBEDDED_POSTGRES = not env.str("DATABASE_URL", default="")
DATABASES = {
    "default": {
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        **_database(env.str("DATABASE_URL", default="")),
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People
AUTH_USER_MODEL = "access.User"
LOGIN_URL = "access:sign-in"
LOGIN_REDIRECT_URL = "agenda:home"
LOGOUT_REDIRECT_URL = "agenda:home"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]

# Words and time
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

# Static files: `make frontend` builds STATICFILES_DIRS and collects them into STATIC_ROOT.
STATIC_URL = "/static/"
STATICFILES_DIRS = [BUILD_DIR / "static"]
STATIC_ROOT = BUILD_DIR / "collected"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Security. The demonstration and a developer's machine have no TLS; everything else is reached by HTTPS only.
SECURE_COOKIES = not (DEMO or DEBUG)
SESSION_COOKIE_SECURE = SECURE_COOKIES
CSRF_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_AGE = 12 * 60 * 60
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if SECURE_COOKIES else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        # Plotly writes style rules into the page.
        "style-src": [SELF, UNSAFE_INLINE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# Django's default logs errors by e-mail only once DEBUG is off.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}
