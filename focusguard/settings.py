"""Settings of Django and of the product; what differs between places comes from the environment alone."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, reset_tzpath

from corsheaders.defaults import default_headers
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from focusguard import __version__
from focusguard.environment import JWT_ALGORITHMS, Environment
from focusguard.mail_url import MailServer, default_sender

# Days come from the pinned tzdata alone: Python would take the machine's first, which
# may be years old, and differ from one machine to the next.
reset_tzpath(to=())
ZoneInfo.clear_cache()

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment(BASE_DIR)

# Where and how it runs
DEBUG = env.debug
# The machine of one developer: readable logs, the browsable API, plain HTTP.
LOCAL_MODE = env.local
SECRET_KEY = env.key("SECRET_KEY")
ALLOWED_HOSTS = env.words(
    "ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if DEBUG else None
)
# How many proxies of ours stand in front of each other, and from where they ask.
TRUSTED_PROXIES = env.integer("TRUSTED_PROXIES", default=0, minimum=0, maximum=10)
TRUSTED_PROXY_NETWORKS = env.networks(
    "TRUSTED_PROXY_NETWORKS", default=["127.0.0.0/8", "::1"]
)
BROWSABLE_API = DEBUG or LOCAL_MODE

ROOT_URLCONF = "focusguard.urls"
WSGI_APPLICATION = "focusguard.wsgi.application"
APPEND_SLASH = False
TIME_ZONE = "UTC"
USE_I18N = False
FORMAT_MODULE_PATH = "focusguard.formats"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    # Before Django's, whose `changepassword` it replaces.
    "accounts",
    "focusguard.apps.FocusGuardAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    # third-party
    "corsheaders",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "procrastinate.contrib.django",
    # ours, from the bottom up
    "focusguard.api",
    "mail",
    "identity",
    "pictures",
    "sessions_app",
    "garden",
    "stats",
    "leaderboard",
    "reports",
    "importing",
    "demo",
    "watch",
    "work",
    "realtime",
]

MIDDLEWARE = [
    # Outermost, so that every answer and log line carries the request's id.
    "focusguard.web.request_log.RequestLogMiddleware",
    # Before all that asks whether the request came over HTTPS.
    "focusguard.web.forwarded.ForwardedMiddleware",
    "focusguard.web.head.HeadMiddleware",
    # Before all that may refuse, or a page of ALLOWED_ORIGINS could not read why.
    "focusguard.web.cors.ExactCorsMiddleware",
    "focusguard.web.compression.CompressionMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "focusguard.web.https.HttpsMiddleware",
    "pages.csp.ContentPolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "pages.error_pages.WordlessErrorMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "pages.middlewares.SessionMiddleware",
    "focusguard.web.hosts.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "pages.middlewares.AuthenticationMiddleware",
    "pages.middlewares.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

# Where workers count for `manage.py serve_metrics`; empty: nothing is counted.
METRICS_DIR = env.folder("METRICS_DIR")
if METRICS_DIR:
    MIDDLEWARE.insert(0, "focusguard.web.metrics.MetricsMiddleware")
# Opt-ins: where errors and traces are sent.
SENTRY_DSN = env.text("SENTRY_DSN", default="")
OTEL_EXPORTER_OTLP_ENDPOINT = env.text("OTEL_EXPORTER_OTLP_ENDPOINT", default="")

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "focusguard" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "libraries": {"focusguard_admin": "focusguard.admin.tags"},
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# Database. Waits are bounded, so that a sick database gives a 503 and not a hang.
STATEMENT_TIMEOUT_MS = env.integer("STATEMENT_TIMEOUT_MS", default=5000, minimum=0)
LOCK_TIMEOUT_MS = env.integer("LOCK_TIMEOUT_MS", default=2000, minimum=0)
# A pooler in transaction mode in between: nothing may belong to a connection.
DATABASE_POOLER = env.boolean("DATABASE_POOLER", default=False)
DATABASES: dict[str, dict[str, Any]] = {"default": env.database("DATABASE_URL")}
# Takes reads of a user's own figures, by focusguard.db.replica.
if env.text("DATABASE_REPLICA_URL", default=""):
    DATABASES["replica"] = env.database("DATABASE_REPLICA_URL")
for database in DATABASES.values():
    database.update(
        ENGINE="focusguard.db.backend",
        # One connection a gunicorn thread, tested before a request uses it again.
        CONN_MAX_AGE=60,
        CONN_HEALTH_CHECKS=True,
        # Services own their transactions: a handled error must not keep half a write.
        ATOMIC_REQUESTS=False,
        DISABLE_SERVER_SIDE_CURSORS=DATABASE_POOLER,
    )
    database.setdefault("OPTIONS", {}).update(
        # A statement that comes again is planned once.
        server_side_binding=True,
        prepare_threshold=None if DATABASE_POOLER else 5,
        connect_timeout=3,
        # A network that swallows everything: give up on what nobody acknowledges after
        # two seconds (milliseconds here), and ask a silent peer whether it is there.
        tcp_user_timeout=2000,
        keepalives_idle=2,
        keepalives_interval=1,
        keepalives_count=2,
        application_name="focusguard",
    )
    if not DATABASE_POOLER:
        database["OPTIONS"]["options"] = " ".join(
            f"-c {name}={value}"
            for name, value in {
                "statement_timeout": STATEMENT_TIMEOUT_MS,
                "lock_timeout": LOCK_TIMEOUT_MS,
                "idle_in_transaction_session_timeout": "10000",
            }.items()
        )

# Shared counters and the small cache: Valkey or Redis when there is one, else
# Postgres for what must be exact and each process's memory for what may be stale.
REDIS_URL = env.text("REDIS_URL", default="")
POSTGRES_COUNTERS = {"BACKEND": "focusguard.counters.in_postgres.PostgresCounterCache"}
CACHES: dict[str, dict[str, Any]] = {"counters-postgres": POSTGRES_COUNTERS}
if REDIS_URL:
    REDIS_CACHE = {
        "BACKEND": "focusguard.counters.in_valkey.GuardedRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "focusguard",
        # A hung Valkey may cost a request this much and no more.
        "OPTIONS": {"socket_timeout": 0.25, "socket_connect_timeout": 0.25},
    }
    COUNTERS = {"BACKEND": "focusguard.counters.in_valkey.CountingRedisCache"}
    CACHES |= {"default": REDIS_CACHE, "counters": REDIS_CACHE | COUNTERS}
else:
    CACHES |= {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
        "counters": POSTGRES_COUNTERS,
    }

# Rate limits
RATE_LIMIT_ENABLED = env.boolean("RATE_LIMIT_ENABLED", default=True)
RATE_LIMIT_PER_MINUTE = env.integer("RATE_LIMIT_PER_MINUTE", default=60)
RATELIMIT_USE_CACHE = "counters"
# A counter that was lost meanwhile, by a restart of Valkey, counts the next request.
RATELIMIT_FAIL_OPEN = True

# People and passwords
AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = ["accounts.passwords.hashing.CappedBCryptHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 8},
    },
    {"NAME": "accounts.passwords.validation.MaximumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.passwords.validation.ProductNameValidator"},
    {
        "NAME": "django.contrib.auth.password_validation."
        "UserAttributeSimilarityValidator",
    },
]
LOGIN_URL = "admin:login"
# What seals the secrets of second factors: the first seals, all of them open. Without
# any nobody can add a second factor.
ENCRYPTION_KEYS = env.keys("ENCRYPTION_KEYS")
REQUIRE_STAFF_SECOND_FACTOR = env.boolean("REQUIRE_STAFF_SECOND_FACTOR", default=False)
# Who reports a weakness writes there: a mailto: or https: address for security.txt.
SECURITY_CONTACT = env.contact("SECURITY_CONTACT")

# Mail. Without a server none is sent, and nothing that needs one is offered.
EMAIL_URL = env.text("EMAIL_URL", default="")
MAIL_SERVER = env.mail_server("EMAIL_URL") or MailServer()
# Where the dashboard is, for the links in mails.
DASHBOARD_URL = env.origin("DASHBOARD_URL", needed_by="EMAIL_URL" if EMAIL_URL else "")
EMAIL_FROM = env.sender("EMAIL_FROM", default=default_sender(DASHBOARD_URL))
EMAIL_VERIFICATION = env.choice(
    "EMAIL_VERIFICATION", ("optional", "required"), default="optional"
)
if EMAIL_VERIFICATION == "required" and not EMAIL_URL:
    raise ImproperlyConfigured(
        "EMAIL_VERIFICATION=required needs EMAIL_URL: nobody could verify anything."
    )
DEFAULT_FROM_EMAIL = SERVER_EMAIL = EMAIL_FROM
if MAIL_SERVER.folder:
    EMAIL_BACKEND = "mail.delivery.FolderBackend"
elif EMAIL_URL:
    EMAIL_BACKEND = "mail.delivery.SmtpBackend"
else:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
EMAIL_FILE_PATH = MAIL_SERVER.folder or None
EMAIL_HOST, EMAIL_PORT = MAIL_SERVER.host, MAIL_SERVER.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL_SERVER.user, MAIL_SERVER.password
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL_SERVER.starttls, MAIL_SERVER.tls
# Django's default is none: a server that hangs would hold a sender for ever.
EMAIL_TIMEOUT = 5

# Who else vouches for people: the providers that they may sign in by; none by default.
PROVIDERS = env.providers()
if PROVIDERS and not DASHBOARD_URL:
    raise ImproperlyConfigured(
        f"Signing in by {', '.join(PROVIDERS)} needs DASHBOARD_URL: the provider sends "
        "people back to it. See .env.example."
    )

# Pictures of people: in a folder, or in a bucket of S3. Without either there are none.
PICTURES_DIR = env.folder("PICTURES_DIR")
PICTURES_S3_BUCKET = env.text("PICTURES_S3_BUCKET", default="")
PICTURES_S3_ENDPOINT = env.origin("PICTURES_S3_ENDPOINT")
PICTURES_S3_REGION = env.text("PICTURES_S3_REGION", default="")
if PICTURES_DIR and PICTURES_S3_BUCKET:
    raise ImproperlyConfigured(
        "PICTURES_DIR and PICTURES_S3_BUCKET are both set; pictures are kept in one place."
    )

# Tokens (the seed's JWT structure: docs/contract.md, Auth)
JWT_SECRET_KEY = env.key("JWT_SECRET_KEY")
ACCESS_TOKEN_LIFETIME = timedelta(
    minutes=env.integer("ACCESS_TOKEN_EXPIRE_MINUTES", default=15, maximum=24 * 60)
)
REFRESH_TOKEN_LIFETIME = timedelta(
    days=env.integer("REFRESH_TOKEN_EXPIRE_DAYS", default=7, maximum=365)
)
# How far the clocks of our machines may be apart.
CLOCK_LEEWAY = timedelta(seconds=10)
SIMPLE_JWT = {
    "ALGORITHM": env.choice("JWT_ALGORITHM", JWT_ALGORITHMS, default="HS256"),
    "SIGNING_KEY": JWT_SECRET_KEY,
    "ACCESS_TOKEN_LIFETIME": ACCESS_TOKEN_LIFETIME,
    "REFRESH_TOKEN_LIFETIME": REFRESH_TOKEN_LIFETIME,
    "LEEWAY": CLOCK_LEEWAY,
    "USER_ID_CLAIM": "sub",
    "TOKEN_TYPE_CLAIM": "type",
    "AUTH_TOKEN_CLASSES": ("accounts.devices.tokens.AccessToken",),
}
REFRESH_COOKIE_NAME = "refresh_token"
REFRESH_COOKIE_PATH = "/api"
REFRESH_COOKIE_SAMESITE = env.choice(
    "REFRESH_COOKIE_SAMESITE", ("Lax", "Strict", "None"), default="Lax"
)
REFRESH_COOKIE_SECURE = not (DEBUG or LOCAL_MODE)

# The browser
ALLOWED_ORIGINS = env.words("ALLOWED_ORIGINS", default=[])
CORS_ALLOWED_ORIGINS = ALLOWED_ORIGINS
CORS_ALLOW_CREDENTIALS = True
# Whatever speaks JSON, an unknown path's 404 too; the staff's site speaks to nobody.
CORS_URLS_REGEX = r"^/(?!admin(/|$)|static/)"
CORS_ALLOW_HEADERS = [
    *default_headers,
    *("Idempotency-Key", "If-None-Match", "Prefer", "X-Request-ID"),
    # Sent where somebody wants no old answer.
    *("Cache-Control", "Pragma"),
    # What tracing in a page adds to every request by itself.
    *("traceparent", "tracestate", "baggage", "sentry-trace", "b3", "newrelic"),
    *("x-datadog-trace-id", "x-datadog-parent-id", "x-datadog-origin"),
    "x-datadog-sampling-priority",
]
CORS_EXPOSE_HEADERS = [
    *("X-Request-ID", "RateLimit", "RateLimit-Policy", "Retry-After"),
    *("Idempotent-Replayed", "Location", "Date", "ETag", "WWW-Authenticate"),
    *("Allow", "Content-Disposition"),
]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not (DEBUG or LOCAL_MODE)
if SESSION_COOKIE_SECURE:
    # No host beside ours can set a cookie of such a name (RFC 6265bis, section 4.1.3.2).
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
else:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "sessionid", "csrftoken"
# In the session, and so in no cookie that others could set.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "pages.error_pages.stale_form"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
# What loads nothing needs no right to load; a page may load what is ours.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "base-uri": [NONE],
        "form-action": [NONE],
        "frame-ancestors": [NONE],
    }
}
PAGE_POLICY = CONTENT_SECURITY_POLICY["DIRECTIVES"] | {
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF, "data:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "manifest-src": [SELF],
    "form-action": [SELF],
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in (
        *("camera", "display-capture", "geolocation", "microphone", "payment"),
        *("publickey-credentials-get", "serial", "usb"),
    )
}
if DASHBOARD_URL:
    # Our own pages make passkeys and sign by them; in a frame nobody's do.
    PERMISSIONS_POLICY |= {
        "publickey-credentials-create": ["self"],
        "publickey-credentials-get": ["self"],
    }
SECURE_SSL_REDIRECT = env.boolean(
    "SECURE_SSL_REDIRECT", default=not (DEBUG or LOCAL_MODE)
)
# Probes come from inside, over plain HTTP; a program is refused and not redirected.
SECURE_REDIRECT_EXEMPT = [r"^health", r"^api(/|$)"]
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_SSL_REDIRECT else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_SSL_REDIRECT
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# The largest body of a write is a few hundred bytes; this leaves ample room.
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024
# A file that is imported; taken at its own address alone.
UPLOAD_MAX_SIZE = 2 * 1024 * 1024
# A picture of somebody, as it comes.
PICTURE_MAX_SIZE = 5 * 1024 * 1024

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS: list[Any] = [BASE_DIR / "focusguard" / "static"]
# Only the API runs where the dashboard has not been built.
DASHBOARD_BUILD = BASE_DIR / "dashboard" / "dist"
HAS_DASHBOARD = all(
    (DASHBOARD_BUILD / name).is_file() for name in ("index.html", "sw.js")
)
if HAS_DASHBOARD:
    STATICFILES_DIRS.append(("dashboard", DASHBOARD_BUILD))
# What browsers and robots ask for by name: /favicon.ico, /robots.txt and the like.
WHITENOISE_ROOT = BASE_DIR / "focusguard" / "root"
WHITENOISE_MIMETYPES = {".webmanifest": "application/manifest+json"}
# These have a name that changes with their content.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/dashboard/assets/"
STORAGES = {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
# Local mode serves from the packages, with no collectstatic in between.
WHITENOISE_USE_FINDERS = DEBUG or LOCAL_MODE
# Nobody else's page has a use for them.
WHITENOISE_ALLOW_ALL_ORIGINS = False

# The API
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        # First: a program's token is told by its beginning, and read by nobody else.
        "identity.api_tokens.token_authentication.ApiTokenAuthentication",
        "accounts.devices.authentication.DeviceTokenAuthentication",
        *(
            ["accounts.devices.authentication.StaffSessionAuthentication"]
            * BROWSABLE_API
        ),
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PARSER_CLASSES": ["focusguard.api.parsers.StrictJSONParser"],
    "DEFAULT_RENDERER_CLASSES": [
        "focusguard.api.rendering.JSONRenderer",
        *(["focusguard.api.browsable.BrowsableAPIRenderer"] * BROWSABLE_API),
    ],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "focusguard.api.negotiation.JSONUnlessHTML",
    "DEFAULT_THROTTLE_CLASSES": ["focusguard.api.throttling.ApiThrottle"],
    "DEFAULT_VERSIONING_CLASS": "focusguard.api.versioning.ApiVersioning",
    "DEFAULT_VERSION": "v1",
    "ALLOWED_VERSIONS": ["v1"],
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_SCHEMA_CLASS": "focusguard.api.schema.ApiSchema",
    "EXCEPTION_HANDLER": "focusguard.api.errors.handler.exception_handler",
    "URL_FORMAT_OVERRIDE": None,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "TEST_REQUEST_RENDERER_CLASSES": ["focusguard.api.rendering.JSONRenderer"],
}
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.0",
    "TITLE": "FocusGuard API",
    "VERSION": __version__,
    "CONTACT": {"name": "FocusGuard"},
    "SWAGGER_UI_DIST": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api",
    "COMPONENT_SPLIT_REQUEST": True,
    # A body asks for its required fields whatever the method.
    "COMPONENT_SPLIT_PATCH": False,
    "ENUM_SUFFIX": "",
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENFORCE_NON_BLANK_FIELDS": True,
    "AUTHENTICATION_WHITELIST": [
        "accounts.devices.authentication.DeviceTokenAuthentication",
        "identity.api_tokens.token_authentication.ApiTokenAuthentication",
    ],
    "PREPROCESSING_HOOKS": ["focusguard.api.schema.document.keep_base_path"],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "focusguard.api.schema.document.complete",
    ],
    "ENUM_NAME_OVERRIDES": {
        "SessionStatus": "sessions_app.models.FocusSession.Status",
        "FinalStatus": ["abandoned"],
        "EntrySource": "sessions_app.models.Entry.Source",
        "ToldSource": ["manual", "offline"],
        "HealthStatus": ["ok", "degraded", "unavailable"],
        "DatabaseState": ["ok", "unavailable"],
        "CacheState": ["ok", "unavailable", "none"],
        "WorkerState": ["ok", "away", "none"],
        "LiveStatus": ["ok"],
        "PlantState": "garden.models.Plant.State",
        "BreakKind": ["short", "long"],
        "DayOffKind": "stats.models.DayOff.Kind",
        "DayMark": "stats.days.calendar.MARKS",
        "TodayState": "stats.days.calendar.STATES",
        "ProtectedBy": "stats.days.calendar.PROTECTORS",
        "ImportStatus": "importing.models.Import.Status",
        "ImportSource": "importing.reading.columns.NAMES",
        "FileFault": "importing.reading.reasons.FILE_FAULTS",
        "LineFault": "importing.reading.reasons.LINE_FAULTS",
    },
    "SWAGGER_UI_SETTINGS": {
        "persistAuthorization": False,
        "tryItOutEnabled": True,
        # Else its maker's server is sent the address of our document.
        "validatorUrl": None,
    },
}

# Live updates
# Where pages open their socket; empty: at /api/ws of their own origin, or in local mode
# at REALTIME_PORT of the same machine; none: nowhere, pages ask by themselves.
REALTIME_URL = env.socket_address("REALTIME_URL")
REALTIME_PORT = env.integer("REALTIME_PORT", default=8001, maximum=65535)
REALTIME_MAX_SOCKETS = env.integer("REALTIME_MAX_SOCKETS", default=10_000)
REALTIME_SWEEP_SECONDS = env.integer("REALTIME_SWEEP_SECONDS", default=5, maximum=3600)
# Where gunicorn listens, for pages of the local mode that come from there.
WEB_PORT = env.integer("PORT", default=8000, maximum=65535)

# Work in the background
WORK_CONCURRENCY = env.integer("WORK_CONCURRENCY", default=4, maximum=100)
# Tasks are known to the worker alone; no process goes through the apps for them.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""

LOG_LEVEL = env.choice(
    "LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR"), default="INFO"
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "focusguard.web.request_log.RequestIdFilter"}},
    "formatters": {
        "json": {
            "()": "focusguard.web.log_formats.JsonLines",
            "fmt": "%(levelname)s %(name)s %(message)s %(request_id)s",
            "rename_fields": {"levelname": "level"},
            "timestamp": "time",  # in UTC, and says so
        },
        "readable": {
            "()": "focusguard.web.log_formats.ReadableLines",
            "format": "%(asctime)s %(levelname)-7s %(name)s [%(request_id)s] "
            "%(message)s",
        },
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "filters": ["request_id"],
            "formatter": "readable" if DEBUG or LOCAL_MODE else "json",
        },
    },
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        # The request log has a line for each answer; Django's would repeat it.
        "django.request": {"level": "ERROR"},
        # So has it for a foreign host, which is a stranger's probe and no fault of ours:
        # Django's line has a traceback, and anybody could fill the log with them.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        # `focusguard.work` has a line for each job that did something; this has three,
        # and in every command one for each task.
        "procrastinate": {"level": "WARNING"},
        # `focusguard.realtime` says once that Valkey is away; this has a traceback for
        # each second of it.
        "channels_redis": {"level": "CRITICAL"},
    },
}

SILENCED_SYSTEM_CHECKS = [
    # Usernames are unique on lower(username), which this check cannot see.
    "auth.E003",
    # Warns of any Redis backend of Django's; its add and incr are atomic.
    "django_ratelimit.W001",
]
