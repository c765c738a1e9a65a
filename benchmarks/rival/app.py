"""The hot routes in FastAPI and SQLAlchemy 2, written as their documentation advises."""

import os
import uuid
from collections import defaultdict
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import jwt
from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import OAuth2PasswordBearer
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import joinedload
from uuid_utils.compat import uuid7

from benchmarks.rival.tables import AuthSession, FocusSession, Plant, User, UserStats

KEY = os.environ["JWT_SECRET_KEY"]
# Eight for each of two workers, as gunicorn's threads have.
engine = create_async_engine(
    os.environ["RIVAL_DATABASE_URL"], pool_size=8, max_overflow=0
)
new_session = async_sessionmaker(engine, expire_on_commit=False)
bearer = OAuth2PasswordBearer(tokenUrl="/api/auth/login")
app = FastAPI()


class Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class UserOut(Out):
    id: uuid.UUID
    username: str
    email: str
    lvl: int
    xp_points: int
    timezone: str
    leaderboard_visible: bool
    created_at: datetime
    updated_at: datetime


class SessionOut(Out):
    id: uuid.UUID
    user_id: uuid.UUID
    duration_min: int | None
    status: str
    completed: bool
    focus_min: int
    local_date: date
    created_at: datetime
    ended_at: datetime | None


class SessionsOut(BaseModel):
    sessions: list[SessionOut]
    total: int
    completed_count: int
    incomplete_count: int


class ActiveOut(BaseModel):
    has_active: bool
    session: SessionOut | None


class StatsOut(BaseModel):
    user_id: uuid.UUID
    total_focus_min: int
    total_sessions: int
    current_streak: int
    best_streak: int
    updated_at: datetime


class DayOut(BaseModel):
    date: date
    focus_min: int
    sessions_completed: int


class DailyOut(BaseModel):
    daily_stats: list[DayOut]


class TrendOut(BaseModel):
    period_start: date
    focus_min: int
    sessions_completed: int
    change_pct: float | None


class TrendsOut(BaseModel):
    weekly: list[TrendOut]
    monthly: list[TrendOut]


class PlantOut(Out):
    id: uuid.UUID
    user_id: uuid.UUID
    session_id: uuid.UUID
    plant_num: int
    plant_type: str
    growth_stage: int
    state: str
    created_at: datetime


class GardenOut(BaseModel):
    gardens: list[PlantOut]
    total: int


class EntryOut(BaseModel):
    rank: int
    user_id: uuid.UUID
    username: str
    lvl: int
    score: int


class BoardOut(BaseModel):
    leaderboard: list[EntryOut]
    current_user_rank: int | None
    total_users: int


class SessionIn(BaseModel):
    duration_min: int | None = Field(default=None, ge=1, le=480)


class ChangeIn(BaseModel):
    completed: bool


class RefreshIn(BaseModel):
    refresh_token: str


class TokensOut(BaseModel):
    access_token: str
    refresh_token: str
    token_type: str = "bearer"  # noqa: S105  (a name, no secret)
    expires_in: int = 900
    user: UserOut


async def get_db() -> AsyncIterator[AsyncSession]:
    async with new_session() as session:
        yield session


Db = Annotated[AsyncSession, Depends(get_db)]


def claims_of(token: str, kind: str) -> dict[str, Any]:
    try:
        claims: dict[str, Any] = jwt.decode(token, KEY, ["HS256"], leeway=10)
    except jwt.InvalidTokenError as error:
        raise HTTPException(401, "TOKEN_INVALID") from error
    if claims.get("type") != kind:
        raise HTTPException(401, "TOKEN_INVALID")
    return claims


async def device_of(db: AsyncSession, claims: dict[str, Any]) -> AuthSession:
    device = await db.scalar(
        select(AuthSession)
        .options(joinedload(AuthSession.user, innerjoin=True))
        .where(
            AuthSession.id == uuid.UUID(claims["sid"]),
            AuthSession.user_id == uuid.UUID(claims["sub"]),
            AuthSession.revoked_at.is_(None),
        )
    )
    if device is None or not device.user.is_active:
        raise HTTPException(401, "TOKEN_INVALID")
    return device


async def get_current_user(token: Annotated[str, Depends(bearer)], db: Db) -> User:
    return (await device_of(db, claims_of(token, "access"))).user


Me = Annotated[User, Depends(get_current_user)]


def today_of(user: User) -> date:
    return datetime.now(ZoneInfo(user.timezone)).date()


@app.get("/api/users/me", response_model=UserOut)
async def users_me(user: Me) -> User:
    return user


@app.get("/api/sessions")
async def sessions(user: Me, db: Db, limit: int = 50) -> SessionsOut:
    mine = FocusSession.user_id == user.id
    rows = await db.scalars(
        select(FocusSession)
        .where(mine)
        .order_by(FocusSession.created_at.desc(), FocusSession.id.desc())
        .limit(limit)
    )
    counts = await db.execute(
        select(func.count(), func.count().filter(FocusSession.completed)).where(mine)
    )
    total, completed = counts.one()
    return SessionsOut(
        sessions=[SessionOut.model_validate(row) for row in rows],
        total=total,
        completed_count=completed,
        incomplete_count=total - completed,
    )


