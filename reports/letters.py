"""The letter with a week's report, made when it is sent."""

from datetime import date
from typing import Any

from django.utils import timezone

from accounts.models import User
from mail import letters
from mail.letters import Letter
from mail.links import dashboard_url
from mail.models import OutboxMail
from reports import stop_links
from reports.mondays import is_news
from reports.selectors import Report, report_of
from reports.services import WEEKLY_REPORT

TALLEST_BAR = 72  # pixels


def register_letters() -> None:
    """Tell the sender how to make it."""
    letters.register(WEEKLY_REPORT, weekly_report)


def weekly_report(mail: OutboxMail) -> Letter | None:
    """Tell somebody of their week, if they still want to know and it is still news."""
    readers = User.objects.active().filter(
        weekly_report=True, email_verified_at__isnull=False
    )
    reader = readers.filter(pk=mail.user_id).first()
    now = timezone.now()
    monday = date.fromisoformat(mail.data["monday"])
    if reader is None or not is_news(monday, reader.local_date(now)):
        return None
    report = report_of(reader, monday, now)
    token = stop_links.token_for(reader.pk)
    template = "quiet_week" if report.is_empty else "weekly_report"
    return Letter(
        to=reader.email,
        subject=subject_of(report),
        template=template,
        context=_words(report)
        | {
            "username": reader.username,
            "start": dashboard_url("/"),
            "stop": dashboard_url("/unsubscribe", token),
        },
        # The API's own address: mail programs post to it, and no page is read.
        unsubscribe=dashboard_url(f"/api/mail/unsubscribe/{token}"),
    )


def subject_of(report: Report) -> str:
    if report.is_empty:
        return "Last week was quiet, and a new one begins"
    return f"Your week: {in_words(report.trend.focus_min)} of focus"


def in_words(minutes: int) -> str:
    """Return a time as people say it: 45 min, 1 h, 5 h 25 min."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def _words(report: Report) -> dict[str, Any]:
    best, most = report.best_day
    days = [
        {
            "name": f"{day:%A}",
            "short": f"{day:%a}",
            "spent": in_words(focus.focus_min) if focus.focus_min else "",
            "minutes": focus.focus_min or "",
            "height": _height(focus.focus_min, most.focus_min),
            "is_best": day == best,
        }
        for day, focus in report.days
    ]
    return {
        "dates": _dates(report),
        "time": in_words(report.trend.focus_min),
        "sessions": report.trend.sessions_completed,
        "change": _change(report),
        "days": days,
        "best_day": f"{best:%A}",
        "best_time": in_words(most.focus_min),
        "streak": report.streak,
        "is_longest": report.streak > 1 and report.streak == report.best_streak,
        "grown": sum(count for _, count in report.grown),
        "species": ", ".join(
            f"{count} × {name}" if count > 1 else name for name, count in report.grown
        ),
        "withered": report.withered,
    }


def _height(minutes: int, most: int) -> int:
    """Return how tall the bar of a day is; a minute is seen too."""
    return max(4, round(TALLEST_BAR * minutes / most)) if minutes else 0


def _dates(report: Report) -> str:
    first, last = report.monday, report.sunday
    if first.month == last.month:
        return f"{first.day} to {last.day} {last:%B %Y}"
    year = "" if first.year == last.year else f" {first.year}"
    return f"{first.day} {first:%B}{year} to {last.day} {last:%B %Y}"


def _change(report: Report) -> str:
    """Say how the week stands beside the one before; nothing where that was empty."""
    more = report.trend.focus_min - report.minutes_before
    if report.trend.change_pct is None:
        return ""
    if not more:
        return "Exactly as much as the week before."
    than = "more" if more > 0 else "less"
    percent = f"{report.trend.change_pct:+g} %".replace("-", "\N{MINUS SIGN}")
    return f"{in_words(abs(more))} {than} than the week before ({percent})."
