# syntax=docker/dockerfile:1

# The dashboard, as files that Django serves.
FROM node:22-bookworm-slim AS dashboard
WORKDIR /build
COPY dashboard/package.json dashboard/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY dashboard ./
RUN npm run build

# Wheels are built where a compiler may be, and only carried over from there.
FROM python:3.11-slim-bookworm AS wheels
WORKDIR /build
COPY requirements.txt constraints.txt ./
RUN pip wheel --no-cache-dir --wheel-dir /wheels -r requirements.txt

FROM python:3.11-slim-bookworm
ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin focusguard
WORKDIR /app
COPY requirements.txt constraints.txt ./
RUN --mount=type=bind,from=wheels,source=/wheels,target=/wheels \
    pip install --no-cache-dir --no-index --find-links /wheels -r requirements.txt
COPY manage.py gunicorn.conf.py ./
COPY focusguard focusguard
COPY mail mail
COPY accounts accounts
COPY identity identity
COPY sessions_app sessions_app
COPY garden garden
COPY stats stats
COPY leaderboard leaderboard
COPY reports reports
COPY consequences consequences
COPY importing importing
COPY pictures pictures
COPY demo demo
COPY export export
COPY watch watch
COPY pages pages
COPY server server
COPY work work
COPY realtime realtime
COPY --from=dashboard /build/dist dashboard/dist
# The settings want a configuration; these values end with this line.
RUN mkdir -p staticfiles \
    && DATABASE_URL=postgresql://build@localhost/build \
       SECRET_KEY=only-for-collectstatic-at-build-time \
       JWT_SECRET_KEY=only-for-collectstatic-at-build-time \
       ALLOWED_HOSTS=localhost \
       python manage.py collectstatic --noinput --verbosity 0
# A volume that is mounted here for the first time is the service's to write to.
RUN install --directory --owner=focusguard /pictures
USER focusguard
# The web server, and the process of the sockets.
EXPOSE 8000 8001
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
    CMD ["python", "-m", "focusguard", "alive"]
# Stops what cannot be trusted before it listens: see on_starting in gunicorn.conf.py.
CMD ["python", "-m", "focusguard"]