@app.get("/api/sessions/active")
async def active(user: Me, db: Db) -> ActiveOut:
    row = await db.scalar(
        select(FocusSession).where(
            FocusSession.user_id == user.id, FocusSession.status == "active"
        )
    )
    session = SessionOut.model_validate(row) if row else None
    return ActiveOut(has_active=row is not None, session=session)


@app.get("/api/stats/me")
async def stats_me(user: Me, db: Db) -> StatsOut:
    stats = await db.get(UserStats, user.id)
    if stats is None:
        raise HTTPException(404)
    yesterday = today_of(user) - timedelta(days=1)
    alive = stats.last_focus_date is not None and stats.last_focus_date >= yesterday
    return StatsOut(
        user_id=user.id,
        total_focus_min=stats.total_focus_min,
        total_sessions=stats.total_sessions,
        current_streak=stats.streak_length if alive else 0,
        best_streak=stats.best_streak,
        updated_at=stats.updated_at,
    )


async def days_of(
    db: AsyncSession, user: User, first: date
) -> dict[date, tuple[int, int]]:
    rows = await db.execute(
        select(FocusSession.local_date, func.sum(FocusSession.focus_min), func.count())
        .where(
            FocusSession.user_id == user.id,
            FocusSession.status == "completed",
            FocusSession.focus_min > 0,
            FocusSession.local_date >= first,
        )
        .group_by(FocusSession.local_date)
    )
    return {day: (minutes, count) for day, minutes, count in rows}


@app.get("/api/stats/daily/{days}")
async def daily(user: Me, db: Db, days: int) -> DailyOut:
    today = today_of(user)
    found = await days_of(db, user, today - timedelta(days=days - 1))
    wanted = (today - timedelta(days=back) for back in range(days))
    return DailyOut(
        daily_stats=[
            DayOut(
                date=day,
                focus_min=found.get(day, (0, 0))[0],
                sessions_completed=found.get(day, (0, 0))[1],
            )
            for day in wanted
        ]
    )


def periods(
    found: dict[date, tuple[int, int]], today: date, kind: str
) -> list[TrendOut]:
    def start_of(day: date) -> date:
        if kind == "week":
            return day - timedelta(days=day.weekday())
        return day.replace(day=1)

    totals: dict[date, list[int]] = defaultdict(lambda: [0, 0])
    for day, (minutes, count) in found.items():
        total = totals[start_of(day)]
        total[0] += minutes
        total[1] += count
    starts = [start_of(today)]
    while len(starts) < 13:
        starts.append(start_of(starts[-1] - timedelta(days=1)))
    trends = []
    for start, before in pairwise(starts):
        (minutes, count), (was, _) = totals[start], totals[before]
        if start == starts[0]:
            # The one that runs, beside the same days of the one before.
            alike = min(before + (today - start), start - timedelta(days=1))
            was = sum(m for day, (m, _) in found.items() if before <= day <= alike)
        change = round(100 * (minutes - was) / was, 1) if was else None
        trends.append(
            TrendOut(
                period_start=start,
                focus_min=minutes,
                sessions_completed=count,
                change_pct=change,
            )
        )
    return trends


@app.get("/api/stats/trends")
async def trends(user: Me, db: Db) -> TrendsOut:
    today = today_of(user)
    found = await days_of(db, user, today - timedelta(days=400))
    return TrendsOut(
        weekly=periods(found, today, "week"), monthly=periods(found, today, "month")
    )


@app.get("/api/garden")
async def garden(user: Me, db: Db, limit: int = 50) -> GardenOut:
    mine = Plant.user_id == user.id
    rows = await db.scalars(
        select(Plant)
        .where(mine)
        .order_by(Plant.created_at.desc(), Plant.id.desc())
        .limit(limit)
    )
    total = await db.scalar(select(func.count()).select_from(Plant).where(mine))
    return GardenOut(
        gardens=[PlantOut.model_validate(row) for row in rows], total=total or 0
    )


BOARDS = {
    "xp": User.xp_points,
    "focus-time": UserStats.total_focus_min,
    "streak": UserStats.best_streak,
    "sessions": UserStats.total_sessions,
}


