"""Settings, read from the environment and from `.env` at the checkout's root; README.md has the table."""

import datetime
import os
import re
import shutil
import warnings
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

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


def _listed(name: str, default: list[str]) -> list[str]:
    """A setting of words with commas, the default when it is empty; the one word `none` is an empty list."""
    words = [word for word in (word.strip() for word in env.str(name, default="").split(",")) if word]
    return [] if (words or default) == ["none"] else words or default


def _count(name: str, default: int, least: int = 0) -> int:
    """A setting that is a whole number, `least` or more."""
    text = env.str(name, default="").strip()
    if not text:
        return default
    if not text.isdecimal():
        raise ImproperlyConfigured(f"The setting {name} is “{text}”: write a whole number such as {default}.")
    if int(text) < least:
        raise ImproperlyConfigured(f"The setting {name} is {text}: write {least} or more.")
    return int(text)


def _pounds(name: str, default: str = "") -> Decimal | None:
    """A sum in pounds, nil or more; None where it is not set."""
    text: str = env.str(name, default=default).strip()
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,2})?", text):
        raise ImproperlyConfigured(f"The setting {name} is a sum in pounds, such as 50000, not “{text}”.")
    return Decimal(text)


def _mail(url: str) -> dict[str, Any]:
    """Where mail goes out; the demonstration writes it to the terminal."""
    try:
        with warnings.catch_warnings(action="ignore"):
            return dict(environ.Env.email_url_config(url))
    except Exception:
        raise ImproperlyConfigured(
            "The setting EMAIL_URL cannot be read: write smtp+tls://USER:PASSWORD@HOST:PORT or consolemail://."
        ) from None


def _provider() -> dict[str, Any] | None:
    """The council's sign-in service, when all three of its settings are there."""
    names = ("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")
    given = {name: env.str(name, default="").strip() for name in names}
    if not any(given.values()):
        return None
    missing = [name for name, value in given.items() if not value]
    if missing:
        raise ImproperlyConfigured(f"Sign-in by the council's account lacks {' and '.join(missing)}.")
    if not given["OIDC_ISSUER"].startswith(("https://", "http://localhost:")):
        raise ImproperlyConfigured("The setting OIDC_ISSUER begins with https://: what it says is believed.")
    return {
        "provider_id": "council",
        "name": env.str("OIDC_NAME", default="your council account"),
        "client_id": given["OIDC_CLIENT_ID"],
        "secret": given["OIDC_CLIENT_SECRET"],
        "settings": {
            "server_url": given["OIDC_ISSUER"].rstrip("/"),
            "oauth_pkce_enabled": True,
            # A tenant that gives out only addresses that it owns may be believed without the claim `email_verified`.
            "addresses_are_verified": _switch("OIDC_ADDRESSES_ARE_VERIFIED"),
        },
    }


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


def _store(name: str, folder: str, *, files: int, folders: int) -> dict[str, Any]:
    """A store of published files: the bucket that the setting names, or else a folder below PUBLICATIONS_DIR.

    The modes are those of files and folders on the disk: a web server may have to read what is public.
    """
    address = env.str(name, default="").strip()
    if not address:
        place = {"location": PUBLICATIONS_DIR / folder, "base_url": None}
        options = {**place, "file_permissions_mode": files, "directory_permissions_mode": folders}
        return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    try:
        parts = urlsplit(address)
        more = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
    except ValueError:
        parts, more = urlsplit(""), {}
    if parts.scheme != "s3" or not parts.netloc or not more.keys() <= {"endpoint_url", "region_name"}:
        # The text is not repeated: somebody may have written a key into it.
        raise ImproperlyConfigured(f"The setting {name} cannot be read: write s3://BUCKET/PREFIX?endpoint_url=URL.")
    if "@" in parts.netloc:
        raise ImproperlyConfigured(
            f"The setting {name} has a key in it: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY instead."
        )
    bucket = {"bucket_name": parts.netloc, "location": parts.path.strip("/"), "file_overwrite": True, **more}
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": bucket}


