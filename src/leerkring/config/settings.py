"""Django's settings, made from the environment (environment.py describes each variable)."""

from pathlib import Path

from csp.constants import NONE, SELF

from leerkring.config import environment

ENVIRONMENT = environment.read()
DATA = environment.make_directory(ENVIRONMENT.data)
PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = ENVIRONMENT.secret_key or environment.kept_secret(DATA)
DEBUG = ENVIRONMENT.debug
DEMO = ENVIRONMENT.demo
ALLOWED_HOSTS = ENVIRONMENT.hosts
BASE_URL = ENVIRONMENT.base_url.rstrip("/")

# The floors, from low to high: an app uses only what stands above it in this list.
HOUSE = [
    "leerkring.platform.facts",
    "leerkring.platform.jobs",
    "leerkring.platform.live",
    "leerkring.platform.mail",
    "leerkring.platform.ui",
    "leerkring.community.accounts",
    "leerkring.community.people",
    "leerkring.community.memberships",
    "leerkring.community.meetings",
    "leerkring.direction.strategy",
    "leerkring.direction.programmes",
    "leerkring.cycle.questions",
    "leerkring.cycle.agenda",
    "leerkring.cycle.groups",
    "leerkring.cycle.insights",
    "leerkring.cycle.uptake",
    "leerkring.formats.werkplaats",
    "leerkring.formats.intervisie",
    "leerkring.sample",
    "leerkring.overview.figures",
    "leerkring.overview.trace",
    "leerkring.outward.desk",
    "leerkring.outward.publishing",
    "leerkring.outward.exchange",
    "leerkring.outward.blueprints",
    "leerkring.outward.dossier",
    "leerkring.outward.closing",
    "leerkring.outward.notifications",
]

INSTALLED_APPS = [
    *HOUSE,
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "leerkring.community.memberships.middleware.PersonMiddleware",
    "leerkring.platform.ui.middleware.NotAllowedMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "leerkring.platform.admission.AdmissionMiddleware",
]

ROOT_URLCONF = "leerkring.config.urls"
WSGI_APPLICATION = "leerkring.config.wsgi.application"
# An address without a scheme is taken for https, as from Django 6.0 on; then this line goes.
FORMS_URLFIELD_ASSUME_HTTPS = True
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# APP_DIRS caches compiled templates unless DEBUG is on.
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

DATABASES = {"default": environment.database(ENVIRONMENT.database_url, DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 10_000}}}

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["leerkring.community.people.backends.AccountWithPerson"]
LOGIN_URL = "accounts:sign_in_page"
LOGIN_REDIRECT_URL = "/"

# In the database, so that signing out, leaving or a lost phone ends a session at once and everywhere.
SESSION_ENGINE = "leerkring.community.accounts.session_store"
SESSION_COOKIE_NAME = "leerkring"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = ENVIRONMENT.secure
CSRF_COOKIE_NAME = "leerkring-csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = ENVIRONMENT.secure
CSRF_FAILURE_VIEW = "leerkring.platform.ui.handlers.csrf_failure"
CSRF_TRUSTED_ORIGINS = [BASE_URL] if ENVIRONMENT.secure else []
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "leerkring-language"
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
MEDIA_ROOT = DATA / "uploads"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

locals().update(environment.mail_server(ENVIRONMENT.smtp_url))
DEFAULT_FROM_EMAIL = ENVIRONMENT.mail_from
SERVER_EMAIL = ENVIRONMENT.mail_from

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if ENVIRONMENT.secure else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENVIRONMENT.secure
SECURE_SSL_REDIRECT = ENVIRONMENT.secure and ENVIRONMENT.behind_proxy
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.behind_proxy else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

# What is logged holds no names, addresses or texts: paths have ids, and query strings are left out (serving.py).
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": ENVIRONMENT.log_level},
    "loggers": {
        "django": {"level": "WARNING"},
        # What is refused is told to who asked; the log would keep the address, or the page they came from, as typed.
        "django.request": {"level": "ERROR"},
        "django.security.csrf": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "uvicorn": {"level": "WARNING"},
    },
}
SILENCED_SYSTEM_CHECKS: list[str] = []