@app.get("/api/leaderboard/{board}")
async def leaderboard(
    user: Me, db: Db, board: str, limit: int = 10, offset: int = 0
) -> BoardOut:
    score = BOARDS[board]
    ranked = (
        select(User, score)
        .select_from(User)
        .where(User.is_active, User.leaderboard_visible, score > 0)
    )
    own = select(score).where(
        (User.id if board == "xp" else UserStats.user_id) == user.id
    )
    if board != "xp":
        ranked = ranked.join(UserStats, UserStats.user_id == User.id)
    rows = (
        await db.execute(
            ranked.order_by(score.desc(), User.id).limit(limit).offset(offset)
        )
    ).all()
    own_score = await db.scalar(own) or 0
    listed = ranked.subquery()
    column = listed.c[score.key]
    total, above = (
        await db.execute(
            select(func.count(), func.count().filter(column > own_score)).select_from(
                listed
            )
        )
    ).one()
    entries: list[EntryOut] = []
    for place, (one, points) in enumerate(rows, start=offset + 1):
        tied = entries and entries[-1].score == points
        entries.append(
            EntryOut(
                rank=entries[-1].rank if tied else place,
                user_id=one.id,
                username=one.username,
                lvl=one.lvl,
                score=points,
            )
        )
    return BoardOut(
        leaderboard=entries,
        current_user_rank=above + 1 if own_score else None,
        total_users=total,
    )


@app.post("/api/sessions", status_code=201, response_model=SessionOut)
async def start(user: Me, db: Db, body: SessionIn) -> FocusSession:
    await db.execute(select(User.id).where(User.id == user.id).with_for_update())
    running = await db.scalar(
        select(FocusSession.id).where(
            FocusSession.user_id == user.id, FocusSession.status == "active"
        )
    )
    if running:
        raise HTTPException(409, "ACTIVE_SESSION_EXISTS")
    session = FocusSession(
        id=uuid7(),
        user_id=user.id,
        duration_min=body.duration_min,
        status="active",
        focus_min=0,
        local_date=today_of(user),
        timezone=user.timezone,
        created_at=datetime.now(UTC),
        ended_at=None,
    )
    db.add(session)
    await db.commit()
    return session


@app.patch("/api/sessions/{session_id}", response_model=SessionOut)
async def complete(
    user: Me, db: Db, session_id: uuid.UUID, body: ChangeIn
) -> FocusSession:
    locked = (
        await db.execute(select(User).where(User.id == user.id).with_for_update())
    ).scalar_one()
    session = await db.scalar(
        select(FocusSession).where(
            FocusSession.id == session_id, FocusSession.user_id == user.id
        )
    )
    if session is None:
        raise HTTPException(404, "SESSION_NOT_FOUND")
    if session.status == "active" and body.completed:
        now = datetime.now(UTC)
        planned = timedelta(minutes=session.duration_min or 240)
        session.ended_at = min(now, session.created_at + planned)
        session.focus_min = (
            int((session.ended_at - session.created_at).total_seconds()) // 60
        )
        session.status = "completed"
        if session.focus_min:
            stats = await db.get(UserStats, user.id, with_for_update=True)
            if stats is None:
                raise HTTPException(404)
            stats.total_focus_min += session.focus_min
            stats.total_sessions += 1
            if stats.last_focus_date != session.local_date:
                follows = stats.last_focus_date == session.local_date - timedelta(
                    days=1
                )
                stats.streak_length = stats.streak_length + 1 if follows else 1
                stats.best_streak = max(stats.best_streak, stats.streak_length)
                stats.last_focus_date = session.local_date
            stats.updated_at = now
            locked.xp_points = stats.total_focus_min
            locked.lvl = max(1, int((locked.xp_points / 50) ** 0.5))
    await db.commit()
    await db.refresh(session)
    return session


def sign(kind: str, device: AuthSession, expires_at: datetime, **more: Any) -> str:
    claims = {
        "sub": str(device.user_id),
        "sid": str(device.id),
        "type": kind,
        "iat": datetime.now(UTC),
        "exp": expires_at,
        "jti": uuid.uuid4().hex,
    }
    return jwt.encode(claims | more, KEY, "HS256")


@app.post("/api/auth/refresh")
async def refresh(db: Db, body: RefreshIn) -> TokensOut:
    claims = claims_of(body.refresh_token, "refresh")
    device = await device_of(db, claims)
    now, successor = datetime.now(UTC), uuid.uuid4()
    expires_at = now + timedelta(days=7)
    won = await db.execute(  # a CursorResult, which knows what it changed
        update(AuthSession)
        .where(
            AuthSession.id == device.id,
            AuthSession.current_jti == uuid.UUID(claims["jti"]),
            AuthSession.revoked_at.is_(None),
        )
        .values(
            current_jti=successor,
            previous_jti=AuthSession.current_jti,
            last_used_at=now,
            expires_at=expires_at,
        )
    )
    if not won.rowcount:  # type: ignore[attr-defined]  # a cursor has it
        raise HTTPException(401, "TOKEN_REUSED")
    user = UserOut.model_validate(device.user)
    await db.commit()
    return TokensOut(
        access_token=sign(
            "access", device, now + timedelta(minutes=15), username=user.username
        ),
        refresh_token=sign("refresh", device, expires_at, jti=successor.hex),
        user=user,
    )