def _stores() -> dict[str, dict[str, Any]]:
    """The three stores of published files, of which no two share a bucket."""
    stores = {
        "publications": _store("PUBLICATIONS_STORAGE", "public", files=0o644, folders=0o755),
        "restricted": _store("RESTRICTED_STORAGE", "restricted", files=0o600, folders=0o700),
        "locked": _store("LOCKED_STORAGE", "locked", files=0o600, folders=0o700),
    }
    buckets = [bucket for store in stores.values() if (bucket := store["OPTIONS"].get("bucket_name"))]
    if len(set(buckets)) < len(buckets):
        raise ImproperlyConfigured(
            "Two of PUBLICATIONS_STORAGE, RESTRICTED_STORAGE and LOCKED_STORAGE name one bucket: what a bucket lets "
            "people read it lets them read whole, so give each its own."
        )
    return stores


def _published_url() -> str:
    """Where readers get published files that stand in a bucket; empty where the program serves them itself."""
    url = env.str("PUBLISHED_URL", default="").strip()
    if url and not url.startswith(("https://", "http://localhost:", "http://127.0.0.1:")):
        raise ImproperlyConfigured("The setting PUBLISHED_URL begins with https://.")
    if not url and "bucket_name" in STORAGES["publications"]["OPTIONS"]:
        raise ImproperlyConfigured(
            "PUBLICATIONS_STORAGE names a bucket and PUBLISHED_URL is empty: write where readers get its files."
        )
    return f"{url.rstrip('/')}/" if url else ""


def _site_url() -> str:
    """The site's own address, without a slash at its end."""
    url: str = env.str("SITE_URL", default="").strip()
    if not url:
        host = next(iter(ALLOWED_HOSTS), "").lstrip(".*") or "localhost"
        return f"https://{host}" if SECURE_COOKIES else f"http://{host}:8000"
    if not url.startswith(("https://", "http://localhost:", "http://127.0.0.1:")):
        raise ImproperlyConfigured("The setting SITE_URL begins with https://.")
    return url.rstrip("/")


def _purge_url() -> str:
    """Where a CDN is told what to forget; over TLS, because a token goes with it."""
    url: str = env.str("CDN_PURGE_URL", default="").strip()
    if url and not url.startswith(("https://", "http://localhost:", "http://127.0.0.1:")):
        raise ImproperlyConfigured("The setting CDN_PURGE_URL begins with https://: a token goes with it.")
    return url


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

# The quarter's figures, all in pounds
REASON_FROM: Decimal = _pounds("REASON_FROM", default="50000") or Decimal(0)
RAG_AMBER_FROM = _pounds("RAG_AMBER_FROM")
RAG_RED_FROM = _pounds("RAG_RED_FROM")
if RAG_AMBER_FROM is not None and RAG_RED_FROM is not None and RAG_AMBER_FROM >= RAG_RED_FROM:
    raise ImproperlyConfigured("The setting RAG_AMBER_FROM is a smaller sum than RAG_RED_FROM: amber comes first.")

# Tools and files
CHROMIUM = env.str("CHROMIUM", default=shutil.which("chromium") or "")
FIXTURES_DIR = BASE_DIR / "fixtures"
FONTS_DIR = BUILD_DIR / "static" / "fonts"
# Not in BUILD_DIR: `make clean` leaves what is published.
PUBLICATIONS_DIR = BASE_DIR / (env.str("PUBLICATIONS_DIR", default="") or "var/publications")
PACK_WORKERS = _count("PACK_WORKERS", default=len(os.sched_getaffinity(0)), least=1)
# The path of LibreOffice, which makes PDFs of Word files; where it is empty the PATH is searched.
LIBREOFFICE = env.str("LIBREOFFICE", default="")
PARTS_MAX_MEGABYTES = _count("PARTS_MAX_MEGABYTES", default=500)

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
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "django_tables2",
    "pghistory",
    "pgtrigger",
    "procrastinate.contrib.django",
    "tree_queries",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "torbay_reports.core.odd_requests.OddCookieMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "torbay_reports.access.signin.sessions.LongSessionMiddleware",
    "torbay_reports.access.reach.ReachMiddleware",
    "torbay_reports.access.signin.second_factor.SecondFactorMiddleware",
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
# Limits and used codes count over all workers, so they stand in the database.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # When it is full it forgets what counts still, so it is larger than a flood of an hour.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People
AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "agenda:home"
LOGOUT_REDIRECT_URL = "agenda:home"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
ROLES_WITH_SECOND_FACTOR = _listed("SECOND_FACTOR", default=["none"] if DEMO else ["all"])
TRUSTED_PROXIES = _count("TRUSTED_PROXIES", default=0)
PERSONAL_DATA_MONTHS = _count("PERSONAL_DATA_MONTHS", default=24, least=12)

