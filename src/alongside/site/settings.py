"""Settings. Everything that differs between installations is an environment variable (see docs/settings.md)."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from alongside.foundations import env
from alongside.foundations.postgres import from_url
from alongside.site import mail
from alongside.site.account.oidc.issuer import from_environment

HERE = Path(__file__).resolve().parent
DATA_DIR = Path(env.text("ALONGSIDE_DATA_DIR", "./var")).resolve()
SECRET_KEY = env.text("ALONGSIDE_SECRET_KEY") or env.kept_secret(DATA_DIR)
# What was signed and stamped under an earlier key stays good while that key is named here.
SECRET_KEY_FALLBACKS = env.words("ALONGSIDE_OLD_SECRET_KEYS", "")
HEADS_FILE = Path(env.text("ALONGSIDE_HEADS_FILE") or DATA_DIR / "heads.log")
DEBUG = False
ALLOWED_HOSTS = env.words("ALONGSIDE_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
HTTPS = env.flag("ALONGSIDE_HTTPS")
TIME_ZONE = env.text("ALONGSIDE_TIME_ZONE", "UTC")

# The command line and the tests start the embedded server first and name it here.
DATABASE_URL = env.text("ALONGSIDE_DATABASE_URL") or "postgresql://postgres@localhost:5432/alongside"
_server = from_url(DATABASE_URL)


POOL = {"min_size": 1, "max_size": 8, "timeout": 20}


def _database(user: str, password: str, *, pool: bool = False) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": _server.host,
        "PORT": _server.port,
        "NAME": _server.name,
        "USER": user,
        "PASSWORD": password,
        # The policies ask for `current_date`: an assignment begins and ends at midnight where the agency is.
        "TIME_ZONE": TIME_ZONE,
        # Under policies a query takes longer to plan than to run: one that comes again on a connection is planned once.
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 2}
        | _server.tls
        | ({"pool": POOL} if pool else {}),
        "TEST": {"NAME": _server.name},
    }


def _databases() -> dict[str, dict[str, object]]:
    from alongside.foundations.postgres import app_password
    from alongside.foundations.rls import APP_ROLE

    pooled = env.flag("ALONGSIDE_POOL")
    found = {name: _database(APP_ROLE, app_password(SECRET_KEY), pool=pooled) for name in ("default", "looks")}
    # A process that answers pages never acts as the owner, and is not told how.
    return found if _server.user == APP_ROLE else found | {"owner": _database(_server.user, _server.password)}


DATABASES = _databases()
DATABASE_ROUTERS = ["alongside.site.router.OwnerMigrates"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "alongside.foundations",
    "alongside.people",
    "alongside.confidentiality",
    "alongside.documentation",
    "alongside.client_level.engagement",
    "alongside.client_level.assessment",
    "alongside.client_level.planning",
    "alongside.client_level.intervention",
    "alongside.client_level.monitoring",
    "alongside.client_level.termination",
    "alongside.supervision",
    "alongside.site",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "alongside.site.middleware.SafeHeaders",
    "django.middleware.security.SecurityMiddleware",
    "alongside.site.middleware.NotTooLarge",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "alongside.site.middleware.WhoActs",
    "alongside.site.kept.KeptForTheWriter",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "alongside.site.account.idle.IdleLock",
    "alongside.site.sign_in.FirstThings",
    "allauth.account.middleware.AccountMiddleware",
    "alongside.site.middleware.Refusals",
]

ROOT_URLCONF = "alongside.site.urls"
WSGI_APPLICATION = "alongside.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "alongside.site.chrome.chrome",
            ],
            "builtins": [
                "alongside.foundations.templatetags.icons",
                "alongside.foundations.templatetags.house",
                "alongside.foundations.templatetags.asking",
            ],
        },
    }
]

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_ADAPTER = "alongside.site.account.adapter.StaffOnly"
ACCOUNT_FORMS = {
    "login": "alongside.site.account.forms.SignInForm",
    "reauthenticate": "alongside.site.account.forms.WhoIsThereForm",
    "change_password": "alongside.site.sign_in.OwnPassword",
}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
# By address; by account it is site_tries that counts, which no flood of other tries can push out (decision 0018).
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip", "login": "30/m/ip", "reauthenticate": "10/m/user"}
ACCOUNT_PREVENT_ENUMERATION = True
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("ALONGSIDE_PROXIES", 1 if HTTPS else 0)
OIDC = from_environment()
MFA_ADAPTER = "alongside.site.account.adapter.SecondSteps"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "alongside.site.account.forms.CodeForm",
    "activate_totp": "alongside.site.account.forms.FirstCodeForm",
    "add_webauthn": "alongside.site.account.forms.PasskeyForm",
    "login_webauthn": "alongside.site.account.forms.ComeInByPasskey",
    "authenticate_webauthn": "alongside.site.account.forms.PasskeyAsSecondStep",
    "reauthenticate_webauthn": "alongside.site.account.forms.PasskeyAgain",
}
MFA_TOTP_ISSUER = "Alongside"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "alongside.site.account.passwords.Long", "OPTIONS": {"min_length": 12}},
    {"NAME": "alongside.site.account.passwords.Uncommon"},
    {"NAME": "alongside.site.account.passwords.NotFiguresAlone"},
    {"NAME": "alongside.site.account.passwords.NotOneself"},
    {"NAME": "alongside.site.account.passwords.EasilyGuessed"},
]
MAIL = mail.from_environment()
MAIL_GOES_OUT = MAIL is not None
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL else 'dummy'}.EmailBackend"
if MAIL is not None:
    EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.host, MAIL.port, MAIL.user, MAIL.password
    EMAIL_USE_TLS, EMAIL_USE_SSL, EMAIL_TIMEOUT, DEFAULT_FROM_EMAIL = MAIL.starttls, MAIL.tls, mail.SECONDS, MAIL.sender
# Much room: a full cache throws out what is still counted.
CACHES = {
    "default": {
        "BACKEND": "alongside.foundations.plain_cache.PlainCache", "LOCATION": "site_cache", "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}  # fmt: skip

SESSION_ENGINE = "alongside.site.account.sessions"
SESSION_COOKIE_AGE = 10 * 60 * 60
# However busy it is; whoever works on signs in anew, with both steps (NIST SP 800-63B: twelve hours at its second level).
SESSION_LASTS = 12 * 60 * 60
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
# A name that browsers only take over HTTPS and only from this very host: no neighbor can put in a cookie of its own.
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = ("__Host-session", "__Host-csrftoken") if HTTPS else ("sessionid", "csrftoken")
# The proxy says how the browser came to it; without this every page would be redirected to itself for ever.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_SSL_REDIRECT = HTTPS
# Machines ask these two; whoever asks one over plain HTTP gets the word, and no habit of being led on (ASVS 5.0, V4.1.2).
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
# Never a file on the disk: what comes in is a client's paper (decision 0020).
FILE_UPLOAD_HANDLERS = ["alongside.foundations.uploads.InMemory"]

LANGUAGE_CODE = "en"
# Only languages whose catalog is complete (docs/decisions/0011-languages.md; tests/house/test_languages.py holds it).
LANGUAGES = [("en", _("English"))]
# Languages of papers for clients (decision 0023; tests/house/test_paper_languages.py holds that each catalog is whole).
PAPER_LANGUAGES = ["en", "es", "ar"]
LOCALE_PATHS = [HERE.parent / "locale"]
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600
WHITENOISE_USE_FINDERS = env.flag("ALONGSIDE_STATIC_FROM_SOURCE")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "places": {
            "()": "alongside.foundations.log.PlacesOnly",
            "fmt": "%(asctime)s %(levelname)s %(name)s [%(process)d] %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "places"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