# Sign-in by django-allauth; nobody signs up: people are invited.
OIDC_PROVIDER = _provider()
ACCOUNT_ADAPTER = "torbay_reports.access.signin.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = True
# Passwords and codes have access.throttling.
# The last one for messages about a committee.
ACCOUNT_RATE_LIMITS = {
    "login": "",
    "login_failed": "",
    "reset_password": "20/h/ip,5/h/key",
    "subscribe": "20/h/ip,5/h/key",
}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_FORMS = {
    "login": "torbay_reports.access.signin.forms.SignInForm",
    "change_password": "torbay_reports.access.signin.password_forms.ChangePasswordForm",
    "set_password": "torbay_reports.access.signin.password_forms.SetPasswordForm",
    "reset_password": "torbay_reports.access.signin.password_forms.ForgottenPasswordForm",
    "reset_password_from_key": "torbay_reports.access.signin.password_forms.NewPasswordForm",
    "reauthenticate": "torbay_reports.access.signin.password_forms.ProofForm",
}
MFA_FORMS = {
    "authenticate": "torbay_reports.access.signin.factor_forms.CodeForm",
    "reauthenticate": "torbay_reports.access.signin.factor_forms.CodeAgainForm",
    "activate_totp": "torbay_reports.access.signin.factor_forms.AddAppForm",
    "add_webauthn": "torbay_reports.access.signin.factor_forms.AddPasskeyForm",
    "authenticate_webauthn": "torbay_reports.access.signin.factor_forms.PasskeyForm",
    "login_webauthn": "torbay_reports.access.signin.factor_forms.PasskeySignInForm",
    "reauthenticate_webauthn": "torbay_reports.access.signin.factor_forms.PasskeyAgainForm",
    "edit_webauthn": "torbay_reports.access.signin.factor_forms.RenamePasskeyForm",
}
SOCIALACCOUNT_FORMS = {"disconnect": "torbay_reports.access.signin.password_forms.UnlinkForm"}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
MFA_ADAPTER = "torbay_reports.access.signin.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
# A key that is only touched proves the device, not its owner.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
# Nobody signs up with an address of their own: the administrator's invitation stands for its being verified.
MFA_ALLOW_UNVERIFIED_EMAIL = True
SOCIALACCOUNT_ADAPTER = "torbay_reports.access.signin.adapters.CouncilAccountAdapter"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [OIDC_PROVIDER] if OIDC_PROVIDER else []}}
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = ""

# Mail
vars().update(_mail(env.str("EMAIL_URL", default="consolemail://" if DEMO else "smtp://localhost:25")))
MAIL_ASIDE = True
EMAIL_TIMEOUT = 10  # seconds; a mail server that hangs must not hold a worker
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default="papers@localhost")

# Jobs. Only workers import the tasks: whoever asks for a job names its task.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
PROCRASTINATE_IMPORT_PATHS = ["torbay_reports.agenda.tasks"]
WORKER_SILENCE = 30  # seconds; a worker that was not heard of for so long counts as dead
PROCRASTINATE_WORKER_DEFAULTS = {
    "update_heartbeat_interval": WORKER_SILENCE / 3,
    "stalled_worker_timeout": WORKER_SILENCE,
    "delete_jobs": "successful",
}
RESCUE_EVERY = "* * * * *"  # in cron's words, as what follows
CLEAN_UP_EVERY = "30 3 * * *"

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
    **_stores(),
}

# What is published
PUBLISHED_URL = _published_url()
CDN_PURGE_URL = _purge_url()
CDN_PURGE_TOKEN = env.str("CDN_PURGE_TOKEN", default="")
# Under this name the feed gives its entries their ids, so it stays when the site moves.
FEED_AUTHORITY = env.str("FEED_AUTHORITY", default="") or next(iter(ALLOWED_HOSTS), "localhost")

# Security. The demonstration and a developer's machine have no TLS; everything else is reached by HTTPS only.
SECURE_COOKIES = not (DEMO or DEBUG)
# Where the links of mails lead that no reader's browser asked for.
SITE_URL = _site_url()
SESSION_COOKIE_SECURE = SECURE_COOKIES
CSRF_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_AGE = 12 * 60 * 60
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SECURE_COOKIES else "http"
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
    "filters": {"without secrets": {"()": "torbay_reports.core.logs.WithoutSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["without secrets"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}
